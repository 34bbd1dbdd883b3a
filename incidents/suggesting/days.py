"""Dates in a sentence: absolute, or worked out from the day of publication, each with the part of the day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive.dates import DateError, UncertainDate, parse, possible_days, relative, suggest, takes_part_of_day
from archive.dates.names import MONTH_SPELLINGS, WEEKDAY_SPELLINGS, WEEKDAYS_AR
from archive.terms import PartOfDay

from .attack_words import words
from .lexicon import Hit, Lexicon
from .wording import Sentence

_MONTHS = Lexicon((spelling, number) for spelling, number in MONTH_SPELLINGS.items() if len(spelling) > 2)
_WEEKDAYS = Lexicon(
    [*WEEKDAY_SPELLINGS.items(), *((name, number) for number, name in enumerate(WEEKDAYS_AR))]  # these have their hamza
)
_OTHER_WORDS = words("may march")  # months that are other words, where no number or preposition stands beside them
_OTHERS = Lexicon(
    (phrase, phrase)
    for phrase in (
        "yesterday", "today", "tonight", "overnight", "last night", "this morning", "this afternoon", "this evening",
        "days ago", "day ago", "last month", "this month", "early hours",
        "أمس", "امس", "البارحة", "الليلة الماضية", "هذا اليوم", "صباح اليوم", "مساء اليوم", "فجر اليوم",
        "ظهر اليوم", "اليوم", "أول أمس",
        "الشهر الماضي", "الشهر الجاري", "هذا الشهر",
    )
)  # fmt: skip
_AROUND = words(
    "on in late early mid earlier later last this the of night overnight morning evening afternoon dawn noon "
    "midday at s "
    "and to from between since during into until predawn hours small before by just day before st nd rd th also again "
    "a one two three four five six beginning end start middle ago days day",
    "يوم مساء صباح فجر ليل ليلة ظهر بعد عصر في من شهر أواخر مطلع منتصف أوائل بداية نهاية الماضي الجاري المنصرم "
    "الحالي بين إلى حتى "
    "قبل أيام أول الفائت ضحى ليلتي عام",
)
_IN_MONTH = words("in late early mid last of since until by this during في شهر")
_PARTS: Sequence[tuple[frozenset[str], PartOfDay]] = (
    (words("night overnight tonight ليل ليلة الليلة ليلا ليلتي"), PartOfDay.NIGHT),
    (words("evening مساء"), PartOfDay.EVENING),
    (words("afternoon noon midday ظهر عصر"), PartOfDay.AFTERNOON),
    (words("morning dawn predawn صباح فجر ضحى"), PartOfDay.MORNING),
)
_HEAD = 400  # code points of a report in which its own date is looked for
_PUBLISHED = words("published posted updated publication date نشر نشرت تاريخ التحديث")
_IN_PROSE = words(
    "on in of since from between until by after before the during early late mid في منذ من بين يوم حتى بتاريخ"
)
_GLUED = re.compile(r"(?<=\s)(\d{1,2})((?:19|20)\d\d)\b")  # “Jul 282016”, where a comma was lost
MOST_DAYS = 500  # dates of a report; what follows is a list and is not dated
_MOST_IN_SENTENCE = 12  # words by which dates are known that are looked at
_FARTHEST = 5  # words of a date before and after the one it is known by
_JOINT = re.compile(r"['\s,،/()–-]{0,3}")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_NUMERIC = re.compile(r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?!\d)")
_OVERNIGHT = words("overnight")
_FIRSTS = _OTHERS.firsts | _WEEKDAYS.firsts | _MONTHS.firsts


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A date from the ``first`` word to the ``last``, and the days on which it may have been, both included."""

    first: int
    last: int
    when: UncertainDate
    part_of_day: str
    lower: date
    upper: date
    is_relative: bool


def find_days(sentence: Sentence, published: date | None) -> list[DaySaid]:
    """The dates of a sentence in its order, none overlapping. Without ``published`` only those that say their year."""
    found: list[DaySaid] = []
    taken = -1
    for first, last in sorted({*_anchors(sentence), *_numeric(sentence)})[:_MOST_IN_SENTENCE]:
        if first <= taken:
            continue
        day = _overnight(sentence, first, last, published) or _read_around(sentence, first, last, taken, published)
        if day:
            found.append(day)
            taken = day.last
    return found


