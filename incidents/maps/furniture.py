"""What stands in the corners of a map: how long a distance is, and where in the world it is. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from archive.read_by_key import ReadByKey
from incidents.maps.projection import Frame, kilometres

LONGEST = 0.2  # of the width: the bar of the scale
MARGIN = 0.015  # of the width
INSET = 0.19  # of the width
MOST_OF_COUNTRY = 0.6  # a frame wider than that share of the country is placed in the region
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale(ReadByKey):
    """A bar of so many kilometres; ``x`` and ``y`` are its left end at the lower edge."""

    x: float
    y: float
    length: float
    kilometres: int
    is_at_right: bool


@dataclass(frozen=True, slots=True)
class Inset(ReadByKey):
    """A small map in a corner that shows ``shown`` of the sheet; ``is_region``: more than the country."""

    box: Frame
    shown: Frame
    is_region: bool


def scale(frame: Frame, *, at_right: bool) -> Scale:
    """Return a bar of a round length, of the distance in the middle of the frame."""
    a_unit = kilometres(frame.y + frame.height / 2)
    longest = frame.width * LONGEST * a_unit
    power = 10 ** max(0, math.floor(math.log10(max(1.0, longest))))
    number = max((one for one in (power, 2 * power, 5 * power) if one <= longest), default=1)
    length = number / a_unit
    x = frame.x + frame.width * (1 - MARGIN) - length if at_right else frame.x + frame.width * MARGIN
    return Scale(
        round(x, 2), round(frame.y + frame.height - frame.width * MARGIN, 2), round(length, 2), number, at_right
    )


def scale_room(scale: Scale, unit: float) -> Frame:
    """The part of the sheet that the bar and its words take."""
    width = max(scale.length, 60 * unit)
    return Frame(
        scale.x + scale.length - width if scale.is_at_right else scale.x, scale.y - 22 * unit, width, 24 * unit
    )


def inset(frame: Frame, country: Frame, region: Frame, marks: Sequence[Point], *, is_rtl: bool) -> Inset:
    """Return the inset, in the corner where it hides the fewest marks."""
    is_region = frame.width > country.width * MOST_OF_COUNTRY
    shown = region if is_region else padded(country, 0.06)
    width = frame.width * INSET
    height = width * shown.height / shown.width
    gap = frame.width * MARGIN
    right, bottom = frame.x + frame.width - width - gap, frame.y + frame.height - height - gap
    corners = [Frame(x, y, width, height) for y in (bottom, frame.y + gap) for x in (right, frame.x + gap)]
    if is_rtl:
        corners = [corners[at] for at in (1, 0, 3, 2)]
    hidden = [sum(holds(padded(corner, 0.1), point) for point in marks) for corner in corners]
    return Inset(corners[hidden.index(min(hidden))], shown, is_region)


def padded(frame: Frame, share: float) -> Frame:
    more = frame.width * share
    return Frame(frame.x - more, frame.y - more, frame.width + 2 * more, frame.height + 2 * more)


def holds(frame: Frame, point: Point) -> bool:
    return frame.x <= point[0] <= frame.x + frame.width and frame.y <= point[1] <= frame.y + frame.height
