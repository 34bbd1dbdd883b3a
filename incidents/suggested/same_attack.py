"""The same attack? Known incidents that may tell of what a group of suggestions tells of."""

from collections.abc import Iterable, Sequence

from archive.models import Place
from incidents.assessment import Count, When, Where
from incidents.curation import claim_values
from incidents.likeness import Likely, facts_from, likely
from incidents.models import Claim, Facility
from incidents.suggested.rows import Group
from incidents.suggesting import Struck, Suggestion
from incidents.terms import Stance

ASKED = 3  # groups of a text, those with the most to compare
OFFERED = 3  # incidents for each


def likely_for(groups: Sequence[Group]) -> dict[str, list[Likely]]:
    """Letter → incidents, the likeliest first, for the first groups that have no incident yet."""
    asked = [group for group in groups if group.open_rows and group.incident is None][:ASKED]
    said = [row.suggestion for group in asked for row in group.rows]
    places, facilities = _places(said), _facilities(said)
    return {
        group.letter: likely(facts_from(_claims(group, places, facilities)), limit=OFFERED)
        for group in asked
        if group.rows
    }


def _claims(group: Group, places: dict[str, Place], facilities: dict[str, Facility]) -> Iterable[Claim]:
    """Claims that are not stored, of what can be compared: days, places, facilities, counts."""
    for row in group.rows:
        suggestion = row.suggestion
        value = suggestion.value
        if suggestion.stance != Stance.ASSERTS:
            continue
        if isinstance(value, When):
            yield Claim(aspect=suggestion.aspect, **claim_values.clean_date(value.date.edtf))
        elif isinstance(value, Where) and value.pcode in places:
            yield Claim(aspect=suggestion.aspect, place=places[value.pcode])
        elif isinstance(value, Struck) and value.id in facilities:
            yield Claim(aspect=suggestion.aspect, facility=facilities[value.id])
        elif isinstance(value, Count):
            yield Claim(aspect=suggestion.aspect, count_low=value.low, count_high=value.high, group=value.group)


def _places(said: Iterable[Suggestion]) -> dict[str, Place]:
    pcodes = {one.value.pcode for one in said if isinstance(one.value, Where)}
    return {place.pcode: place for place in Place.objects.filter(pcode__in=pcodes)}


def _facilities(said: Iterable[Suggestion]) -> dict[str, Facility]:
    ids = {one.value.id for one in said if isinstance(one.value, Struck) and one.value.id}
    found = Facility.objects.filter(public_id__in=ids).select_related("place", "facility_type")
    return {facility.public_id: facility for facility in found}
