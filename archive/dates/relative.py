"""Words of a report (“on Wednesday night”, “مساء الاثنين”) → a date, worked out from the day it was published.

The rule: a weekday is the latest such day that is not after publication; with “last” or “الماضي”, the latest before
it, marked uncertain, because outlets use it for two different weeks. “Wednesday night” is Wednesday, the day that the
words name (that it was night is the part of day); “overnight” and “the night of Wednesday” are Wednesday/Thursday. In
“ليلة الأربعاء” the night may also be the one before: Tuesday/Thursday.
“Early”, “mid” and “late” are the first ten days of a month, the next ten, and the rest; a month or a day without a year
is the latest one that is not after publication.
What the rule does not cover, or words that say more than a date, give None.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from .grammar import between, read
from .human import suggest
from .names import tokens
from .uncertain import DateError, UncertainDate

_Match = re.Match[str]
_WorkOut = Callable[[_Match, date], UncertainDate | None]
_ADVERBS = r"(?:(?:earlier|later|early|late|just|also|again|في|من) )*"
_LINK = r"(?:on |in |during |يوم |في )?(?:the )?"
_PART = r"(?:'s)?(?: (?:at )?(?:morning|afternoon|evening|noon|midday|dawn|lunchtime))?"
_PART_AR = r"(?:(?:صباح|ظهر|بعد ظهر|عصر|مسا|فجر|ضحي) )?"
_DAY = r"(?:يوم )?w(?P<day>[0-6])"
_TO = r" ?(?:-|/|to|into|and|الي|علي|و)? ?"
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "ثلاثه": 3, "اربعه": 4, "خمسه": 5, "سته": 6, "يومين": 2,
}  # fmt: skip


def relative(words: str, published: date) -> UncertainDate | None:
    """The date that `words` (one phrase, English or Arabic) mean in a report of `published`; None when unsure."""
    phrase = re.sub(r"\s*[,،]\s*", " ", tokens(words)).strip(" .'\"“”()")
    for pattern, work_out in _RULES:
        if match := pattern.fullmatch(phrase):
            try:
                return work_out(match, published)
            except (DateError, OverflowError, ValueError):
                return None
    return _calendar_date(words, published)


def _latest(weekday: int, published: date) -> date:
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _one_day(day: date) -> UncertainDate:
    return between(day, day)


def _days_before(days: int) -> _WorkOut:
    return lambda match, published: _one_day(published - timedelta(days=days))


def _last_night(match: _Match, published: date) -> UncertainDate:
    return between(published - timedelta(days=1), published)


def _some_days_ago(match: _Match, published: date) -> UncertainDate:
    number = _NUMBERS.get(match["number"]) or int(match["number"])
    day = published - timedelta(days=number)
    return between(day, day, is_approximate=True)


def _weekday(match: _Match, published: date) -> UncertainDate:
    weekday = int(match["day"])
    if match.groupdict().get("last") is None:
        return _one_day(_latest(weekday, published))
    day = _latest(weekday, published - timedelta(days=1))
    return between(day, day, is_uncertain=True)


def _night_of_its_day(match: _Match, published: date) -> UncertainDate:
    return _one_day(_latest(int(match["day"]), published))


def _night_after(match: _Match, published: date) -> UncertainDate:
    day = _latest(int(match["day"]), published)
    return between(day, day + timedelta(days=1))


def _night_before(match: _Match, published: date) -> UncertainDate:
    day = _latest(int(match["day"]), published)
    return between(day - timedelta(days=1), day)


def _night_either_side(match: _Match, published: date) -> UncertainDate:
    day = _latest(int(match["day"]), published)
    return between(day - timedelta(days=1), day + timedelta(days=1))


def _night_of_two_days(match: _Match, published: date) -> UncertainDate | None:
    first, second = int(match["day"]), int(match["next"])
    if (first + 1) % 7 != second:
        return None
    day = _latest(second, published)
    return between(day - timedelta(days=1), day)


def _this_month(match: _Match, published: date) -> UncertainDate:
    return between(published.replace(day=1), published)


def _last_month(match: _Match, published: date) -> UncertainDate:
    last_day = published.replace(day=1) - timedelta(days=1)
    return between(last_day.replace(day=1), last_day)


def _month(match: _Match, published: date) -> UncertainDate:
    month = int(match["month"])
    year = published.year - (month > published.month)
    last_day = date(year, month, monthrange(year, month)[1])
    return between(date(year, month, 1), last_day)


def _year_of(match: _Match, month: int, published: date) -> int:
    return int(match["year"]) if match["year"] else published.year - (month > published.month)


def _third_of_month(match: _Match, published: date) -> UncertainDate | None:
    month = int(match["month"])
    year = _year_of(match, month, published)
    last = monthrange(year, month)[1]
    first, end = next(days for words, days in _THIRDS.items() if match["third"] in words)
    return between(date(year, month, first), date(year, month, min(end, last)))


def _days_of_month(match: _Match, published: date) -> UncertainDate | None:
    month = int(match["month"])
    year = _year_of(match, month, published)
    first, last = (date(year, month, int(match[name])) for name in ("number", "until"))
    return between(first, last) if first <= last and first <= published else None


def _day_of_month(match: _Match, published: date) -> UncertainDate | None:
    month, number = int(match["month"]), int(match["number"])
    day = date(published.year, month, number)
    if day > published:
        day = date(published.year - 1, month, number)
    if match["day"] is not None and int(match["day"]) != day.weekday():
        return None
    return _one_day(day)


def _calendar_date(words: str, published: date) -> UncertainDate | None:
    """A date written out in full; None when it may mean two, lies after publication or on another weekday."""
    suggestions = suggest(words)
    if len(suggestions) != 1 or not re.search(r"m[0-9]", tokens(words)):
        return None
    found = read(suggestions[0])
    weekday = re.search(r"\bw([0-6])\b", tokens(words))
    if found.lower is None or found.upper is None or found.lower > published:
        return None
    if weekday and (found.lower != found.upper or found.lower.weekday() != int(weekday[1])):
        return None
    return found


_THIRDS = {
    ("early", "beginning of", "start of", "مطلع", "اوايل", "بدايه"): (1, 10),
    ("mid", "middle of", "منتصف", "اواسط"): (11, 20),
    ("late", "end of", "اواخر", "نهايه"): (21, 31),
}
_THIRD = "|".join(word for words in _THIRDS for word in words)
_YEAR = r"(?: (?:of )?(?P<year>(?:19|20)[0-9]{2}))?"
_BETWEEN = r"(?:between |from |بين |من )?"
_DAYS = r"(?P<number>[0-9]{1,2}) ?(?:and|to|until|-|و|الي|حتي) ?(?P<until>[0-9]{1,2})"
_HOURS = r"(?:(?:at|in|before|by) )?(?:the )?(?:dawn|(?:early|small|predawn) hours)(?: (?:on|of))? "
_NUMBER = rf"(?P<number>[1-6]|{'|'.join(_NUMBERS)})"
_RULES: tuple[tuple[re.Pattern[str], _WorkOut], ...] = tuple(
    (re.compile(pattern), work_out)
    for pattern, work_out in (
        (rf"{_ADVERBS}today|this (?:morning|afternoon|evening)|{_PART_AR}(?:هذا )?اليوم", _days_before(0)),
        (r"yesterday night|last night|overnight|(?:ليل|ليله) (?:امس|البارحه)|الليله الماضيه", _last_night),
        (rf"{_ADVERBS}yesterday{_PART}|{_PART_AR}(?:يوم )?(?:امس|البارحه)", _days_before(1)),
        (rf"(?:the )?day before yesterday{_PART}|{_PART_AR}(?:اول|قبل) (?:من )?امس", _days_before(2)),
        (rf"{_NUMBER} days? ago", _some_days_ago),
        (rf"قبل {_NUMBER}(?: ايام)?", _some_days_ago),
        (rf"{_ADVERBS}{_LINK}(?:this )?(?P<last>last )?w(?P<day>[0-6]){_PART}", _weekday),
        (rf"{_ADVERBS}{_PART_AR}{_DAY}(?P<last> (?:الماضي|الفايت|المنصرم))?", _weekday),
        (rf"{_HOURS}w(?P<day>[0-6])(?:{_PART})", _weekday),
        (rf"{_ADVERBS}{_LINK}w(?P<day>[0-6])(?:'s)? night", _night_of_its_day),
        (rf"(?:{_LINK}night of|overnight(?: on)?) w(?P<day>[0-6])", _night_after),
        (rf"{_ADVERBS}ليل {_DAY}", _night_of_its_day),
        (r"overnight (?:into|to) w(?P<day>[0-6])", _night_before),
        (rf"{_ADVERBS}ليله {_DAY}", _night_either_side),
        (rf"(?:{_LINK}night of|overnight) w(?P<day>[0-6]){_TO}w(?P<next>[0-6])", _night_of_two_days),
        (rf"{_LINK}w(?P<day>[0-6]){_TO}w(?P<next>[0-6]) night", _night_of_two_days),
        (rf"{_ADVERBS}(?:ليل|ليله) {_DAY}{_TO}(?:يوم )?w(?P<next>[0-6])", _night_of_two_days),
        (r"(?:earlier )?this month|(?:في |خلال )?(?:هذا الشهر|الشهر (?:الجاري|الحالي))", _this_month),
        (r"(?:in )?last month|(?:في |خلال )?الشهر (?:الماضي|الفايت|المنصرم)", _last_month),
        (r"(?:in |during |في |خلال )(?:شهر )?m(?P<month>[0-9]+)", _month),
        (
            rf"(?:in |since |في |خلال )?(?:the )?(?P<third>{_THIRD})[ -](?:شهر )?m(?P<month>[0-9]+){_YEAR}",
            _third_of_month,
        ),
        (rf"{_LINK}{_BETWEEN}{_DAYS}(?: of| من)? m(?P<month>[0-9]+){_YEAR}", _days_of_month),
        (rf"{_LINK}{_BETWEEN}m(?P<month>[0-9]+) {_DAYS}{_YEAR}", _days_of_month),
        (
            rf"{_LINK}(?:w(?P<day>[0-6]) )?(?P<number>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of| من)? m(?P<month>[0-9]+)",
            _day_of_month,
        ),
        (rf"{_LINK}(?:w(?P<day>[0-6]) )?m(?P<month>[0-9]+) (?P<number>[0-9]{{1,2}})(?:st|nd|rd|th)?", _day_of_month),
    )
)
