"""A panel of a chart as numbers: where the pieces of each bar stand and what is written beside them. Pure.

From below: what is certain, the range up to the highest number that is certain, what is only possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.read_by_key import ReadByKey
from incidents.lists import bar_axes

WIDE_WIDTH, NARROW_WIDTH = 800.0, 390.0  # of a panel alone, and of one beside another
LEFT, RIGHT, TOP, BOTTOM = 46.0, 14.0, 32.0, 30.0
#: Of the parts of a stack; pages have others where they are dark (`static/css/charts.css`).
SHADES = (
    "#1f4b6e", "#b3541e", "#4f7a3a", "#7b4a8b", "#0e7c86", "#a07d16", "#5b5b5b", "#8f8f8f", "#b98a8a",
)  # fmt: skip
#: What is drawn in white over parts that are certain, by shade: upright and level. Aslant is what is only possible.
WEFTS = {
    1: "M0 2H8M0 6H8", 2: "M2 0V8M6 0V8", 3: "M0 2H8M2 0V8", 4: "M1 2H3M5 6H7", 5: "M4 0V8",
    7: "M0 1H8M0 3H8M0 5H8M0 7H8", 8: "M0 0H8V8H0Z",
}  # fmt: skip
SLANTS = (45, -45, 30, -30, 60, -60, 20, -20, 70)  # degrees, of what is only possible
DIGIT, SIGN = 7.7, 10.1  # units that a figure, and a sign, of the labels above bars is wide, at most
APART = 3.0  # units between two labels above bars
FEW = 16  # bars
SHORT = 6  # letters: longer labels have a line for what is possible, lest a range and it run together
LEAST = 1.5  # units: what is not zero can be seen
BETWEEN = 14.0  # units between two names below the axis


@dataclass(frozen=True, slots=True)
class Shaded(ReadByKey):
    """Something that is drawn in a colour or a pattern: ``kind`` is certain, range or possible, ``shade`` the number of
    its colour.
    """

    kind: str
    shade: int

    @property
    def colour(self) -> str:
        return SHADES[self.shade % len(SHADES)]

    @property
    def look(self) -> str:
        """The class of its kind: what is certain of most parts of a stack has a pattern too, to be told in grey."""
        return "part" if self.kind == "certain" and self.shade in WEFTS else self.kind

    @property
    def fill(self) -> str:
        """Its colour or its pattern, as SVG names it."""
        return self.colour if self.look == "certain" else f"url(#{self.look}-{self.shade})"


@dataclass(frozen=True, slots=True)
class Pattern(ReadByKey):
    """The patterns of one shade: of what is certain, where it has one, and of what is only possible."""

    shade: int

    @property
    def colour(self) -> str:
        return SHADES[self.shade]

    @property
    def weft(self) -> str:
        return WEFTS.get(self.shade, "")

    @property
    def slant(self) -> int:
        return SLANTS[self.shade]


@dataclass(frozen=True, slots=True)
class Piece(Shaded):
    """A part of a bar."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line(ReadByKey):
    """A line across at a round number."""

    y: float
    value: int


def width_of(text: str) -> float:
    """How many units a label above a bar is wide, at most."""
    return sum(SIGN if letter in "+≥≤" else DIGIT for letter in text)


class Tag(NamedTuple):
    """What stands above a bar: the middle of its lines, and these from the highest."""

    x: float
    lines: Sequence[str]


NO_TAG = Tag(0.0, ())


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of one panel, for so many bars up to a highest value; panels beside each other share both."""

    width: float
    height: float
    number: int
    largest: int

    @property
    def step(self) -> float:
        return (self.width - LEFT - RIGHT) / max(1, self.number)

    @property
    def bar_width(self) -> float:
        return round(min(self.step * 0.82, 60.0), 2)

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def top(self) -> float:
        return TOP

    @property
    def inner(self) -> float:
        """The height of the room for bars."""
        return self.base - TOP

    @property
    def label_y(self) -> float:
        return self.height - BOTTOM + 18

    @property
    def base(self) -> float:
        return self.height - BOTTOM

    def middle(self, index: int) -> float:
        return round(LEFT + self.step * (index + 0.5), 2)

    def y(self, value: float) -> float:
        return round(self.base - value / bar_axes.axis_top(self.largest) * (self.base - TOP), 2)

    def pieces(self, index: int, stack: Sequence[tuple[str, int, int]]) -> list[Piece]:
        """Put the parts of a bar (kind, shade, amount) on each other; those of nothing are left out."""
        x, y = round(self.middle(index) - self.bar_width / 2, 2), self.base
        made = []
        for kind, shade, amount in stack:
            if amount:
                height = round(max(LEAST, self.base - self.y(amount)), 2)
                y = round(y - height, 2)
                made.append(Piece(kind, shade, x, y, self.bar_width, height))
        return made

    def lines(self) -> list[Line]:
        top = bar_axes.axis_top(self.largest)
        values = [0, top // 2, top] if top > 1 else [0, 1]
        return [Line(self.y(value), value) for value in values]

    def labels(self, number: int, longest: int) -> list[str]:
        """How the name below each of so many bars is set (`bar_axes.labels`), none longer than so many letters."""
        room = longest * DIGIT + BETWEEN
        return bar_axes.labels(number, max(1, int((number * self.step) // room)))

    def tags(self, texts: Sequence[Sequence[str]]) -> list[Tag]:
        """The labels above the bars, each as the lines in which its parts fit, none where they do not.

        One may stand over half of the gap between its bar and the next that has one. Of many bars all have theirs or
        none, lest only small numbers are shown.
        """
        tags = [self.fitted(at, parts, self.gap(at, texts)) for at, parts in enumerate(texts)]
        is_whole = all(tag.lines or not parts for tag, parts in zip(tags, texts, strict=True))
        return tags if is_whole or len(tags) <= FEW else [Tag(tag.x, []) for tag in tags]

    def gap(self, index: int, texts: Sequence[Sequence[str]]) -> tuple[float, float]:
        """Where the label of a bar may begin and end: as far as half-way to its neighbours that have one."""
        before = next((at for at in range(index - 1, -1, -1) if texts[at]), None)
        after = next((at for at in range(index + 1, len(texts)) if texts[at]), None)
        begins = LEFT if before is None else (self.middle(before) + self.middle(index)) / 2
        ends = self.width if after is None else (self.middle(index) + self.middle(after)) / 2
        return begins, ends

    def fitted(self, index: int, parts: Sequence[str], gap: tuple[float, float]) -> Tag:
        """Put a label over its bar, or beside that as far as it must to stay within its gap."""
        begins, ends = gap
        joined = "".join(parts)
        for lines in ([joined], list(parts)) if len(joined) <= SHORT else (list(parts), [joined]):
            wide = max(map(width_of, lines), default=0.0) + APART
            if wide <= ends - begins:
                x = min(max(self.middle(index), begins + wide / 2), ends - wide / 2)
                return Tag(round(x, 2), [line for line in lines if line])
        return Tag(self.middle(index), [])
