from hypothesis import given
from hypothesis import strategies as st

from incidents.maps.projection import (
    LARGEST_MARK,
    SMALLEST_MARK,
    Frame,
    frame_around,
    kilometres,
    latitude,
    legend_counts,
    mark_radius,
    project,
)

WHOLE = Frame(3500, -4000, 800, 600)


def test_project_goes_east_and_south() -> None:
    west, east = project(35.0, 36.0), project(35.0, 37.0)
    north, south = project(36.0, 36.0), project(35.0, 36.0)

    assert east[0] - west[0] == 100
    assert south[1] > north[1]


def test_frame_around_nothing_is_the_fallback() -> None:
    assert frame_around([], fallback=WHOLE) == WHOLE


def test_frame_around_a_single_point_has_room() -> None:
    frame = frame_around([(3660.0, -3800.0)], fallback=WHOLE)

    assert frame.width >= 150
    assert frame.x < 3660 < frame.x + frame.width


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-179, 179)), min_size=1))
def test_frame_around_holds_all_points(places: list[tuple[float, float]]) -> None:
    points = [project(lat, lon) for lat, lon in places]

    frame = frame_around(points, fallback=WHOLE)

    slack = 1e-6 * (1 + frame.width)
    assert all(frame.x - slack <= x <= frame.x + frame.width + slack for x, _ in points)
    assert all(frame.y - slack <= y <= frame.y + frame.height + slack for _, y in points)


def test_mark_radius_grows_with_the_square_root() -> None:
    assert mark_radius(100, 100) == LARGEST_MARK
    assert mark_radius(25, 100) == LARGEST_MARK / 2
    assert mark_radius(1, 100_000) == SMALLEST_MARK
    assert mark_radius(0, 0) == SMALLEST_MARK


@given(st.integers(0, 10**7))
def test_legend_reaches_up_to_the_largest_mark(largest: int) -> None:
    found = legend_counts(largest)

    assert found == sorted(set(found))
    assert len(found) <= 3
    if largest:
        assert found[0] == 1
        assert found[-1] == largest


@given(st.floats(-80, 80))
def test_latitude_is_that_of_the_point_projected(lat: float) -> None:
    assert abs(latitude(project(lat, 0.0)[1]) - lat) < 1e-6


def test_kilometres_of_a_degree_at_the_equator_and_further_north() -> None:
    assert round(kilometres(0.0) * 100, 1) == 111.2
    assert round(kilometres(project(60.0, 0.0)[1]) * 100, 1) == 55.6
