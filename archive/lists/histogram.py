"""Incidents through time: how many certainly, how many possibly fall in each bar. Pure.

An incident falls certainly in a bar when its certain days all lie within it, possibly when only its possible days touch
it (`archive.lists.spans`); it then counts as possible in each bar that they touch. Nothing is spread or split.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from archive.lists.spans import EPOCH, EVER, NEVER, Days, Mask, Spans, day_number

Unit = Literal["day", "week", "month", "quarter", "year"]
#: The units of NumPy that bars are made of, and how many of them a bar has.
UNITS: dict[Unit, tuple[str, int]] = {
    "day": ("D", 1), "week": ("D", 7), "month": ("M", 1), "quarter": ("M", 3), "year": ("Y", 1),
}  # fmt: skip
MONDAY = 3  # days from the Monday of the week of 1970-01-01 to that day
MOST_DAYS, MOST_MONTHS, MOST_YEARS = 62, 62, 150


@dataclass(frozen=True)
class Bar:
    """One bar: first and last day, both included, and the two counts."""

    start: datetime.date
    end: datetime.date
    certain: int
    possible: int

    @property
    def total(self) -> int:
        """All that may have happened within the bar."""
        return self.certain + self.possible


def unit_for(first: datetime.date, last: datetime.date) -> Unit:
    """Return the unit that gives a readable number of bars for a range, both ends included."""
    if (last - first).days < MOST_DAYS:
        return "day"
    if (last.year - first.year) * 12 + last.month - first.month < MOST_MONTHS:
        return "month"
    return "year"


def extent(spans: Spans) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last possible day of all, at most 150 years apart; None where none is known."""
    edges = (spans.lower,) if spans.are_days else (spans.lower, spans.upper)
    named = [days[(days > NEVER) & (days < EVER)] for days in edges]
    found = [int(edge) for days in named if len(days) for edge in (days.min(), days.max())]
    if not found:
        return None
    first, last = (EPOCH + datetime.timedelta(days=day) for day in (min(found), max(found)))
    return max(first, datetime.date(max(1, last.year - MOST_YEARS + 1), 1, 1)), last


def reach(
    spans: Spans, first: datetime.date | None, last: datetime.date | None, unit: Unit | None = None
) -> tuple[datetime.date, datetime.date] | None:
    """Return the days that are drawn: as asked for, or whole units (those that fit) of what the rows name."""
    if not len(spans):
        return None
    named = extent(spans)
    begin = first or (named or (last, last))[0]
    end = last or (named or (first, first))[1]
    if begin is None or end is None:
        return None
    begin, end = (begin, max(begin, end)) if first else (min(begin, end), end)
    if named and end.year - begin.year >= MOST_YEARS:  # of centuries, only what the rows name
        first, begin = None, max(begin, named[0])
        end = max(begin, min(end, named[1]))
        last = last and min(last, outward(begin, end, "year")[1])
    whole = outward(begin, end, unit or unit_for(begin, end))
    return first or whole[0], last or whole[1]


def outward(first: datetime.date, last: datetime.date, unit: Unit) -> tuple[datetime.date, datetime.date]:
    """Return the first day of the first bar and the last day of the last bar that a range touches."""
    begin, end = bin_of(np.array([day_number(first), day_number(last)]), unit)
    days = first_days(np.array([begin, end + 1]), unit) - np.array([0, 1])
    lowest, highest = day_number(datetime.date.min), day_number(datetime.date.max)
    return tuple(np.clip(days, lowest, highest).astype("datetime64[D]").tolist())


def number_of(first: datetime.date, last: datetime.date, unit: Unit) -> int:
    """Return how many bars a range touches."""
    begin, end = bin_of(np.array([day_number(first), day_number(last)]), unit)
    return int(end - begin) + 1


