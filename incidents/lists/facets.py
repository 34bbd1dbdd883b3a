"""The facets of incidents: where, when, by whom, what was struck, with what, reported by whom."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.lists import facets
from archive.lists.facets import Facet, Links, Terms
from archive.lists.labels import SOURCES, Label, Labels
from archive.lists.selection import Selection
from incidents.lists.columns import ACTORS, FACILITY_TYPES, WEAPONS


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

    Of actors those that are certainly named are counted, and those that are only named as one of several beside them.
    """
    name, title, column, known = vocabulary
    column, *only_possible = selection.filters.actor_columns() if name == "actor" else (column,)
    dimensions = selection.columns.dimensions
    dimension = dimensions[column]
    mask = selection.without(name)
    counts = dimension.counts(mask)
    possible = dimensions[only_possible[0]].counts(mask) if only_possible else {}
    chosen = facets.chosen_rows(selection, name)
    labels = known.of([*counts, *possible, *chosen])
    if name == "weapon":
        counts |= {parent: dimension.count_any(mask, kinds) for parent, kinds in families(labels.values()).items()}
        counts = {pk: count for pk, count in counts.items() if count}
    return Terms(labels, chosen, Links(params, name)).facet(str(title), counts, possible)


def families(labels: Iterable[Label]) -> dict[int, list[int]]:
    """Return each term that others belong to, with those: rows of incidents name only the kind itself."""
    found: dict[int, list[int]] = {}
    for label in labels:
        for parent in label.above:
            found.setdefault(parent, [parent]).append(label.pk)
    return found
