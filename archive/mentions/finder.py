"""Finds places in a text by their spellings, in both scripts, without taking every word for a village.

Half the words of a language are the name of some hamlet. So a spelling counts as a mention by what it names:
a governorate, or a town that gives its name to the unit around it, wherever it stands; a smaller place only behind a
word that places it ("in", "town of", "قرية"), in a list of places, or where the text says so elsewhere; a name on
`STOP_NAMES` only behind a noun for a place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from archive.mentions.choosing import Chooser
from archive.mentions.context import (
    Hit,
    continues_list,
    is_behind_locative,
    is_behind_place_noun,
    is_part_of_name,
    longest,
    readings,
)
from archive.mentions.cue_words import ARABIC_PREFIXES, PERSONAL, STOP_NAMES
from archive.mentions.nesting import enclosing, is_beside
from archive.mentions.unseen_spellings import UnseenSpellings
from archive.names.letters import script_of
from archive.names.place_words import COMMUNITY, COUNTRY, DISTRICT, GOVERNORATE
from archive.names.reading import Reading
from archive.names.spelling_index import EXACT, TRUSTED, Candidate, SpellingIndex
from archive.names.surroundings import NOWHERE, Context
from archive.text.sections import LONGEST, sections

MOST_OF_A_PLACE = 100  # in a text of several sections
_MIN_LETTERS = {"Latn": 4, "Arab": 3}
_MIN_LETTERS_OF_TWO_WORDS = 7
_MANY_BEARERS = 4
_TANWIN = "\u064b"  # ends an indefinite object or adverb (دومًا, always), never a place
_UNSEEN = 0.8  # times the score, for a spelling that no table has


class FoundMention(NamedTuple):
    """A mention: ``start`` and ``end`` are code points of the text as given, ``exact`` its words there.

    ``candidates`` are the places that may be meant, best first; a score under 0.9 says that others bear the name.
    """

    start: int
    end: int
    exact: str
    candidates: list[Candidate]


class MentionFinder:
    """Finds mentions of the places of an index. Building it takes a second or two, a text a few milliseconds."""

    def __init__(self, index: SpellingIndex) -> None:
        self.index = index
        self._standing_out = {
            place_id
            for place_id, unit in index.units.items()
            if COUNTRY < unit.level < COMMUNITY or index.seat_level(place_id) is not None
        }
        # With a letter written on to it a word is seldom told from another: only the best known names pass.
        self._capitals = {
            place_id
            for place_id in self._standing_out
            if {index.units[place_id].level, index.seat_level(place_id)} & {GOVERNORATE, DISTRICT}
        }
        self._automaton = ahocorasick.Automaton()
        self._places: dict[str, dict[int, str]] = {}
        for key in index.by_key:
            least = _MIN_LETTERS.get(script_of(key), len(key) + 1)
            if len(key) >= least - 1 and (places := self._trusted(key)):
                if len(key) < least and not (script_of(key) == "Latn" and self._is_known_well(places)):
                    continue
                self._places[key] = places
                self._automaton.add_word(key, key)
        self._automaton.make_automaton()
        self._unseen = UnseenSpellings(
            self._places,
            {key for key, ids in self._places.items() if self._is_known_well(ids)},
            {key for key, ids in self._places.items() if any(index.units[i].level == GOVERNORATE for i in ids)},
        )
        self._common = STOP_NAMES | {key for key, places in self._places.items() if self._is_shared(places)}
        # The same names come again in text after text.
        self._scores = lru_cache(maxsize=20_000)(self._scores_of)
        self._chooser = Chooser(index)

    def find(self, text: str, context: Context = NOWHERE) -> list[FoundMention]:
        """Every mention in the order of the text, none overlapping; `exact == text[start:end]`.

        A text longer than a section (`archive.text.sections`) is read section by section, and of each place that it
        mentions the first `MOST_OF_A_PLACE` mentions are given.
        """
        if not self._places:
            return []
        if len(text) <= LONGEST:
            return self._find(text, context)
        counts: Counter[int] = Counter()
        found: list[FoundMention] = []
        for start, end in sections(text):
            for span in self._find(text[start:end], context):
                counts[span.candidates[0].place_id] += 1
                if counts[span.candidates[0].place_id] <= MOST_OF_A_PLACE:
                    found.append(span._replace(start=start + span.start, end=start + span.end))
        return found

    def _find(self, text: str, context: Context) -> list[FoundMention]:
        reading = Reading(text)
        hits = list(longest(self._hits(reading)))
        accepted = self._accept(reading, hits)
        unseen = set(self._unseen.find(reading, {i for hit in hits for i in range(hit.first, hit.last + 1)}))
        known = {hit: self._at_level(reading, hit) for hit in sorted([*accepted, *unseen], key=lambda hit: hit.start)}
        around = self._chooser.units_around((known[hit] for hit in accepted), context)
        outer = enclosing(text, list(known))
        inside = {hit: self._inside(reading, hit, places, outer.get(hit)) for hit, places in known.items()}
        said = {hit.key: candidates for hit, candidates in inside.items() if candidates}
        spans: list[FoundMention] = []
        for hit, places in known.items():
            candidates = inside[hit] or (said.get(hit.key, []) if hit not in outer else [])
            if not candidates:
                candidates = self._chooser.choose(places, self._places[hit.key], around)
            if hit in unseen:
                candidates = [each._replace(score=round(_UNSEEN * each.score, 2)) for each in candidates]
            spans.append(FoundMention(hit.start, hit.end, text[hit.start : hit.end], candidates))
        return spans

    def _inside(self, reading: Reading, hit: Hit, places: Mapping[int, float], outer: Hit | None) -> list[Candidate]:
        """What a hit means that is said to lie in another's place; nothing where that says nothing of it."""
        if outer is None:
            return []
        keys = {key for key, _levels in readings(reading, outer)}
        area = frozenset[int]().union(*(self._chooser.area(key) for key in keys))
        if not area or any(i in area for i in places):
            return []
        likeliest = self._chooser.likeliest(places)
        if likeliest.is_certain and area.intersection(self.index.units[likeliest.candidates[0].place_id].ancestors):
            return []
        levels = next((levels for _key, levels in readings(reading, hit) if levels), frozenset())
        if candidates := self._chooser.inside(hit.key, area, levels):
            return candidates
        if is_beside(reading.text, *sorted((hit, outer))) or self._is_known_well(places):
            return []
        return self._chooser.somewhere_in(area, places)

    def _trusted(self, key: str) -> dict[int, str]:
        """Places for which a spelling is good enough to look for: their own name, or one that sounds like it."""
        return {
            place_id: quality
            for place_id, quality in self.index.by_key[key].items()
            if self.index.units[place_id].level != COUNTRY
            and (
                quality in TRUSTED
                or (quality == EXACT and place_id in self._standing_out)
                or self.index.sounds_official(place_id, key)
            )
        }

    def _is_shared(self, places: dict[int, str]) -> bool:
        """Whether so many places bear a name that it must be an ordinary word, and no district's capital does."""
        seats = {self.index.seat_level(place_id) for place_id in places}
        units = {self.index.units[place_id].level for place_id in places}
        spots = sum(self.index.units[place_id].level >= COMMUNITY for place_id in places)
        return spots >= _MANY_BEARERS and not (seats | units) & {GOVERNORATE, DISTRICT}

    def _hits(self, reading: Reading) -> Iterator[Hit]:
        for end, key in self._automaton.iter(reading.stream):
            last = reading.ends.get(end + 1)
            if last is None:
                continue
            start = end + 1 - len(key)
            first = reading.first_at[start]
            prefix = reading.stream[reading.start_of[first] : start]
            if prefix and prefix not in ARABIC_PREFIXES:
                continue
            positions = range(first, last + 1)
            if all(reading.begins_with_capital(i) for i in positions if not reading.words[i].is_article):
                begin = first if prefix else reading.with_article(first)
                skipped = len(prefix.removesuffix("ال"))
                start, stop = reading.span(begin, last, skipped)
                if len(key) < _MIN_LETTERS[script_of(key)] and begin == first:
                    continue  # al-Bab, but no Bab
                if _TANWIN not in reading.text[start:stop] and not reading.is_in_address(start, stop):
                    yield Hit(begin, last, prefix, key, start, stop)

    def _accept(self, reading: Reading, hits: list[Hit]) -> list[Hit]:
        """The hits that are mentions, by their own words first, then by what the rest of the text says."""
        taken = {position for hit in hits for position in range(hit.first, hit.last + 1)}
        apart = {hit for hit in hits if not is_part_of_name(reading, hit, taken)}
        sure = {hit for hit in hits if self._stands_out(hit) or (hit in apart and self._is_placed(reading, hit))}
        keys = {hit.key for hit in sure}
        accepted: list[Hit] = []
        for hit in hits:
            is_named_again = hit.key in keys and not (hit.prefix and hit.key in self._common)
            is_listed = bool(accepted) and hit.key not in self._common and continues_list(reading, accepted[-1], hit)
            if hit in sure or (hit in apart and (is_named_again or is_listed)):
                accepted.append(hit)
        return accepted

    def _stands_out(self, hit: Hit) -> bool:
        """Whether a spelling is a mention without any word to place it."""
        if hit.key in self._common:
            return False
        places = self._places[hit.key]
        return not self._capitals.isdisjoint(places) if hit.prefix else self._is_known_well(places)

    def _is_known_well(self, places: Iterable[int]) -> bool:
        return not self._standing_out.isdisjoint(places)

    def _is_placed(self, reading: Reading, hit: Hit) -> bool:
        """Whether the words beside a spelling, or its own two, say that it is a place."""
        if is_behind_place_noun(reading, hit):
            return True
        if hit.key in self._common:
            return False
        words = sum(not reading.words[i].is_article for i in range(hit.first, hit.last + 1))
        is_long = words >= 2 and len(hit.key) >= _MIN_LETTERS_OF_TWO_WORDS and not hit.key.startswith(PERSONAL)
        return is_long or is_behind_locative(reading, hit)

    def _at_level(self, reading: Reading, hit: Hit) -> Mapping[int, float]:
        """Scores by id of the places that a hit may mean, of the level that the words with it name, if they do."""
        for key, levels in readings(reading, hit):
            if at_level := {i: score for i, score in self._scores(key).items() if self.index.units[i].level in levels}:
                return at_level
        return self._scores(hit.key)

    def _scores_of(self, key: str) -> Mapping[int, float]:
        return {i: self.index.score(i, key, quality) for i, quality in self._places.get(key, {}).items()}
