"""Cursors: given back as they were given out, and nothing else is taken."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.lists import paging
from archive.lists.paging import CursorError, Order, Position

NEWEST = Order("newest", None, paging.read_day)
UPDATED = Order("updated", None, paging.read_moment)
KILLED = Order("killed", None, paging.read_number)


class Row:
    def __init__(self, sort_key: object, pk: int) -> None:
        self.sort_key = sort_key
        self.pk = pk


@given(st.dates(), st.integers(0, paging.MAX_ID), st.booleans())
def test_cursor_of_a_day_comes_back(day: date, pk: int, is_backwards: bool) -> None:
    cursor = NEWEST.write_cursor(Row(day, pk), is_backwards=is_backwards)

    assert NEWEST.read_cursor(cursor) == Position(day, pk, is_backwards)


def test_cursor_of_a_moment_or_a_number_comes_back() -> None:
    moment = datetime(2024, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)

    assert UPDATED.read_cursor(UPDATED.write_cursor(Row(moment, 3))) == Position(moment, 3, False)
    assert KILLED.read_cursor(KILLED.write_cursor(Row(-1, 3))) == Position(-1, 3, False)


@given(st.text(max_size=80))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    for order in (NEWEST, UPDATED, KILLED):
        with pytest.raises(CursorError):
            order.read_cursor(text)
    with pytest.raises(CursorError):
        paging.read_ranked(text)


@pytest.mark.parametrize(
    "value",
    [
        ["oldest", "2019-11-27", 1, 0],
        ["newest", "2019-13-27", 1, 0],
        ["newest", 20191127, 1, 0],
        ["newest", "2019-11-27", -1, 0],
        ["newest", "2019-11-27", 2**63, 0],
        ["newest", "2019-11-27", "1", 0],
        ["newest", "2019-11-27", 1, 2],
        ["newest", "2019-11-27", 1],
        {"newest": 1},
        None,
    ],
)
def test_cursor_that_was_not_given_out_is_refused(value: object) -> None:
    with pytest.raises(CursorError):
        NEWEST.read_cursor(paging.pack(value))


@pytest.mark.parametrize("value", [True, 1.5, "1", 2**63, None])
def test_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(CursorError):
        paging.read_number(value)


@pytest.mark.parametrize("start", [-1, paging.RANKED, 1.5, "1"])
def test_ranked_cursor_stays_within_what_is_ranked(start: object) -> None:
    with pytest.raises(CursorError):
        paging.read_ranked(paging.pack(["relevance", start]))