def _anchors(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Words by which a date is known, from first to last."""
    place = 0
    all_forms = sentence.all_forms
    while place < len(all_forms):
        if _FIRSTS.isdisjoint(all_forms[place]):
            place += 1
            continue
        hit: Hit[str] | Hit[int] | None = _OTHERS.at(sentence, place)
        hit = hit or _WEEKDAYS.at(sentence, place) or _MONTHS.at(sentence, place)
        if hit is not None and _is_date_word(sentence, hit.first, hit.last) and not _is_told_with(sentence, hit):
            yield hit.first, hit.last
        place = hit.last + 1 if hit is not None else place + 1


def _is_told_with(sentence: Sentence, hit: Hit[str] | Hit[int]) -> bool:
    """“Overnight” of a weekday that follows."""
    near = range(hit.last + 1, hit.last + 5)
    return sentence.word(hit.first) in _OVERNIGHT and any(_WEEKDAYS.at(sentence, place) for place in near)


def _is_date_word(sentence: Sentence, first: int, last: int) -> bool:
    if sentence.word(first) not in _OTHER_WORDS:
        return True
    beside = (sentence.word(first - 1), sentence.word(last + 1))
    return any(word[:1].isdecimal() for word in beside) or beside[0] in _IN_MONTH


def _numeric(sentence: Sentence) -> Iterator[tuple[int, int]]:
    for match in _NUMERIC.finditer(sentence.folded.text):
        covered = [
            place
            for place, token in enumerate(sentence.words)
            if match.start() <= token.start and token.end <= match.end()
        ]
        if covered:
            yield covered[0], covered[-1]


def _overnight(sentence: Sentence, first: int, last: int, published: date | None) -> DaySaid | None:
    """“Overnight air strikes Monday”: the night that begins on the weekday."""
    if published is None or _WEEKDAYS.at(sentence, first) is None:
        return None
    near = range(max(0, first - 4), first)
    place = next((place for place in near if sentence.word(place) in _OVERNIGHT), None)
    if place is None or sentence.word(first - 1) in _OVERNIGHT:
        return None
    found = _read(f"overnight {sentence.exact(first, last)}", published)
    if found is None:
        return None
    return _said(place, last, found, f"overnight {sentence.exact(first, last)}", is_relative=True)


def _read_around(sentence: Sentence, first: int, last: int, taken: int, published: date | None) -> DaySaid | None:
    """The longest stretch around a word that is a date and nothing else."""
    begin = first
    while begin - 1 > taken and first - begin < _FARTHEST and _goes_with(sentence, begin - 1, begin):
        begin -= 1
    end = last
    while end + 1 < len(sentence.words) and end - last < _FARTHEST and _goes_with(sentence, end + 1, end + 1):
        end += 1
    lengths = sorted(
        ((start, stop) for start in range(begin, first + 1) for stop in range(last, end + 1)),
        key=lambda span: span[0] - span[1],
    )
    for start, stop in lengths:
        phrase = sentence.exact(start, stop)
        if found := _read(phrase, published):
            return _said(start, stop, found, phrase, is_relative=not re.search(r"\d{4}", phrase))
    return None


def _goes_with(sentence: Sentence, place: int, joint: int) -> bool:
    """Whether a word may be of a date: ``joint`` is the second of the two words that the gap lies between."""
    if not _JOINT.fullmatch(sentence.between(joint - 1, joint)):
        return False
    word = sentence.word(place)
    if word.isdecimal():
        return len(word) < 3 or bool(_YEAR.fullmatch(word)) or bool(_GLUED.fullmatch(f" {word}", 1))
    return (
        not _AROUND.isdisjoint(sentence.forms(place))
        or _WEEKDAYS.at(sentence, place) is not None
        or _is_of_month(sentence, place)
    )


def _is_of_month(sentence: Sentence, place: int) -> bool:
    return any(
        (hit := _MONTHS.at(sentence, start)) is not None and hit.last >= place
        for start in range(max(0, place - 1), place + 1)
    )


@lru_cache(maxsize=20_000)
def _read(phrase: str, published: date | None) -> UncertainDate | None:
    phrase = _GLUED.sub(r"\1 \2", phrase)
    if published is not None:
        return relative(phrase, published)
    suggestions = suggest(phrase)
    if len(suggestions) != 1 or not re.search(r"\d{4}", phrase):
        return None
    try:
        return parse(suggestions[0])
    except DateError:
        return None


def _said(first: int, last: int, found: UncertainDate, phrase: str, *, is_relative: bool) -> DaySaid | None:
    lower, upper = possible_days(found)
    if lower is None or upper is None:
        return None
    return DaySaid(first, last, found, part_of_day(phrase, found), lower, upper, is_relative)


def part_of_day(phrase: str, found: UncertainDate) -> str:
    """The part of the day that a phrase names, "" where it names none or the date takes none."""
    said = Sentence(phrase, 0, len(phrase), 0)
    forms = {form for place in range(len(said.words)) for form in said.forms(place)}
    named = next((part.value for names, part in _PARTS if not names.isdisjoint(forms)), "")
    return named if named and takes_part_of_day(found, named) else ""


def dateline(sentences: Sequence[Sentence]) -> tuple[Sentence, DaySaid] | None:
    """The day of publication that a report prints at its head: the first full date in its first few lines."""
    for sentence in sentences[:6]:
        if sentence.start > _HEAD:
            break
        for day in find_days(sentence, None):
            if is_dateline(sentence, day):
                return sentence, day
    return None


def is_dateline(sentence: Sentence, day: DaySaid) -> bool:
    """Whether a date is the one that a report prints at its head, and not of what it tells."""
    is_plausible = _YEAR.fullmatch(str(day.lower.year)) is not None
    if not is_plausible or day.is_relative or day.lower != day.upper or sentence.span(day.first, day.last)[0] > _HEAD:
        return False
    before = {sentence.word(day.first - step) for step in (1, 2, 3)}
    return bool(before & _PUBLISHED) or not ({sentence.word(day.first), sentence.word(day.first - 1)} & _IN_PROSE)


def days_apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days between two ranges, 0 where they share a day."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)
