"""What the words around a spelling say: whether it is a place at all, and of which kind."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.mentions.cue_words import ARABIC_PREFIXES, LOCATIVES, PLACE_NOUNS
from archive.names import name_key
from archive.names.letters import script_of
from archive.names.place_words import COUNTRYSIDE, DIRECTIONS, DISTRICT, LEVELS_OF, Described, describe
from archive.names.reading import Reading
from archive.names.spelling_index import rural_keys

_LIST_LINK = re.compile(r"\s*(,|،|/)?\s*(and|or|و|أو)?\s*(?:in|في|the)?\s*")
_LIST_GOES_ON = re.compile(r"\s*(?:[,،;.)\n/]|and\b|or\b|و|$)")
_LINKS = frozenset({"and", "or", "of", "the", "a", "is", "was"})


class Hit(NamedTuple):
    """A spelling found: its first and last word, the letters written on before it, and where it stands in the text."""

    first: int
    last: int
    prefix: str
    key: str
    start: int
    end: int


def longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of overlapping hits the one that begins first, of those the longest."""
    end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.prefix != "")):
        if hit.start >= end:
            end = hit.end
            yield hit


def word_before(reading: Reading, hit: Hit) -> str:
    """The word that describes a hit from before it, without a letter that Arabic wrote on.

    In `province of Idlib` it is `province`; `north of Idlib` and `districts of Idlib` are not Idlib.
    """
    word = reading.before(hit.first)
    if word == "of" and hit.first:
        word = reading.before(hit.first - 1)
        if word in DIRECTIONS or DISTRICT in LEVELS_OF.get(word, ()):
            return ""
    if word[:1] in ARABIC_PREFIXES and word not in LEVELS_OF and word not in PLACE_NOUNS:
        return word[1:]
    return word


def word_after(reading: Reading, hit: Hit) -> str:
    """The word that describes a hit from behind it; Arabic has none there."""
    return "" if script_of(hit.key) == "Arab" else reading.after(hit.last)


@lru_cache(maxsize=10_000)
def _described(name: str) -> tuple[Described, str]:
    """A name as written, without the words that describe it, and its key."""
    described = describe(name)
    return described, name_key(described.name)


def readings(reading: Reading, hit: Hit) -> Iterator[tuple[str, frozenset[int]]]:
    """Keys under which the hit's place may stand and the levels that words give it, the plainest first.

    The words are the hit's own (`محافظة إدلب`, of which the table may know only the name) or those beside it.
    """
    described, key = _described(reading.text[hit.start : hit.end])
    yield hit.key, described.levels
    yield key, described.levels
    for word in (word_after(reading, hit), word_before(reading, hit)):
        levels = LEVELS_OF.get(word, frozenset())
        if word in COUNTRYSIDE:
            yield from ((key, levels) for key in rural_keys(described.name))
        yield hit.key, levels


def is_behind_place_noun(reading: Reading, hit: Hit) -> bool:
    """Whether a noun for a place goes with the hit: `town of Hass`, `Hass village`, `بلدة حاس`."""
    return word_before(reading, hit) in PLACE_NOUNS or word_after(reading, hit) in PLACE_NOUNS


def is_behind_locative(reading: Reading, hit: Hit) -> bool:
    return reading.before(hit.first) in LOCATIVES


def is_part_of_name(reading: Reading, hit: Hit, taken: set[int]) -> bool:
    """Whether a capitalised word beside the hit makes it part of another name: `Khalil Ibrahim`, `Jisr al-Jadid`.

    ``taken`` are the words of all hits: two places side by side are a list that lost its commas.
    """
    if script_of(hit.key) == "Arab":
        return False
    following = reading.position_after(hit.last)
    if following is not None and reading.words[following].is_article:
        following += 1
    previous = hit.first - 1 if reading.before(hit.first) else None
    return any(
        position is not None and position not in taken and _is_name_word(reading, position)
        for position in (previous, following)
    )


def _is_name_word(reading: Reading, position: int) -> bool:
    word = reading.words[position].plain
    is_describing = word in LEVELS_OF or word in PLACE_NOUNS or word in LOCATIVES or word in _LINKS
    return script_of(word) == "Latn" and not is_describing and reading.begins_with_capital(position)


def continues_list(reading: Reading, previous: Hit, hit: Hit) -> bool:
    """Whether a hit is listed with the one before: `in Hass, Kafruma and Maarzita`, not `in Idlib, Khalil said`."""
    link = _LIST_LINK.fullmatch(reading.text, previous.end, hit.start)
    if not link or not (link[1] or link[2]):
        return False
    return bool(link[2]) or bool(_LIST_GOES_ON.match(reading.text, hit.end))
