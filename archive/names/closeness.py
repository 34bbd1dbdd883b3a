"""How close two spellings are, letter by letter, by what is usually written for what: learned from the gazetteer. Pure.

`likeness` (`archive.names.keys`) finds what may be meant; this puts it in order.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.names.letter_costs import GAPS, PAIRS, UNLIKE
from archive.names.letters import script_of

_LETTER = re.compile("tch|sch|sh|ch|kh|gh|th|dh|zh|dj|ph|ou|oo|ee|.")
_DOUBLED = re.compile(r"(.)\1+")
_COST = re.compile(r"(\D+)(\d+)")
_CODES = {letter: number for number, letter in enumerate(GAPS, start=1)}
_OTHER = len(_CODES) + 1
# English says before a name what Arabic says after it: both are compared as Arabic does.
_ENGLISH = {
    "upper": "fawqani",
    "lower": "tahtani",
    "big": "kabir",
    "little": "saghir",
    "eastern": "sharqi",
    "western": "gharbi",
    "northern": "shamali",
    "southern": "janubi",
    "new": "jadid",
    "old": "qadim",
    "middle": "wastani",
}
_MODIFIED = re.compile(f"^({'|'.join(_ENGLISH)})(?=.{{3}})")


def as_in_arabic(key: str) -> str:
    """A key whose first English word says which of two namesakes it is, with that word as Arabic has it, at the end."""
    return _MODIFIED.sub("", key) + _ENGLISH[found[1]] if (found := _MODIFIED.match(key)) else key


def _tables() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a letter costs for another, and what one costs that is left out: against its own script, and the other."""
    size = _OTHER + 1
    pairs = np.full((size, size), UNLIKE / 100, np.float32)
    np.fill_diagonal(pairs, 0)
    pairs[_OTHER, _OTHER] = 1
    for letter, row in PAIRS.items():
        for other, cost in (_COST.fullmatch(entry).groups() for entry in row.split()):  # type: ignore[union-attr]
            pairs[_CODES[letter], _CODES[other]] = pairs[_CODES[other], _CODES[letter]] = int(cost) / 100
    gaps = np.ones((2, size), np.float32)
    gaps[:, 0] = 0
    for letter, costs in GAPS.items():
        gaps[:, _CODES[letter]] = [cost / 100 for cost in costs]
    return pairs, gaps


_PAIRS, _GAPS = _tables()


@lru_cache(maxsize=100_000)
def _letters(key: str) -> tuple[int, ...]:
    plain = _DOUBLED.sub(r"\1", as_in_arabic(key))
    found = list(plain) if script_of(plain) == "Arab" else _LETTER.findall(plain)
    return tuple(_CODES.get(letter, _OTHER) for letter in found)


def closeness(key: str, others: Sequence[str]) -> NDArray[np.float32]:
    """How close each of the other keys is to one: 1 where they are the same, under 0 where they share nothing."""
    found = np.zeros(len(others), np.float32)
    script = script_of(key)
    for is_other_script in (False, True):
        among = [at for at, other in enumerate(others) if (script_of(other) != script) is is_other_script]
        if among:
            found[among] = _compared(_letters(key), [_letters(others[at]) for at in among], _GAPS[int(is_other_script)])
    return found


def _compared(
    letters: Sequence[int], others: Sequence[Sequence[int]], gaps: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The edit distance to all others at once, row by row, as a part of what both would cost if left out."""
    longest = max(map(len, others))
    grid = np.zeros((len(others), longest), np.int16)
    for at, other in enumerate(others):
        grid[at, : len(other)] = other
    gap = gaps[grid]
    costs = np.zeros((len(others), longest + 1), np.float32)
    np.cumsum(gap, axis=1, out=costs[:, 1:])
    for letter in letters:
        best = np.minimum(costs[:, :-1] + _PAIRS[letter][grid], costs[:, 1:] + gaps[letter])
        following = np.empty_like(costs)
        following[:, 0] = costs[:, 0] + gaps[letter]
        for at in range(longest):
            following[:, at + 1] = np.minimum(best[:, at], following[:, at] + gap[:, at])
        costs = following
    whole = _GAPS[0][grid].sum(axis=1) + float(sum(_GAPS[0][letter] for letter in letters))
    result: NDArray[np.float32] = 1 - 2 * costs[:, -1] / np.maximum(whole, 0.01)
    return result
