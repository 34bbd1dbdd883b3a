"""The periods that mails tell of: days and weeks of UTC, the same for all readers."""

from datetime import UTC, datetime, time, timedelta

from archive.terms import Rhythm

SETTLED = timedelta(minutes=10)  # after which what was begun within a period has been written


def last_end(rhythm: str, now: datetime) -> datetime:
    """When the last whole period ended: at the beginning of a day, or of a Monday."""
    day = (now - SETTLED).astimezone(UTC).date()
    if rhythm == Rhythm.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, time(), UTC)


def next_sending(now: datetime) -> datetime:
    """When the next period of any rhythm can be told of."""
    return last_end(Rhythm.DAILY, now) + timedelta(days=1) + SETTLED
