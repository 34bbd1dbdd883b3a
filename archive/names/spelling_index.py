"""An index of spellings: which places a spelling may mean, best first, and whether the first may be taken unasked.

Pure: it is filled from rows, with all the names of a gazetteer or with those of a few places and the units above them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from archive.names.closeness import as_in_arabic, closeness
from archive.names.keys import name_key, name_keys, skeleton_of_sound, sound_of_key
from archive.names.place_words import COMMUNITY, DISTRICT, GOVERNORATE, NEIGHBOURHOOD, SUBDISTRICT, describe
from archive.names.sounds import Alike, Sounds
from archive.names.surroundings import NOWHERE, Context

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
_SOUNDING = 0.86  # the score of a place whose name only sounds the same
_SOUNDS_THE_SAME = 0.6  # closeness from which on a name may be another's
_WITHIN, _NEAR, _HABITUAL = 6.0, 2.0, 1.0  # what a context adds to the standing of a place
_ALIKE_NEAR = 0.1  # times what a context adds, among names that are only alike
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

    def resolve(self, query: str, limit: int = 5, context: Context = NOWHERE) -> Resolution:
        """Places that ``query`` may name. A spelling that no table has answers by likeness and is never certain.

        Nor is one that sounds like a name of another place: a spelling may be on record for only one of them.
        """
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
                levels = {self.units[i].level for i in known} if described.levels else set(range(NEIGHBOURHOOD + 1))
                sounding = {
                    i: each for i, each in self._sounding(described.name).items() if self.units[i].level in levels
                }
                resolution = self._with_sounding(self.rank(known, limit, context), known, sounding, limit, context)
                # A bare name is a town's before it is that of the unit around it, whatever table lacks the town's.
                is_unit = self.units[resolution.candidates[0].place_id].level in (DISTRICT, SUBDISTRICT)
                is_plain = is_level_met and not (is_unit and not described.is_unit_named)
                return resolution._replace(is_certain=resolution.is_certain and is_plain)
        return Resolution(self.alike(query, limit, context), is_certain=False)

    def _sounding(self, name: str) -> dict[int, float]:
        """Places one of whose names sounds like a name, whatever table has it."""
        key = name_key(name)
        sound = sound_of_key(as_in_arabic(key))
        alike = self._by_bones.get(skeleton_of_sound(sound), [])
        if not alike:
            return {}
        close = [k for k, by in zip(alike, closeness(key, alike), strict=True) if by >= _SOUNDS_THE_SAME]
        return {place_id: _SOUNDING for k in close for place_id in self.by_key.get(k, ())}

    def _with_sounding(
        self, found: Resolution, known: dict[int, float], sounding: dict[int, float], limit: int, context: Context
    ) -> Resolution:
        """Behind the places of a name those whose names sound the same; before a unit the town that it is named for.

        With another place that may be meant, the name alone is not enough.
        """
        others = {i: score for i, score in sounding.items() if i not in known}
        first = found.candidates[0].place_id
        rivals = [i for i in others if not self.is_same_spot(first, i)]
        if not rivals:
            return found
        ranked = self.rank(others, limit, context).candidates
        if self.units[first].level in (DISTRICT, SUBDISTRICT):
            seats = [one for one in ranked if self.is_same_spot(one.place_id, first)]
        else:
            seats = []
        rest = [one for one in ranked if one not in seats]
        standings = self.standings({**known, **others})
        lead = CLEAR_LEAD - 1 if (self.seat_level(first) or COMMUNITY) <= DISTRICT else CLEAR_LEAD
        is_far_ahead = not seats and standings[first] - max(standings[i] for i in rivals) >= lead
        ordered = [*seats, *found.candidates, *rest][:limit]
        ceilings = accumulate((one.score for one in ordered), min)
        candidates = [one._replace(score=score) for one, score in zip(ordered, ceilings, strict=True)]
        return Resolution(candidates, found.is_certain and is_far_ahead)

    @cached_property
    def _by_bones(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.by_key:
            found[skeleton_of_sound(sound_of_key(as_in_arabic(key)))].append(key)
        return found

    def rank(self, known: dict[int, float], limit: int = 5, context: Context = NOWHERE) -> Resolution:
        """Order places that share a spelling by how likely each is meant; scores never rise down the list."""
        standings = {i: value + self._nearness(i, context) for i, value in self.standings(known).items()}
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

    def _nearness(self, place_id: int, context: Context) -> float:
        """What a context adds to the standing of a place: most of all that it is said to lie in a unit."""
        own = {self._pcode(i) for i in (place_id, *self.units[place_id].ancestors) if self.units[i].level != 0}
        kinds = ((context.within, _WITHIN), (context.near, _NEAR), (context.habitual, _HABITUAL))
        return sum(worth for pcodes, worth in kinds if not own.isdisjoint(self._units_of(pcodes)))

    def _units_of(self, pcodes: Iterable[str]) -> set[str]:
        """Units given by their codes; of a place below a district the district around it."""
        found: set[str] = set()
        for pcode in pcodes:
            unit = self._unit_by_pcode.get(pcode)
            if unit is not None and unit.level > DISTRICT:
                found |= {self._pcode(i) for i in unit.ancestors if self.units[i].level == DISTRICT}
            found.add(pcode)
        return found

    @cached_property
    def _unit_by_pcode(self) -> dict[str, Unit]:
        return {unit.pcode: unit for unit in self.units.values()}

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

    def alike(self, query: str, limit: int = 5, context: Context = NOWHERE) -> list[Candidate]:
        """The places whose spellings are most like ``query``, best first."""
        return self._ranked(self._sounds.nearest(name_key(query), 20 * limit), limit, context)

    def alike_among(
        self, query: str, keys: Iterable[str], limit: int = 5, context: Context = NOWHERE
    ) -> list[Candidate]:
        """The places whose spellings are most like ``query`` of those with these keys."""
        among = [key for key in keys if key in self.by_key]
        return self._ranked(Sounds(among).nearest(name_key(query), len(among)), limit, context)

    def _ranked(self, near: Iterable[Alike], limit: int, context: Context) -> list[Candidate]:
        best: dict[int, Alike] = {}
        scores: dict[int, float] = {}  # of the likest spelling, which need not be the closest one
        for one in near:
            for place_id in self.by_key[one.key]:
                best.setdefault(place_id, one)
                scores[place_id] = max(one.score, scores.get(place_id, 0.0))
        close = {i: one.closeness + _ALIKE_NEAR * min(self._nearness(i, context), _NEAR) for i, one in best.items()}
        ordered = sorted(best, key=lambda i: (-round(close[i], 2), -self._standing(i, 1.0), self._pcode(i)))
        ceilings = accumulate((scores[i] for i in ordered[:limit]), min)
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
