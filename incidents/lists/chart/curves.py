"""Several selections as lines on one scale, as numbers: where each point stands, what is named beside it. Pure.

A line goes through what is certain (of people the lowest number). A bar through each point reaches up to the highest
number that is certain, and broken on to what is only possible. Where no lowest number is known, the line has a gap.
Lines differ by dash and mark, and each has its name at its end: colours only help.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.read_by_key import ReadByKey
from incidents.lists.chart.lettering import wrapped
from incidents.lists.chart.plot import BOTTOM, SHADES, TOP, Line, Plot, width_of
from incidents.lists.chart.samples import DASHES, Sample, inside, mark

MOST_CURVES = 6
WIDTH, HEIGHT = 800.0, 320.0
NAMES = 176.0  # units beside the lines, for their names
LETTERS, LINE = 12.0, 14.0  # of a name: its size, and the height of its lines
BESIDE = 4.0  # units between the bars of two lines at one point
CLEAR = 19.0  # units above a point that a number needs
FEW = 16  # points of a line that have numbers; of more only what is not known is marked
LARGER = 1.5  # times, of letters on a telephone (`static/css/charts.css`)
FEW_NAMES = 5  # that may have three lines


@dataclass(frozen=True, slots=True)
class Point(ReadByKey):
    """A bar of a selection as a point; ``bar`` is what it leads to and says. Its own bar stands ``aside`` of others."""

    bar: Any
    number: int
    x: float
    y: float
    high: float
    top: float
    aside: float
    is_known: bool = True
    tag: str = ""
    tag_y: float = 0.0
    is_near: bool = False

    @property
    def shape(self) -> str:
        return mark(self.number, self.x, self.y) if self.is_known else ""

    @property
    def told(self) -> str:
        return "".join(self.bar.told)

    @property
    def above(self) -> float:
        """Where its number stands, if there is room."""
        return round(min(self.top, self.y - 3) - 5, 2)

    @property
    def below(self) -> float:
        return round(self.y + 18, 2)

    @property
    def reach(self) -> tuple[float, float, float]:
        """The corner and the height of what can be pointed at."""
        return round(self.x - 9, 2), round(self.top - 9, 2), round(self.y - self.top + 18, 2)

    def covers(self, box: "Box") -> bool:
        """Whether its mark or its bar stands in a box."""
        left, right = min(self.x - 5, self.aside - 3), max(self.x + 5, self.aside + 3)
        return left < box[1] and box[0] < right and self.top - 2 < box[3] and box[2] < self.y + 5


Box = tuple[float, float, float, float]  # from left to right, and from above downwards


@dataclass(frozen=True, slots=True)
class Curve(ReadByKey):
    """One selection: its path, its points, and its name, line by line, each with its height."""

    shade: int
    name: str
    path: str
    points: Sequence[Point]
    names: Sequence[tuple[str, float]]
    name_x: float

    @property
    def colour(self) -> str:
        return SHADES[self.shade]

    @property
    def sample(self) -> Sample:
        return Sample("line", self.shade, self.name)

    @property
    def sample_y(self) -> float:
        return round(self.names[0][1] - 9.5, 2) if self.names else 0.0

    @property
    def text_x(self) -> float:
        return self.name_x + 28

    @property
    def dash(self) -> str:
        return DASHES[self.shade]

    @property
    def inside(self) -> str:
        return inside(self.shade)


@dataclass(frozen=True)
class Curves(ReadByKey):
    """The picture: curves, and what they have in common; ``shorts`` are the names below the axis."""

    plot: Plot
    curves: Sequence[Curve]
    shorts: Sequence[tuple[str, float]]

    @property
    def lines(self) -> list[Line]:
        return self.plot.lines()


def drawn(panels: Sequence[Any], shorts: Sequence[str]) -> Curves:
    """Draw panels, none with more bars than ``shorts`` has names, over each other, bar by bar."""
    largest = max((bar.figure.top for panel in panels for bar in panel.bars), default=1)
    plot = Plot(WIDTH - NAMES, HEIGHT, len(shorts), largest)
    points = [
        [point(plot, bar, at, number, len(panels)) for at, bar in enumerate(panel.bars)]
        for number, panel in enumerate(panels)
    ]
    points = with_tags(plot, points)
    ends = [next((one.y for one in reversed(each) if one.is_known), plot.base) for each in points]
    most_lines = 3 if len(panels) <= FEW_NAMES else 2
    names = [list(wrapped(panel.name, NAMES - 24, LETTERS))[:most_lines] for panel in panels]
    places = apart(ends, [len(lines) * LINE + 3 for lines in names], TOP, HEIGHT - BOTTOM)
    curves = [
        Curve(
            shade=number,
            name=panels[number].name,
            path=path(each),
            points=[one for one in each if one.bar.figure.incidents],
            names=[(line, round(places[number] + 11 + LINE * at, 2)) for at, line in enumerate(names[number])],
            name_x=round(plot.width + 2, 2),
        )
        for number, each in enumerate(points)
    ]
    labels = plot.labels(len(shorts), max(map(len, shorts), default=1))
    return Curves(plot, curves, [(short, plot.middle(at)) for at, short in enumerate(shorts) if labels[at]])


def point(plot: Plot, bar: Any, at: int, number: int, of: int) -> Point:
    figure = bar.figure
    aside = (number - (of - 1) / 2) * min(BESIDE, plot.step / of)
    x = plot.middle(at)
    is_known = not figure.has_no_low and (figure.is_known or not figure.certain)
    low, high, top = (plot.y(value) for value in (figure.low, figure.high, figure.top))
    return Point(bar, number, x, low, high, top, round(x + aside, 2), is_known)


def with_tags(plot: Plot, points: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """The points, those with their number that have room for it, above or below."""
    every = sorted((one for each in points for one in each if one.bar.figure.incidents), key=lambda one: one.x)
    highest = min((one.top for one in every), default=0.0)
    boxes = list[Box]()

    def tagged(one: Point) -> Point:
        if not one.bar.figure.incidents or not one.told or (plot.number > FEW and one.is_known):
            return one
        half = width_of(one.told) / 2 + 1
        for y in (one.above, one.below):
            box = (one.x - half, one.x + half, y - 12, y + 2)
            touched = [other for other in boxes if other[0] < box[1] and box[0] < other[1]]
            is_free = all(abs(other[2] - box[2]) >= CLEAR for other in touched)
            if is_free and box[3] < plot.base and not any(other.covers(box) for other in every if other is not one):
                boxes.append(box)
                is_near = 2 * half * LARGER <= plot.step or one.top == highest
                return replace(one, tag=one.told, tag_y=y, is_near=is_near)
        return one

    return [[tagged(one) for one in each] for each in points]


def path(points: Sequence[Point]) -> str:
    """Through all points, with gaps."""
    said, is_gap = list[str](), True
    for one in points:
        if one.is_known:
            said.append(f"{'M' if is_gap else 'L'}{one.x:g} {one.y:g}")
        is_gap = not one.is_known
    return "".join(said)


def apart(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Where names stand that want to be at these heights: none on another, and none below ``bottom`` if they fit."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    found = [0.0] * len(wanted)
    free = top
    for at in order:
        found[at] = max(free, wanted[at] - heights[at] / 2)
        free = found[at] + heights[at]
    limit = bottom
    for at in reversed(order):
        found[at] = min(found[at], limit - heights[at])
        limit = found[at]
    return [round(place, 2) for place in found]
