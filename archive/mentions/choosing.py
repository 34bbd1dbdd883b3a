"""Which of the places that share a name a text means: the one that its words, or its other places, point to. Pure."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from archive.names.keys import name_key
from archive.names.place_words import COMMUNITY, GOVERNORATE, NEIGHBOURHOOD
from archive.names.sounds import Sounds
from archive.names.spelling_index import Candidate, Resolution, SpellingIndex, rural_keys
from archive.names.surroundings import Context

MAX_CANDIDATES = 5
_SHARED_UNIT = 0.6  # how much a unit shared with the other places of the text adds to a candidate's standing
_SAID_TO_LIE_THERE = 10.0
_SAID, _SURE_IN_CONTEXT, _LIKELY, _POSSIBLE = 0.92, 0.8, 0.6, 0.3
_LIKE_ENOUGH = 0.8  # likeness of a name to one inside the unit that it is said to lie in
_SOMEWHERE_IN = 0.5  # the score of a unit that stands for a place inside it of which no table knows


class Chooser:
    """Puts the bearers of a name in order, for one index."""

    def __init__(self, index: SpellingIndex) -> None:
        self.index = index
        self._ids = {unit.pcode: unit.id for unit in index.units.values()}
        # The same names come again in text after text.
        self._likeliest = lru_cache(maxsize=20_000)(self._likeliest_of)
        self._sounds_in = lru_cache(maxsize=500)(self._sounds_of_unit)
        self.area = lru_cache(maxsize=5_000)(self._area)

    def likeliest(self, places: Mapping[int, float]) -> Resolution:
        """What the name means where nothing around it is known."""
        return self._likeliest(tuple(places.items()))

    def _likeliest_of(self, places: tuple[tuple[int, float], ...]) -> Resolution:
        return self.index.rank(dict(places), 1)

    def units_around(self, known: Iterable[Mapping[int, float]], context: Context) -> set[int]:
        """The units above (and among) the places of which the text, or its context, leaves no doubt."""
        around: set[int] = set()
        for places in known:
            resolution = self.likeliest(places)
            if resolution.is_certain:
                self._add(around, resolution.candidates[0].place_id)
        for pcode in (*context.within, *context.near, *context.habitual):
            if pcode in self._ids:
                self._add(around, self._ids[pcode])
        return around

    def _add(self, around: set[int], place_id: int) -> None:
        around |= {place_id, *self.index.units[place_id].ancestors[1:]}

    def choose(self, places: Mapping[int, float], bearers: Mapping[int, str], around: set[int]) -> list[Candidate]:
        """Candidates best first: a name's usual bearer, or else the one that lies where the text is."""
        resolution = self.likeliest(places)
        if resolution.is_certain:
            return resolution.candidates
        worth = {i: value + self._nearness(i, around) for i, value in self.index.standings(places, bearers).items()}
        ordered = sorted(worth, key=lambda i: (-worth[i], self.index.units[i].pcode))
        ordered = [ordered[0], *(i for i in ordered[1:] if not self.index.is_same_spot(ordered[0], i))]
        lead = worth[ordered[0]] - worth[ordered[1]] if len(ordered) > 1 else _SHARED_UNIT
        best = _SURE_IN_CONTEXT if lead >= _SHARED_UNIT else _LIKELY if lead > 0 else _POSSIBLE
        return self._scored(ordered, best)

    def _scored(self, ordered: list[int], best: float) -> list[Candidate]:
        scores = [best, *[_POSSIBLE] * (len(ordered) - 1)]
        best_first = list(zip(ordered, scores, strict=True))[:MAX_CANDIDATES]
        return [Candidate(i, self._pcode(i), score) for i, score in best_first]

    def _nearness(self, place_id: int, around: set[int]) -> float:
        return _SHARED_UNIT * len(around.intersection(self.index.units[place_id].ancestors))

    def _area(self, key: str) -> frozenset[int]:
        """The units that a name may mean as the place around another; Damascus may be its countryside too."""
        ids = set(self.index.by_key.get(key, ()))
        for rural in rural_keys(key):
            ids |= {i for i in self.index.by_key.get(name_key(rural), ()) if self.index.units[i].level == GOVERNORATE}
        return frozenset(ids)

    def inside(self, key: str, area: frozenset[int], levels: frozenset[int]) -> list[Candidate]:
        """Places of a name that lie in an area, best first; in no table, those there that are very like it."""
        bearers = self.index.by_key.get(key, {})
        found = [i for i in bearers if area.intersection(self.index.units[i].ancestors)]
        if levels and (at_level := [i for i in found if self.index.units[i].level in levels]):
            found = at_level
        if found:
            standings = self.index.standings({i: self.index.score(i, key, bearers[i]) for i in found}, bearers)
            ordered = sorted(found, key=lambda i: (-standings[i], self._pcode(i)))
            ordered = [ordered[0], *(i for i in ordered[1:] if not self.index.is_same_spot(ordered[0], i))]
            return self._scored(ordered, _SAID if len(ordered) == 1 else _SURE_IN_CONTEXT)
        near = self._sounds_in(area).nearest(key, 3)
        if near and near[0].score >= _LIKE_ENOUGH:
            bearers = self.index.by_key[near[0].key]
            found = sorted((i for i in bearers if area.intersection(self.index.units[i].ancestors)), key=self._pcode)
            return self._scored(found, round(_SURE_IN_CONTEXT * near[0].score, 2))
        return []

    def somewhere_in(self, area: frozenset[int], places: Mapping[int, float]) -> list[Candidate]:
        """The area itself, for a name that none of its places bears; its namesakes elsewhere come last."""
        units = self.index.units
        first = min(area, key=lambda i: (units[i].level != COMMUNITY, units[i].level, units[i].pcode))
        others = sorted(set(places) - area, key=self._pcode)
        return self._scored([first, *others], _SOMEWHERE_IN)

    def _sounds_of_unit(self, area: frozenset[int]) -> Sounds:
        within = [
            key
            for unit in self.index.units.values()
            if unit.level in (COMMUNITY, NEIGHBOURHOOD) and area.intersection(unit.ancestors)
            for key in self.index.keys_of[unit.id]
        ]
        return Sounds(sorted(set(within)))

    def _pcode(self, place_id: int) -> str:
        return self.index.units[place_id].pcode
