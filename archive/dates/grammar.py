"""EDTF levels 0 and 1 and intervals, with the strict first and last day of each.

The bounds are ours: those of the `edtf` library widen `~` and `?` by years and turn open ends into infinity.
The grammar is ours too, because the library needs milliseconds a date and takes 29 February of any year; it is asked
only about what the grammar refuses (to tell level 2 from nonsense), and the tests hold the grammar against it. Unlike
the library, it takes a qualifier after a season, as level 1 allows after every date.
https://www.loc.gov/standards/datetime/
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from . import names
from .uncertain import DateError, UncertainDate

# Season → first month and number of months. Winter begins in the December of its year (northern hemisphere).
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_QUALIFIERS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_UNSPECIFIED = re.compile(r"([0-9]{4})-XX(?:-XX)?|([0-9]{4})-(0[1-9]|1[0-2])-XX|([0-9]{2})(XX|[0-9]X)")


@lru_cache(maxsize=8192)
def read(text: str) -> UncertainDate:
    """`text` in ASCII without surrounding space. DateError of code `unreadable` when it is not in the grammar."""
    if "/" in text and _is_interval(text):
        return _parse_interval(text)
    return _parse_single(text)


def _is_interval(text: str) -> bool:
    """False for 18/5/2016 and 2016/05/18, which are explained as days, not as intervals."""
    first, _, rest = text.partition("/")
    return "/" not in rest and all(end in {"", ".."} or re.match(r"[0-9]{3}[0-9X]", end) for end in (first, rest))


def _parse_interval(text: str) -> UncertainDate:
    first, _, last = text.partition("/")
    if first in {"", ".."} and last in {"", ".."}:
        raise DateError("Neither end is known: leave the date empty.", code="no_bounds")
    if not last:
        _parse_end(first)
        raise DateError(
            f"“{text}” leaves the end unknown: write “{first}/..” when it has none, or the last day it may be.",
            code="unknown_end",
            suggestions=(f"{first}/..",),
        )
    if not first:
        _parse_end(last)
        raise DateError(
            f"“{text}” leaves the start unknown: write “../{last}” when it has none, or the first day it may be.",
            code="unknown_start",
            suggestions=(f"../{last}",),
        )
    return _join(text, *(None if end == ".." else _parse_end(end) for end in (first, last)))


def _parse_end(text: str) -> UncertainDate:
    if _UNSPECIFIED.fullmatch(text):
        shorter = text.replace("-XX", "")
        advice = f"write {shorter}" if "X" not in shorter else "write years"
        raise DateError(f"“{text}” cannot be an end of an interval: {advice}.", code="unspecified_end")
    return _parse_single(text)


def _join(text: str, first: UncertainDate | None, last: UncertainDate | None) -> UncertainDate:
    lower = first.lower if first else None
    upper = last.upper if last else None
    if lower and upper and lower > upper:
        raise DateError(
            f"“{text}” ends before it begins: write the earlier date first.",
            code="reversed",
            suggestions=("/".join(reversed(text.split("/"))),),
        )
    ends = [end for end in (first, last) if end]
    return UncertainDate(
        edtf=text,
        lower=lower,
        upper=upper,
        is_approximate=any(end.is_approximate for end in ends),
        is_uncertain=any(end.is_uncertain for end in ends),
    )


def _parse_single(text: str) -> UncertainDate:
    if match := _DATE.fullmatch(text):
        year, month, day, qualifier = match.groups()
        lower, upper = _bounds(text, int(year), _number(month), _number(day))
        approximate, uncertain = _QUALIFIERS[qualifier]
        return UncertainDate(text, lower, upper, approximate, uncertain)
    if match := _UNSPECIFIED.fullmatch(text):
        return UncertainDate(text, *_unspecified_bounds(text, match))
    raise DateError(f"“{text}” is not a date.", code="unreadable")


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _bounds(text: str, year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if year == 0:
        raise DateError(f"“{text}”: years go from 0001 to 9999.", code="year")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if month in _SEASONS and day is None:
        return _season_bounds(year, _SEASONS[month])
    if not 1 <= month <= 12:
        raise DateError(
            f"“{text}”: months go from 01 to 12 (21–24 are spring, summer, autumn, winter).", code="impossible"
        )
    days = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    if not 1 <= day <= days:
        raise DateError(
            f"“{text}” does not exist: {names.MONTHS_EN[month - 1]} {year} has {days} days.", code="impossible"
        )
    return date(year, month, day), date(year, month, day)


def _season_bounds(year: int, first_month: int) -> tuple[date, date]:
    lower = date(year, first_month, 1)
    if first_month < 12:
        return lower, date(year, first_month + 2, monthrange(year, first_month + 2)[1])
    return lower, date(year + 1, 3, 1) - timedelta(days=1) if year < 9999 else date.max


def _unspecified_bounds(text: str, match: re.Match[str]) -> tuple[date, date]:
    whole_year, year, month, century, rest = match.groups()
    if century is None:
        return _bounds(text, int(whole_year or year), _number(month), None)
    first = int(century + rest.replace("X", "0"))
    last = int(century + rest.replace("X", "9"))
    return date(max(first, 1), 1, 1), date(last, 12, 31)


@lru_cache(maxsize=20_000)
def between(
    lower: date | None, upper: date | None, *, is_approximate: bool = False, is_uncertain: bool = False
) -> UncertainDate:
    """The UncertainDate with these strict bounds, its EDTF as short as it can be (a whole month reads 2016-05)."""
    if lower is None and upper is None:
        raise DateError("Neither end is known: leave the date empty.", code="no_bounds")
    qualifier = {flags: sign for sign, flags in _QUALIFIERS.items()}[is_approximate, is_uncertain]
    if lower and upper:
        if short := _as_one(lower, upper):
            return read(short + qualifier)
        return read(f"{lower.isoformat()}{qualifier}/{upper.isoformat()}{qualifier}")
    return read("/".join(end.isoformat() + qualifier if end else ".." for end in (lower, upper)))


def _as_one(lower: date, upper: date) -> str:
    if lower == upper:
        return lower.isoformat()
    starts_month = lower.day == 1
    ends_month = upper.day == monthrange(upper.year, upper.month)[1]
    if not (starts_month and ends_month and lower.year == upper.year):
        return ""
    if lower.month == upper.month:
        return f"{lower.year:04d}-{lower.month:02d}"
    return f"{lower.year:04d}" if (lower.month, upper.month) == (1, 12) else ""
