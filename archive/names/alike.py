"""The places whose names are most like a spelling that no table has, by all the evidence of all their names. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from archive.names.closeness import as_in_arabic
from archive.names.keys import name_key, skeleton_of_sound, sound_of_key
from archive.names.known_places import NEAR, KnownPlaces
from archive.names.letters import script_of
from archive.names.name_parts import parts
from archive.names.place_words import COMMUNITY, NEIGHBOURHOOD
from archive.names.romanised import as_arabic
from archive.names.sounds import Evidence, Sounds
from archive.names.surroundings import Context
from archive.names.units import Candidate

# How much each piece of evidence weighs, in logarithms of odds: learned by `evaluate/learn_letters.py`, but for the
# last three, of which the spellings to learn from say nothing: they are of towns alone.
_ODDS, _ODDS_SAME, _ODDS_OTHER = 0.23, 0.06, 0.21  # of all names of the place; the best in this script, and the other
_CLOSE, _CLOSE_SAME, _CLOSE_OTHER = 1.94, 3.62, 2.83
_CORE = 5.99
_BONES_OTHER = 1.17  # a name in the other script has these very consonants
_TO_THE_LETTER = 1.5  # a name is what a marked transliteration stands for
_WHICH = 1.77  # the closest name says `Upper`, `East` and the like as the typed one does
_SEAT = 1.08  # the seat of a unit is spoken of more than a village
_UNIT, _PART_OF_A_TOWN = -3.0, -2.5  # a bare name is a town's first
_CONTEXT = 1.5  # times what a context adds to the standing
_LEAST_ODDS = -40.0


class Typed(NamedTuple):
    """A name as it was typed: its key, and the same in Arabic where marks tell it, else empty."""

    key: str
    in_arabic: str

    @classmethod
    def of(cls, name: str) -> "Typed":
        return cls(name_key(name), as_arabic(name))


def alike(places: KnownPlaces, name: str, sounds: Sounds, limit: int, context: Context) -> list[Candidate]:
    """Places by the evidence for the keys of their names, likeliest first; scores never rise down the list."""
    typed = Typed.of(name)
    of_place: dict[int, list[Evidence]] = defaultdict(list)
    for one in sounds.evidence(*typed):
        for place_id in places.by_key.get(one.key, ()):
            of_place[place_id].append(one)
    weights = {
        place_id: _weight(evidence, len(places.keys_of[place_id]), typed)
        + _prominence(places, place_id)
        + _CONTEXT * min(places.nearness(place_id, context), NEAR)
        for place_id, evidence in of_place.items()
    }
    ordered = sorted(weights, key=lambda i: (-weights[i], places.pcode(i)))[:limit]
    likest = [max(one.score for one in of_place[i]) for i in ordered]
    return [
        Candidate(i, places.pcode(i), round(score, 2))
        for i, score in zip(ordered, accumulate(likest, min), strict=True)
    ]


_script = lru_cache(maxsize=100_000)(script_of)


@lru_cache(maxsize=100_000)
def _bones(key: str) -> str:
    return skeleton_of_sound(sound_of_key(as_in_arabic(key)))


def _weight(evidence: Sequence[Evidence], names: int, typed: Typed) -> float:
    """The evidence for one place with a number of names; where none in a script is near, the others speak for it."""
    script, bones = script_of(typed.key), _bones(typed.key)
    same = [one for one in evidence if _script(one.key) == script] or evidence
    abroad = [one for one in evidence if _script(one.key) != script]
    other = abroad or evidence
    closest = max(evidence, key=lambda one: one.closeness)
    return (
        _ODDS * (float(np.logaddexp.reduce([one.log_odds for one in evidence])) - float(np.log(max(names, 1))))
        + _ODDS_SAME * max(_LEAST_ODDS, *(one.log_odds for one in same))
        + _ODDS_OTHER * max(_LEAST_ODDS, *(one.log_odds for one in other))
        + _CLOSE * closest.closeness
        + _CLOSE_SAME * max(one.closeness for one in same)
        + _CLOSE_OTHER * max(one.closeness for one in other)
        + _CORE * max(one.core for one in evidence)
        + _BONES_OTHER * any(_bones(one.key) == bones for one in abroad)
        + _WHICH * (parts(closest.key).which == parts(typed.key).which)
        + _TO_THE_LETTER * any(one.key == typed.in_arabic for one in evidence)
    )


def _prominence(places: KnownPlaces, place_id: int) -> float:
    level = places.units[place_id].level
    if level == NEIGHBOURHOOD:
        return _PART_OF_A_TOWN
    if level < COMMUNITY:
        return _UNIT
    return _SEAT if places.seat_level(place_id) is not None else 0.0


def with_known(alike: Sequence[Candidate], known: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Places like a whole name, and those that bear what is left of it without its direction, which keep their score.

    For `Eastern Salam`, where Salam alone is on record: it may be that place, or one that is called so.
    """
    scores = {one.place_id: one.score for one in known}
    among = {one.place_id for one in alike}
    ordered = [*alike, *(one for one in known if one.place_id not in among)][:limit]
    best = [max(one.score, scores.get(one.place_id, 0.0)) for one in ordered]
    return [one._replace(score=score) for one, score in zip(ordered, accumulate(best, min), strict=True)]
