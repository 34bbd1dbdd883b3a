"""First and last days as numbers: query parameters, and the precision codes of conflict data sets."""

import re
from calendar import monthrange
from datetime import date

from archive.terms import DatePrecision

from .certainty import certain_days, possible_days
from .human import suggest
from .names import ascii_digits
from .uncertain import DateError, UncertainDate

_BOUND = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_UCDP = dict(zip(DatePrecision, (1, 2, 3, 4, 5, 5), strict=True))
_ACLED = dict(zip(DatePrecision, (1, 2, 2, 3, None, None), strict=True))


def parse_bound(value: str, end: bool) -> date:
    """The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or with `end` its last. DateError for everything else."""
    text = ascii_digits(value).strip()
    match = _BOUND.fullmatch(text)
    if not match:
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise DateError(f"“{shown}” is not a date here: write YYYY, YYYY-MM or YYYY-MM-DD, such as 2019-11-25.")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateError(
            f"“{text}” does not exist: write YYYY, YYYY-MM or YYYY-MM-DD with a real day, such as 2019-11-25.",
            code="impossible",
        ) from None
    if not end or day:
        return first
    last_month = month or 12
    return first.replace(month=last_month, day=monthrange(first.year, last_month)[1])


def read_bound(value: str, end: bool) -> tuple[date, bool]:
    """As `parse_bound`, of what people write as well (`25/11/2019`, `Nov 2019`, `تشرين الثاني 2019`).

    The day comes before the month, as outlets of the region write. True: another order would be a date, too.
    """
    try:
        return parse_bound(value, end), False
    except DateError as error:
        meant = [edtf for edtf in suggest(value) if _BOUND.fullmatch(edtf)] if error.code == "unreadable" else []
        if not meant:
            raise
        return parse_bound(meant[0], end), len(meant) > 1


def precision(lower: date | None, upper: date | None) -> DatePrecision:
    """`day`, `days` (2–6), `week` (7), `month` (8–31), `year` (32–366) or `longer` (also when an end is open)."""
    if lower is None or upper is None:
        return DatePrecision.LONGER
    days = (upper - lower).days + 1
    steps = zip((1, 6, 7, 31, 366), DatePrecision, strict=False)
    return next((name for longest, name in steps if days <= longest), DatePrecision.LONGER)


def ucdp_date_prec(when: UncertainDate) -> int:
    """UCDP GED `date_prec`: 1 exact, 2 two to six days, 3 a week, 4 a month, 5 a year or more.

    By the days on which it may have happened; of a date that is not certain never 1.
    """
    return _UCDP[_conservative(when)]


def acled_time_precision(when: UncertainDate) -> int | None:
    """ACLED `time_precision`: 1 the day, 2 within a week, 3 within a month; None beyond, which ACLED does not code.

    By the days on which it may have happened; of a date that is not certain never 1.
    """
    return _ACLED[_conservative(when)]


def _conservative(when: UncertainDate) -> DatePrecision:
    found = precision(*possible_days(when))
    return DatePrecision.DAYS if found == DatePrecision.DAY and certain_days(when) is None else found
