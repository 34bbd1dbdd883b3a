"""A bar chart as numbers: where each bar stands, how high it is, which lines and labels the axes have. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.read_by_key import ReadByKey

WIDTH, HEIGHT = 800.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 14.0, 32.0, 30.0
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Column(ReadByKey):
    """One bar: what is certain stands below, what is possible on top of it. ``label_at`` is the middle."""

    x: float
    width: float
    certain_y: float
    certain_height: float
    possible_y: float
    possible_height: float
    label_at: float


@dataclass(frozen=True, slots=True)
class Line(ReadByKey):
    """A line across the chart at a round number."""

    y: float
    value: int


def columns(counts: Sequence[tuple[int, int]]) -> list[Column]:
    """Return the columns of pairs of certain and possible; any that is not zero can be seen."""
    if not counts:
        return []
    step = (WIDTH - LEFT - RIGHT) / len(counts)
    width = min(step * 0.82, 60.0)
    top = axis_top(max(certain + possible for certain, possible in counts))
    made = []
    for index, (certain, possible) in enumerate(counts):
        middle = LEFT + step * (index + 0.5)
        low, high = height(certain, top), height(possible, top)
        base = HEIGHT - BOTTOM
        made.append(
            Column(
                round(middle - width / 2, 2), round(width, 2), round(base - low, 2), low,
                round(base - low - high, 2), high, round(middle, 2),
            )
        )  # fmt: skip
    return made


def height(count: int, top: int) -> float:
    return round(max(1.5, count / top * (HEIGHT - TOP - BOTTOM)), 2) if count else 0.0


def axis_top(largest: int) -> int:
    """Return the round number at the top of the axis: 1, 2 or 5 times a power of ten, and even, or 1."""
    step = 1
    while True:
        for factor in (1, 2, 4, 6, 8):
            if factor * step >= largest:
                return factor * step
        step *= 10


def lines(largest: int) -> list[Line]:
    """Return the lines of the axis: at zero, half way and at the top."""
    top = axis_top(largest)
    values = [0, top // 2, top] if top > 1 else [0, 1]
    return [Line(round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 2), value) for value in values]


def labels(number: int, most: int = MOST_LABELS) -> list[str]:
    """How the name below each bar is set: "" without one, "start" and "end" at the edges, "inner" between them.

    The first and the last have names if both have room, the others at equal steps from the first.
    """
    every = -(-number // most) if number else 1
    last = number - 1
    named = {index for index in range(0, number, every) if last - index >= every} | ({last} if last >= every else set())
    return [
        "" if index and index not in named else "start" if index == 0 and number > 1 else
        "end" if index == last > 0 else "inner"
        for index in range(number)
    ]  # fmt: skip
