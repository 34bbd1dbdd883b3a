"""What a chart's page offers to compare: the most frequent terms of its set, and its years."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.lists.facets import years
from archive.lists.filter_words import in_words
from archive.lists.integers import places_of
from archive.lists.selection import Selection
from archive.read_by_key import ReadByKey
from incidents.lists.chart.filters import ChartFilters
from incidents.lists.chart.series import Parts
from incidents.lists.incident_columns import spans_of

MOST = 8
TITLES: dict[str, str | Promise] = {
    "actor": _("Attributed to"),
    "facility_type": _("Kind of facility"),
    "town": _("Place"),
}


@dataclass(frozen=True, slots=True)
class Box(ReadByKey):
    """A box to tick: the value of `compare`, and its name."""

    value: str
    name: str
    is_on: bool


def comparable(filters: ChartFilters, selection: Selection) -> Iterator[tuple[str, list[Box]]]:
    """What may be compared, kind by kind; kinds with fewer than two are left out."""
    on = set(filters.given("compare"))
    for name, title in TITLES.items():
        if len(terms := Parts(filters, selection, name).terms[:MOST]) > 1:
            keys = [(f"{name}:{label.key}", label.name) for label in terms]
            yield str(title), [Box(key, words, key in on) for key, words in keys]
    known = [bar for bar in years(spans_of(selection.columns).of(places_of(selection.rows))) if bar.certain]
    if len(known) > 1:
        found = [(f"from:{bar.start.year},to:{bar.start.year}", in_words(bar.start, bar.end)) for bar in known[-MOST:]]
        yield str(_("Year")), [Box(key, words, key in on) for key, words in found]
