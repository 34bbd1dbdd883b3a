"""Which incidents are worth comparing with some facts: by indexes of the claims, never by reading all of them."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, Q

from archive.models import Place
from archive.terms import Level
from incidents.attack_likeness import DAYS, Days, Facts, Where
from incidents.likeness.known_facts import counting_claims
from incidents.models import Incident
from incidents.terms import Aspect, Scope

MOST = 200  # incidents that are compared, the newest first
BOX = 0.12  # degrees either way: more than `attack_likeness.NEAR`
BROAD = 400  # days: a vaguer date says nothing by which to look


def candidates(facts: Facts) -> list[int]:
    """Keys of incidents that may tell of the attack: drafts and published ones; of merged ones the survivor has the
    claims. Three queries at most.

    Without a day and a place to look by, none: nothing is likely the same then (`attack_likeness.UNPLACED`).
    """
    spans = [span for days in facts.days if (span := span_of(days))]
    if not spans or not (facts.places or facts.facilities):
        return []
    near = places_near(facts.places)
    found = Incident.objects.open().exclude(scope=Scope.TALLY)
    claims = counting_claims().filter(incident=OuterRef("pk")).order_by()
    dated = Q()
    for span in spans:
        dated |= Q(occurred__overlap=span)
    found = found.filter(pk__in=counting_claims().filter(dated, aspect=Aspect.OCCURRED).order_by().values("incident"))
    there = Q(place__in=near) | Q(facility__in=list(facts.facilities)) | Q(facility__place__in=near)
    found = found.filter(Exists(claims.filter(there)))
    return list(found.order_by("-pk").values_list("pk", flat=True)[:MOST])


def span_of(days: Days) -> DateRange | None:
    """The days within which another date may be of the same attack; None of a date that says hardly anything."""
    if (days[1] - days[0]).days > BROAD:
        return None
    first = max(days[0].toordinal() - DAYS, date.min.toordinal())
    last = min(days[1].toordinal() + DAYS, date.max.toordinal() - 1)
    return DateRange(date.fromordinal(first), date.fromordinal(last) + timedelta(days=1), "[)")


def places_near(places: tuple[Where, ...]) -> list[int]:
    """Keys of the places, of what lies above them below the country, in them, and around them; one query."""
    wanted = Q()
    for place in places:
        wanted |= Q(pk=place.key) | Q(pk__in=place.ancestors[1:])
        if place.level > Level.COUNTRY:
            wanted |= Q(ancestors__contains=[place.key])
        if place.level >= Level.COMMUNITY and place.lat is not None and place.lon is not None:
            box = {"lat__range": (place.lat - BOX, place.lat + BOX), "lon__range": (place.lon - BOX, place.lon + BOX)}
            wanted |= Q(level__gte=Level.COMMUNITY, **box)
    return list(Place.objects.filter(wanted).order_by().values_list("pk", flat=True)) if places else []
