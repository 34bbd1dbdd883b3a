"""What sets lines and parts apart, and samples of it for a legend. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.lists.chart.plot import SHADES, Shaded

DASHES = ("", "9 4", "2 4", "12 4 2 4", "5 3 1 3 1 3", "16 6")
MARKS = ("circle", "square", "triangle", "diamond", "cross", "ring")


def mark(number: int, x: float, y: float) -> str:
    """The outline of the mark of a selection, as a path of SVG."""
    at = {
        "square": f"M{x - 4:g} {y - 4:g}h8v8h-8z",
        "triangle": f"M{x:g} {y - 5:g}l5 9h-10z",
        "diamond": f"M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z",
        "cross": f"M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8",
    }
    return at.get(MARKS[number], f"M{x - 4.5:g} {y:g}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z")


def inside(number: int) -> str:
    """What fills the marks of a selection; the last two are outlines."""
    return {"cross": "none", "ring": "#ffffff"}.get(MARKS[number], SHADES[number])


@dataclass(frozen=True, slots=True)
class Sample(Shaded):
    """How something is drawn, and what it stands for; ``also`` are kinds of the same shade that are shown beside it."""

    words: str
    also: Sequence[Shaded] = ()

    @property
    def dash(self) -> str:
        return DASHES[self.shade] if self.kind == "line" else ""

    @property
    def mark(self) -> str:
        return mark(self.shade, 11, 5.5) if self.kind == "line" else ""

    @property
    def inside(self) -> str:
        return inside(self.shade)
