"""Dates as outlets and data sets write them, in English and Arabic, to ISO 8601. What is ambiguous is not read."""

import re
import unicodedata
from datetime import UTC, date, datetime

ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Each month in the names of the Levant and of Egypt, letters folded as `_folded` does.
ARABIC_MONTHS = (
    ("كانون الثاني", "يناير"),
    ("شباط", "فبراير"),
    ("اذار", "مارس"),
    ("نيسان", "ابريل"),
    ("ايار", "مايو"),
    ("حزيران", "يونيو", "يونيه"),
    ("تموز", "يوليو", "يوليه"),
    ("اب", "اغسطس"),
    ("ايلول", "سبتمبر"),
    ("تشرين الاول", "اكتوبر"),
    ("تشرين الثاني", "نوفمبر"),
    ("كانون الاول", "ديسمبر"),
)
MONTHS = (
    {name: n for n, name in enumerate(ENGLISH_MONTHS, 1)}
    | {name[:3]: n for n, name in enumerate(ENGLISH_MONTHS, 1)}
    | {"sept": 9}
    | {name: n for n, names in enumerate(ARABIC_MONTHS, 1) for name in names}
)
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_NAMED = rf"(?P<month>(?:{_MONTH})\b\.?(?:\s*[/\\(]\s*(?:{_MONTH})\b\)?)?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_WEEKDAY = (
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|"
    r"(?:يوم )?(?:الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد))"
)
_CLOCK = (
    r"(?:[\s,،|•·–-]*(?:at |الساعه )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*(?:[ap]\.?m\.?|صباحا|مساء|[صم])(?!\w))?"
    r"(?:\s*(?:\(?(?:gmt|utc|[a-z]{1,3}t)\)?(?:\s?[+-]\d{1,4})?|[+-]\d\d:?\d\d))?)?"
)
# A line that says so is a dateline; a bare "Date:" is not among them: reports give the day of the attack under it.
_LABEL = (
    r"(?:(?:first |date )?(?:published|posted|issued)(?: on)?|date of publication|publication date|"
    r"نشر(?:ت)?(?: في| بتاريخ)?|تاريخ النشر)"
)
_LEAD = rf"(?:{_LABEL}\s*:?\s*)?(?:{_CLOCK}[\s,،|]+)?(?:{_WEEKDAY}\s*[,،]?\s*)?"
_DAY_DATES = tuple(
    re.compile(_LEAD + form + _CLOCK)
    for form in (
        rf"{_DAY}[\s-]+{_NAMED}[\s,،-]+{_YEAR}",
        rf"{_NAMED}\s+{_DAY}[\s,،]+{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)",
    )
)
_MONTH_DATE = re.compile(_LEAD + rf"{_NAMED}[\s,،]+{_YEAR}")
LONGEST_DATELINE = 150  # code points
_ISO = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T ]\d\d:\d\d.*)?)?)?")
_EDTF = re.compile(r"(\d{4}(?:-\d\d){0,2})([?~%])|(\d{4})-XX(-XX)?|(\d{4}-\d\d)-XX")


def read_date(value: str, form: str = "") -> str:
    """Return `value` as an ISO 8601 date (year, month or day) or EDTF level 1; "" where it cannot be read for certain.

    `form` is a `strptime` format, tried first. A time of day is dropped without moving the day to another time zone:
    the day is the one that the outlet printed. `03/04/2017` could be two days and is not read.
    """
    value = value.strip()
    if len(value) > LONGEST_DATELINE:
        return ""
    if form:
        try:
            return datetime.strptime(value, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            pass
    if iso := _ISO.fullmatch(value):
        return _real(*iso.groups())
    if edtf := _EDTF.fullmatch(value):
        year, month, day = [*(edtf[1] or edtf[3] or edtf[5]).split("-"), None, None][:3]
        return value if _real(str(year), month, day) else ""
    folded = _folded(value)
    month = _MONTH_DATE.fullmatch(folded)
    return read_dateline(value) or (_from_names(month) if month else "")


def why_no_date(value: str) -> str:
    """Why `read_date` gives nothing for a value that is not empty: some words without the value."""
    value = value.strip()
    for pattern in _DAY_DATES if len(value) <= LONGEST_DATELINE else ():
        if found := pattern.fullmatch(_folded(value)):
            parts = found.groupdict()
            is_day = "first" in parts and int(parts["first"]) <= 12 and int(parts["second"]) <= 12
            return "could be two days" if is_day else "not in the calendar"
    return "not in the calendar" if _ISO.fullmatch(value) else "not a date"


def read_dateline(line: str) -> str:
    """Return the day that `line` consists of, bar a weekday, a time of day and a label such as "Published"; else ""."""
    if len(line) > LONGEST_DATELINE or not any(c.isdigit() for c in line):
        return ""
    folded = _folded(line)
    for pattern in _DAY_DATES:
        if found := pattern.fullmatch(folded):
            return _from_names(found)
    return ""


def _from_names(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if "first" in parts:
        return _day_and_month(int(parts["first"]), int(parts["second"]), parts["year"])
    months = {MONTHS.get(name, 0) or int(name) for name in _month_names(parts["month"])}
    if len(months) != 1:  # two names of different months
        return ""
    return _real(parts["year"], str(months.pop()), parts.get("day"))


def _month_names(text: str) -> list[str]:
    return [name.strip(" .)") for name in re.split(r"[/\\(]", text) if name.strip(" .)")]


def _day_and_month(first: int, second: int, year: str) -> str:
    if first != second and first <= 12 and second <= 12:
        return ""
    day, month = (first, second) if second <= 12 else (second, first)
    return _real(year, str(month), str(day))


def _real(year: str, month: str | None, day: str | None) -> str:
    """Return the date as ISO 8601 as far as it is given; "" if the calendar does not have it."""
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return checked.isoformat()[: 10 if day else 7 if month else 4]


def _folded(text: str) -> str:
    """Lower case, ASCII digits, Arabic letters without marks and hamza, single spaces, no invisible characters."""
    text = unicodedata.normalize("NFKD", text.lower())
    kept = (c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in kept)
    return " ".join(text.replace("ى", "ي").replace("ة", "ه").replace("ـ", "").split())
