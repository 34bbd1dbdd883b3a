"""What is known of places and their spellings: who bears which name, how likely each is meant by it. Pure."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cached_property

from archive.names.keys import skeleton_of_sound, sound_of_key
from archive.names.place_words import COMMUNITY, DISTRICT, GOVERNORATE, SUBDISTRICT
from archive.names.surroundings import Context
from archive.names.units import EXACT, FUZZY, OFFICIAL, PART, SCORES, Candidate, Spelling, Unit

# How much likelier one of several places with a name is meant. A seat gives its name to the unit around it.
_SEAT_STANDING = {GOVERNORATE: 4.0, DISTRICT: 3.0, SUBDISTRICT: 2.0}
_UNIT_STANDING = {0: 5.0, GOVERNORATE: 3.5, DISTRICT: 1.2, SUBDISTRICT: 1.1}
_QUALITY_STANDING = {OFFICIAL: 1.5, EXACT: 1.0, FUZZY: -2.0}
_CONFIRMED = 0.5  # added when a unit around the place is on record with the same spelling
_WITHIN, NEAR, _HABITUAL = 6.0, 2.0, 1.0  # what a context adds to the standing of a place


class KnownPlaces:
    """Places by spelling. An official name or an alias counts as `exact` unless its quality says `fuzzy`."""

    def __init__(self, units: Iterable[Unit], spellings: Iterable[Spelling]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.by_key: dict[str, dict[int, str]] = defaultdict(dict)
        self.keys_of: dict[int, set[str]] = defaultdict(set)
        self._skeletons: dict[str, str] = {}
        for place_id, key, quality in spellings:
            known = self.by_key[key].get(place_id)
            if known is None or SCORES.get(quality, SCORES[EXACT]) > SCORES[known]:
                self.by_key[key][place_id] = quality if quality in SCORES else EXACT
            self.keys_of[place_id].add(key)

    def standings(self, known: Mapping[int, float], bearers: Container[int] | None = None) -> dict[int, float]:
        """How likely each of the places that share a name is meant by it; seats and governorates stand highest.

        ``bearers`` are all places with the name, where ``known`` are only some of them.
        """
        bearers = known if bearers is None else bearers
        return {
            place_id: self.standing(place_id, score)
            + (_CONFIRMED if any(above in bearers for above in self.units[place_id].ancestors) else 0.0)
            for place_id, score in known.items()
        }

    def nearness(self, place_id: int, context: Context) -> float:
        """What a context adds to the standing of a place: most of all that it is said to lie in a unit."""
        own = {self.pcode(i) for i in (place_id, *self.units[place_id].ancestors) if self.units[i].level != 0}
        kinds = ((context.within, _WITHIN), (context.near, NEAR), (context.habitual, _HABITUAL))
        return sum(worth for pcodes, worth in kinds if not own.isdisjoint(self._units_of(pcodes)))

    def _units_of(self, pcodes: Iterable[str]) -> set[str]:
        """Units given by their codes; of a place below a district the district around it."""
        found: set[str] = set()
        for pcode in pcodes:
            unit = self._unit_by_pcode.get(pcode)
            if unit is not None and unit.level > DISTRICT:
                found |= {self.pcode(i) for i in unit.ancestors if self.units[i].level == DISTRICT}
            found.add(pcode)
        return found

    @cached_property
    def _unit_by_pcode(self) -> dict[str, Unit]:
        return {unit.pcode: unit for unit in self.units.values()}

    def standing(self, place_id: int, score: float) -> float:
        unit = self.units[place_id]
        quality = OFFICIAL if score > SCORES[EXACT] else EXACT if score > SCORES[FUZZY] else FUZZY
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

    def score(self, place_id: int, key: str, quality: str) -> float:
        """How sure it is that a place bears a spelling, 0 to 1, before other places with it are weighed."""
        if quality == FUZZY and self.is_corroborated(place_id, key):
            return SCORES[EXACT] - 0.02
        return SCORES[quality]

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

    def is_related(self, one: int, other: int) -> bool:
        """Whether one of two places lies in the other."""
        return other in self.units[one].ancestors or one in self.units[other].ancestors

    def is_same_spot(self, first: int, other: int) -> bool:
        """A district or sub-district around its seat, or inside the governorate that bears its name."""
        return self.units[other].level in (DISTRICT, SUBDISTRICT) and self.is_related(first, other)

    def pcode(self, place_id: int) -> str:
        return self.units[place_id].pcode

    def id_of(self, pcode: str) -> int:
        return self._unit_by_pcode[pcode].id

    def has(self, pcode: str) -> bool:
        return pcode in self._unit_by_pcode

    def candidate(self, pcode: str) -> Candidate:
        """A place that is on record, by its code, as one that a name surely means."""
        return Candidate(self.id_of(pcode), pcode, 1.0)
