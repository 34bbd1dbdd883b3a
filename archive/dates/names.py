"""Names of months and weekdays in English and Arabic, and the folding under which they are recognised."""

import re
import unicodedata

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Both names, Levantine first: Syrian readers know the first, readers elsewhere the second. UN documents write so.
MONTHS_AR = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

_SPELLINGS_AR = {4: ("ابريل", "إبريل"), 5: ("ماي",), 6: ("يونيه", "جوان"), 7: ("يوليه",), 8: ("أوت",), 10: ("اكتوبر",)}
_FOLDED_LETTERS = str.maketrans("أإآٱةىؤئ", "ااااهيوي")
_DROPPED = re.compile("[ء\u0640\u064b-\u0652\u0670]")  # hamza alone, tatweel, vowel signs


def plain(text: str) -> str:
    """Lower case, ASCII digits, plain Arabic letters, single spaces: only for recognising words of dates."""
    text = ascii_digits(text).lower().translate(_FOLDED_LETTERS)
    text = _DROPPED.sub("", text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.replace("\u2019", "'"))
    return " ".join(text.split())


def ascii_digits(text: str) -> str:
    """Any decimal digit of Unicode as its ASCII digit: editors with an Arabic keyboard type ٢٠١٦."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def _month_spellings() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (english, arabic) in enumerate(zip(MONTHS_EN, MONTHS_AR, strict=True), 1):
        spellings = [english, english[:3], *arabic.split("/"), *_SPELLINGS_AR.get(number, ())]
        found |= {plain(spelling): number for spelling in spellings}
    return found | {"sept": 9}


def _weekday_spellings() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (english, arabic) in enumerate(zip(WEEKDAYS_EN, WEEKDAYS_AR, strict=True)):
        found |= {plain(english): number, plain(arabic): number}
    return found


MONTH_SPELLINGS = _month_spellings()
WEEKDAY_SPELLINGS = _weekday_spellings()


def _any_of(words: dict[str, int]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)\.?")


_MONTH = _any_of(MONTH_SPELLINGS)
_WEEKDAY = _any_of(WEEKDAY_SPELLINGS)
_MONTH_TWICE = re.compile(r"(m\d+)\s*[/\\(]?\s*\1\)?")


def tokens(text: str) -> str:
    """Folded text with months as `m1`…`m12`, weekdays as `w0` (Monday) … `w6`; a month named twice counts once."""
    text = _MONTH.sub(lambda m: f"m{MONTH_SPELLINGS[m[1]]}", plain(text))
    text = _WEEKDAY.sub(lambda m: f"w{WEEKDAY_SPELLINGS[m[1]]}", text)
    return _MONTH_TWICE.sub(r"\1", text)
