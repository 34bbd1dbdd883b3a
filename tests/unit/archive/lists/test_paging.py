"""Pages hold what a sorted list would; cursors are given back as they were given out, and nothing else is taken."""

import random
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.lists import cursors, paging
from archive.lists.columns import Columns
from archive.lists.cursors import CursorError
from archive.lists.dimensions import Ordering
from archive.lists.integers import rows_where
from archive.lists.paging import Order, Position

NEWEST = Order("newest", None, cursors.read_day, "sort_on")
UPDATED = Order("updated", None, cursors.read_moment, "changed_at")
KILLED = Order("killed", None, cursors.read_number, "killed")


class Row:
    def __init__(self, sort_key: object, pk: int) -> None:
        self.sort_key = sort_key
        self.pk = pk


@given(st.dates(), st.integers(0, cursors.MAX_ID), st.booleans())
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
        NEWEST.read_cursor(cursors.pack(value))


@pytest.mark.parametrize("value", [True, 1.5, "1", 2**63, None])
def test_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(CursorError):
        cursors.read_number(value)


@pytest.mark.parametrize("start", [-1, paging.RANKED, 1.5, "1"])
def test_ranked_cursor_stays_within_what_is_ranked(start: object) -> None:
    with pytest.raises(CursorError):
        paging.read_ranked(cursors.pack(["relevance", start]))


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.booleans()), max_size=30),
    st.booleans(),
    st.none() | st.tuples(st.integers(-4, 4), st.integers(0, 62), st.booleans()),
    st.integers(1, 8),
)
def test_keys_are_those_of_the_sorted_list(
    rows: list[tuple[int, bool]], is_descending: bool, at: tuple[int, int, bool] | None, size: int
) -> None:
    ids = [2 * number for number in range(1, len(rows) + 1)]  # so that a position may lie between two rows
    numbers = {"killed": np.array([number for number, _ in rows], dtype=np.int64)}
    columns = Columns.of(1, np.array(ids, dtype=np.int64), numbers, {})
    selected = rows_where(np.array([is_in for _, is_in in rows], dtype=bool))
    order = Order("killed", None, cursors.read_number, "killed", is_descending=is_descending)
    position = Position(*at) if at else None

    keys = paging.keys_beyond(order, columns, selected, position, size)

    downwards = is_descending != (position is not None and position.is_backwards)
    inside = [(number, pk) for pk, (number, is_in) in zip(ids, rows, strict=True) if is_in]
    if position:
        edge = position.key, position.pk
        inside = [one for one in inside if (one < edge if downwards else one > edge)]
    assert keys == [pk for _, pk in sorted(inside, reverse=downwards)][:size]


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_number_of_a_moment_keeps_the_order(one: datetime, other: datetime) -> None:
    assert (paging.number(one) < paging.number(other)) == (one < other)
    assert (paging.number(one.date()) < paging.number(other.date())) == (one.date() < other.date())


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=1, max_size=30),
    st.lists(st.integers(-3, 3), max_size=5),
    st.randoms(use_true_random=False),
)
def test_order_that_is_put_right_is_that_of_all_rows(
    rows: list[tuple[int, bool]], new: list[int], rng: random.Random
) -> None:
    keys = list(range(1, len(rows) + len(new) + 1))
    rng.shuffle(keys)  # new rows may come between the others
    known = np.array(sorted(keys[: len(rows)]), dtype=np.int64)
    ids = np.concatenate([known, np.array(keys[len(rows) :], dtype=np.int64)])
    before = np.array([number for number, _ in rows], dtype=np.int64)
    after = np.array([rng.randint(-3, 3) if moved else number for number, moved in rows] + new, dtype=np.int64)
    changed = rows_where(np.array([moved for _, moved in rows] + [True] * len(new)))

    found = Ordering.of(known, before).changed(ids, after, changed)

    expected = sorted(range(len(ids)), key=lambda at: (after[at], ids[at]))
    assert found.rows.tolist() == expected
    assert found.places[expected].tolist() == list(range(len(ids)))
