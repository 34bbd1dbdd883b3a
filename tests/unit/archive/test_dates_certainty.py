"""The one rule of what is certain and what is possible, in numbers written by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates

D = date


@pytest.mark.parametrize(
    ("edtf", "first", "last", "is_certain"),
    [
        ("2024-12-02", D(2024, 12, 2), D(2024, 12, 2), True),
        ("2024-12-02~", D(2024, 11, 30), D(2024, 12, 4), False),
        ("2019-07-04?", D(2019, 7, 4), D(2019, 7, 4), False),
        ("2019-07-04%", D(2019, 7, 2), D(2019, 7, 6), False),
        ("2016-05", D(2016, 5, 1), D(2016, 5, 31), True),
        ("2016-05~", D(2016, 4, 15), D(2016, 6, 16), False),  # 31 days: 16 either way
        ("2015-02~", D(2015, 1, 18), D(2015, 3, 14), False),  # 28 days: 14
        ("2016-06~", D(2016, 5, 17), D(2016, 7, 15), False),  # 30 days: 15
        ("2016-05?", D(2016, 5, 1), D(2016, 5, 31), False),
        ("2016-21~", D(2016, 1, 15), D(2016, 7, 16), False),  # 92 days: 46
        ("2015~", D(2014, 7, 2), D(2016, 7, 1), False),  # 365 days: 183
        ("2016~", D(2015, 7, 2), D(2017, 7, 2), False),  # 366 days: 183
        ("2016-05-18~/2016-05-20", D(2016, 5, 16), D(2016, 5, 20), False),
        ("2016-05-18/2016-05-20~", D(2016, 5, 18), D(2016, 5, 22), False),
        ("2016-05~/2016-07-03?", D(2016, 4, 15), D(2016, 7, 3), False),
        ("2016-05-18/2016-05-20", D(2016, 5, 18), D(2016, 5, 20), True),
        ("2016-05-18~/..", D(2016, 5, 16), None, False),
        ("../2016-05~", None, D(2016, 6, 16), False),
        ("2016-05-18/..", D(2016, 5, 18), None, True),
        ("2016-XX", D(2016, 1, 1), D(2016, 12, 31), True),
        ("201X", D(2010, 1, 1), D(2019, 12, 31), True),
        ("0001-01-01~", D(1, 1, 1), D(1, 1, 3), False),
        ("9999-12-31~", D(9999, 12, 29), D(9999, 12, 31), False),
        ("9999~", D(9998, 7, 2), D(9999, 12, 31), False),
    ],
)
def test_what_is_possible_and_what_is_certain(edtf, first, last, is_certain):
    when = dates.parse(edtf)

    assert dates.possible_days(when) == (first, last)
    assert dates.certain_days(when) == ((when.lower, when.upper) if is_certain else None)


bounds = st.dates(D(1, 1, 1), D(9999, 12, 31)) | st.none()


@given(bounds, bounds, st.booleans(), st.booleans())
def test_possible_days_hold_what_the_date_strictly_says_and_no_more_than_the_margin(one, other, approximate, uncertain):
    if one is None and other is None:
        return
    lower, upper = (one, other) if one is None or other is None or one <= other else (other, one)
    when = dates.between(lower, upper, is_approximate=approximate, is_uncertain=uncertain)

    first, last = dates.possible_days(when)

    assert (first is None, last is None) == (lower is None, upper is None)
    if lower:
        assert timedelta(0) <= lower - first <= dates.LONGEST_MARGIN
        assert (first == lower) or approximate
    if upper:
        assert timedelta(0) <= last - upper <= dates.LONGEST_MARGIN
        assert (last == upper) or approximate
    assert (dates.certain_days(when) is None) == (approximate or uncertain)
