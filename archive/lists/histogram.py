"""Incidents through time: how many certainly, how many possibly fall in each bar. Pure.

An incident falls certainly in a bar when its certain days all lie within it, possibly when only its possible days touch
it (`archive.lists.spans`); it then counts as possible in each bar that they touch. Nothing is spread or split.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

import numpy as np

from archive.lists.spans import EPOCH, EVER, NEVER, Days, Spans, day_number

Unit = Literal["day", "month", "year"]
UNITS: dict[Unit, str] = {"day": "D", "month": "M", "year": "Y"}
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


def outward(first: datetime.date, last: datetime.date, unit: Unit) -> tuple[datetime.date, datetime.date]:
    """Return the first day of the first bar and the last day of the last bar that a range touches."""
    code = UNITS[unit]
    begin, end = bin_of(np.array([day_number(first), day_number(last)]), code)
    bounds = np.array([begin, end + 1]).astype(f"datetime64[{code}]").astype("datetime64[D]") - np.array([0, 1])
    return tuple(bounds.tolist())


def count_bars(spans: Spans, *, first: datetime.date, last: datetime.date, unit: Unit) -> list[Bar]:
    """Count dates in the bars from ``first`` to ``last``.

    The first and last bar are cut off there. Dates that lie wholly outside are left out; those whose certain days reach
    beyond an end are never certain.
    """
    code = UNITS[unit]
    begin_day, end_day = day_number(first), day_number(last)
    # The bar of each day in sight, with a day before and one after that stand for all that lies outside.
    bar_of_day = bin_of(np.arange(begin_day - 1, end_day + 2), code)
    begin_bin, size = int(bar_of_day[1]), int(bar_of_day[-2] - bar_of_day[1]) + 1
    bar_of_day = np.concatenate([[-1], bar_of_day[1:-1] - begin_bin, [size]])

    def bars_of(days: Days) -> Days:
        return bar_of_day[np.clip(days, begin_day - 1, end_day + 1) - begin_day + 1]

    begin = bars_of(spans.certain_lower)
    within = begin if spans.are_days else begin[begin == bars_of(spans.certain_upper)]
    certain = total = np.bincount(within + 1, minlength=size + 2)[1 : size + 1]
    if not spans.are_days:
        starts = np.bincount(np.maximum(bars_of(spans.lower), 0), minlength=size + 1)
        stops = np.bincount(np.minimum(bars_of(spans.upper) + 1, size), minlength=size + 1)
        total = np.cumsum(starts - stops)[:size]
    bounds = (np.arange(size + 1) + begin_bin).astype(f"datetime64[{code}]").astype("datetime64[D]")
    begins, ends = bounds[:-1].tolist(), (bounds[1:] - 1).tolist()
    return [
        Bar(max(first, start), min(last, stop), int(sure), int(all_) - int(sure))
        for start, stop, sure, all_ in zip(begins, ends, certain, total, strict=True)
    ]


def bin_of(days: Days, code: str) -> Days:
    """Return which day, month or year (counted from 1970) each day lies in."""
    return days.astype("datetime64[D]").astype(f"datetime64[{code}]").astype(np.int64)
