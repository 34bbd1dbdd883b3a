from hypothesis import given
from hypothesis import strategies as st

from incidents.lists import bar_axes
from incidents.lists.bar_axes import BOTTOM, HEIGHT, LEFT, MOST_LABELS, TOP, WIDTH

pairs = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=150)


@given(pairs)
def test_columns_stay_within_the_chart_and_stand_on_each_other(counts: list[tuple[int, int]]) -> None:
    found = bar_axes.columns(counts)

    assert len(found) == len(counts)
    for (certain, possible), column in zip(counts, found, strict=True):
        assert column.x >= LEFT
        assert column.x + column.width <= WIDTH
        assert (column.certain_height > 0) == (certain > 0)
        assert (column.possible_height > 0) == (possible > 0)
        assert abs(column.possible_y + column.possible_height - column.certain_y) < 0.02
        assert abs(column.certain_y + column.certain_height - (HEIGHT - BOTTOM)) < 0.02
        assert column.possible_y >= TOP - 3.1  # what is hardly anything is still drawn


def test_columns_are_as_high_as_their_share() -> None:
    whole = HEIGHT - TOP - BOTTOM

    (column,) = bar_axes.columns([(2, 1)])

    assert column.certain_height == round(whole / 2, 2)
    assert column.possible_height == round(whole / 4, 2)
    assert column.label_at == column.x + column.width / 2


@given(st.integers(1, 10**9))
def test_axis_top_is_round_and_just_above(largest: int) -> None:
    top = bar_axes.axis_top(largest)

    assert largest <= top < 2.5 * largest
    assert str(top).rstrip("0") in {"1", "2", "4", "6", "8"}


def test_lines_are_at_zero_half_and_top() -> None:
    assert [line.value for line in bar_axes.lines(7)] == [0, 4, 8]
    assert [line.value for line in bar_axes.lines(1)] == [0, 1]
    assert bar_axes.lines(7)[0].y == HEIGHT - BOTTOM
    assert bar_axes.lines(7)[-1].y == TOP


@given(st.integers(1, 400))
def test_labels_are_few_and_begin_with_the_first(number: int) -> None:
    found = bar_axes.labels(number)

    assert len(found) == number
    assert 1 <= len([label for label in found if label]) <= MOST_LABELS
    assert found.count("end") == (number > 1)
    assert found[0] == ("start" if number > 1 else "inner")
    assert found[-1] == ("end" if number > 1 else "inner")
