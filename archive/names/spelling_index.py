"""An index of spellings: which places a spelling may mean, best first, and whether the first may be taken unasked.

Pure: it is filled from rows, with all the names of a gazetteer or with those of a few places and the units above them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from archive.names.keys import name_key, name_keys, skeleton_of_sound, sound_of_key
from archive.names.place_words import COMMUNITY, DISTRICT, GOVERNORATE, SUBDISTRICT, describe
from archive.names.sounds import Alike, Sounds

# part: one of the two names of a place that officially has two; fuzzy: a name that was tied to the place by likeness.
# accepted: a spelling that an editor saw in a text and an administrator accepted for the place.
OFFICIAL, PART, ACCEPTED, EXACT, FUZZY = "official", "part", "accepted", "exact", "fuzzy"
TRUSTED = (OFFICIAL, PART, ACCEPTED)  # good enough to look for in texts, whatever the other names of the place are
_SCORES = {OFFICIAL: 1.0, PART: 0.98, ACCEPTED: 0.975, EXACT: 0.97, FUZZY: 0.85}
_GUESSED_KEY = 0.95  # times the score, when the spelling was found only after taking an article out of the middle
# How much likelier one of several places with a name is meant. A seat gives its name to the unit around it.
_SEAT_STANDING = {GOVERNORATE: 4.0, DISTRICT: 3.0, SUBDISTRICT: 2.0}
_UNIT_STANDING = {0: 5.0, GOVERNORATE: 3.5, DISTRICT: 1.2, SUBDISTRICT: 1.1}
_QUALITY_STANDING = {OFFICIAL: 1.5, EXACT: 1.0, FUZZY: -2.0}
_CONFIRMED = 0.5  # added when a unit around the place is on record with the same spelling
CLEAR_LEAD = 3.0  # by this much the first must stand above the second to be taken unasked


class Unit(NamedTuple):
    """A place: ``ancestors`` are the ids of all units above it, country first."""

    id: int
    pcode: str
    level: int
    ancestors: tuple[int, ...]


class Spelling(NamedTuple):
    """One spelling of a place: its `archive.names.name_key` and how sure the gazetteer is of it."""

    place_id: int
    key: str
    quality: str


class Candidate(NamedTuple):
    place_id: int
    pcode: str
    score: float


class Resolution(NamedTuple):
    """Places that a spelling may mean, best first; ``is_certain`` when the first may be taken without asking."""

    candidates: list[Candidate]
    is_certain: bool


class SpellingIndex:
    """Finds places by spelling. An official name or an alias counts as `exact` unless its quality says `fuzzy`."""

    def __init__(self, units: Iterable[Unit], spellings: Iterable[Spelling]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.by_key: dict[str, dict[int, str]] = defaultdict(dict)
        self.keys_of: dict[int, set[str]] = defaultdict(set)
        self._skeletons: dict[str, str] = {}
        for place_id, key, quality in spellings:
            known = self.by_key[key].get(place_id)
            if known is None or _SCORES.get(quality, _SCORES[EXACT]) > _SCORES[known]:
                self.by_key[key][place_id] = quality if quality in _SCORES else EXACT
            self.keys_of[place_id].add(key)

    def resolve(self, query: str, limit: int = 5) -> Resolution:
        """Places that ``query`` may name. A spelling that no table has answers by likeness and is never certain."""
        described = describe(query)
        direct = self.known(name_keys(query))
        bare = self.known(name_keys(described.name)) if described.levels else {}
        if described.is_countryside:
            rural = self.known(rural_keys(described.name))
            direct |= {place_id: score for place_id, score in rural.items() if place_id not in direct}
        for known, is_level_met in (
            (self._at(direct, described.levels), True),
            ({} if described.is_unit_named else direct, True),  # Western Sweida is a village's whole name
            (self._at(bare, described.levels), True),
            (direct, not described.levels),
            (bare, False),
        ):
            if known:
                resolution = self.rank(known, limit)
                return resolution._replace(is_certain=resolution.is_certain and is_level_met)
        return Resolution(self.alike(query, limit), is_certain=False)

    def rank(self, known: dict[int, float], limit: int = 5) -> Resolution:
        """Order places that share a spelling by how likely each is meant; scores never rise down the list."""
        standings = self.standings(known)
        ordered = sorted(known, key=lambda place_id: (-standings[place_id], self._pcode(place_id)))
        candidates: list[Candidate] = []
        for place_id in ordered[:limit]:
            ceiling = candidates[-1].score if candidates else 1.0
            candidates.append(Candidate(place_id, self._pcode(place_id), round(min(known[place_id], ceiling), 2)))
        return Resolution(candidates, is_certain=self._is_clear(ordered, known, standings))

    def standings(self, known: Mapping[int, float], bearers: Container[int] | None = None) -> dict[int, float]:
        """How likely each of the places that share a name is meant by it; seats and governorates stand highest.

        ``bearers`` are all places with the name, where ``known`` are only some of them.
        """
        bearers = known if bearers is None else bearers
        return {
            place_id: self._standing(place_id, score)
            + (_CONFIRMED if any(above in bearers for above in self.units[place_id].ancestors) else 0.0)
            for place_id, score in known.items()
        }

    def _standing(self, place_id: int, score: float) -> float:
        unit = self.units[place_id]
        quality = OFFICIAL if score > _SCORES[EXACT] else EXACT if score > _SCORES[FUZZY] else FUZZY
        seat = self.seat_level(place_id)
        own = _SEAT_STANDING[seat] if seat is not None else _UNIT_STANDING.get(unit.level, 0.0)
        return own + _QUALITY_STANDING[quality]

    def seat_level(self, place_id: int) -> int | None:
        """The highest level of the units above a community that bear its name: it is their seat. Else None."""
        unit = self.units[place_id]
        if unit.level != COMMUNITY:
            return None
        own = self.keys_of[place_id]
        levels = (
            self.units[above].level for above in unit.ancestors if above in self.units and self.keys_of[above] & own
        )
        return min((level for level in levels if level in _SEAT_STANDING), default=None)

    def alike(self, query: str, limit: int = 5) -> list[Candidate]:
        """The places whose spellings are most like ``query``, best first."""
        return self._ranked(self._sounds.nearest(name_key(query), 20 * limit), limit)

    def alike_among(self, query: str, keys: Iterable[str], limit: int = 5) -> list[Candidate]:
        """The places whose spellings are most like ``query`` of those with these keys."""
        among = [key for key in keys if key in self.by_key]
        return self._ranked(Sounds(among).nearest(name_key(query), len(among)), limit)

    def _ranked(self, near: Iterable[Alike], limit: int) -> list[Candidate]:
        best: dict[int, Alike] = {}
        for one in near:
            for place_id in self.by_key[one.key]:
                best.setdefault(place_id, one)
        ordered = sorted(best, key=lambda i: (-round(best[i].closeness, 2), -self._standing(i, 1.0), self._pcode(i)))
        ceilings = accumulate((best[i].score for i in ordered[:limit]), min)
        return [Candidate(i, self._pcode(i), round(score, 2)) for i, score in zip(ordered, ceilings, strict=False)]

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(list(self.by_key))

    def is_corroborated(self, place_id: int, key: str) -> bool:
        """Whether a spelling has the skeleton of one of the place's names that are sure."""
        return self._sounds_like(place_id, key, (OFFICIAL, PART, EXACT))

    def sounds_official(self, place_id: int, key: str) -> bool:
        """Whether a spelling has the skeleton of one of the place's official names."""
        return self._sounds_like(place_id, key, (OFFICIAL, PART))

    def _sounds_like(self, place_id: int, key: str, qualities: Container[str]) -> bool:
        bones = self._skeleton(key)
        own = self.keys_of[place_id]
        return any(self.by_key[known][place_id] in qualities and self._skeleton(known) == bones for known in own)

    def _skeleton(self, key: str) -> str:
        if key not in self._skeletons:
            self._skeletons[key] = skeleton_of_sound(sound_of_key(key))
        return self._skeletons[key]

    def known(self, keys: Sequence[str]) -> dict[int, float]:
        """Scores by id under the first keys that are on record: the name as it stands, run together, then guesses."""
        for position, key in enumerate(keys):
            if found := self.by_key.get(key):
                factor = 1.0 if position < 2 else _GUESSED_KEY
                return {place_id: factor * self.score(place_id, key, quality) for place_id, quality in found.items()}
        return {}

    def score(self, place_id: int, key: str, quality: str) -> float:
        """How sure it is that a place bears a spelling, 0 to 1, before other places with it are weighed."""
        if quality == FUZZY and self.is_corroborated(place_id, key):
            return _SCORES[EXACT] - 0.02
        return _SCORES[quality]

    def _at(self, known: dict[int, float], levels: frozenset[int]) -> dict[int, float]:
        return {place_id: score for place_id, score in known.items() if self.units[place_id].level in levels}

    def _is_clear(self, ordered: list[int], known: dict[int, float], standings: dict[int, float]) -> bool:
        """Whether the first is plainly meant: nothing else has the name but the units it is the seat of.

        A governorate beside its capital is never plain: readers mean either by `Idlib`.
        """
        first, *others = ordered
        if known[first] <= _SCORES[FUZZY]:
            return False
        rivals = [other for other in others if not self.is_same_spot(first, other)]
        if not rivals:
            return True
        lead = standings[first] - standings[rivals[0]]
        return lead >= CLEAR_LEAD and not any(self.units[rival].level == GOVERNORATE for rival in rivals)

    def is_related(self, one: int, other: int) -> bool:
        """Whether one of two places lies in the other."""
        return other in self.units[one].ancestors or one in self.units[other].ancestors

    def is_same_spot(self, first: int, other: int) -> bool:
        """A district or sub-district around its seat, or inside the governorate that bears its name."""
        return self.units[other].level in (DISTRICT, SUBDISTRICT) and self.is_related(first, other)

    def _pcode(self, place_id: int) -> str:
        return self.units[place_id].pcode


def query_keys(query: str) -> list[str]:
    """Every key under which `SpellingIndex.resolve` looks for a query, so that a caller can fetch just those."""
    described = describe(query)
    rural = rural_keys(described.name) if described.is_countryside else []
    return list(dict.fromkeys([*name_keys(query), *name_keys(described.name), *rural]))


def rural_keys(name: str) -> list[str]:
    """Keys of the unit that is the countryside of a place: Rural Damascus is a governorate of its own."""
    return [name_key(f"{word} {name}") for word in ("rural", "rif", "ريف")]
