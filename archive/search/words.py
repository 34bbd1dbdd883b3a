"""What counts as a word, and which words are the same: one rule for the index, for queries and for highlights.

Nothing here depends on the database or its locale: texts are cut and folded in Python alone.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.names import is_article
from archive.names.letters import AIN_AND_HAMZA, APOSTROPHES, fold_characters

MAX_WORD = 64  # code points; PostgreSQL refuses lexemes of more than 2046 bytes
LONGEST_ARTICLE = 3
_ARTICLES_BEGIN = "aeiul"


def _inner_characters() -> str:
    """What may stand inside a word without being a letter of it: marks, joiners, signs of transliteration."""
    found = [chr(point) for point in range(0x80, sys.maxunicode // 16) if _is_inner(chr(point))]
    return "".join(sorted({*found, *AIN_AND_HAMZA}))


def _is_inner(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cf" or category.startswith("M")


_INNER = re.escape(_inner_characters())
_APOSTROPHES = "".join(sorted(APOSTROPHES))
SURFACE = re.compile(rf"[^\W_]+(?:(?:[{_INNER}]|[{_APOSTROPHES}](?=[^\W\d_]))[^\W_]*)*")
WITHIN = re.compile(rf"[^\W_]|[{_INNER}{_APOSTROPHES}]")  # what a word as written may consist of
_PLAIN = re.compile(rf"(?:[^\W_]|[{_INNER}])+")
_POSSESSIVE = re.compile(r"'s$")
# "The", "and the", "by the", "and so for the": PostgreSQL's stemmer takes off some of these, none after a conjunction,
# and treats the ending of a word otherwise once it has taken one off (المدرسه, مدرسه): so they go before it sees them.
_ARTICLE = re.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=...)")
# Father, mother, parents, governor, and theirs: the first letters are part of the word.
_NO_ARTICLE = re.compile(r"^وال(?:ي|يه|يها|ده?|دي|دك|دها|دهم|دنا|دين|دي[هن]ا?|ديهم|دت[هيك]|دتها|دتهم|دتنا|دات)$")


class Word(NamedTuple):
    """A folded word, its span in the text in code points, and its place in the order of the words (from 0)."""

    start: int
    end: int
    position: int
    word: str


@lru_cache(maxsize=100_000)
def words_of(surface: str) -> tuple[str, ...]:
    """The folded words of one word as written: `(maarrat,)` for “Ma'arrat”, `(مدرسه,)` for «والمدرسة»."""
    folded = _POSSESSIVE.sub("", fold_characters(surface)[0])
    return tuple(_without_article(word)[:MAX_WORD] for word in _PLAIN.findall(folded))


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order. The Arabic article of a name takes no position and is left out:
    “Deir al-Zor” is `deir`, `zor`, as “Deir Zor” is."""
    found = [(match.span(), word) for match in SURFACE.finditer(text) for word in words_of(match[0])]
    position = 0
    followers = [*(word for _span, word in found[1:]), ""][: len(found)]
    for (span, word), following in zip(found, followers, strict=True):
        if not _is_dropped(word, following):
            yield Word(*span, position, word)
            position += 1


def word_list(text: str) -> list[str]:
    """The words of `words` alone, for long texts: the position of each is its index."""
    found = [word for surface in SURFACE.findall(text) for word in words_of(surface)]
    followers = [*found[1:], ""][: len(found)]
    return [word for word, following in zip(found, followers, strict=True) if not _is_dropped(word, following)]


def _is_dropped(word: str, following: str) -> bool:
    return len(word) <= LONGEST_ARTICLE and word[0] in _ARTICLES_BEGIN and is_article(word, following)


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters."""
    return any("\u0620" <= character <= "\u06d3" for character in word)


def is_english(word: str) -> bool:
    """Whether a folded word has letters of the English alphabet only."""
    return word.isascii() and word.isalpha()


def _without_article(word: str) -> str:
    return word if _NO_ARTICLE.match(word) else _ARTICLE.sub("", word)
