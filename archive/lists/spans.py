"""The days of many dates at once: when each may have been, and when it certainly was. Pure.

The four columns hold days since 1970-01-01, both ends included, as `archive.dates.possible_days` and `certain_days` say
them; here they are only compared. A date that is certain of no days has an open certain range: it lies within nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
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

    def of(self, mask: Mask) -> "Spans":
        """Those of the rows of a mask."""
        if self.are_days:
            return Spans.days(self.lower[mask])
        return Spans(self.lower[mask], self.upper[mask], self.certain_lower[mask], self.certain_upper[mask])

    def certain_where(self, mask: Mask) -> "Spans":
        """The same, but those outside the mask are certain of no days, being uncertain otherwise."""
        begin, end = np.where(mask, self.certain_lower, NEVER), np.where(mask, self.certain_upper, EVER)
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
