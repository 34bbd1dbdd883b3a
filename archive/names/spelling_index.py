"""An index of spellings: which places a spelling may mean, best first, and whether the first may be taken unasked.

Pure: it is filled from rows, with all the names of a gazetteer or with those of a few places and the units above them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from archive.names.alike import alike, with_known
from archive.names.closeness import as_in_arabic, closeness
from archive.names.keys import name_key, name_keys, skeleton_of_sound, sound_of_key
from archive.names.known_places import KnownPlaces
from archive.names.place_words import COMMUNITY, DISTRICT, GOVERNORATE, NEIGHBOURHOOD, SUBDISTRICT, describe
from archive.names.sounds import Sounds
from archive.names.surroundings import NOWHERE, Context
from archive.names.units import (
    ACCEPTED,
    EXACT,
    FUZZY,
    OFFICIAL,
    PART,
    SCORES,
    TRUSTED,
    Candidate,
    Resolution,
    Spelling,
    Unit,
)

__all__ = [
    "ACCEPTED",
    "CLEAR_LEAD",
    "EXACT",
    "FUZZY",
    "OFFICIAL",
    "PART",
    "TRUSTED",
    "Candidate",
    "Resolution",
    "Spelling",
    "SpellingIndex",
    "Unit",
    "query_keys",
    "rural_keys",
]

_GUESSED_KEY = 0.95  # times the score, when the spelling was found only after taking an article out of the middle
_SOUNDING = 0.86  # the score of a place whose name only sounds the same
_SOUNDS_THE_SAME = 0.5  # closeness from which on a name of the same consonants may be another's
CLEAR_LEAD = 3.0  # by this much the first must stand above the second to be taken unasked


class SpellingIndex(KnownPlaces):
    """Finds places by spelling."""

    def resolve(self, query: str, limit: int = 5, context: Context = NOWHERE) -> Resolution:
        """Places that ``query`` may name. A spelling that no table has answers by likeness and is never certain.

        Nor is one that sounds like a name of another place: a spelling may be on record for only one of them.
        """
        found = self.on_record(query, limit, context)
        if found is not None and not self.is_part_known(query):
            return found
        known = found.candidates if found else []
        return Resolution(with_known(self.alike(query, limit, context), known, limit), is_certain=False)

    def on_record(self, query: str, limit: int = 5, context: Context = NOWHERE) -> Resolution | None:
        """Places that bear the name, or what is left of it without the words that describe it; None where none does."""
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
                others = self._sounding(described.name) | self._namesakes(described.name, known)
                sounding = {i: _SOUNDING for i in others if self.units[i].level in levels}
                resolution = self._with_sounding(self.rank(known, limit, context), known, sounding, limit, context)
                # A bare name is a town's before it is that of the unit around it, whatever table lacks the town's.
                is_unit = self.units[resolution.candidates[0].place_id].level in (DISTRICT, SUBDISTRICT)
                is_plain = is_level_met and not (is_unit and not described.is_unit_named)
                is_plain = is_plain and not self._has_namesake(resolution.candidates[0].place_id, known, levels)
                return resolution._replace(is_certain=resolution.is_certain and is_plain)
        return None

    def is_part_known(self, query: str) -> bool:
        """Whether all that is on record of a name is what its direction describes, which may be a part of the name."""
        described = describe(query)
        if not described.levels or described.is_unit_named or self.known(name_keys(query)):
            return False
        bare = self.known(name_keys(described.name))
        return bool(bare) and not self._at(bare, described.levels)

    def _sounding(self, name: str) -> set[int]:
        """Places one of whose names sounds like a name, whatever table has it."""
        key = name_key(name)
        sound = sound_of_key(as_in_arabic(key))
        sounding = self._by_bones.get(skeleton_of_sound(sound), [])
        if not sounding:
            return set()
        close = [k for k, by in zip(sounding, closeness(key, sounding), strict=True) if by >= _SOUNDS_THE_SAME]
        return {place_id for k in close for place_id in self.by_key.get(k, ())}

    def _namesakes(self, name: str, known: Iterable[int]) -> set[int]:
        """Places that share another name with places of a name, one that sounds like it."""
        keys = sorted({key for place_id in known for key in self.keys_of[place_id]})
        close = closeness(name_key(name), keys)
        shared = [key for key, by in zip(keys, close, strict=True) if by >= _SOUNDS_THE_SAME]
        return {place_id for key in shared for place_id in self.by_key[key]}

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
        is_far_ahead = not seats and self._is_far_ahead(first, known, rivals)
        ordered = [*seats, *found.candidates, *rest][:limit]
        ceilings = accumulate((one.score for one in ordered), min)
        candidates = [one._replace(score=score) for one, score in zip(ordered, ceilings, strict=True)]
        return Resolution(candidates, found.is_certain and is_far_ahead)

    def _has_namesake(self, first: int, known: Mapping[int, float], levels: Container[int]) -> bool:
        """Whether the first of the places of a name shares its official one with another of these levels."""
        official = [key for key in self.keys_of[first] if self.by_key[key].get(first) == OFFICIAL]
        others = {other for key in official for other in self.by_key[key]} - {first}
        rivals = [i for i in others if self.units[i].level in levels and not self.is_same_spot(first, i)]
        return bool(rivals) and not self._is_far_ahead(first, known, rivals)

    def _is_far_ahead(self, first: int, known: Mapping[int, float], rivals: Sequence[int]) -> bool:
        """Whether a place stands so far above others whose name may as well be this that nobody would mean them."""
        standings = self.standings({**dict.fromkeys((first, *rivals), SCORES[OFFICIAL]), **known})
        lead = CLEAR_LEAD - 1 if (self.seat_level(first) or COMMUNITY) <= DISTRICT else CLEAR_LEAD
        return standings[first] - max(standings[rival] for rival in rivals) >= lead

    @cached_property
    def _by_bones(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.by_key:
            found[skeleton_of_sound(sound_of_key(as_in_arabic(key)))].append(key)
        return found

    def rank(self, known: dict[int, float], limit: int = 5, context: Context = NOWHERE) -> Resolution:
        """Order places that share a spelling by how likely each is meant; scores never rise down the list."""
        standings = {i: value + self.nearness(i, context) for i, value in self.standings(known).items()}
        ordered = sorted(known, key=lambda place_id: (-standings[place_id], self.pcode(place_id)))
        candidates: list[Candidate] = []
        for place_id in ordered[:limit]:
            ceiling = candidates[-1].score if candidates else 1.0
            candidates.append(Candidate(place_id, self.pcode(place_id), round(min(known[place_id], ceiling), 2)))
        return Resolution(candidates, is_certain=self._is_clear(ordered, known, standings))

    def alike(self, query: str, limit: int = 5, context: Context = NOWHERE) -> list[Candidate]:
        """The places whose spellings are most like ``query``, best first."""
        return alike(self, query, self._sounds, limit, context)

    def alike_among(
        self, query: str, keys: Iterable[str], limit: int = 5, context: Context = NOWHERE
    ) -> list[Candidate]:
        """The places whose spellings are most like ``query`` of those with these keys."""
        return alike(self, query, Sounds([key for key in keys if key in self.by_key]), limit, context)

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(list(self.by_key))

    def known(self, keys: Sequence[str]) -> dict[int, float]:
        """Scores by id under the first keys that are on record: the name as it stands, run together, then guesses."""
        for position, key in enumerate(keys):
            if found := self.by_key.get(key):
                factor = 1.0 if position < 2 else _GUESSED_KEY
                return {place_id: factor * self.score(place_id, key, quality) for place_id, quality in found.items()}
        return {}

    def _at(self, known: dict[int, float], levels: frozenset[int]) -> dict[int, float]:
        return {place_id: score for place_id, score in known.items() if self.units[place_id].level in levels}

    def _is_clear(self, ordered: list[int], known: dict[int, float], standings: dict[int, float]) -> bool:
        """Whether the first is plainly meant: nothing else has the name but the units it is the seat of.

        A governorate beside its capital is never plain: readers mean either by `Idlib`.
        """
        first, *others = ordered
        if known[first] <= SCORES[FUZZY]:
            return False
        rivals = [other for other in others if not self.is_same_spot(first, other)]
        if not rivals:
            return True
        lead = standings[first] - standings[rivals[0]]
        return lead >= CLEAR_LEAD and not any(self.units[rival].level == GOVERNORATE for rival in rivals)


def query_keys(query: str) -> list[str]:
    """Every key under which `SpellingIndex.resolve` looks for a query, so that a caller can fetch just those."""
    described = describe(query)
    rural = rural_keys(described.name) if described.is_countryside else []
    return list(dict.fromkeys([*name_keys(query), *name_keys(described.name), *rural]))


def rural_keys(name: str) -> list[str]:
    """Keys of the unit that is the countryside of a place: Rural Damascus is a governorate of its own."""
    return [name_key(f"{word} {name}") for word in ("rural", "rif", "ريف")]
