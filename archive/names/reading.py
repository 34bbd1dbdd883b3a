"""A text as words that can be matched against keys of names, each word knowing where it stands in the original."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from archive.names.keys import is_article, without_article
from archive.names.letters import JOINERS, fold_characters

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(rf"[ \t\u00a0'’{re.escape(''.join(sorted(JOINERS)))}]{{1,3}}")
_ENGLISH_TOO = frozenset({"at", "as", "an"})  # articles before a sun letter, and English words
_LONGEST_ARTICLE = 3  # letters of the longest that `is_article` knows
_HAMZA = "ء"
_ADDRESS_BEFORE = frozenset("/@=&\\.")
_ADDRESS_AFTER = frozenset("/@=&\\")
BREAK = "\n"


@lru_cache(maxsize=10_000)
def _is_joint(between: str) -> bool:
    """Whether a name may run on over what stands between two words."""
    return _JOINT.fullmatch(between) is not None


class Word(NamedTuple):
    """One word of a text: ``start`` and ``end`` count folded code points, ``letters`` lack the article written on."""

    start: int
    end: int
    plain: str
    letters: str
    is_joined: bool
    is_article: bool


class Reading:
    """The words of one text, and ``stream``: their letters run together, broken where no name runs on.

    ``first_at`` maps a position of the stream to its word; ``ends`` are the positions right after a word.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self._offsets = fold_characters(text)
        self.words = self._read()
        self.first_at: list[int] = []
        self.start_of: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        pieces: list[str] = []
        length = 0
        for position, word in enumerate(self.words):
            if not word.is_joined:
                pieces.append(BREAK)
                self.first_at.append(position)
                length += 1
            self.start_of[position] = length
            if word.is_article:
                continue
            pieces.append(word.letters)
            self.first_at += [position] * len(word.letters)
            length += len(word.letters)
            self.ends[length] = position
        self.stream = "".join(pieces)

    def _read(self) -> list[Word]:
        folded = self.folded
        found = [(match.start(), match.end(), match[0].replace(_HAMZA, "")) for match in _WORD.finditer(folded)]
        words: list[Word] = []
        is_joined = is_behind_article = False
        for (start, end, plain), (following_start, _, following) in pairwise([*found, (len(folded), len(folded), "")]):
            is_next_joined = following_start < len(folded) and _is_joint(folded[end:following_start])
            article = is_next_joined and len(plain) <= _LONGEST_ARTICLE and is_article(plain, following)
            letters = plain if is_behind_article else without_article(plain)
            words.append(Word(start, end, plain, letters, is_joined, article))
            is_joined, is_behind_article = is_next_joined, article
        return words

    def before(self, position: int) -> str:
        """The word before a word, without the signs of folding; empty where a line or sentence begins."""
        if position == 0 or not self.words[position].is_joined:
            return ""
        return self.words[position - 1].plain

    def after(self, position: int) -> str:
        """The word after a word, a possessive s apart; empty where a line or sentence ends."""
        following = self.position_after(position)
        return "" if following is None else self.words[following].plain

    def position_after(self, position: int) -> int | None:
        """Where the next word of the same line or sentence stands among the words, a possessive s apart."""
        following = position + 1
        if following < len(self.words) and self._is_possessive(following):
            following += 1
        is_there = following < len(self.words) and self.words[following].is_joined
        return following if is_there else None

    def _is_possessive(self, position: int) -> bool:
        word = self.words[position]
        return word.plain == "s" and word.is_joined and self.folded[word.start - 1] in "'’"

    def is_in_address(self, start: int, end: int) -> bool:
        """Whether a span of the original belongs to a web address, a file name or a handle."""
        return self.text[start - 1 : start] in _ADDRESS_BEFORE or self.text[end : end + 1] in _ADDRESS_AFTER

    def begins_with_capital(self, position: int) -> bool:
        """Whether a word is written with a capital, or has no case at all."""
        initial = self.text[self._offsets[self.words[position].start]]
        return not initial.islower()

    def with_article(self, position: int) -> int:
        """The word where a name begins: the article before it, if there is one."""
        article = position - 1
        if article < 0 or not self.words[position].is_joined or not self.words[article].is_article:
            return position
        is_hyphenated = self.folded[self.words[position].start - 1] in JOINERS
        return article if is_hyphenated or self.words[article].plain not in _ENGLISH_TOO else position

    def span(self, first: int, last: int, skipped: int) -> tuple[int, int]:
        """Where words stand in the original, in code points, without the first ``skipped`` letters of the first."""
        start = self._offsets[self.words[first].start + skipped]
        end = self._offsets[self.words[last].end - 1] + 1
        while end < len(self.text) and unicodedata.category(self.text[end]) == "Mn":
            end += 1
        return start, end
