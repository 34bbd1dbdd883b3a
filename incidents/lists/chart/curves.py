"""Several selections as lines on one scale, as numbers: where each point stands, what is named beside it. Pure.

A line goes through what is certain (of people the lowest number). A bar through each point reaches up to the highest
number that is certain, and broken on to what is only possible. Where no number is known, the line has a gap.
Lines differ by dash and mark, and each has its name at its end: colours only help.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.read_by_key import ReadByKey
from incidents.lists.chart.lettering import wrapped
from incidents.lists.chart.plot import BOTTOM, SHADES, TOP, Line, Plot
from incidents.lists.chart.samples import DASHES, Sample, inside, mark

MOST_CURVES = 6
WIDTH, HEIGHT = 800.0, 320.0
NAMES = 176.0  # units beside the lines, for their names
LETTERS, LINE = 12.0, 14.0  # of a name: its size, and the height of its lines
BESIDE = 4.0  # units between the bars of two lines at one point
CLEAR = 15.0  # units above a point that a number needs
FEW = 16  # points of a line that have numbers


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
    tag: str = ""

    @property
    def shape(self) -> str:
        return mark(self.number, self.x, self.y)

    @property
    def tag_y(self) -> float:
        return round(min(self.top, self.y - 3) - 5, 2)

    @property
    def reach(self) -> tuple[float, float, float]:
        """The corner and the height of what can be pointed at."""
        return round(self.x - 9, 2), round(self.top - 9, 2), round(self.y - self.top + 18, 2)

    def has_room(self, others: Iterable["Point"]) -> bool:
        """Whether nothing at the same place below the axis stands where its number would."""
        low, high = self.tag_y - 12, self.tag_y + 2

        def is_in_the_way(other: Point) -> bool:
            has_number = abs(other.tag_y - self.tag_y) < CLEAR and other.number < self.number
            return has_number or (other.top - 2 < high and other.y + 5 > low)

        return not any(map(is_in_the_way, others))


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
    if len(shorts) <= FEW:
        points = with_tags(points)
    ends = [next((one.y for one in reversed(each) if one), plot.base) for each in points]
    names = [list(wrapped(panel.name, NAMES - 24, LETTERS))[:2] for panel in panels]
    places = apart(ends, [len(lines) * LINE + 3 for lines in names], TOP, HEIGHT - BOTTOM)
    curves = [
        Curve(
            shade=number,
            name=panels[number].name,
            path=path(each),
            points=[one for one in each if one and one.bar.figure.incidents],
            names=[(line, round(places[number] + 11 + LINE * at, 2)) for at, line in enumerate(names[number])],
            name_x=round(plot.width + 2, 2),
        )
        for number, each in enumerate(points)
    ]
    labels = plot.labels(len(shorts), max(map(len, shorts), default=1))
    return Curves(plot, curves, [(short, plot.middle(at)) for at, short in enumerate(shorts) if labels[at]])


def point(plot: Plot, bar: Any, at: int, number: int, of: int) -> Point | None:
    """Nothing where incidents are known, but no number."""
    figure = bar.figure
    if figure.certain and figure.certain == figure.silent:
        return None
    aside = (number - (of - 1) / 2) * min(BESIDE, plot.step / of)
    x = plot.middle(at)
    return Point(bar, number, x, plot.y(figure.low), plot.y(figure.high), plot.y(figure.top), round(x + aside, 2))


def with_tags(points: Sequence[Sequence[Point | None]]) -> list[list[Point | None]]:
    """The points, those with their number that have room for it."""

    def tagged(one: Point | None) -> Point | None:
        if one is None or not one.bar.figure.incidents:
            return one
        others = [other for each in points for other in each if other and other.x == one.x and other is not one]
        return replace(one, tag="".join(one.bar.told)) if one.has_room(others) else one

    return [[tagged(one) for one in each] for each in points]


def path(points: Sequence[Point | None]) -> str:
    """Through all points, with gaps."""
    said, is_gap = list[str](), True
    for one in points:
        if one is not None:
            said.append(f"{'M' if is_gap else 'L'}{one.x:g} {one.y:g}")
        is_gap = one is None
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
