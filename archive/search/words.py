"""What counts as a word, and which words are the same: one rule for the index, for queries and for highlights.

Nothing here depends on the database or its locale: texts are cut and folded in Python alone.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.letters import AIN_AND_HAMZA, APOSTROPHES, fold_characters
from archive.names import is_article

MAX_WORD = 64  # code points; PostgreSQL refuses lexemes of more than 2046 bytes
LONGEST_ARTICLE = 3


def _inner_characters() -> str:
    """What may stand inside a word without being a letter of it: marks, joiners, signs of transliteration."""
    found = [chr(point) for point in range(0x80, sys.maxunicode // 16) if _is_inner(chr(point))]
    return "".join(sorted({*found, *AIN_AND_HAMZA}))


def _is_inner(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cf" or category.startswith("M")


_INNER = re.escape(_inner_characters())
_APOSTROPHES = "".join(sorted(APOSTROPHES))
_SURFACE = re.compile(rf"[^\W_]+(?:(?:[{_INNER}]|[{_APOSTROPHES}](?=[^\W\d_]))[^\W_]*)*")
_PLAIN = re.compile(rf"(?:[^\W_]|[{_INNER}])+")
_POSSESSIVE = re.compile(r"'s$")
# "And the", "and by the", "so for the": PostgreSQL's Arabic stemmer takes off the article but no conjunction before it.
_CONJUNCTION = re.compile("^[وف](?=(?:ال|بال|كال|لل)..)")
# Father, parents, governor, and theirs: the first letter is part of the word.
_NO_CONJUNCTION = re.compile("^وال(?:ي|د|د[هيك]|دها|دهم|دنا|دين|ديه|ديها|ديهم|ده|دت[هيك]|دتها|دتهم|دتنا|دات)?$")


class Word(NamedTuple):
    """A folded word, its span in the text in code points, and its place in the order of the words (from 0)."""

    start: int
    end: int
    position: int
    word: str


@lru_cache(maxsize=100_000)
def fold(surface: str) -> tuple[str, ...]:
    """The folded words of one word as written: `(maarrat,)` for “Ma'arrat”, `(المدرسه,)` for «والمدرسة»."""
    folded = _POSSESSIVE.sub("", fold_characters(surface)[0])
    return tuple(_without_conjunction(word)[:MAX_WORD] for word in _PLAIN.findall(folded))


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order. The Arabic article of a name takes no position and is left out:
    “Deir al-Zor” is `deir`, `zor`, as “Deir Zor” is."""
    pending: Word | None = None
    position = -1
    for match in _SURFACE.finditer(text):
        for word in fold(match[0]):
            if pending and not (len(pending.word) <= LONGEST_ARTICLE and is_article(pending.word, word)):
                position += 1
                yield pending._replace(position=position)
            pending = Word(match.start(), match.end(), 0, word)
    if pending:
        yield pending._replace(position=position + 1)


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters."""
    return any("\u0620" <= character <= "\u06d3" for character in word)


def is_english(word: str) -> bool:
    """Whether a folded word has letters of the English alphabet only."""
    return word.isascii() and word.isalpha()


def _without_conjunction(word: str) -> str:
    if not word.startswith(("و", "ف")) or _NO_CONJUNCTION.match(word):
        return word
    return _CONJUNCTION.sub("", word)
