"""How old replicas may be: by clocks that are set, servers that fall silent, and nothing that is written for hours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.postgresql.standing import SILENT, Standing

ITS_CLOCK = 1_700_000_000.0  # the primary's, when ours shows 0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standing(clock: Clock) -> Standing:
    return Standing(lag=5, alone=60, clock=clock)


def hear(standing: Standing, clock: Clock, at: float, **replayed: float | None) -> None:
    """The primary answers, then each replica; times are of our clock."""
    clock.now = at
    standing.primary_answered(asked_at=at, its_clock=ITS_CLOCK + at)
    for name, until in replayed.items():
        standing.replica_answered(name, replayed_until=None if until is None else ITS_CLOCK + until)


def test_replica_that_follows_is_fit(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=99.5)

    assert standing.age("one") == pytest.approx(0.5)
    assert standing.is_fit("one")


def test_replica_that_nobody_has_heard_of_is_not(standing: Standing, clock: Clock) -> None:
    assert not standing.is_fit("one")
    hear(standing, clock, 100, one=None)  # it has replayed nothing since it was started
    assert not standing.is_fit("one")


def test_replica_that_lags_is_left_out_and_comes_back(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=94.9)
    assert not standing.is_fit("one")
    hear(standing, clock, 101, one=100.5)
    assert standing.is_fit("one")


def test_replica_is_left_out_where_nobody_looks_any_longer(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=100)
    clock.now = 105 + SILENT
    standing.primary_answered(asked_at=clock.now, its_clock=ITS_CLOCK + clock.now)

    assert not standing.is_fit("one")


def test_replica_that_fails_is_left_out_at_once_and_comes_back(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=100, other=100)
    standing.replica_failed("one")
    assert not standing.is_fit("one")
    assert standing.is_fit("other")
    hear(standing, clock, 101, one=100.5)
    assert standing.is_fit("one")


def test_while_no_primary_answers_replicas_may_be_older_but_not_for_ever(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=100)
    standing.primary_failed()

    clock.now = 159
    assert standing.is_fit("one")
    clock.now = 161
    assert not standing.is_fit("one")


def test_primary_that_hangs_counts_as_away(standing: Standing, clock: Clock) -> None:
    hear(standing, clock, 100, one=100)
    clock.now = 100 + SILENT + 10

    assert standing.is_alone
    assert standing.is_fit("one")


def test_replica_that_only_lagged_before_the_primary_failed_is_as_old_as_it_is(
    standing: Standing, clock: Clock
) -> None:
    hear(standing, clock, 100, one=50)
    standing.primary_failed()
    clock.now = 111

    assert not standing.is_fit("one")


@pytest.mark.parametrize("hours", [-1, 1])
def test_clock_that_is_set_makes_no_old_replica_young(standing: Standing, clock: Clock, hours: int) -> None:
    """The primary's clock jumps, and nothing is replayed after it: what was replayed only gets older."""
    hear(standing, clock, 100, one=100)
    for now in range(101, 4000):
        clock.now = now
        standing.primary_answered(asked_at=now, its_clock=ITS_CLOCK + now + hours * 3600)
        standing.replica_answered("one", replayed_until=ITS_CLOCK + 100)
        assert now < 106 or not standing.is_fit("one"), now


def test_beats_are_wanted_only_while_nothing_is_written(standing: Standing, clock: Clock) -> None:
    assert standing.wants_beat(["one"])
    hear(standing, clock, 100, one=99.9, other=99.9)
    assert not standing.wants_beat(["one", "other"])
    clock.now = 101.5
    assert standing.wants_beat(["one", "other"])
    hear(standing, clock, 102, one=101.9)
    assert standing.wants_beat(["one", "other"])


@given(
    delay=st.floats(0, 120),
    travel=st.floats(0, 2),
    skew=st.floats(-1e6, 1e6),
    waited=st.floats(0, 120),
)
def test_nothing_is_shown_that_is_older_than_the_bound(delay: float, travel: float, skew: float, waited: float) -> None:
    """Whatever the clocks, however long an answer travels: a fit replica is not behind by more than the bound."""
    clock = Clock()
    standing = Standing(lag=5, alone=60, clock=clock)
    clock.now = 1000.0
    standing.primary_answered(asked_at=1000.0 - travel, its_clock=1000.0 + skew)
    replayed_at = 1000.0 - delay  # of our clock
    standing.replica_answered("one", replayed_until=replayed_at + skew)
    clock.now += waited

    if standing.is_fit("one"):
        assert clock.now - replayed_at <= standing.bound + 1e-6
