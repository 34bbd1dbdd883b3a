"""Which incidents editors have linked to one, seen from it, with merges followed."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.curation.merging import merged_here
from incidents.models import Incident, IncidentLink
from incidents.terms import RELATIONS, LinkKind, Relation

ORDER = {relation: number for number, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that stands, and what ``incident``, as it stands now, is to the one from which it is seen."""

    link: IncidentLink
    relation: Relation
    incident: Incident


def links_of(incident: Incident) -> list[Linked]:
    """The links that stand of an incident and of all that were merged into it, each to what stands for its other end.

    What two incidents had to do with each other that are one by now is left out; it comes back when they are parted.
    In the order of `Relation`. Two queries, one more for each step of merges on either side.
    """
    family = {incident.pk, *(one.pk for one in merged_here(incident))}
    links = IncidentLink.objects.standing().of(family).order_by("pk")
    found = list(links.select_related("one__row", "other__row", "passage__text_version__article__source"))
    ends = [(link, link.one_id in family) for link in found if not (link.one_id in family and link.other_id in family)]
    now = survivors(link.other if is_ours else link.one for link, is_ours in ends)
    seen = [
        Linked(link, relation_of(link.kind, is_from=is_ours), now[link.other_id if is_ours else link.one_id])
        for link, is_ours in ends
    ]
    return sorted(seen, key=lambda one: ORDER[one.relation])


def relation_of(kind: str, *, is_from: bool) -> Relation:
    """What the other end of a link is: seen from ``one`` (``is_from``), or from ``other``."""
    to_one, to_other = RELATIONS[LinkKind(kind)]
    return to_one if is_from else to_other


def survivors(incidents: Iterable[Incident]) -> dict[int, Incident]:
    """Return what stands now for each of these, by key: a query for each step of merges, whatever their number."""
    known = {one.pk: one for one in incidents}
    asked = list(known)
    while wanted := {one.merged_into_id for one in known.values() if one.merged_into_id} - set(known):
        known |= Incident.objects.select_related("row").in_bulk(wanted)
    found = {}
    for pk in asked:
        now = known[pk]
        while now.merged_into_id:
            now = known[now.merged_into_id]
        found[pk] = now
    return found
