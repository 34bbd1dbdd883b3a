import pytest

from incidents.maps import furniture
from incidents.maps.projection import Frame, kilometres, project

COUNTRY, REGION = Frame(3560, -4030, 680, 610), Frame(3000, -4700, 1900, 1900)


@pytest.mark.parametrize("width", [1.0, 60.0, 150.0, 900.0, 5000.0])
def test_scale_is_round_and_as_long_as_it_says(width: float) -> None:
    frame = Frame(3600, -4000, width, width * 0.75)

    found = furniture.scale(frame, at_right=False)

    assert str(found.kilometres).strip("0") in ("1", "2", "5")
    a_unit = kilometres(frame.y + frame.height / 2)
    assert found.length == pytest.approx(found.kilometres / a_unit, abs=0.01)
    assert found.length <= width or found.kilometres == 1


def test_scale_says_less_for_the_same_length_further_north() -> None:
    south, north = (furniture.scale(Frame(0, project(lat, 0)[1], 300, 1), at_right=False) for lat in (0, 60))

    assert south.kilometres / south.length == pytest.approx(2 * north.kilometres / north.length, rel=0.01)


def test_inset_shows_the_region_of_the_whole_country_and_the_country_of_a_part() -> None:
    whole = furniture.inset(Frame(3500, -4050, 900, 675), COUNTRY, REGION, [], is_rtl=False)
    part = furniture.inset(Frame(3600, -3900, 150, 112), COUNTRY, REGION, [], is_rtl=False)

    assert (whole.is_region, whole.shown) == (True, REGION)
    assert not part.is_region
    assert part.shown.width < REGION.width


def test_inset_goes_where_it_hides_no_mark() -> None:
    frame = Frame(0, 0, 800, 600)

    right = furniture.inset(frame, COUNTRY, REGION, [], is_rtl=False).box
    left = furniture.inset(frame, COUNTRY, REGION, [], is_rtl=True).box
    moved = furniture.inset(frame, COUNTRY, REGION, [(right.x + 10, right.y + 10)], is_rtl=False).box

    assert right.x > 400 > left.x + left.width
    assert (moved.x, moved.y) == (left.x, left.y)
