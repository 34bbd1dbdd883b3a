"""What rows are counted and ordered by: array columns, and numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.lists.integers import NO_ROW, Integers, Mask, Places

FEW = 64  # values of lists that are gathered in the time in which one row's are


@dataclass(frozen=True)
class Dimension:
    """Which rows have which values of an array column. Rows with the same values share one list of them (`listed`).

    ``codes[i]`` is the list of row i; list ``lists[j]`` has the value at ``members[j]`` of ``values``, in the order of
    the values: those of value k begin at ``starts[k]``. In the order of the lists, the values of list k are at
    ``listed[ends[k] - lengths[k]:ends[k]]`` of ``values``.
    """

    codes: npt.NDArray[np.int32]
    known: Mapping[bytes, int]
    lists: npt.NDArray[np.int32]
    members: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    listed: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    values: Integers

    @classmethod
    def of(cls, codes: npt.NDArray[np.int32], known: Mapping[bytes, int]) -> "Dimension":
        """Make one from the list of each row and the lists themselves, whose codes are 0, 1, …"""
        lengths = np.fromiter(map(len, known), dtype=np.int64, count=len(known)) // np.int64().nbytes
        found = np.frombuffer(b"".join(known), dtype=np.int64)
        in_lists = np.repeat(np.arange(len(known), dtype=np.int32), lengths)
        # Numbers of two bytes are sorted ten times as fast.
        order = np.argsort(
            found.astype(np.uint16) if found.size and 0 <= found.min() <= found.max() < 1 << 16 else found,
            kind="stable",
        )
        in_order = found[order]
        starts = np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1))
        members = np.repeat(np.arange(len(starts), dtype=np.int32), np.diff(starts, append=len(found)))
        listed = np.empty_like(members)
        listed[order] = members
        return cls(
            codes,
            known,
            lists=in_lists[order],
            members=members,
            starts=starts,
            listed=listed,
            lengths=lengths.astype(np.int32),
            ends=np.cumsum(lengths),
            values=in_order[starts],
        )

    def counts(self, mask: Mask) -> dict[int, int]:
        """Return value → number of rows within the mask that have it; values that none has are left out."""
        rows = np.flatnonzero(mask)
        if self.are_few(rows):
            return self.by_value(self.gathered(self.codes[rows]))
        if 2 * len(rows) > len(mask) and self.are_few(others := np.flatnonzero(~mask)):
            return self.by_value(self.totals - self.gathered(self.codes[others]))
        return self.by_value(self.spread(np.bincount(self.codes[rows], minlength=len(self.known))))

    def counts_of(self, mask: Mask, wanted: Sequence[int]) -> dict[int, int]:
        """Return `counts` of these values alone; of large sets a few are counted much sooner than all."""
        rows = np.flatnonzero(mask)
        if self.are_few(rows):
            every = self.by_value(self.gathered(self.codes[rows]))
            return {value: every[value] for value in wanted if value in every}
        tally = np.bincount(self.codes[rows], minlength=len(self.known))
        found = {value: int(tally[lists].sum()) for value, lists in self.lists_of(wanted)}
        return {value: count for value, count in found.items() if count}

    def having(self, wanted: Sequence[int]) -> Mask:
        """Return which rows have at least one of these values: as `&&` of PostgreSQL tells."""
        found = np.zeros(len(self.known), dtype=bool)
        for _value, lists in self.lists_of(wanted):
            found[lists] = True
        return found[self.codes]

    def lists_of(self, wanted: Sequence[int]) -> Iterator[tuple[int, Places]]:
        """Yield each of these values that there is, with the lists that have it."""
        known = np.intersect1d(self.values, wanted)
        at = np.searchsorted(self.values, known)
        begins, ends = self.starts[at], np.append(self.starts, len(self.lists))[at + 1]
        for value, begin, end in zip(known.tolist(), begins.tolist(), ends.tolist(), strict=True):
            yield value, self.lists[begin:end]

    def sums(self, mask: Mask, weights: Integers) -> dict[int, int]:
        """Return value → sum of the rows' weights within the mask; values whose sum is zero are left out."""
        rows = np.flatnonzero(mask)
        if self.are_few(rows):
            return self.by_value(self.gathered(self.codes[rows], weights[rows]))
        tally = np.bincount(self.codes[rows], weights=weights[rows], minlength=len(self.known))
        return self.by_value(self.spread(tally))

    def are_few(self, rows: Integers) -> bool:
        """Whether it is quicker to look at the list of each of these rows than at all lists."""
        return FEW * len(rows) < len(self.lists)

    @cached_property
    def totals(self) -> npt.NDArray[Any]:
        """How many rows of all have each value."""
        return self.spread(np.bincount(self.codes, minlength=len(self.known)))

    def gathered(self, codes: npt.NDArray[np.int32], weights: Integers | None = None) -> npt.NDArray[Any]:
        """Add up the values of these lists, each as often as it is given, or by its weight."""
        lengths = self.lengths[codes]
        before = np.cumsum(lengths) - lengths
        at = np.repeat(self.ends[codes] - lengths - before, lengths) + np.arange(lengths.sum())
        by_value = None if weights is None else np.repeat(weights, lengths)
        return np.bincount(self.listed[at], weights=by_value, minlength=len(self.values))

    def tally(self, mask: Mask) -> npt.NDArray[Any]:
        """Return how many rows within the mask have each list."""
        return np.bincount(self.codes[mask], minlength=len(self.known)).astype(np.int32)

    def spread(self, tally: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Add up what each list has for every value that is in it."""
        return np.add.reduceat(tally[self.lists], self.starts) if len(self.values) else NO_ROW

    def by_value(self, totals: npt.NDArray[Any]) -> dict[int, int]:
        """Name the values; those with nothing are left out."""
        found = np.flatnonzero(totals)
        totals = totals.astype(np.int64)
        return dict(zip(self.values[found].tolist(), totals[found].tolist(), strict=True))

    def count_any(self, mask: Mask, wanted: Sequence[int]) -> int:
        """Count the rows within the mask that have at least one of these values."""
        return int(np.count_nonzero(mask & self.having(wanted)))


@dataclass(frozen=True)
class Ordering:
    """The rows of a table by a number, then by primary key: ``rows[i]`` is the i-th, ``places`` the inverse."""

    ids: Integers
    numbers: Integers
    rows: Places
    places: Places

    @classmethod
    def of(cls, ids: Integers, numbers: Integers) -> "Ordering":
        """Order rows whose ids ascend."""
        rows = np.argsort(numbers, kind="stable").astype(np.int32)
        places = np.empty_like(rows)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        return cls(ids, numbers, rows, places)

    def place_of(self, number: int, pk: int, *, is_after: bool) -> int:
        """Return how many rows come before that with this number and key, which need not be there; or up to it."""
        first, last = (int(np.searchsorted(self.numbers, number, side, self.rows)) for side in ("left", "right"))
        return first + int(np.searchsorted(self.ids[self.rows[first:last]], pk, "right" if is_after else "left"))


def put(column: npt.NDArray[Any], values: npt.NDArray[Any], new: Integers, at: Integers) -> npt.NDArray[Any]:
    """Return a copy with room made before the places of new rows, and these values at their new places."""
    grown = np.insert(column, new, 0)
    grown[at] = values
    return grown


def changed_dimension(before: Dimension, lists: Sequence[list[int]], new: Integers, at: Integers) -> Dimension:
    known = dict(before.known)
    changed = [known.setdefault(listed(values), len(known)) for values in lists]
    codes = put(before.codes, np.array(changed, dtype=np.int32), new, at)
    if len(known) > len(before.known):
        return Dimension.of(codes, known)
    return replace(before, codes=codes)


def listed(values: Iterable[int] | None) -> bytes:
    """Return the distinct values of a list as the bytes of an array: a fifth of the memory of a tuple."""
    return np.array(list(dict.fromkeys(values or ())), dtype=np.int64).tobytes()
