"""What a name stands for: facilities, actors and speakers that were merged into others lead to these."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from incidents.models import Actor, Claim, Facility, NameMerge, Speaker
from incidents.terms import NameKind

MODELS: Mapping[str, type[Facility] | type[Actor] | type[Speaker]] = {
    NameKind.FACILITY: Facility,
    NameKind.ACTOR: Actor,
    NameKind.SPEAKER: Speaker,
}
Name = Facility | Actor | Speaker
PLACES_EVER = """
WITH RECURSIVE same(facility, id) AS (
    SELECT id, id FROM incidents_facility WHERE id = ANY (%s)
    UNION
    SELECT same.facility, other.id FROM same
    JOIN incidents_facility one ON one.id = same.id
    JOIN incidents_facility other ON other.merged_into_id = one.id OR other.id = one.merged_into_id
)
SELECT same.facility, one.place_id FROM same JOIN incidents_facility one ON one.id = same.id
UNION
SELECT same.facility, event.place_id FROM same JOIN incidents_facilityevent event ON event.pgh_obj_id = same.id
"""
Row = TypeVar("Row", bound=models.Model)


def kind_of(row: models.Model) -> NameKind:
    return next(NameKind(kind) for kind, model in MODELS.items() if isinstance(row, model))


def standing(row: Row) -> Row:
    """Follow merges to the row that still stands; one that was never merged is its own."""
    now: Any = row
    while now.merged_into is not None:
        now = now.merged_into
    found: Row = now
    return found


def merged_here(facility: Facility) -> list[Facility]:
    """The facilities that were merged into one, directly or by others; a query for each step."""
    found: list[Facility] = []
    level = [facility.pk]
    while level:
        rows = list(Facility.objects.filter(merged_into__in=level).order_by("pk"))
        found += rows
        level = [row.pk for row in rows]
    return found


def places_ever(facilities: Collection[int]) -> dict[int, set[int]]:
    """Facility → the places in which it, or one that is merged with it, is said to stand or ever was. One query."""
    found: dict[int, set[int]] = {pk: set() for pk in facilities}
    with connection.cursor() as cursor:
        cursor.execute(PLACES_EVER, [sorted(facilities)])
        for facility, place in cursor.fetchall():
            found[facility].add(place)
    return found


def standing_keys(model: type[models.Model], pks: Collection[int]) -> dict[int, int]:
    """As `standing`, key by key: one query, and one more for each merge that follows another."""
    found = {pk: pk for pk in pks}
    ahead = set(pks)
    while ahead:
        rows = model._default_manager.filter(pk__in=ahead).exclude(merged_into=None)
        steps = dict(rows.values_list("pk", "merged_into"))
        found = {pk: steps.get(now, now) for pk, now in found.items()}
        ahead = set(steps.values())
    return found


def standing_claims(claims: Iterable[Claim]) -> list[tuple[Claim, Name]]:
    """Each claim that names a facility, actor or speaker that was merged, with the merged one."""
    found: list[tuple[Claim, Name]] = []
    for claim in claims:
        named: list[Name | None] = [claim.facility, claim.actor, claim.speaker, *claim.alternatives]
        found += [(claim, row) for row in named if row is not None and row.merged_into_id is not None]
    return found


def fetch_alternatives(claims: Collection[Claim]) -> None:
    """Fill in `Claim.alternatives` of many claims; one query."""
    slugs = {slug for claim in claims for slug in claim.one_of_actors}
    known = Actor.every.in_bulk(slugs, field_name="slug") if slugs else {}
    for claim in claims:
        claim.alternatives = [known[slug] for slug in claim.one_of_actors]


def once_public(actors: Iterable[Actor]) -> set[int]:
    """The keys of those that readers could meet before they were merged: the others were only proposed."""
    merged = NameMerge.objects.filter(kind=NameKind.ACTOR, merged__in=[actor.pk for actor in actors])
    return set(merged.values_list("merged", flat=True))


def moved_actors(slugs: Collection[str]) -> dict[str, Actor]:
    """Slugs of actors that were merged, with those that they stand for now."""
    rows = list(Actor.every.filter(slug__in=slugs).exclude(merged_into=None).select_related("merged_into"))
    known = once_public(rows)
    return {row.slug: standing(row) for row in rows if row.pk in known}


def merged_terms(model: type[models.Model]) -> dict[str, Any]:
    """Every merged term of a vocabulary by its slug, with what it stands for now."""
    rows: QuerySet[Any] = model._default_manager.exclude(merged_into=None).select_related("merged_into")
    return {row.slug: standing(row) for row in rows}
