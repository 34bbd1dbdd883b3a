"""What a chart shows of each bar: incidents, people, facilities; certainly then, and possibly. Pure.

An incident is certain of the bar that holds all its certain days, and possible in each other bar that its possible days
touch (`archive.lists.histogram`). Its people follow it: they are added up only in the bar that certainly holds it, and
stand as possible in each that may. So possible figures of several bars are never to be added; a total counts each
incident once. What no report says is left out, never taken as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.lists.histogram import Placed
from archive.read_by_key import ReadByKey

Integers = npt.NDArray[np.integer[Any]]
UNKNOWN = -1
AT_ONCE = 1_000  # facilities that are looked at together


@dataclass(frozen=True, slots=True)
class Figure(ReadByKey):
    """One bar: certainly ``low`` to ``high`` of what is measured, and at most ``possible`` more.

    ``has_no_low``: those who give a number say only “up to”, so that ``low`` is zero because nothing is known of it.
    ``is_open``: some report says only “at least”, so that ``high`` is no upper bound; ``is_possible_open`` the same of
    ``possible``. ``certain`` and ``further`` are the incidents behind them, ``silent`` and ``silent_further`` those
    among them that give no number.
    """

    low: int = 0
    high: int = 0
    possible: int = 0
    has_no_low: bool = False
    is_open: bool = False
    is_possible_open: bool = False
    certain: int = 0
    further: int = 0
    silent: int = 0
    silent_further: int = 0

    @property
    def top(self) -> int:
        """How high it is drawn."""
        return self.high + self.possible

    @property
    def most(self) -> float:
        """How many there may have been at most, as far as there is a bound."""
        return inf if self.is_open or self.is_possible_open else self.top

    @property
    def incidents(self) -> int:
        """How many incidents may be in it."""
        return self.certain + self.further

    @property
    def is_known(self) -> bool:
        """Whether any incident that is certainly in it gives a number."""
        return self.certain > self.silent


def of_incidents(placed: Placed) -> list[Figure]:
    certain = placed.certainly()
    further = placed.touching() - certain
    return [
        Figure(low=sure, high=sure, possible=more, certain=sure, further=more)
        for sure, more in zip(certain.tolist(), further.tolist(), strict=True)
    ]


def of_people(placed: Placed, low: Integers, high: Integers) -> list[Figure]:
    """Add up people: ``low`` and ``high`` of each incident, `UNKNOWN` where no report says it."""
    is_silent = (low == UNKNOWN) & (high == UNKNOWN)
    is_open = (high == UNKNOWN) & ~is_silent
    at_least = low.clip(min=0).astype(np.int64)
    at_most = np.maximum(high, at_least).astype(np.int64)

    def parts(weights: Integers | None) -> tuple[list[int], list[int]]:
        certain = placed.certainly(weights)
        return certain.tolist(), (placed.touching(weights) - certain).tolist()

    certain, further = parts(None)
    silent, silent_further = parts(is_silent)
    opens, opens_further = parts(is_open)
    with_low, _ = parts(low != UNKNOWN)
    lows, _ = parts(at_least)
    highs, mores = parts(at_most)
    return [
        Figure(
            low=lows[bar],
            high=highs[bar],
            possible=mores[bar],
            has_no_low=certain[bar] > silent[bar] and not with_low[bar],
            is_open=opens[bar] > 0,
            is_possible_open=opens_further[bar] > 0,
            certain=certain[bar],
            further=further[bar],
            silent=silent[bar],
            silent_further=silent_further[bar],
        )
        for bar in range(placed.size)
    ]


def of_facilities(placed: Placed, struck: Sequence[Integers]) -> list[Figure]:
    """Count the facilities that were hit, each once a bar. ``struck`` holds of each facility where its incidents stand.

    One is certain in a bar if any incident that hit it certainly is, and possible if one may be.
    """
    size = placed.size
    certain, possible = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for begin in range(0, len(struck), AT_ONCE):
        some = struck[begin : begin + AT_ONCE]
        which = np.repeat(np.arange(len(some)), [len(rows) for rows in some])
        rows = np.concatenate(some).astype(np.int64)
        sure = np.zeros((len(some), size + 1), dtype=bool)
        sure[which, placed.certain[rows]] = True  # the last column stands for none
        change = np.zeros((len(some), size + 1), dtype=np.int32)
        np.add.at(change, (which, placed.start[rows]), 1)
        np.add.at(change, (which, placed.stop[rows]), -1)
        may = np.cumsum(change, axis=1)[:, :size] > 0
        certain += sure[:, :size].sum(axis=0)
        possible += (may & ~sure[:, :size]).sum(axis=0)
    return [
        Figure(low=hit, high=hit, possible=more, certain=incidents.certain, further=incidents.further)
        for hit, more, incidents in zip(certain.tolist(), possible.tolist(), of_incidents(placed), strict=True)
    ]


def certain_only(figures: Sequence[Figure]) -> list[Figure]:
    """The same where only what is certain is listed."""
    return [replace(one, possible=0, is_possible_open=False, further=0, silent_further=0) for one in figures]
