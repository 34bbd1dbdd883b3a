"""The facets of incidents: where, when, by whom, what was struck, with what, reported by whom."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.lists import facets
from archive.lists.facets import Facet, Links, Terms
from archive.lists.integers import Rows, rows_where
from archive.lists.labels import SOURCES, Label, Labels
from archive.lists.selection import Selection
from incidents.lists.incident_columns import ACTORS, FACILITY_TYPES, WEAPONS, spans_of


class Vocabulary(NamedTuple):
    """A parameter, its title, the column that holds its terms, and their names."""

    name: str
    title: str | Promise
    column: str
    labels: Labels


VOCABULARIES = [
    Vocabulary("actor", gettext_lazy("Attributed to"), "actor_ids", ACTORS),
    Vocabulary("facility_type", gettext_lazy("Kind of facility"), "facility_type_ids", FACILITY_TYPES),
    Vocabulary("weapon", gettext_lazy("Weapon"), "weapon_ids", WEAPONS),
    Vocabulary("source", gettext_lazy("Source"), "source_ids", SOURCES),
]


def incident_facets(selection: Selection, params: QueryDict) -> list[Facet]:
    """Count the facets of a list of incidents; ``params`` are its filters."""
    is_certain_only = selection.filters.value("match") == "certain"
    spans = selection.filters.spans(selection.columns)
    found = [
        facets.places(_("Place"), selection, params),
        facets.dates(_("Year and month"), selection, params, spans, is_certain_only=is_certain_only),
        *(terms(one, selection, params) for one in VOCABULARIES),
    ]
    return [facet for facet in found if facet.values]


def terms(vocabulary: Vocabulary, selection: Selection, params: QueryDict) -> Facet:
    """Count the terms of one vocabulary. A term that others belong to counts theirs too, as the filter does.

    Of actors, what is certain is counted, and what is only possible beside it.
    """
    name, title, column, known = vocabulary
    dimension = selection.columns.dimensions[column]
    rows = selection.without(name)
    counts, possible = by_actor(selection, rows) if name == "actor" else (dimension.counts(rows), {})
    chosen = facets.chosen_rows(selection, name)
    labels = known.of([*counts, *possible, *chosen])
    if name == "weapon":
        counts |= {parent: dimension.count_any(rows, kinds) for parent, kinds in families(labels.values()).items()}
        counts = {pk: count for pk, count in counts.items() if count}
    return Terms(labels, chosen, Links(params, name)).facet(str(title), counts, possible)


def by_actor(selection: Selection, rows: Rows) -> tuple[dict[int, int], dict[int, int]]:
    """Actor → how many of these rows certainly are of it, and how many only possibly, as the list of it says.

    Certain are those that name it alone and certainly happened on the days asked for.
    """
    filters, columns = selection.filters, selection.columns
    alone, *only_possible = (columns.dimensions[column] for column in filters.actor_columns())
    if not only_possible:
        return alone.counts(rows), {}
    within = spans_of(columns).certainly_within(filters.value("from"), filters.value("to"))
    certain = alone.counts(rows & rows_where(within))
    all_of_them = Counter(alone.counts(rows)) + Counter(only_possible[0].counts(rows))
    return certain, dict(all_of_them - Counter(certain))


def families(labels: Iterable[Label]) -> dict[int, list[int]]:
    """Return each term that others belong to, with those: rows of incidents name only the kind itself."""
    found: dict[int, list[int]] = {}
    for label in labels:
        for parent in label.above:
            found.setdefault(parent, [parent]).append(label.pk)
    return found
