"""Points as people write them, and how far they lie apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import points
from archive.points import Point, PointError

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫،")
HERE = Point(Decimal("35.61"), Decimal("36.56"))


def axis(most: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(-most, most, places=6, allow_nan=False, allow_infinity=False)


POINTS = st.builds(Point, axis(90), axis(180))


def lettered(value: Decimal, letters: str) -> str:
    return letters[value < 0]


@pytest.mark.parametrize(
    "written",
    [
        "35.61, 36.56",
        "35.61,36.56",
        " 35.61  36.56 ",
        "35.61; 36.56",
        "(35.61, 36.56)",
        "35.61000 , 36.56",
        "35.61°, 36.56°",
        "N35.61 E36.56",
        "n 35.61, e 36.56",
        "N35.61E36.56",
        "35.61N 36.56E",
        "35.61° N, 36.56° E",
        "36.56E 35.61N",
        "35°36'36\"N 36°33'36\"E",
        "35° 36′ 36″ N, 36° 33′ 36″ E",
        "35º36’36”N36º33’36”E",
        "35°36'36''N 36°33'36''E",
        "35°36.6'N 36°33.6'E",
        "35°36'36\" 36°33'36\"",
        "٣٥٫٦١، ٣٦٫٥٦",
        "٣٥.٦١، ٣٦.٥٦",
        "۳۵٫۶۱، ۳۶٫۵۶",
        "35.61 شمالًا، 36.56 شرقًا",
        "35.61 North, 36.56 East",
        "\u200e35.61, 36.56\u200f",
    ],
)
def test_point_is_read_as_people_write_it(written: str) -> None:
    assert points.read(written) == HERE


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("", "unreadable"),
        ("here", "unreadable"),
        ("35.61", "unreadable"),
        ("35.61, 36.56, 12", "ambiguous"),
        ("35,61, 36,56", "ambiguous"),
        ("35,61 36,56", "ambiguous"),
        ("35,61", "ambiguous"),
        ("٣٥،٦١", "ambiguous"),
        ("35.61N, 36.56", "ambiguous"),
        ("35.61, 36.56E", "ambiguous"),
        ("35.61N, 36.56S", "ambiguous"),
        ("35.61N 36.56N", "ambiguous"),
        ("-35.61S 36.56E", "unreadable"),
        ("N35.61N 36.56E", "unreadable"),
        ("35°60'N 36°33'E", "unreadable"),
        ("35.5°36'N 36°33'E", "unreadable"),
        ("35°36'36 N 36°33'E", "unreadable"),
        ("35 36 36 36 33 36", "unreadable"),
        ("POINT (36.56 35.61)", "unreadable"),
        ("35.61, 36.56 or so", "unreadable"),
        ("95.61, 36.56", "exchanged"),
        ("95.61, 190.1", "out_of_range"),
        ("N95.61 E36.56", "out_of_range"),
        ("35.61, 190.1", "out_of_range"),
        ("35.61e2, 36.56", "unreadable"),
    ],
)
def test_what_is_no_point_is_refused(written: str, kind: str) -> None:
    with pytest.raises(PointError) as refusal:
        points.read(written)

    assert refusal.value.kind == kind


@given(POINTS)
def test_point_is_read_as_it_was_written(point: Point) -> None:
    assert points.read(str(point)) == point
    assert points.read(str(point).translate(ARABIC)) == point


@given(POINTS, st.sampled_from(["{lat}{ns} {lon}{ew}", "{ns}{lat}, {ew}{lon}", "{lon}° {ew} ; {lat}° {ns}"]))
def test_point_is_read_with_its_directions(point: Point, form: str) -> None:
    lat, lon = (points.degrees(abs(value)) for value in point)
    written = form.format(lat=lat, lon=lon, ns=lettered(point.lat, "NS"), ew=lettered(point.lon, "EW"))

    assert points.read(written) == point


@given(*(st.integers(0, most) for most in (89, 59, 59, 179, 59, 59)), st.sampled_from("NS"), st.sampled_from("EW"))
def test_minutes_and_seconds_are_sixtieths(
    d: int, m: int, s: int, east: int, minutes: int, seconds: int, ns: str, ew: str
) -> None:
    point = points.read(f"{d}°{m:02}'{s:02}\"{ns} {east}°{minutes:02}'{seconds:02}\"{ew}")

    assert abs(point.lat) == points.rounded(Decimal(d * 3600 + m * 60 + s) / 3600)
    assert abs(point.lon) == points.rounded(Decimal(east * 3600 + minutes * 60 + seconds) / 3600)
    assert (point.lat <= 0 if ns == "S" else point.lat >= 0, point.lon <= 0 if ew == "W" else point.lon >= 0) == (
        True,
        True,
    )


@given(st.text(alphabet="0123456789.,°'\"NSEWns -+٣٫،شق\n", max_size=30))
def test_whatever_is_typed_is_a_point_or_refused(text: str) -> None:
    try:
        point = points.read(text)
    except PointError:
        return
    assert abs(point.lat) <= 90
    assert abs(point.lon) <= 180
    assert points.read(str(point)) == point


def test_digits_that_say_nothing_are_not_shown() -> None:
    assert str(HERE) == "35.6100, 36.5600"
    assert str(Point(Decimal("-35.614685"), Decimal("6.5"))) == "-35.614685, 6.5000"
    assert points.degrees(-0.0) == "0.0000"


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(one: Point, other: Point) -> None:
    assert points.metres(one, other) == pytest.approx(points.metres(other, one))
    assert points.metres(one, one) == 0
    assert points.metres(one, other) <= 20_015_115


def test_distance_of_a_degree() -> None:
    assert points.metres((35, 36), (36, 36)) == pytest.approx(111_195, abs=1)
