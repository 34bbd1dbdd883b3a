"""What charts count in each bar, against a count by hand of each date and bar."""

import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.lists.histogram import UNITS, Bins, Placed, Unit
from archive.lists.spans import EPOCH, EVER, NEVER, Spans
from incidents.lists.chart.counting import UNKNOWN, Figure, of_facilities, of_incidents, of_people

FIRST, LAST = datetime.date(2018, 11, 20), datetime.date(2019, 3, 10)
DAYS = st.integers((FIRST - EPOCH).days - 40, (LAST - EPOCH).days + 40)
Range = tuple[int, int]


@st.composite
def dates(draw: st.DrawFn) -> tuple[Range, Range]:
    """Possible days and, within them, certain ones; without any certain the two ends of time."""
    lower, begin, end, upper = sorted(draw(st.tuples(DAYS, DAYS, DAYS, DAYS)))
    possible = (draw(st.sampled_from([lower, lower, NEVER])), draw(st.sampled_from([upper, upper, EVER])))
    return possible, draw(st.sampled_from([(begin, end), possible, (NEVER, EVER)]))


NUMBERS = st.sampled_from([(UNKNOWN, UNKNOWN), (0, 0), (3, 3), (2, 7), (4, UNKNOWN), (UNKNOWN, 5)])
INCIDENTS = st.lists(st.tuples(dates(), NUMBERS, st.sets(st.integers(0, 3))), max_size=12)
BY = st.sampled_from([*UNITS])


def placed(incidents: list, by: Unit) -> Placed:
    columns = [
        np.array([one[0][which][end] for one in incidents], dtype=np.int64)
        for which, end in ((0, 0), (0, 1), (1, 0), (1, 1))
    ]
    return Placed.in_bars(Spans(*columns), Bins(FIRST, LAST, by))


def in_bar(incidents: list, bounds: tuple[datetime.date, datetime.date]) -> tuple[list, list]:
    """The incidents that certainly are in a bar, and those that only may be."""
    first, last = ((day - EPOCH).days for day in bounds)
    certain = [one for one in incidents if first <= one[0][1][0] and one[0][1][1] <= last]
    touching = [one for one in incidents if one[0][0][0] <= last and one[0][0][1] >= first]
    return certain, [one for one in touching if one not in certain]


@given(INCIDENTS, BY)
def test_incidents_are_counted_as_by_hand(incidents: list, by: Unit) -> None:
    where = placed(incidents, by)

    for bounds, figure in zip(Bins(FIRST, LAST, by).bounds, of_incidents(where), strict=True):
        certain, further = in_bar(incidents, bounds)
        assert figure.low == figure.high == len(certain)
        assert figure.possible == len(further)


@given(INCIDENTS, BY)
def test_people_are_added_up_as_by_hand(incidents: list, by: Unit) -> None:
    where = placed(incidents, by)
    low, high = (np.array([one[1][end] for one in incidents], dtype=np.int32) for end in (0, 1))

    for bounds, figure in zip(Bins(FIRST, LAST, by).bounds, of_people(where, low, high), strict=True):
        certain, further = in_bar(incidents, bounds)
        known = [one[1] for one in certain if one[1] != (UNKNOWN, UNKNOWN)]
        assert figure.low == sum(max(0, number) for number, _most in known)
        assert figure.high == sum(max(number, most, 0) for number, most in known)
        assert figure.has_no_low == (bool(known) and all(number == UNKNOWN for number, _most in known))
        assert figure.is_open == any(most == UNKNOWN for _number, most in known)
        assert figure.silent == len(certain) - len(known)
        assert figure.possible == sum(max(0, *one[1]) for one in further)
        assert (figure.certain, figure.further) == (len(certain), len(further))


@given(INCIDENTS, BY)
def test_facilities_are_counted_once_a_bar_as_by_hand(incidents: list, by: Unit) -> None:
    where = placed(incidents, by)
    struck = [np.flatnonzero([which in one[2] for one in incidents]) for which in range(4)]

    figures = of_facilities(where, [rows for rows in struck if len(rows)])

    for bounds, figure in zip(Bins(FIRST, LAST, by).bounds, figures, strict=True):
        certain, further = ({which for one in found for which in one[2]} for found in in_bar(incidents, bounds))
        assert figure.low == len(certain)
        assert figure.possible == len(further - certain)


def test_nothing_known_is_not_zero() -> None:
    assert not Figure(certain=2, silent=2).is_known
    assert Figure(certain=2, silent=1).is_known
