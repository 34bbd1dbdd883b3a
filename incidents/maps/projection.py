"""The map as a drawing: where a place lies on the sheet, which part of the sheet is shown, how large a mark is. Pure.

The sheet is the spherical Mercator projection with 100 units to a degree of longitude, y growing southwards, as SVG
wants it. The outlines are on the same sheet (`fixtures/outlines/build.py`).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

UNITS_A_DEGREE = 100.0
KILOMETRES_A_DEGREE = 111.195
NOMINAL_WIDTH = 800  # CSS pixels for which marks and letters are made; narrower screens enlarge them by style
WIDEST_OF_ONE = 1.5 * UNITS_A_DEGREE  # units of the sheet: around a single point
SMALLEST_MARK, LARGEST_MARK = 4.0, 22.0  # radius in those pixels
PHONE_SIZE = 1.9  # how many times larger than nominal letters are there; --letters in maps.css
PHONE_MARKS = 1.5  # and marks; --mark-size


@dataclass(frozen=True)
class Frame:
    """A part of the sheet, as the four numbers of an SVG viewBox."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


def project(lat: float, lon: float) -> tuple[float, float]:
    """Return the place of a point (degrees, WGS 84) on the sheet; the poles are cut off at 85 degrees."""
    lat = max(-85.0, min(85.0, lat))
    y = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))
    return lon * UNITS_A_DEGREE, -y * UNITS_A_DEGREE


def latitude(y: float) -> float:
    """Return the latitude in degrees of a line across the sheet."""
    return math.degrees(2 * math.atan(math.exp(math.radians(-y / UNITS_A_DEGREE))) - math.pi / 2)


def kilometres(y: float) -> float:
    """Return how many kilometres a unit of the sheet is at a line across it."""
    return KILOMETRES_A_DEGREE / UNITS_A_DEGREE * math.cos(math.radians(latitude(y)))


def frame_around(
    points: Iterable[tuple[float, float]], *, fallback: Frame, ratio: float = 4 / 3, least: float = WIDEST_OF_ONE
) -> Frame:
    """Return a frame with room around all points of the sheet, and no narrower than ``least``; of none the fallback.

    ``ratio`` is width to height.
    """
    found = list(points)
    if not found:
        return fallback
    left, right = min(x for x, _ in found), max(x for x, _ in found)
    top, bottom = min(y for _, y in found), max(y for _, y in found)
    width = max((right - left) * 1.2, least)
    height = max((bottom - top) * 1.2, width / ratio)
    width = max(width, height * ratio)
    return Frame((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def around_both(one: Frame, other: Frame, ratio: float) -> Frame:
    """Return the smallest frame of this ratio that holds both, around their middle."""
    left, top = min(one.x, other.x), min(one.y, other.y)
    width = max(one.x + one.width, other.x + other.width) - left
    height = max(one.y + one.height, other.y + other.height) - top
    whole = max(width, height * ratio)
    return Frame(left - (whole - width) / 2, top - (whole / ratio - height) / 2, whole, whole / ratio)


def mark_radius(count: int, largest: int) -> float:
    """Return the radius of a mark, in CSS pixels: its area follows the count, as the eye reads it."""
    share = math.sqrt(count / largest) if largest else 0.0
    return round(max(SMALLEST_MARK, LARGEST_MARK * share), 1)


def legend_counts(largest: int) -> list[int]:
    """Return up to three counts whose marks explain the sizes: one, a round one between, and the largest itself."""
    if largest <= 2:
        return list(range(1, largest + 1))
    between = max(2, round(largest / 4))
    step = 10 ** (len(str(between)) - 1)
    return sorted({1, between // step * step, largest})
