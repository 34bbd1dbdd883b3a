"""The days of many dates at once: when each may have been, and when it certainly was. Pure.

The four columns hold days since 1970-01-01, both ends included, as `archive.dates.possible_days` and `certain_days` say
them; here they are only compared. A date that is certain of no days has an open certain range: it lies within nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
EPOCH = date(1970, 1, 1)
NEVER, EVER = -10_000_000, 10_000_000  # days that stand for no beginning and no end


def day_number(day: date) -> int:
    """Return a day as the number of days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True)
class Spans:
    """``lower`` to ``upper`` is possible, ``certain_lower`` to ``certain_upper`` certain; a column each."""

    lower: Days
    upper: Days
    certain_lower: Days
    certain_upper: Days

    @classmethod
    def days(cls, known: Days) -> Self:
        """Dates that are known to the day: all four columns are one."""
        return cls(known, known, known, known)

    @property
    def are_days(self) -> bool:
        return self.lower is self.upper is self.certain_lower is self.certain_upper

    def __len__(self) -> int:
        return len(self.lower)

    def of(self, at: npt.NDArray[Any]) -> "Spans":
        """Those at some places."""
        if self.are_days:
            return Spans.days(self.lower[at])
        return Spans(self.lower[at], self.upper[at], self.certain_lower[at], self.certain_upper[at])

    def certain_only_at(self, at: npt.NDArray[Any]) -> "Spans":
        """The same, but those elsewhere are certain of no days, being uncertain otherwise."""
        begin, end = np.full_like(self.lower, NEVER), np.full_like(self.lower, EVER)
        begin[at], end[at] = self.certain_lower[at], self.certain_upper[at]
        return Spans(self.lower, self.upper, begin, end)

    def possibly_within(self, first: date | None, last: date | None) -> Mask:
        """Which may have been between these days, both included."""
        return compared(self.upper, self.lower, first, last)

    def certainly_within(self, first: date | None, last: date | None) -> Mask:
        """Which certainly were between these days, both included."""
        return compared(self.certain_lower, self.certain_upper, first, last)


def compared(late: Days, early: Days, first: date | None, last: date | None) -> Mask:
    found = np.ones(len(late), dtype=bool)
    found = found & (late >= day_number(first)) if first else found
    return found & (early <= day_number(last)) if last else found
