"""What incidents say, drafts included, in the shape that `attack_likeness` compares: by their claims that count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from archive.models import Place
from incidents.attack_likeness import Count, Days, Facts, Where
from incidents.models import Claim, Incident
from incidents.querysets import ClaimQuerySet
from incidents.terms import Aspect, Rank, Stance

COMPARED = 12  # days and places of one incident: a series of hundreds is not compared day by day


def counting_claims() -> ClaimQuerySet:
    """The claims that speak for what an incident says: asserted, and not set aside."""
    found: ClaimQuerySet = Claim.objects.filter(stance=Stance.ASSERTS).exclude(rank=Rank.DEPRECATED)
    return found


def facts_of(incident: Incident) -> Facts:
    """What the claims of an incident say; one query."""
    return facts_of_all([incident.pk]).get(incident.pk, Facts())


def facts_of_all(pks: Collection[int]) -> Mapping[int, Facts]:
    """The facts of many incidents by key; one query."""
    claims = counting_claims().filter(incident__in=pks)
    named = claims.select_related(
        "place", "facility__place", "facility__facility_type", "facility_type", "actor", "weapon"
    )
    grouped: dict[int, list[Claim]] = defaultdict(list)
    for claim in named.order_by("pk"):
        grouped[claim.incident_id].append(claim)
    return {pk: facts_from(claims) for pk, claims in grouped.items()}


def facts_from(claims: Iterable[Claim]) -> Facts:
    """What some claims say, stored or not."""
    claims = list(claims)
    places = [claim.place for claim in claims if claim.place]
    struck = [claim.facility for claim in claims if claim.facility]
    kinds = [claim.facility_type for claim in claims if claim.facility_type] + [row.facility_type for row in struck]
    used = [claim.weapon for claim in claims if claim.weapon]
    actors = [claim.actor for claim in claims if claim.actor]
    days = dict.fromkeys(days_of(claim) for claim in claims if claim.occurred)
    wheres = dict.fromkeys(where(place) for place in [*places, *(row.place for row in struck)])
    return Facts(
        days=tuple(days)[:COMPARED],
        places=tuple(wheres)[:COMPARED],
        facilities={row.pk: row.name_en or row.name_ar for row in struck},
        kinds={row.pk: row.name_en for row in kinds},
        actors={row.pk: row.name_en for row in actors},
        parents=frozenset(pk for row in actors for pk in row.ancestors),
        weapons={row.pk: row.name_en for row in used},
        weapon_parents=frozenset(row.parent_id for row in used if row.parent_id),
        killed=counts_in(claims, Aspect.KILLED),
        injured=counts_in(claims, Aspect.INJURED),
    )


def days_of(claim: Claim) -> Days:
    """The days of a date claim, both ends included, whether or not the database has stored them."""
    assert claim.occurred is not None
    first, last = claim.occurred.lower, claim.occurred.upper
    if last is not None and not claim.occurred.upper_inc:
        last = date.fromordinal(last.toordinal() - 1)
    return first or date.min, last or date.max


def where(place: Place) -> Where:
    return Where(place.pk, place.label_en, place.level, tuple(place.ancestors), place.lat, place.lon)


def counts_in(claims: Iterable[Claim], aspect: str) -> tuple[Count, ...]:
    found = ((claim.count_low, claim.count_high) for claim in claims if claim.aspect == aspect)
    return tuple(dict.fromkeys(found))
