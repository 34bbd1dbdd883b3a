"""When it happened."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import TypeVar

from archive.dates import UncertainDate, between

from .claims import ClaimView, When
from .facts import OccurredFact
from .weighing import ids, weigh

T = TypeVar("T", str, time)

_FIRST, _LAST = date.min, date.max  # stand for an open start and an open end


def assess_occurred(claims: Iterable[ClaimView], scope: str) -> OccurredFact:
    weighed = weigh(claims)
    whens = [claim.value for claim in weighed.deciding if isinstance(claim.value, When)]
    spans = [when.date for when in whens]
    overlap = _overlap(spans) if scope == "attack" else None
    span = overlap or _hull(spans)
    return OccurredFact(
        date=span,
        part_of_day=_agreed(when.part_of_day for when in whens) or "",
        time=_agreed(when.time for when in whens),
        claims=ids(weighed.deciding),
        against=ids(weighed.against),
        alternatives=ids(weighed.outranked),
        is_contested=scope == "attack" and bool(spans) and overlap is None,
    )


def _overlap(spans: Sequence[UncertainDate]) -> UncertainDate | None:
    """The days that all spans share; None when they share none."""
    if not spans:
        return None
    lower = max(span.lower or _FIRST for span in spans)
    upper = min(span.upper or _LAST for span in spans)
    return _span(lower, upper, spans) if lower <= upper else None


def _hull(spans: Sequence[UncertainDate]) -> UncertainDate | None:
    """From the earliest to the latest day of any; None when there is none, or both ends are open."""
    if not spans:
        return None
    return _span(min(span.lower or _FIRST for span in spans), max(span.upper or _LAST for span in spans), spans)


def _span(lower: date, upper: date, spans: Sequence[UncertainDate]) -> UncertainDate | None:
    same = [span for span in spans if (span.lower or _FIRST, span.upper or _LAST) == (lower, upper)]
    flags = {
        "is_approximate": _is_flagged("is_approximate", lower, upper, spans),
        "is_uncertain": _is_flagged("is_uncertain", lower, upper, spans),
    }
    for span in same:  # as the editor typed it
        if all(getattr(span, flag) == value for flag, value in flags.items()):
            return span
    first, last = (lower if lower > _FIRST else None), (upper if upper < _LAST else None)
    return between(first, last, **flags) if first or last else None


def _is_flagged(flag: str, lower: date, upper: date, spans: Sequence[UncertainDate]) -> bool:
    """Rule `date_flags`: a flag stays when only flagged claims give that first day, or that last day."""
    starts = [getattr(span, flag) for span in spans if (span.lower or _FIRST) == lower]
    ends = [getattr(span, flag) for span in spans if (span.upper or _LAST) == upper]
    return all(starts) or all(ends)


def _agreed(said: Iterable[T | None]) -> T | None:
    """What all say who say anything; None when they differ."""
    distinct = {each for each in said if each}
    return distinct.pop() if len(distinct) == 1 else None
