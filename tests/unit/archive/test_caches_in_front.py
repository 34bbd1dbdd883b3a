"""Who is told what changed, when, and what happens where a cache or a message is lost."""

import http.client

import pytest

from archive.caches_in_front import Follower


class Caches:
    """Caches that note when they were told; some are away."""

    def __init__(self) -> None:
        self.now = 100.0
        self.state: tuple = ("one",)
        self.told: list[tuple[str, float]] = []
        self.away: set[str] = set()

    def tell(self, cache: str) -> None:
        if cache in self.away:
            raise ConnectionRefusedError("away")
        self.told.append((cache, self.now))

    def follower(self, *names: str) -> Follower:
        return Follower(names, 7.0, read=lambda: self.state, tell=self.tell, clock=lambda: self.now)

    def looked(self, follower: Follower, *moments: float) -> list[tuple[str, float]]:
        self.told.clear()
        for self.now in moments:
            follower.look()
        return self.told


@pytest.fixture
def caches() -> Caches:
    return Caches()


def test_where_it_begins_everything_is_forgotten(caches: Caches) -> None:
    assert caches.looked(caches.follower("a", "b"), 100, 101) == [("a", 100), ("b", 100)]


def test_change_is_told_at_once_and_once_more(caches: Caches) -> None:
    follower = caches.follower("a")
    caches.looked(follower, *range(100, 120))
    caches.state = ("two",)

    assert caches.looked(follower, *range(120, 140)) == [("a", 120), ("a", 127)]


def test_while_much_changes_each_look_tells(caches: Caches) -> None:
    follower = caches.follower("a")
    caches.looked(follower, *range(100, 120))
    told = []
    for moment in range(120, 140):
        caches.state = (moment,)
        told += caches.looked(follower, moment)

    assert told == [("a", moment) for moment in range(120, 140)]
    assert caches.looked(follower, *range(140, 160)) == [("a", 146)]


def test_cache_that_is_away_is_told_when_it_is_back_and_delays_no_other(caches: Caches) -> None:
    follower = caches.follower("a", "b")
    caches.looked(follower, *range(100, 120))
    caches.away.add("a")
    caches.state = ("two",)

    assert caches.looked(follower, *range(120, 150)) == [("b", 120), ("b", 127)]
    caches.away.clear()
    assert caches.looked(follower, 150, 151) == [("a", 150)]


def test_cache_that_refuses_is_asked_again(caches: Caches, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(cache: str) -> None:
        raise http.client.HTTPException("it answered 403 Not allowed")

    follower = Follower(["a"], 7.0, read=lambda: caches.state, tell=refuse, clock=lambda: caches.now)
    for caches.now in (100.0, 101.0, 102.0):
        follower.look()

    assert follower.due["a"] == [100.0, 107.0]
    assert caplog.text.count("cannot be told") == 1
