"""An uncertain date in words, English and Arabic.

Arabic convention: Levantine/international month names together (تشرين الثاني/نوفمبر), digits 0–9, day before month.
Open ends say “or earlier”, “or later”, because the day named is included.
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from archive.terms import PartOfDay, values

from .names import MONTHS_AR, MONTHS_EN
from .uncertain import UncertainDate

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "earlier": "{} or earlier",
        "later": "{} or later",
        "about": "about {}",
        "possibly": "possibly {}",
        PartOfDay.NIGHT: "night of {}",
        PartOfDay.MORNING: "morning of {}",
        PartOfDay.AFTERNOON: "afternoon of {}",
        PartOfDay.EVENING: "evening of {}",
    },
    "ar": {
        "earlier": "{} أو قبل ذلك",
        "later": "{} أو بعد ذلك",
        "about": "حوالي {}",
        "possibly": "ربما {}",
        PartOfDay.NIGHT: "ليلة {}",
        PartOfDay.MORNING: "صباح {}",
        PartOfDay.AFTERNOON: "بعد ظهر {}",
        PartOfDay.EVENING: "مساء {}",
    },
}


@lru_cache(maxsize=20_000)  # lists write the same days again and again
def describe(when: UncertainDate, language: str = "en", part_of_day: str = "") -> str:
    """“25 November 2019”, “30–31 May 2016”, “about November 2019”, “2016 or earlier”; Arabic when `language` is `ar`.

    `part_of_day` is left out where it cannot be said: `takes_part_of_day`.
    """
    language = "ar" if language.startswith("ar") else "en"
    words = _WORDS[language]
    text = _span(when.lower, when.upper, language)
    if part_of_day in values(PartOfDay) and takes_part_of_day(when, part_of_day):
        text = words[part_of_day].format(text)
    if when.is_approximate:
        text = words["about"].format(text)
    return words["possibly"].format(text) if when.is_uncertain else text


def takes_part_of_day(when: UncertainDate, part_of_day: str) -> bool:
    """Whether a part of the day can be said of it: of one day, and a night also of two days that follow each other."""
    if when.lower is None or when.upper is None:
        return False
    return (when.upper - when.lower).days <= (1 if part_of_day == PartOfDay.NIGHT else 0)


def _span(lower: date | None, upper: date | None, language: str) -> str:
    if lower and upper:
        return _closed_span(lower, upper, language)
    if upper:
        return _WORDS[language]["earlier"].format(_shortest(upper, language, is_end=True))
    if lower:
        return _WORDS[language]["later"].format(_shortest(lower, language, is_end=False))
    return ""


def _closed_span(lower: date, upper: date, language: str) -> str:
    unit = _unit(lower, upper)
    if unit == "year":
        return str(lower.year) if lower.year == upper.year else f"{lower.year}–{upper.year}"
    month, last_month = _month(lower, language), _month(upper, language)
    same_year, same_month = lower.year == upper.year, (lower.year, lower.month) == (upper.year, upper.month)
    if unit == "month":
        if same_month:
            return f"{month} {lower.year}"
        start = month if same_year else f"{month} {lower.year}"
        dash = "–" if same_year and language == "en" else " – "
        return f"{start}{dash}{last_month} {upper.year}"
    if lower == upper:
        return f"{lower.day} {month} {lower.year}"
    if same_month:
        return f"{lower.day}–{upper.day} {month} {lower.year}"
    start = f"{lower.day} {month}" if same_year else f"{lower.day} {month} {lower.year}"
    return f"{start} – {upper.day} {last_month} {upper.year}"


def _unit(lower: date, upper: date) -> str:
    if (lower.month, lower.day, upper.month, upper.day) == (1, 1, 12, 31):
        return "year"
    if lower.day == 1 and upper.day == monthrange(upper.year, upper.month)[1]:
        return "month"
    return "day"


def _shortest(day: date, language: str, *, is_end: bool) -> str:
    """The open span's one end: 31 December as an end is the year, the last of a month the month.

    A typed ../2016-12-31 reads “2016 or earlier” too: the same days.
    """
    month, year = day.month, day.year
    if (month, day.day) == ((12, 31) if is_end else (1, 1)):
        return str(year)
    if day.day == (monthrange(year, month)[1] if is_end else 1):
        return f"{_month(day, language)} {year}"
    return f"{day.day} {_month(day, language)} {year}"


def _month(day: date, language: str) -> str:
    return (MONTHS_AR if language == "ar" else MONTHS_EN)[day.month - 1]
