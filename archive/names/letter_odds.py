"""How likely a spelling is written for a name: learned from pairs of spellings of one place. Pure.

Each letter of the name is written by another, or left out, and letters are added between, with the chances of
`letter_odds.json`; summed over all ways from one spelling to the other. The table was learned by expectation
maximisation (`evaluate/learn_letters.py`) from 30,000 pairs of half of the places; `evaluate` measures both halves.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.names.letters import script_of
from archive.names.name_parts import FINAL, letters, signs

TABLE = Path(__file__).with_name("letter_odds.json")
RELATIONS = ("latin", "across", "arabic")  # both spellings in Latin letters, in two scripts, both in Arabic
LEFT_OUT = "-"
_ENTRY = re.compile(r"(\D+)(\d+)")
_PARTED = 1.0  # what reading a key letter by letter counts less than in parts, in natural logarithms
_LEAST = 1e-300

Floats = NDArray[np.float64]


def _numbers(text: str) -> Floats:
    return np.array([float(each) for each in text.split()])


class Odds:
    """The table as arrays: `written[relation, letter, other]`, where other 0 is left out; `added[relation, letter]`."""

    def __init__(self, path: Path) -> None:
        table = json.loads(path.read_text("utf-8"))
        self.codes = {sign: number for number, sign in enumerate((LEFT_OUT, *table["signs"].split()))}
        self.unknown = len(self.codes)
        size = self.unknown + 1
        usual = _numbers(table["usual"])
        self.more = _numbers(table["more"])  # the chance that a letter is added before the next, by relation
        self.added = np.zeros((len(RELATIONS), size))
        self.written = np.zeros((len(RELATIONS), size, size))
        for relation, name in enumerate(RELATIONS):
            self.added[relation] = _numbers(table["added"][name])
            self.written[relation, 1:] = usual
            for sign, row in table["written"][name].items():
                self.written[relation, self.codes.get(sign, self.unknown)] = self._row(row, usual)

    def _row(self, entries: str, usual: Floats) -> Floats:
        """The chances of what a letter is written by: in thousandths where given, of the rest what is usual."""
        row = np.zeros(len(usual))
        for sign, thousandths in (_ENTRY.fullmatch(entry).groups() for entry in entries.split()):  # type: ignore[union-attr]
            row[self.codes.get(sign, self.unknown)] = int(thousandths) / 1000
        rest = np.where(row > 0, 0, usual)
        return row + max(1e-4, 1 - row.sum()) * rest / max(rest.sum(), 1e-9)

    def code(self, sign: str) -> int:
        """The number of a sign; a last letter that is rare there counts as the same letter elsewhere."""
        return self.codes.get(sign) or self.codes.get(sign.removesuffix(FINAL), self.unknown)


_ODDS = Odds(TABLE)


@lru_cache(maxsize=200_000)
def _read(key: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A key in parts, and letter by letter, as numbers."""
    return tuple(map(_ODDS.code, signs(key))), tuple(map(_ODDS.code, letters(key)))


def log_odds(key: str, others: Sequence[str]) -> Floats:
    """The logarithm of how likely a key is written for each of the other keys; the better of both ways to read them."""
    if not others:
        return np.zeros(0)
    script = script_of(key)
    same = RELATIONS.index("arabic" if script == "Arab" else "latin")
    relations = np.array([same if script_of(other) == script else 1 for other in others])
    in_parts, letter_by_letter = _read(key)
    found = _forward(in_parts, [_read(other)[0] for other in others], relations)
    if all(_read(each)[0] == _read(each)[1] for each in (key, *others)):
        return found
    return np.maximum(found, _forward(letter_by_letter, [_read(other)[1] for other in others], relations) - _PARTED)


def _forward(written: Sequence[int], others: Sequence[Sequence[int]], relations: NDArray[np.int64]) -> Floats:
    """The sum over all ways from each of the others to what is written, letter after letter, all others at once."""
    length = max(map(len, others))
    grid = np.zeros((length, len(others)), np.int64)
    for at, other in enumerate(others):
        grid[: len(other), at] = other
    more = _ODDS.more[relations]
    kept = 1 - more
    left_out = _ODDS.written[relations, grid, 0] * kept
    row = np.ones((length + 1, len(others)))
    np.cumprod(left_out, axis=0, out=row[1:])
    for letter in written:
        added = more * _ODDS.added[relations, letter]
        following = row * added
        following[1:] += row[:-1] * (_ODDS.written[relations, grid, letter] * kept)
        for at in range(length):
            following[at + 1] += following[at] * left_out[at]
        row = following
    ends = row[[len(other) for other in others], np.arange(len(others))] * kept
    result: Floats = np.log(ends + _LEAST)
    return result
