import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import bound, percentile, ratio, summarise

times = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=200)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5.0], 0.95, 5.0),
        ([1.0, 2.0], 0.5, 1.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 21)), 0.95, 19),
        ([1.0, 2.0, 3.0], 0.0, 1.0),
        ([1.0, 2.0, 3.0], 1.0, 3.0),
    ],
)
def test_percentile_takes_the_nearest_rank(values, share, expected):
    assert percentile(values, share) == expected


def test_percentile_refuses_no_values():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@given(times, st.floats(min_value=0, max_value=1))
def test_percentile_is_a_value_with_its_share_at_or_below(values, share):
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


@given(times)
def test_summary_is_ordered(values):
    found = summarise(values)

    assert found.count == len(values)
    assert found.p50 <= found.p95 <= found.slowest


def test_bound_is_three_floors_and_twenty_milliseconds():
    assert bound(0) == 20
    assert bound(20) == 80


def test_ratio_says_nothing_of_zero():
    assert ratio(10, 4) == 2.5
    assert ratio(10, 0) is None
