"""How likely two accounts tell of one attack."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.attack_likeness import LIKELY, Facts, Where, compare, kilometres

DAY = date(2016, 5, 30)
TOWN = Where(40, "Mill Town", 4, (1, 10, 20, 30), 35.80, 36.60)
CLOSE = Where(41, "Mill Fields", 4, (1, 10, 20, 30), 35.82, 36.62)
FAR = Where(42, "Harbour", 4, (1, 11, 21, 31), 35.10, 36.75)
COUNTY = Where(20, "Mill County", 2, (1, 10), 35.8, 36.6)


def facts(day: int = 0, place: Where | None = TOWN, last: int | None = None, **more) -> Facts:
    first = DAY + timedelta(days=day)
    until = first if last is None else DAY + timedelta(days=last)
    return Facts(days=((first, until),), places=(place,) if place else (), **more)


@pytest.mark.parametrize(
    ("other", "is_likely"),
    [
        (facts(), True),
        (facts(1), True),
        (facts(2), True),
        (facts(3), False),
        (facts(3, facilities={1: "The mill"}), True),
        (facts(4, facilities={1: "The mill"}), False),
        (facts(0, CLOSE), True),
        (facts(1, CLOSE), True),
        (facts(2, CLOSE), True),
        (facts(3, CLOSE), False),
        (facts(0, FAR), False),
        (facts(0, COUNTY), True),
        (facts(0, None), False),
        (facts(-1, last=1), True),
        (facts(-200, last=200), False),
        (facts(-200, last=200, facilities={1: "The mill"}), True),
        (facts(1, facilities={2: "The school"}, killed=((90, 90),)), False),
        (Facts(), False),
        (Facts(places=(TOWN,)), False),
    ],
)
def test_what_is_likely_the_same(other: Facts, is_likely: bool) -> None:
    known = facts(facilities={1: "The mill"}, killed=((4, 6),), actors={7: "State forces"})

    assert compare(known, other).is_likely is is_likely
    assert compare(other, known).is_likely is is_likely


def test_reasons_say_what_speaks_for_and_against_it() -> None:
    known = facts(facilities={1: "The mill"}, killed=((4, 6),), actors={7: "State forces"}, parents=frozenset({8}))
    other = facts(1, CLOSE, killed=((5, None),), actors={8: "A coalition"}, facilities={2: "The school"})

    assert compare(known, other).reasons == (
        "1 day apart",
        "Mill Town and Mill Fields are 3 km apart",
        "other facilities: The school",
        "actors of which one is part of the other",
        "4 and 5 killed",
    )


RANGES = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
    lambda span: (DAY + timedelta(days=min(span)), DAY + timedelta(days=max(span)))
)
NAMES = st.dictionaries(st.integers(1, 4), st.just("a name"), max_size=2)
COUNTS = st.lists(st.tuples(st.none() | st.integers(0, 90), st.none() | st.integers(0, 90)), max_size=2).map(tuple)
ANY = st.builds(
    Facts,
    days=st.lists(RANGES, max_size=2).map(tuple),
    places=st.lists(st.sampled_from([TOWN, CLOSE, FAR, COUNTY]), max_size=2).map(tuple),
    facilities=NAMES,
    kinds=NAMES,
    actors=NAMES,
    killed=COUNTS,
    injured=COUNTS,
)


@given(ANY, ANY)
def test_comparing_is_symmetric_and_bounded(one: Facts, other: Facts) -> None:
    assert compare(one, other).score == compare(other, one).score
    assert 0 <= compare(one, other).score <= 1
    if not one.days or not one.places:
        assert not compare(one, one).is_likely or (one.days and one.facilities)


def test_distance_is_in_kilometres() -> None:
    assert kilometres(TOWN, TOWN) == 0
    assert kilometres(TOWN, FAR) == pytest.approx(79, abs=2)
    assert kilometres(TOWN, TOWN._replace(lat=None)) is None
    assert LIKELY < 1
