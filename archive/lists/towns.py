"""The `town` parameter: a P-code of any level, or a name in any spelling.

A name that several places bear, or that no table has, is read as the likeliest place (`meant`); the others are offered
beside it.
Of a governorate and its capital the governorate is meant: the capital lies in it, so that nothing is missed in silence.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from archive import gazetteer
from archive.gazetteer import PlaceMatch
from archive.gazetteer.begun import Closeness, begun
from archive.lists.parameter_fields import SeveralField, shown
from archive.lists.place_counts import told_of
from archive.models import Place, PlaceName
from archive.names import name_key
from archive.terms import Level

LIKELY = 0.75  # the score from which on a place is worth offering
TAKEN = 0.85  # and from which on it is taken for what was meant, whatever it is
MOST_OFFERED = 5  # places with a longer name
NEAR = 0.05  # among places no farther than this behind the likeliest, one that lists tell of is meant, or a unit
_LABELLED = re.compile(r".*\(([A-Za-z]{1,2}\d+)\)\s*")  # “Idleb (C3871)”, as the box writes namesakes
# Regions of everyday speech that have no code; what is spelt like them is something else.
_REGIONAL = frozenset(map(name_key, ("جبل", "سهل", "وادي", "jabal", "jebel", "mount", "mountain", "plain", "valley")))


class Candidate(NamedTuple):
    """A place that a name may mean: the value that was given, and the place."""

    value: str
    place: Place


class Reading(NamedTuple):
    """What a name was read as without being plain, and the other places that it may mean."""

    value: str
    place: Place
    others: tuple[Place, ...]


class TownField(SeveralField):
    """Values → places. `readings` say which names were not plain, `candidates` what those not read may mean."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(look_up=self.resolve, unknown="", **kwargs)
        self.candidates: list[Candidate] = []
        self.readings: list[Reading] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> "TownField":
        copied: TownField = super().__deepcopy__(memo)
        copied.look_up = copied.resolve
        copied.candidates, copied.readings = [], []
        return copied

    def resolve(self, values: Sequence[str]) -> dict[str, Place]:
        codes = {value: code_in(value) for value in values}
        by_code = {place.pcode: place for place in Place.objects.filter(pcode__in=codes.values())}
        found: dict[str, Place] = {}
        for value, code in codes.items():
            if place := by_code.get(code) or self.named(value):
                found[value] = place
        return found

    def named(self, value: str) -> Place | None:
        """The place that a name means; None where nothing is like it enough."""
        answer = gazetteer.resolve(value)
        if answer.is_certain:
            place = answer.matches[0].place
            if others := told_instead(value, [place]):
                self.readings.append(Reading(value, place, others))
            return place
        likely = [match for match in answer.matches if match.score >= LIKELY]
        places = [match.place for match in likely]
        if taken := meant(likely, is_regional=is_regional(value)):
            others = (*(place for place in places if place != taken), *told_instead(value, places))
            self.readings.append(Reading(value, taken, others))
            return taken
        if not is_regional(value):
            self.candidates += [Candidate(value, place) for place in places]
        return None

    def message(self, value: str) -> str:
        if is_regional(value):
            text = _("“%(value)s” is a region without a code or borders of its own: choose towns or districts in it.")
        else:
            text = _("No place is known as “%(value)s”: write a name or a P-code.")
        return text % {"value": shown(value)}


def code_in(value: str) -> str:
    """The P-code that a value is, or that stands behind the name in it."""
    match = _LABELLED.fullmatch(value)
    return (match[1] if match else value).upper()


def is_regional(value: str) -> bool:
    """Whether a name begins with a word for a mountain, a plain, a valley."""
    return any(name_key(word) in _REGIONAL for word in value.split()[:1])


def meant(likely: Sequence[PlaceMatch], *, is_regional: bool) -> Place | None:
    """The place that a name that is not plain is read as; ``likely`` are those that it is like, the likeliest first.

    “Paris” is as like “Barissa” as “Edlib” is like “Idlib”: from what is no more like than that only units are taken,
    and places of which lists tell.
    """
    if not likely or likely[0].score >= TAKEN:
        return likeliest([match.place for match in likely]) if likely else None
    near = [match.place for match in likely if match.score >= likely[0].score - NEAR]
    told = told_of([place.pk for place in near])
    worth = [place for place in near if told[place.pk] or place.level <= Level.SUBDISTRICT]
    return likeliest(worth) if worth and not is_regional else None


def told_instead(value: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """Where lists tell of none of the places that bear a name: those they tell of whose name begins so, most first.

    “Maarat” is the whole name of a village that no report may mention, and the beginning of a town's that many do.
    """
    if told_of([place.pk for place in places]):
        return ()
    longer = [one.place_id for one in begun(value) if one.closeness == Closeness.BEGINS]
    told = told_of(longer)
    found = Place.objects.in_bulk([pk for pk, _rows in told.most_common(MOST_OFFERED)])
    return tuple(sorted(found.values(), key=lambda place: (-told[place.pk], place.level, place.pk)))


def likeliest(places: Sequence[Place]) -> Place:
    """The first, or the governorate around it that has the same name."""
    first = places[0]
    return next(
        (one for one in places if one.level == Level.GOVERNORATE and one.pk in first.ancestors),
        first,
    )


def labels(places: Sequence[Place]) -> list[str]:
    """Places as the box writes them: by name, with the code where another place bears that name. One query."""
    keys = {place.pk: name_key(place.name) for place in places}
    bearers: dict[str, set[int]] = {}
    for key, pk in PlaceName.objects.filter(folded__in=keys.values()).values_list("folded", "place") if keys else ():
        bearers.setdefault(key, set()).add(pk)
    return [
        place.name if bearers.get(keys[place.pk]) == {place.pk} else f"{place.name} ({place.pcode})" for place in places
    ]
