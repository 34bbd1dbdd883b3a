"""What marks are split by: the most frequent actors or kinds, each as its list has it, and what is in none of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.lists.integers import NO_ROWS, Rows
from archive.lists.selection import Selection
from archive.read_by_key import ReadByKey
from incidents.lists.chart.series import Parts
from incidents.lists.incident_filters import IncidentFilters

MOST_PARTS = 6
OTHERS, UNKNOWN = 7, 8  # their shapes and shades, as in stacked charts


@dataclass(frozen=True)
class Part(ReadByKey):
    """A part of what is drawn: ``shape`` numbers its shape and its shade, ``key`` its value in addresses, or empty.

    ``certain`` are those of its ``rows`` that certainly are of it, and of the dates and actors asked for.
    """

    shape: int
    key: str
    name: str
    rows: Rows
    certain: Rows


def whole(selection: Selection, certain: Rows | None) -> list[Part]:
    """All in one."""
    rows = selection.rows
    return [Part(0, "", "", rows, rows if certain is None else certain)]


def parts_of(filters: IncidentFilters, selection: Selection, name: str, certain: Rows | None) -> list[Part]:
    """Those that occur. An incident of two actors is in both, as in the lists."""
    found = Parts(filters, selection, name)
    known = found.terms[:MOST_PARTS]
    parts, once = [], NO_ROWS
    for shape, label in enumerate(known):
        rows, with_term = found.rows(label), found.with_term(label)
        sure = (
            rows if filters.value("match") == "certain" else rows & selection.of(with_term.with_values(match="certain"))
        )
        parts.append(Part(shape, label.key, label.name, rows, sure))
        once |= rows
    every, named = selection.rows, Rows.union(*(one.filled for one in found.dimensions))
    for shape, words, rows in (
        (OTHERS, _("others"), (every & named) - once),
        (UNKNOWN, _("not said"), every - named - once),
    ):
        if rows:
            parts.append(Part(shape, "", words, rows, rows if certain is None else rows & certain))
    return parts
