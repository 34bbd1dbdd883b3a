"""The numbers that words say, in digits of any script, in English and in Arabic: “eleven”, “two dozen”, أحد عشر, طفلان.

Reads generously: what a careful person may take the words for is supported, so that a warning is worth reading.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.text.folding import fold

from .arabic_numbers import read_arabic
from .english_numbers import read_english
from .number_words import (
    ARABIC_PEOPLE,
    ARABIC_PERSON,
    ARABIC_TWO,
    LESS,
    MORE,
    MORE_ARABIC,
    NOBODY,
    PEOPLE,
    PERSON,
    VAGUE,
)
from .tokens import Number, Token, tokens

_LONGEST_SUM = 6  # numbers that are told together
_NEAR = 24  # characters in which “more than” stands before its number
_JOINED = re.compile(r"^[^.;:!?\d]{0,60}$")
_AND = re.compile(r"[,،&]|\b(?:and|plus|with)\b|(?:^|\s)و(?=\w)|\bمع\b")
# “23 people, seven of them children”: the second is in the first. “13 killed and 11 hurt”: other people.
_APART = re.compile(
    r"\b(?:including|among|them|whom|kill|killed|died|dead|deaths?|injur\w*|wound\w*|hurt|between|to|or)\b"
    r"|بينهم|بينهن|منهم|ضمنهم|قتل|جرح|جريح|اص[اي]?ب|مصاب|الي|او"
)
_PEOPLE = PEOPLE | ARABIC_PEOPLE
_RANGE = re.compile(r"(?:\bbetween|بين|\bfrom)\s+$")  # “between 11 and 13” are not 24
_MORE = re.compile(rf"(?:\b(?:{'|'.join(MORE)})|(?:{'|'.join(MORE_ARABIC)}))\b")
_LESS = re.compile(rf"(?:{'|'.join(LESS)})\b")


class Said(NamedTuple):
    """What a text says: numbers with their places, ranges of vague words, whether it speaks of people without counting
    them (“including children”), and of nobody."""

    numbers: tuple[Number, ...]
    vague: tuple[tuple[int, int], ...]
    has_several: bool
    has_nobody: bool
    sums: frozenset[int]
    beside: frozenset[int]

    def supports(self, number: int) -> bool:
        """Whether somebody may take this number from the words."""
        return (
            any(number == said.value for said in self.numbers)
            or number in self.sums
            or number in self.beside
            or any(low <= number <= high for low, high in self.vague)
            or (number == 0 and self.has_nobody)
            or (number in (1, 2) and self.has_several)
        )

    @property
    def in_words(self) -> str:
        """The numbers, for an editor: “5, 44”; empty when there are none."""
        return ", ".join(str(value) for value in dict.fromkeys(said.value for said in self.numbers))


def says(text: str) -> Said:
    """Read a quote."""
    plain = fold(text).text
    found = tokens(plain)
    numbers = [*read_english(found), *read_arabic(found)]
    taken = {place for number in numbers for place in range(number.first, number.last + 1)}
    numbers += [number for number in read_people(found) if not taken.intersection((number.first, number.first - 1))]
    numbers.sort()
    words = {form for token in found for form in token.forms}
    return Said(
        numbers=tuple(numbers),
        vague=tuple(span for word, span in VAGUE.items() if word in words),
        has_several=any(is_uncounted(found, place, taken) for place in range(len(found))),
        has_nobody=not words.isdisjoint(NOBODY),
        sums=frozenset(sums(plain, found, numbers)),
        beside=frozenset(beside(plain, found, numbers)),
    )


def is_uncounted(found: Sequence[Token], place: int, taken: set[int]) -> bool:
    """Whether a word is of several people, and no number of theirs stands before it."""
    if _PEOPLE.isdisjoint(found[place].forms):
        return False
    for before in range(place - 1, max(-1, place - 4), -1):
        if before in taken:
            return False
        if not _PEOPLE.isdisjoint(found[before].forms):
            return True
    return True


def read_people(found: Sequence[Token]) -> Iterator[Number]:
    """A person is one, an Arabic dual is two, where no number stands before the word."""
    for place, token in enumerate(found):
        if not ARABIC_TWO.isdisjoint(token.forms):
            yield Number(place, place, 2)
        elif not (PERSON | ARABIC_PERSON).isdisjoint(token.forms):
            yield Number(place, place, 1)


def sums(text: str, found: Sequence[Token], numbers: Sequence[Number]) -> Iterator[int]:
    """Totals of numbers that are told together: three of “a man and two children”."""
    for first in range(len(numbers)):
        if _RANGE.search(text[: found[numbers[first].first].start]):
            continue
        total = numbers[first].value
        for last in range(first + 1, min(first + _LONGEST_SUM, len(numbers))):
            between = text[found[numbers[last - 1].last].end : found[numbers[last].first].start]
            following = found[numbers[last].first].text
            if not is_together(between, following):
                break
            total += numbers[last].value
            yield total


def is_together(between: str, following: str) -> bool:
    is_joined = _AND.search(between) is not None or following.startswith("و")
    return bool(_JOINED.match(between)) and is_joined and not _APART.search(between)


def beside(text: str, found: Sequence[Token], numbers: Sequence[Number]) -> Iterator[int]:
    """“More than 60” may be taken as at least 61, “fewer than 10” as at most 9."""
    for number in numbers:
        start = found[number.first].start
        before = text[max(0, start - _NEAR) : start]
        if _MORE.search(before):
            yield number.value + 1
        if _LESS.search(before):
            yield number.value - 1
