"""The map as a drawing: where a place lies on the sheet, which part of the sheet is shown, how large a mark is. Pure.

The sheet is the spherical Mercator projection with 100 units to a degree of longitude, y growing southwards, as SVG
wants it. `static/map/outlines.svg` is drawn on the same sheet (`fixtures/outlines/build.py`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNITS_A_DEGREE = 100.0
NOMINAL_WIDTH = 800  # CSS pixels for which marks and letters are made; narrower screens enlarge them by style
SMALLEST_MARK, LARGEST_MARK = 4.0, 22.0  # radius in those pixels
LETTER_WIDTH, LINE_HEIGHT = 7.5, 16.0
PHONE_SIZE = 1.9  # how many times larger than nominal; --mark-size in pictures.css


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


def frame_around(points: Iterable[tuple[float, float]], *, fallback: Frame, ratio: float = 4 / 3) -> Frame:
    """Return a frame with room around all points of the sheet; a single one gets a degree each way, none the fallback.

    ``ratio`` is width to height.
    """
    found = list(points)
    if not found:
        return fallback
    left, right = min(x for x, _ in found), max(x for x, _ in found)
    top, bottom = min(y for _, y in found), max(y for _, y in found)
    width = max((right - left) * 1.2, 1.5 * UNITS_A_DEGREE)
    height = max((bottom - top) * 1.2, width / ratio)
    width = max(width, height * ratio)
    return Frame((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def mark_radius(count: int, largest: int) -> float:
    """Return the radius of a mark, in CSS pixels: its area follows the count, as the eye reads it."""
    share = math.sqrt(count / largest) if largest else 0.0
    return round(max(SMALLEST_MARK, LARGEST_MARK * share), 1)


def legend_counts(largest: int) -> list[int]:
    """Return up to three round counts whose marks explain the sizes, the smallest first and the largest last."""
    if largest <= 2:
        return list(range(1, largest + 1))
    step = 10 ** (len(str(largest)) - 1)
    top = largest // step * step
    return sorted({1, max(2, round(top / 4)), top})


@dataclass(frozen=True)
class Box:
    """A rectangle on the screen, in nominal pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def labelled(
    spots: Sequence[tuple[float, float, float, str]], frame: Frame, *, most: int, size: float = 1.0
) -> list[bool]:
    """Say which marks get their name written beside them: the first ones whose names lie free.

    ``spots`` are place on the sheet, radius in nominal pixels and name, the most important first. ``size``: how many
    times as large as nominal marks and letters are.
    """
    scale = NOMINAL_WIDTH / frame.width / size
    taken: list[Box] = []
    chosen: list[bool] = []
    for x, y, radius, name in spots:
        left, middle = (x - frame.x) * scale, (y - frame.y) * scale
        width = radius + 4 + len(name) * LETTER_WIDTH
        box = Box(left - radius, middle - LINE_HEIGHT / 2, left + width, middle + LINE_HEIGHT / 2)
        fits = sum(chosen) < most and box.right < NOMINAL_WIDTH / size and not any(box.meets(other) for other in taken)
        chosen.append(fits)
        if fits:
            taken.append(box)
    return chosen
