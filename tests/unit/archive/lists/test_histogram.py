import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.lists.histogram import Bar, Bins, count_bars, extent, number_of, outward, unit_for
from archive.lists.spans import EPOCH, EVER, NEVER, Spans

date = datetime.date


def days(*dates: date) -> np.ndarray:
    return np.array([(day - EPOCH).days for day in dates], dtype=np.int64)


def firm(lower: np.ndarray, upper: np.ndarray) -> Spans:
    """Dates that are certain of all days on which they are possible."""
    return Spans(lower, upper, lower, upper)


def test_count_bars_tells_certain_from_possible() -> None:
    lower = days(date(2019, 11, 25), date(2019, 11, 1), date(2019, 11, 30))
    upper = days(date(2019, 11, 25), date(2019, 11, 30), date(2019, 12, 1))

    bars = count_bars(firm(lower, upper), first=date(2019, 10, 5), last=date(2019, 12, 31), unit="month")

    assert bars == [
        Bar(date(2019, 10, 5), date(2019, 10, 31), 0, 0),
        Bar(date(2019, 11, 1), date(2019, 11, 30), 2, 1),
        Bar(date(2019, 12, 1), date(2019, 12, 31), 0, 1),
    ]


def test_count_bars_leaves_out_what_lies_outside() -> None:
    bars = count_bars(
        firm(days(date(2010, 1, 1)), days(date(2010, 1, 2))), first=date(2019, 1, 1), last=date(2019, 1, 1), unit="day"
    )

    assert [bar.total for bar in bars] == [0]


def test_count_bars_range_beyond_both_ends_is_possible_in_all() -> None:
    bars = count_bars(
        firm(days(date(2000, 1, 1)), days(date(2030, 1, 1))),
        first=date(2019, 1, 1),
        last=date(2020, 12, 31),
        unit="year",
    )

    assert [(bar.certain, bar.possible) for bar in bars] == [(0, 1), (0, 1)]


def test_count_bars_range_that_reaches_out_of_a_cut_bar_is_not_certain() -> None:
    lower, upper = days(date(2019, 11, 14), date(2019, 11, 15)), days(date(2019, 11, 16), date(2019, 11, 16))

    bars = count_bars(firm(lower, upper), first=date(2019, 11, 15), last=date(2019, 12, 31), unit="month")

    assert bars[0] == Bar(date(2019, 11, 15), date(2019, 11, 30), 1, 1)


def test_count_bars_open_ends_are_possible_everywhere() -> None:
    lower, upper = np.array([NEVER, *days(date(2019, 6, 1))]), np.array([*days(date(2018, 3, 1)), EVER])

    bars = count_bars(firm(lower, upper), first=date(2017, 1, 1), last=date(2020, 12, 31), unit="year")

    assert [(bar.certain, bar.possible) for bar in bars] == [(0, 1), (0, 1), (0, 1), (0, 1)]


def test_extent_ignores_open_ends() -> None:
    lower, upper = np.array([NEVER, *days(date(2019, 6, 1))]), np.array([*days(date(2018, 3, 1)), EVER])

    assert extent(firm(lower, upper)) == (date(2018, 3, 1), date(2019, 6, 1))
    assert extent(firm(np.array([NEVER]), np.array([EVER]))) is None
    assert extent(Spans.days(np.array([], dtype=np.int64))) is None


def test_extent_reaches_back_150_years_at_most() -> None:
    assert extent(firm(days(date(1, 1, 1)), days(date(2019, 6, 1)))) == (date(1870, 1, 1), date(2019, 6, 1))


def test_outward_reaches_whole_units() -> None:
    first, last = date(2019, 2, 10), date(2020, 2, 3)

    assert outward(first, last, "day") == (first, last)
    assert outward(first, last, "month") == (date(2019, 2, 1), date(2020, 2, 29))
    assert outward(first, last, "year") == (date(2019, 1, 1), date(2020, 12, 31))
    assert outward(date(1, 5, 1), date(9999, 12, 1), "year") == (date.min, date.max)


def test_unit_for_fits_the_range() -> None:
    assert unit_for(date(2019, 11, 1), date(2019, 11, 30)) == "day"
    assert unit_for(date(2019, 1, 1), date(2020, 12, 31)) == "month"
    assert unit_for(date(2011, 1, 1), date(2024, 12, 31)) == "year"


def test_count_bars_of_what_is_certain_of_no_days_is_possible_where_it_may_be() -> None:
    lower, upper = days(date(2019, 11, 30), date(2019, 12, 4)), days(date(2019, 12, 4), date(2019, 12, 4))
    spans = Spans(lower, upper, np.full(2, NEVER), np.full(2, EVER))

    bars = count_bars(spans, first=date(2019, 11, 1), last=date(2019, 12, 31), unit="month")

    assert [(bar.certain, bar.possible) for bar in bars] == [(0, 1), (0, 2)]


ranges_of_days = st.lists(
    st.tuples(st.dates(date(2015, 1, 1), date(2018, 1, 1)), st.integers(0, 400)).map(
        lambda pair: (pair[0], pair[0] + datetime.timedelta(days=pair[1]))
    ),
    max_size=20,
)


@given(ranges_of_days, st.sampled_from(["day", "month", "year"]))
def test_count_bars_agrees_with_counting_one_by_one(ranges: list[tuple[date, date]], unit: str) -> None:
    lower, upper = days(*[low for low, _ in ranges]), days(*[high for _, high in ranges])

    bars = count_bars(firm(lower, upper), first=date(2015, 3, 10), last=date(2016, 9, 20), unit=unit)  # type: ignore[arg-type]

    for bar in bars:
        certain = sum(bar.start <= low and high <= bar.end for low, high in ranges)
        overlapping = sum(low <= bar.end and high >= bar.start for low, high in ranges)
        assert (bar.certain, bar.total) == (certain, overlapping)


@given(st.lists(st.integers(-400, 800) | st.just(NEVER), max_size=20), st.sampled_from(["day", "month", "year"]))
def test_count_bars_of_days_alone_are_those_of_ranges_of_one_day(known: list[int], unit: str) -> None:
    each = np.array(known, dtype=np.int64)
    between = {"first": date(1969, 11, 5), "last": date(1971, 2, 20), "unit": unit}

    assert count_bars(Spans.days(each), **between) == count_bars(firm(each, each.copy()), **between)
    assert extent(Spans.days(each)) == extent(firm(each, each.copy()))


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)), st.integers(0, 400))
def test_weeks_begin_on_monday_and_quarters_with_their_first_month(first: date, length: int) -> None:
    last = min(first + datetime.timedelta(days=length), date(9999, 12, 20))

    for unit, begins in (
        ("week", lambda day: day.weekday() == 0),
        ("quarter", lambda day: day.month % 3 == 1 == day.day),
    ):
        bins = Bins(first, last, unit)
        assert (bins.bounds[0][0], bins.bounds[-1][1]) == (first, last)
        assert all(begins(start) for start, _end in bins.bounds[1:])
        assert [end + datetime.timedelta(days=1) for _start, end in bins.bounds[:-1]] == [
            start for start, _end in bins.bounds[1:]
        ]
        assert bins.size == len(bins.bounds) == number_of(first, last, unit)
        begin, end = outward(first, last, unit)
        assert begins(begin) or begin == date.min
        assert begin <= first
        assert end >= last
