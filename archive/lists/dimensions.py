"""What rows are counted and ordered by: array columns, and numbers."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from archive.lists.integers import NO_ROWS, Integers, Places, Rows, places_of

FEW = 500  # rows that are put one by one into an order, rather than all ordered again


@dataclass(frozen=True)
class Dimension:
    """Which rows have which values of an array column: of each value the rows that have it, never none."""

    rows: Mapping[int, Rows]

    @cached_property
    def values(self) -> list[int]:
        return sorted(self.rows)

    @cached_property
    def filled(self) -> Rows:
        """The rows that have any value."""
        return self.having(self.rows)

    def counts(self, rows: Rows) -> dict[int, int]:
        """Return value → how many of these rows have it; values that none has are left out."""
        found = ((value, rows.intersection_cardinality(having)) for value, having in self.rows.items())
        return {value: count for value, count in found if count}

    def counts_of(self, rows: Rows, wanted: Iterable[int]) -> dict[int, int]:
        """Return `counts` of these values alone."""
        found = ((value, rows.intersection_cardinality(self.rows[value])) for value in wanted if value in self.rows)
        return {value: count for value, count in found if count}

    def having(self, wanted: Iterable[int]) -> Rows:
        """Return which rows have at least one of these values: as `&&` of PostgreSQL tells."""
        found = [self.rows[value] for value in wanted if value in self.rows]
        return Rows.union(*found) if found else NO_ROWS

    def sums_of(self, rows: Rows, weights: Integers, wanted: Iterable[int]) -> dict[int, int]:
        """Return value → sum of the weights of those of these rows that have it; sums of zero are left out."""
        found = ((value, int(weights[places_of(rows & self.having([value]))].sum())) for value in wanted)
        return {value: total for value, total in found if total}

    def count_any(self, rows: Rows, wanted: Iterable[int]) -> int:
        """Count those of these rows that have at least one of these values."""
        return rows.intersection_cardinality(self.having(wanted))

    def changed(self, changed: Rows, having: Mapping[int, BitMap]) -> "Dimension":
        """Return what holds when these rows have other values: each those of ``having``, and no others."""
        found = dict(self.rows)
        for value, rows in self.rows.items():
            if not rows.isdisjoint(changed):
                found[value] = rows - changed
        for value, also in having.items():
            found[value] = found.get(value, NO_ROWS) | also
        return Dimension({value: rows for value, rows in found.items() if rows})


class Gathering:
    """The rows of each value, while they are read."""

    def __init__(self) -> None:
        self.rows: dict[int, BitMap] = {}

    def add(self, places: Places, lengths: Integers, values: Integers) -> None:
        """Add rows at these places: so many values of each, one after the other."""
        order = np.argsort(values, kind="stable")
        in_order, rows = values[order], np.repeat(places.astype(np.uint32), lengths)[order]
        begins = np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1))
        ends = np.append(begins, len(in_order))[1:]
        for value, begin, end in zip(in_order[begins].tolist(), begins.tolist(), ends.tolist(), strict=True):
            found = BitMap(array("I", rows[begin:end].tobytes()))
            self.rows[value] = self.rows[value] | found if value in self.rows else found

    def dimension(self) -> Dimension:
        for rows in self.rows.values():
            rows.run_optimize()
            rows.shrink_to_fit()
        return Dimension({value: Rows(rows) for value, rows in self.rows.items()})


@dataclass(frozen=True)
class Ordering:
    """The rows of a table by a number, then by primary key: ``rows[i]`` is the i-th, ``places`` the inverse."""

    ids: Integers
    numbers: Integers
    rows: Places
    places: Places

    @classmethod
    def of(cls, ids: Integers, numbers: Integers) -> "Ordering":
        rows = np.lexsort((ids, numbers)).astype(np.int32)
        places = np.empty_like(rows)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        return cls(ids, numbers, rows, places)

    def changed(self, ids: Integers, numbers: Integers, changed: Rows) -> "Ordering":
        """Return the order when these rows are new, or have other numbers."""
        if not changed:
            return self
        if len(changed) > FEW:
            return Ordering.of(ids, numbers)
        at = places_of(changed)
        moved = at[np.lexsort((ids[at], numbers[at]))].astype(np.int32)
        gone = np.sort(self.places[at[at < len(self.rows)]])
        among_all = [self.place_of(int(numbers[row]), int(ids[row]), is_after=False) for row in moved]
        before = among_all - np.searchsorted(gone, among_all)
        rows = np.insert(np.delete(self.rows, gone), before, moved)
        # What comes before the first place concerned stays, what comes after the last makes room for new rows.
        first, last = min([*gone, *before]), max([*(gone + 1), *among_all])
        more = len(rows) - len(self.rows)
        places = np.concatenate([self.places, np.zeros(more, dtype=np.int32)])
        if more:
            places[places >= last] += more
        places[rows[first : last + more]] = np.arange(first, last + more, dtype=np.int32)
        return Ordering(ids, numbers, rows, places)

    def place_of(self, number: int, pk: int, *, is_after: bool) -> int:
        """Return how many rows come before that with this number and key, which need not be there; or up to it."""
        find = bisect_right if is_after else bisect_left
        return find(self.rows, (number, pk), key=lambda row: (self.numbers[row], self.ids[row]))
