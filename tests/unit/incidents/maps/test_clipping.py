from hypothesis import given
from hypothesis import strategies as st

from incidents.maps import clipping

BOUNDS = (0.0, 0.0, 10.0, 10.0)
POINTS = st.tuples(st.floats(-20, 20), st.floats(-20, 20))


def test_area_is_cut_at_the_edges() -> None:
    found = clipping.cut_area([(-5, 5), (5, -5), (15, 5), (5, 15)], BOUNDS)

    assert clipping.area_of(found) == 100.0


def test_area_outside_is_nothing() -> None:
    assert clipping.cut_area([(20, 20), (30, 20), (30, 30)], BOUNDS) == []


@given(st.lists(POINTS, min_size=3, max_size=12))
def test_what_is_cut_lies_within(ring: list[tuple[float, float]]) -> None:
    assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 10 + 1e-6 for x, y in clipping.cut_area(ring, BOUNDS))


def test_line_is_cut_into_the_pieces_that_are_seen() -> None:
    line = [(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (15.0, 50.0), (5.0, 50.0), (5.0, 9.0)]

    pieces = list(clipping.cut_line(line, BOUNDS))

    assert pieces == [[(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0)], [(5.0, 50.0), (5.0, 9.0)]]


def test_path_is_relative_and_leaves_out_what_falls_together() -> None:
    line = [(1.0, 1.0), (1.01, 1.0), (2.5, 0.5), (2.0, 3.0)]

    assert clipping.path(line) == "M1 1l1.5-0.5-0.5 2.5"
    assert clipping.path(line, 10, is_closed=True) == "M1 1l1-1 0 3z"
    assert clipping.path([(1.0, 1.0), (1.0, 1.0)]) == ""


def test_middle_of_a_square() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]

    assert clipping.middle(square) == (2.0, 2.0)
    assert clipping.is_within((1.0, 1.0), square)
    assert not clipping.is_within((5.0, 1.0), square)
