"""Learns `archive/names/letter_odds.json` from the spellings of half of the places; the other half is for measuring.

`python -m evaluate.learn_letters` reads the table of spellings (`variants.csv`: pcode, name, …) and writes the chances
by which a spelling is written for another of the same place, by expectation maximisation over all alignments (Ristad
and Yianilos, “Learning string-edit distance”, 1998; here conditional on the name). Pairs that are no spellings of one
name (Hindane for Abu Kamal) are told by how badly they align, and count less. Takes a minute or two.
"""

import csv
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.names import name_key, script_of
from archive.names.letter_odds import LEFT_OUT, RELATIONS, TABLE
from archive.names.name_parts import FINAL, letters, signs

VARIANTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "gazetteer" / "variants.csv"
HALF_SEED, PAIR_SEED, ORDER_SEED = 2026, 3, 1
PAIRS, MOST_OF_A_PLACE, LONGEST, ROUNDS = 30_000, 40, 24, 6
SELDOM = 5  # a sign that stands in fewer spellings is unknown
_UNRELATED = 0.02  # the part of pairs that are no spellings of one name
_PRIOR, _PRIOR_OF_FINAL = 1.2, 6.0  # how many sightings what is usual counts for
_LEAST = 0.003  # chances below it are not written down

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of spellings as numbers of signs, padded with 0: what is written for which name, in which relation."""

    written: Numbers
    name: Numbers
    relation: Numbers


class Chances(NamedTuple):
    """As in `archive.names.letter_odds.Odds`."""

    written: Floats
    added: Floats
    more: Floats


def halves(pcodes: Iterable[str]) -> tuple[set[str], set[str]]:
    """Places to learn from, and places to measure with, at random but always the same."""
    ordered = sorted(set(pcodes))
    random.Random(HALF_SEED).shuffle(ordered)  # noqa: S311 (the same every time is the point)
    return set(ordered[: len(ordered) // 2]), set(ordered[len(ordered) // 2 :])


def spellings() -> list[tuple[str, str]]:
    """All spellings of the table, each with the code of its place."""
    with VARIANTS.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        return [(row["pcode"], " ".join(row["name"].split())) for row in csv.DictReader(lines)]


def main() -> None:
    rows = spellings()
    learnt_from, _ = halves([pcode for pcode, _ in rows])
    keys: dict[str, set[str]] = {}
    for pcode, name in rows:
        if pcode in learnt_from:
            keys.setdefault(pcode, set()).add(name_key(name))
    seen = Counter(sign for each in keys.values() for key in each for sign in (*signs(key), *letters(key)))
    known = sorted(sign for sign, times in seen.items() if times >= SELDOM)
    codes = {sign: number for number, sign in enumerate(known, start=1)}
    pairs = _pairs(keys, codes)
    usual = np.bincount(pairs.written.ravel(), minlength=len(codes) + 2).astype(float) + 1
    usual[0] = 0
    usual /= usual.sum()
    chances = _first_guess(len(codes) + 2)
    for number in range(ROUNDS):
        chances, likelihood = _improved(pairs, chances, usual, codes)
        sys.stdout.write(f"{number + 1}: {likelihood:.3f} a letter\n")
    _write(known, usual, chances)


def _pairs(keys: dict[str, set[str]], codes: dict[str, int]) -> Pairs:
    chance = random.Random(PAIR_SEED)  # noqa: S311
    found: list[tuple[str, str]] = []
    for pcode in sorted(keys):
        of_place = [(one, other) for one in sorted(keys[pcode]) for other in sorted(keys[pcode]) if one != other]
        found += chance.sample(of_place, MOST_OF_A_PLACE) if len(of_place) > MOST_OF_A_PLACE else of_place
    random.Random(ORDER_SEED).shuffle(found)  # noqa: S311
    found = [pair for pair in found if max(map(len, pair)) <= LONGEST][:PAIRS]
    written, name = (
        _padded([[codes.get(sign, len(codes) + 1) for sign in signs(pair[at])] for pair in found]) for at in (0, 1)
    )
    return Pairs(written, name, np.array([_relation(*map(script_of, pair)) for pair in found]))


def _relation(one: str, other: str) -> int:
    return RELATIONS.index("across" if one != other else "arabic" if one == "Arab" else "latin")


def _padded(rows: Sequence[Sequence[int]]) -> Numbers:
    grid = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for at, row in enumerate(rows):
        grid[at, : len(row)] = row
    return grid


def _first_guess(size: int) -> Chances:
    """Anything for anything, but within a script rather the same letter."""
    written = np.full((len(RELATIONS), size, size), 1 / size)
    for relation in (RELATIONS.index("latin"), RELATIONS.index("arabic")):
        written[relation] += np.eye(size) * 5
    written[:, :, 0] = 0.3
    more = np.full(len(RELATIONS), 0.1)
    return Chances(written / written.sum(2, keepdims=True), np.full((len(RELATIONS), size), 1 / size), more)


class _Ways(NamedTuple):
    """What it takes to go on from each place of an alignment, for all pairs: a letter added, left out, or replaced."""

    pairs: Pairs
    chances: Chances
    kept: Floats
    added: Floats
    left_out: Floats

    @classmethod
    def of(cls, pairs: Pairs, chances: Chances) -> "_Ways":
        kept = 1 - chances.more[pairs.relation]
        added = (chances.more[pairs.relation] * chances.added[pairs.relation, pairs.written.T]).T
        left_out = (chances.written[pairs.relation, pairs.name.T, 0] * kept).T
        return cls(pairs, chances, kept, added, left_out)

    def replaced(self, row: int, column: int) -> Floats:
        of_pair = self.pairs.relation, self.pairs.name[:, column], self.pairs.written[:, row]
        found: Floats = self.chances.written[of_pair] * self.kept
        return found


def _improved(pairs: Pairs, chances: Chances, usual: Floats, codes: dict[str, int]) -> tuple[Chances, float]:
    """One round: count what each letter is written by, over all alignments by their chances; and the likelihood."""
    ways = _Ways.of(pairs, chances)
    before = _before(ways)
    lengths, name_lengths = (pairs.written > 0).sum(1), (pairs.name > 0).sum(1)
    whole = before[np.arange(len(lengths)), lengths, name_lengths] * ways.kept
    unrelated = _UNRELATED * 0.5 * np.exp(np.log(np.where(pairs.written > 0, usual[pairs.written], 1)).sum(1))
    total = (1 - _UNRELATED) * whole + unrelated
    share = (1 - _UNRELATED) * whole / total / np.maximum(whole, 1e-300)
    sums, kept = _counted(ways, before * share[:, None, None], lengths, name_lengths)
    improved = Chances(_smoothed(sums.written, usual, codes), _added(sums.added), sums.more / (sums.more + kept + 1))
    return improved, float(np.log(total).sum() / lengths.sum())


def _before(ways: _Ways) -> Floats:
    """The chance of all that leads to each place of an alignment."""
    rows, columns = ways.pairs.written.shape[1], ways.pairs.name.shape[1]
    found = np.zeros((len(ways.kept), rows + 1, columns + 1))
    found[:, 0, 0] = 1
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row:
                found[:, row, column] += found[:, row - 1, column] * ways.added[:, row - 1]
            if column:
                found[:, row, column] += found[:, row, column - 1] * ways.left_out[:, column - 1]
            if row and column:
                found[:, row, column] += found[:, row - 1, column - 1] * ways.replaced(row - 1, column - 1)
    return found


def _counted(ways: _Ways, before: Floats, lengths: Numbers, name_lengths: Numbers) -> tuple[Chances, Floats]:
    """How often each letter is added, and written by which or left out; how often none is added, by relation."""
    written, name, relation = ways.pairs
    rows, columns = written.shape[1], name.shape[1]
    sums, kept = Chances(*map(np.zeros_like, ways.chances)), np.zeros(len(RELATIONS))
    after = np.zeros((len(lengths), rows + 2, columns + 2))
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            here = np.where((lengths == row) & (name_lengths == column), ways.kept, 0.0)
            if row < rows:
                way = ways.added[:, row] * after[:, row + 1, column]
                here += way
                np.add.at(sums.added, (relation, written[:, row]), way * before[:, row, column])
                np.add.at(sums.more, relation, way * before[:, row, column])
            if column < columns:
                way = ways.left_out[:, column] * after[:, row, column + 1]
                here += way
                np.add.at(
                    sums.written, (relation, name[:, column], np.zeros_like(relation)), way * before[:, row, column]
                )
                np.add.at(kept, relation, way * before[:, row, column])
            if row < rows and column < columns:
                way = ways.replaced(row, column) * after[:, row + 1, column + 1]
                here += way
                np.add.at(sums.written, (relation, name[:, column], written[:, row]), way * before[:, row, column])
                np.add.at(kept, relation, way * before[:, row, column])
            after[:, row, column] = here
    return sums, kept


def _added(counts: Floats) -> Floats:
    found: Floats = counts + 0.5
    found[:, 0] = 0
    return found / found.sum(1, keepdims=True)


def _smoothed(counts: Floats, usual: Floats, codes: dict[str, int]) -> Floats:
    """Chances from counts: a last letter is first taken for the same letter elsewhere, and that for what is usual."""
    prior = usual.copy()
    prior[0] = 0.3
    found = counts + _PRIOR * prior / prior.sum()
    found /= found.sum(2, keepdims=True)
    finals = {number: codes[sign[:-1]] for sign, number in codes.items() if sign.endswith(FINAL) and sign[:-1] in codes}
    last, elsewhere = np.array(list(finals)), np.array(list(finals.values()))
    like_elsewhere = found.copy()
    for final, letter in finals.items():
        row = found[:, letter] * 0.3
        row[:, last] += 0.7 * found[:, letter][:, elsewhere]
        row[:, 0] = found[:, letter, 0]
        like_elsewhere[:, final] = row / row.sum(1, keepdims=True)
    result: Floats = counts + _PRIOR_OF_FINAL * like_elsewhere
    return result / result.sum(2, keepdims=True)


def _write(known: Sequence[str], usual: Floats, chances: Chances) -> None:
    names = [LEFT_OUT, *known, "?"]
    table = {
        "signs": " ".join(known),
        "usual": _numbers(usual),
        "more": _numbers(chances.more),
        "added": {relation: _numbers(chances.added[at]) for at, relation in enumerate(RELATIONS)},
        "written": {
            relation: {names[sign]: _row(chances.written[at, sign], names) for sign in range(1, len(names))}
            for at, relation in enumerate(RELATIONS)
        },
    }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _numbers(values: Floats) -> str:
    return " ".join(f"{value:.5f}" for value in values)


def _row(row: Floats, names: Sequence[str]) -> str:
    entries = sorted(((chance, sign) for sign, chance in enumerate(row) if chance >= _LEAST), reverse=True)
    return " ".join(f"{names[sign]}{round(1000 * chance)}" for chance, sign in entries)


if __name__ == "__main__":
    main()
