"""What is written in a cell: days, numbers, yes and no. Pure; each raises `CellError` with a clause for people."""

import re
from datetime import datetime

from archive import dates
from archive.dates import DateError
from archive.text import excerpt

LARGEST = 10_000_000
YES, NO = ("true", "yes", "y"), ("false", "no", "n")
NUMBER = re.compile(r"(\d{1,12})(?:[.]0*)?")
RANGE = re.compile(r"(\d{1,12})\s*(?:-|–|to)\s*(\d{1,12})")
OPEN = re.compile(r"(?:(?P<least>at least|>=|≥|over)|(?P<most>up to|at most|<=|≤))\s*(\d{1,12})|(\d{1,12})\s*\+")
# Directives of strptime by what they say; a format that has none of a kind leaves it open.
DAYS, MONTHS = ("%d", "%j", "%x", "%c", "%D", "%F", "%e"), ("%m", "%b", "%B", "%h")


class CellError(ValueError):
    """A cell that cannot be read."""


def shown(cell: str) -> str:
    return f"“{excerpt(cell, 60)}”"


def read_day(cell: str, formats: tuple[str, ...]) -> str:
    """The EDTF of a date that is written in one of the forms: a day, a month or a year, as the form says."""
    for form in formats:
        try:
            if form == "edtf":
                return dates.parse(cell).edtf
            read = datetime.strptime(cell.strip(), form)  # noqa: DTZ007 (a day, no moment)
        except (DateError, ValueError):
            continue
        day = f"{read.year:04}-{read.month:02}-{read.day:02}"
        if any(part in form for part in DAYS):
            return day
        return day[:7] if any(part in form for part in MONTHS) else day[:4]
    raise CellError(f"{shown(cell)} is no date of the form {' or '.join(formats)}")


def read_days(cell: str, until: str, formats: tuple[str, ...]) -> str:
    """As `read_day`; an interval where there is a last day that is another."""
    first = read_day(cell, formats)
    last = read_day(until, formats) if until.strip() else first
    if first == last:
        return first
    try:
        return dates.parse(f"{first}/{last}").edtf
    except DateError as error:
        raise CellError(f"{first} to {last} is no span of days") from error


def read_number(cell: str) -> tuple[int | None, int | None]:
    """Low and high, of which one may be None: ``7``, ``7.0``, ``1,200``, ``3-5``, ``at least 3``, ``up to 9``."""
    text = re.sub(r"(?<=\d)[,٬](?=\d{3}\b)", "", cell.strip().casefold())
    if match := NUMBER.fullmatch(text):
        low = high = int(match[1])
    elif match := RANGE.fullmatch(text):
        low, high = int(match[1]), int(match[2])
    elif match := OPEN.fullmatch(text):
        number = int(match[3] or match[4])
        if number <= LARGEST:
            return (None, number) if match["most"] else (number, None)
        low = high = number
    else:
        raise CellError(f"{shown(cell)} is no number")
    if low > high or high > LARGEST:
        raise CellError(f"{shown(cell)} is no number that can be")
    return low, high


def read_degrees(cell: str, most: int) -> float:
    try:
        found = float(cell.strip().replace(",", "."))
    except ValueError as error:
        raise CellError(f"{shown(cell)} is no number of degrees") from error
    if not -most <= found <= most:
        raise CellError(f"{shown(cell)} is beyond {most} degrees")
    return found


def read_whether(cell: str) -> tuple[bool, tuple[int | None, int | None]]:
    """Whether something is said to have happened, and how often, if that is said: ``true``, ``no``, ``0``, ``3``."""
    word = cell.strip().casefold()
    if word in YES:
        return True, (None, None)
    if word in NO:
        return False, (None, None)
    number = read_number(cell)
    return number[1] != 0, number


def plain_number(cell: str) -> str:
    """``37584.0``, as spreadsheets write whole numbers, is 37584; anything else stays."""
    match = NUMBER.fullmatch(cell.strip())
    return match[1] if match else cell
