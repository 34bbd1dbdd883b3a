"""Names of places in spellings that no table has: matched by how they sound, and never as sure as a known spelling.

A word behind a noun for a place (`village of …`) is a name: among the names with its consonants it means the one that
sounds most like it. Without the noun only two words or more are taken, that sound exactly like the name of a town.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

from rapidfuzz.distance import Indel

from archive.mentions.context import Hit, is_part_of_name, word_after, word_before
from archive.mentions.cue_words import LOCATIVES, PERSONAL, PLACE_NOUNS, STOP_NAMES
from archive.names import skeleton_of_sound, sound_of_key
from archive.names.letters import script_of
from archive.names.place_words import GOVERNORATE, LEVELS_OF
from archive.names.reading import Reading

_MAX_WORDS = 3
_MIN_CONSONANTS = 4
_MIN_LIKENESS = 0.75


class UnseenSpellings:
    """Finds Latin names in a text that are no known spelling but sound like one."""

    def __init__(
        self, places: Mapping[str, Container[int]], well_known: set[str], governorates: Container[str]
    ) -> None:
        self._known = places
        self._well_known = well_known
        self._governorates = governorates
        self._by_skeleton: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in places:
            if script_of(key) == "Latn":
                sound = sound_of_key(key)
                self._by_skeleton[skeleton_of_sound(sound)].append((key, sound))

    def find(self, reading: Reading, taken: set[int]) -> list[Hit]:
        """Hits among the words that are not ``taken``; their key is that of the known spelling."""
        guesses: dict[str, str] = {}
        stretches = list(_stretches(reading, taken))
        for hit in stretches:
            if hit.key not in guesses and (key := self._guess(reading, hit, taken)):
                guesses[hit.key] = key
        found: list[Hit] = []
        for hit in stretches:
            if hit.key in guesses and (not found or hit.first > found[-1].last):
                found.append(hit._replace(key=guesses[hit.key]))
        return found

    def _guess(self, reading: Reading, hit: Hit, taken: set[int]) -> str:
        """The known key that a stretch of words stands for, or nothing."""
        if hit.key in self._known or hit.key in STOP_NAMES or hit.key.startswith(PERSONAL):
            return ""
        is_unit_named = GOVERNORATE in LEVELS_OF.get(word_after(reading, hit), ())
        is_placed = (is_unit_named or _is_placed(reading, hit)) and not is_part_of_name(reading, hit, taken)
        words = sum(not reading.words[i].is_article for i in range(hit.first, hit.last + 1))
        if not is_placed and words < 2:
            return ""
        sound = sound_of_key(hit.key)
        bones = skeleton_of_sound(sound)
        is_telling = len(bones) >= _MIN_CONSONANTS
        # There are few governorates: behind `province` three consonants tell which is meant.
        known = [each for each in self._by_skeleton.get(bones, []) if is_telling or each[0] in self._governorates]
        alike = known if is_telling or is_unit_named else []
        if is_placed:
            scored = ((Indel.normalized_similarity(sound, other), key) for key, other in alike)
            likeness, key = max(scored, default=(0.0, ""))
            return key if likeness >= _MIN_LIKENESS else ""
        return next((key for key, other in alike if other == sound and key in self._well_known), "")


def _is_placed(reading: Reading, hit: Hit) -> bool:
    """Whether a noun says that the words name a place: `town of Hass`, `Hass town`; `Rebel Town Monitor` does not."""
    is_of = reading.before(hit.first) == "of" and word_before(reading, hit) in PLACE_NOUNS
    return is_of or word_after(reading, hit) in PLACE_NOUNS


def _stretches(reading: Reading, taken: set[int]) -> Iterator[Hit]:
    """Runs of capitalised words that may be a name, from each word the longest first."""
    is_name = [_may_be_name(reading, position) and position not in taken for position in range(len(reading.words))]
    for first, word in enumerate(reading.words):
        if not is_name[first] or word.is_article:
            continue
        last, count = first, 1
        ends = [first]
        while last + 1 < len(reading.words) and count < _MAX_WORDS and reading.words[last + 1].is_joined:
            last += 1
            if reading.words[last].is_article:
                continue
            if not is_name[last]:
                break
            count += 1
            ends.append(last)
        begin = reading.with_article(first)
        for end in reversed(ends):
            letters = "".join(w.letters for w in reading.words[first : end + 1] if not w.is_article)
            yield Hit(begin, end, "", letters, *reading.span(begin, end, 0))


def _may_be_name(reading: Reading, position: int) -> bool:
    if not reading.begins_with_capital(position):
        return False
    word = reading.words[position].plain
    is_describing = word in LEVELS_OF or word in PLACE_NOUNS or word in LOCATIVES
    return not is_describing and script_of(word) == "Latn"
