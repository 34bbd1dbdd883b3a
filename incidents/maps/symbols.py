"""The shapes of marks: parts of what is counted are told apart by shape as well as by colour. Pure."""

import math
from collections.abc import Callable, Iterator

Point = tuple[float, float]


def _regular(number: int, *, turned: float = 0.0) -> list[Point]:
    """A polygon with equal sides, as large as the circle with radius 1."""
    reach = math.sqrt(2 * math.pi / (number * math.sin(2 * math.pi / number)))
    angles = [2 * math.pi * at / number - math.pi / 2 + turned for at in range(number)]
    return [(reach * math.cos(angle), reach * math.sin(angle)) for angle in angles]


def _cross() -> list[Point]:
    """A Greek cross, as large as the circle with radius 1."""
    arm = math.sqrt(math.pi / 5) / 2
    corners = (
        (-1, -3),
        (1, -3),
        (1, -1),
        (3, -1),
        (3, 1),
        (1, 1),
        (1, 3),
        (-1, 3),
        (-1, 1),
        (-3, 1),
        (-3, -1),
        (-1, -1),
    )
    return [(x * arm, y * arm) for x, y in corners]


def _star() -> list[Point]:
    outer, found = 1.55, []
    for at in range(10):
        reach = outer if at % 2 == 0 else outer * 0.5
        angle = math.pi * at / 5 - math.pi / 2
        found.append((reach * math.cos(angle), reach * math.sin(angle)))
    return found


#: In the order of the parts; the first is drawn as a circle. None is only another one turned by less than an eighth.
SHAPES: tuple[Callable[[], list[Point]] | None, ...] = (
    None,
    lambda: _regular(4, turned=math.pi / 4),
    lambda: _regular(3),
    lambda: _regular(4),
    _cross,
    lambda: _regular(3, turned=math.pi),
    _star,
    lambda: _regular(6),
    lambda: _regular(5),
)


def half(index: int, radius: float) -> tuple[float, float]:
    """Return how far a shape of that radius reaches aside, and up or down, from 0, 0."""
    make = SHAPES[index % len(SHAPES)]
    corners = make() if make else [(1.0, 1.0)]
    return radius * max(abs(x) for x, _y in corners), radius * max(abs(y) for _x, y in corners)


def outline(index: int, radius: float) -> str:
    """Return the shape of a part as path data around 0, 0: all of one radius are equally large."""
    make = SHAPES[index % len(SHAPES)]
    if make is None:
        size, across = f"{round(radius, 2):g}", f"{round(2 * radius, 2):g}"
        return f"M-{size} 0a{size} {size} 0 1 1 {across} 0a{size} {size} 0 1 1 -{across} 0z"
    return "M" + "L".join(_pairs(make(), radius)) + "z"


def _pairs(points: list[Point], radius: float) -> Iterator[str]:
    for x, y in points:
        yield f"{round(x * radius, 2):g} {round(y * radius, 2):g}"
