"""Lines and outlines cut to a part of the sheet, and written as path data. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]  # left, top, right, bottom
FEWEST = 3  # corners of an area


def cut_area(ring: Sequence[Point], bounds: Bounds) -> list[Point]:
    """Return the part of an area within bounds (Sutherland and Hodgman); empty where nothing is."""
    left, top, right, bottom = bounds
    found = list(ring)
    for axis, limit, is_least in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):
        found = list(_cut_at(found, axis, limit, is_least=is_least))
    return found if len(found) >= FEWEST else []


def _cut_at(ring: Sequence[Point], axis: int, limit: float, *, is_least: bool) -> Iterator[Point]:
    def is_in(point: Point) -> bool:
        return point[axis] >= limit if is_least else point[axis] <= limit

    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if is_in(before) != is_in(point):
            share = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])
        if is_in(point):
            yield point


def cut_line(line: Sequence[Point], bounds: Bounds) -> Iterator[list[Point]]:
    """Yield the pieces of a line that may be seen within bounds; they reach one point further."""
    left, top, right, bottom = bounds
    piece: list[Point] = []
    for one, other in itertools.pairwise(line):
        is_out = (
            max(one[0], other[0]) < left
            or min(one[0], other[0]) > right
            or max(one[1], other[1]) < top
            or min(one[1], other[1]) > bottom
        )
        if is_out:
            if piece:
                yield piece
            piece = []
        else:
            piece = piece or [one]
            piece.append(other)
    if piece:
        yield piece


def path(line: Sequence[Point], step: int = 1, *, is_closed: bool = False) -> str:
    """Write a line as path data, on a grid of so many tenths of a unit; points that fall together are written once."""
    at_x, at_y = _on_grid(line[0], step)
    parts = [f"M{at_x / 10:g} {at_y / 10:g}l"]
    for point in line[1:]:
        to_x, to_y = _on_grid(point, step)
        if (to_x, to_y) != (at_x, at_y):
            step_x, step_y = f"{(to_x - at_x) / 10:g}", f"{(to_y - at_y) / 10:g}"
            between = "" if step_y.startswith("-") else " "
            before = "" if step_x.startswith("-") or parts[-1].endswith("l") else " "
            parts.append(f"{before}{step_x}{between}{step_y}")
            at_x, at_y = to_x, to_y
    return "".join(parts) + ("z" if is_closed else "") if len(parts) > 1 else ""


def _on_grid(point: Point, step: int) -> tuple[int, int]:
    return round(point[0] * 10 / step) * step, round(point[1] * 10 / step) * step


def areas(rings: Iterable[Sequence[Point]], bounds: Bounds, step: int = 1) -> str:
    """Write areas, cut to bounds, as path data."""
    found = (cut_area(ring, bounds) for ring in rings)
    return "".join(path(ring, step, is_closed=True) for ring in found if ring)


def lines(every: Iterable[Sequence[Point]], bounds: Bounds, step: int = 1) -> str:
    """Write lines, cut to bounds, as path data."""
    return "".join(path(piece, step) for line in every for piece in cut_line(line, bounds))


def area_of(ring: Sequence[Point]) -> float:
    around = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in around)) / 2


def middle(ring: Sequence[Point]) -> Point:
    """Return the centre of an area, which may lie outside of a bent one."""
    x, y, whole = 0.0, 0.0, 0.0
    for (one_x, one_y), (x_after, y_after) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        piece = one_x * y_after - x_after * one_y
        x, y, whole = x + (one_x + x_after) * piece, y + (one_y + y_after) * piece, whole + piece
    return (x / (3 * whole), y / (3 * whole)) if whole else ring[0]


def is_within(point: Point, ring: Sequence[Point]) -> bool:
    found = False
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        crosses = (y > point[1]) != (next_y > point[1])
        if crosses and point[0] < (next_x - x) * (point[1] - y) / (next_y - y) + x:
            found = not found
    return found