@dataclass(frozen=True)
class Bins:
    """The bars from ``first`` to ``last``, both included; the first and the last bar are cut off there."""

    first: datetime.date
    last: datetime.date
    unit: Unit

    @cached_property
    def of_day(self) -> Days:
        """The bar of each day in sight, with a day before (-1) and one after that stand for all that lies outside."""
        bins = bin_of(np.arange(day_number(self.first), day_number(self.last) + 1), self.unit)
        return np.concatenate([[-1], bins - bins[0], [bins[-1] - bins[0] + 1]])

    @property
    def size(self) -> int:
        return int(self.of_day[-1])

    def of(self, days: Days) -> Days:
        """Return the bar of each day: -1 before the first one, `size` after the last."""
        begin, end = day_number(self.first), day_number(self.last)
        return self.of_day[np.clip(days, begin - 1, end + 1) - begin + 1]

    @cached_property
    def bounds(self) -> list[tuple[datetime.date, datetime.date]]:
        """The first and the last day of each bar."""
        begin = int(bin_of(np.array([day_number(self.first)]), self.unit)[0])
        days = first_days(np.arange(self.size + 1) + begin, self.unit)
        days[0], days[-1] = day_number(self.first), day_number(self.last) + 1
        begins, ends = days[:-1].astype("datetime64[D]").tolist(), (days[1:] - 1).astype("datetime64[D]").tolist()
        return list(zip(begins, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Placed:
    """Dates in so many bars: ``certain`` is the bar that certainly holds each (-1: none), ``start`` to ``stop`` (which
    is not among them) those that it touches."""

    size: int
    certain: Days
    start: Days
    stop: Days

    @classmethod
    def in_bars(cls, spans: Spans, bins: Bins) -> "Placed":
        """Those whose certain days reach beyond an end of what is drawn are certain of no bar."""
        begin = bins.of(spans.certain_lower)
        same = begin if spans.are_days else np.where(begin == bins.of(spans.certain_upper), begin, -1)
        start = np.maximum(bins.of(spans.lower), 0)
        stop = np.minimum(bins.of(spans.upper) + 1, bins.size)
        return cls(bins.size, np.where(same < bins.size, same, -1), start, np.maximum(start, stop))

    @classmethod
    def in_all(cls, is_certain: Mask) -> "Placed":
        """One bar that may hold each, and certainly holds some."""
        start = np.zeros(len(is_certain), dtype=np.int64)
        return cls(1, np.where(is_certain, 0, -1), start, start + 1)

    def certainly(self, weights: npt.NDArray[Any] | None = None) -> Days:
        """Return for each bar how many certainly lie in it, or the sum of their weights."""
        return whole(np.bincount(self.certain + 1, weights, minlength=self.size + 1)[1:])

    def touching(self, weights: npt.NDArray[Any] | None = None) -> Days:
        """Return for each bar how many may lie in it, certain ones included, or the sum of their weights."""
        more, fewer = (np.bincount(at, weights, minlength=self.size + 1) for at in (self.start, self.stop))
        return whole(np.cumsum(more - fewer)[: self.size])


def whole(sums: npt.NDArray[Any]) -> Days:
    return np.rint(sums).astype(np.int64)


def count_bars(spans: Spans, *, first: datetime.date, last: datetime.date, unit: Unit) -> list[Bar]:
    """Count dates in the bars from ``first`` to ``last``.

    The first and last bar are cut off there. Dates that lie wholly outside are left out; those whose certain days reach
    beyond an end are never certain.
    """
    bins = Bins(first, last, unit)
    placed = Placed.in_bars(spans, bins)
    certain = placed.certainly()
    total = certain if spans.are_days else placed.touching()
    return [
        Bar(start, stop, sure, every - sure)
        for (start, stop), sure, every in zip(bins.bounds, certain.tolist(), total.tolist(), strict=True)
    ]


def bin_of(days: Days, unit: Unit) -> Days:
    """Return which day, week (from Monday), month, quarter or year (counted from 1970) each day lies in."""
    code, size = UNITS[unit]
    if unit == "week":
        return (days + MONDAY) // size
    return days.astype("datetime64[D]").astype(f"datetime64[{code}]").astype(np.int64) // size


def first_days(bins: Days, unit: Unit) -> Days:
    """Return the first day of each bar, as a number."""
    code, size = UNITS[unit]
    days = (bins * size).astype(f"datetime64[{code}]").astype("datetime64[D]").astype(np.int64)
    return days - MONDAY if unit == "week" else days
