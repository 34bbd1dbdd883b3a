"""When a date is certain, and how far an approximate one reaches: the rule that lists, facets, bars, files and words
follow. It is written here and nowhere else; what is stored of it (`PublishedIncident.possible`, `.certain`) is made by
these functions, and readers of it only compare days.

* An uncertain (`?`) or an approximate (`~`) date is never certain, nor is one that is both (`%`), nor an interval with
  such an end.
* An approximate date is possible within a margin either way: two days for a day, half its length (rounded up) for a
  month, a season or a year. Each end of an interval has the margin of what stands at that end, or none.
* An uncertain date is possible on its own days: nobody says that it was on others.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from .grammar import read
from .uncertain import UncertainDate

MARGIN_OF_A_DAY = 2
LONGEST_MARGIN = timedelta(days=183)  # half a leap year


class Days(NamedTuple):
    """First and last day, both included; None where that end is open."""

    first: date | None
    last: date | None


@lru_cache(maxsize=20_000)
def possible_days(when: UncertainDate) -> Days:
    """The days on which it may have happened."""
    ends = when.edtf.split("/")
    first, last = _end(ends[0]), _end(ends[-1])
    return Days(
        _moved(first.lower, -_margin(first)) if first and first.lower else None,
        _moved(last.upper, _margin(last)) if last and last.upper else None,
    )


def certain_days(when: UncertainDate) -> Days | None:
    """The days on which it certainly happened; None where it is certain of no days at all."""
    return None if when.is_approximate or when.is_uncertain else Days(when.lower, when.upper)


def _end(text: str) -> UncertainDate | None:
    return None if text == ".." else read(text)


def _margin(end: UncertainDate) -> int:
    """Days either way by which a single date may be off."""
    if not end.is_approximate or end.lower is None or end.upper is None:
        return 0
    length = (end.upper - end.lower).days + 1
    return MARGIN_OF_A_DAY if length == 1 else (length + 1) // 2


def _moved(day: date, days: int) -> date:
    """A day so many days later or earlier, at most to the ends of the calendar."""
    room = (date.max - day).days if days > 0 else (day - date.min).days
    return day + timedelta(days=max(-room, min(room, days)))
