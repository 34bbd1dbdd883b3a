"""When it happened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from archive.dates import Days, UncertainDate, between, possible_days
from incidents.terms import Scope

from .facts import OccurredFact
from .inputs import ClaimView, LocalTime, When
from .weighing import ids, weigh

T = TypeVar("T", str, LocalTime)
Ends = tuple[date, date]

_FIRST, _LAST = date.min, date.max  # stand for an open start and an open end


def assess_occurred(claims: Iterable[ClaimView], scope: str) -> OccurredFact:
    weighed = weigh(claims)
    whens = [claim.value for claim in weighed.deciding if isinstance(claim.value, When)]
    spans = [when.date for when in whens]
    overlap = _overlap(spans) if scope == Scope.ATTACK and spans else None
    span = overlap or _hull(spans)
    return OccurredFact(
        date=span,
        part_of_day=_agreed(when.part_of_day for when in whens) or "",
        time=_agreed(when.time for when in whens),
        claims=ids(weighed.deciding),
        against=ids(weighed.against),
        alternatives=ids(weighed.outranked),
        is_contested=scope == Scope.ATTACK and bool(spans) and overlap is None,
    )


def _overlap(spans: Sequence[UncertainDate]) -> UncertainDate | None:
    """The days that all spans share: those that they name, else those on which all may have been; None for none."""
    for days in (_named, possible_days):
        ends = [_closed(days(span)) for span in spans]
        lower, upper = max(first for first, _ in ends), min(last for _, last in ends)
        if lower <= upper:
            return _span(lower, upper, spans, ends)
    return None


def _hull(spans: Sequence[UncertainDate]) -> UncertainDate | None:
    """From the earliest to the latest day of any; None when there is none, or both ends are open."""
    if not spans:
        return None
    ends = [_closed(_named(span)) for span in spans]
    return _span(min(first for first, _ in ends), max(last for _, last in ends), spans, ends)


def _named(span: UncertainDate) -> Days:
    return Days(span.lower, span.upper)


def _closed(days: Days) -> Ends:
    return days.first or _FIRST, days.last or _LAST


def _span(lower: date, upper: date, spans: Sequence[UncertainDate], ends: Sequence[Ends]) -> UncertainDate | None:
    """The date from one day to the other; ``ends`` are the days of each span that were compared."""
    flags = {flag: _is_flagged(flag, lower, upper, spans, ends) for flag in ("is_approximate", "is_uncertain")}
    for span in spans:  # as the editor typed it
        is_same = _closed(_named(span)) == (lower, upper)
        if is_same and all(getattr(span, flag) == value for flag, value in flags.items()):
            return span
    first, last = (lower if lower > _FIRST else None), (upper if upper < _LAST else None)
    return between(first, last, **flags) if first or last else None


def _is_flagged(flag: str, lower: date, upper: date, spans: Sequence[UncertainDate], ends: Sequence[Ends]) -> bool:
    """Rule `date_flags`: a flag stays when only flagged claims give that first day, or that last day."""
    starts = [getattr(span, flag) for span, (first, _) in zip(spans, ends, strict=True) if first == lower]
    lasts = [getattr(span, flag) for span, (_, last) in zip(spans, ends, strict=True) if last == upper]
    return all(starts) or all(lasts)


def _agreed(said: Iterable[T | None]) -> T | None:
    """What all say who say anything; None when they differ."""
    distinct = {each for each in said if each}
    return distinct.pop() if len(distinct) == 1 else None
