"""Periods are days and weeks of UTC that lie wholly behind."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archive.alerts.periods import SETTLED, last_end, next_sending

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from(["daily", "weekly"]))
def test_a_period_ends_at_midnight_and_has_settled(now: datetime, rhythm: str) -> None:
    end = last_end(rhythm, now)

    assert (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0)
    assert end + SETTLED <= now
    assert now - end < timedelta(days=8 if rhythm == "weekly" else 2)
    assert rhythm == "daily" or end.weekday() == 0
    assert last_end(rhythm, end + SETTLED) == end
    assert last_end(rhythm, end + SETTLED - timedelta(microseconds=1)) < end


@given(MOMENTS)
def test_the_next_sending_is_when_the_next_day_can_be_told(now: datetime) -> None:
    at = next_sending(now)

    assert at > now
    assert last_end("daily", at) > last_end("daily", now)
    assert last_end("daily", at - timedelta(microseconds=1)) == last_end("daily", now)
