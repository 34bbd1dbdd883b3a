"""What the templates of charts read of a panel and of its bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.read_by_key import ReadByKey
from incidents.lists.chart import wording
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.plot import NARROW_WIDTH, NO_TAG, Line, Piece, Plot, Tag
from incidents.lists.chart.series import Series

Days = tuple[date, date]
HALF_NAME = 38.0  # units


@dataclass(frozen=True, slots=True)
class ChartBar(ReadByKey):
    """One bar: ``name`` in words, ``short`` for the axis, ``words`` its figures, ``tag`` what stands above it,
    ``told`` what they would say if they had room.

    ``is_near``: a telephone has room for that too, at the ``side`` of its middle (`incidents.lists.chart.telephones`).
    ``query`` lists what may be in it, ``certain_query`` what certainly is; ``parts`` are those on each other.
    """

    name: str
    words: str
    figure: Figure
    days: Days
    query: str
    certain_query: str
    parts: Sequence[str]
    plot: Plot
    told: Sequence[str] = ()
    short: str = ""
    tag: Tag = NO_TAG
    is_near: bool = False
    side: str = ""
    pieces: Sequence[Piece] = ()
    middle: float = 0.0
    label: str = ""

    @property
    def left(self) -> float:
        return round(self.middle - self.plot.bar_width / 2, 2)

    @property
    def place(self) -> str:
        """The classes of what stands above it."""
        return f"{' near' if self.is_near else ''}{' ' if self.side else ''}{self.side}"

    @property
    def told_y(self) -> float:
        """Where what had no room stands when it is asked for: above all bars; that of a telephone on its bar."""
        return self.above if self.is_near else self.plot.top - 8

    @property
    def above(self) -> float:
        return round((self.pieces[-1].y if self.pieces else self.plot.base) - 5, 2)

    @property
    def lines(self) -> list[tuple[str, float]]:
        """What stands above it, each line with its height."""
        lowest = self.above
        heights = [round(lowest - 12.5 * at, 2) for at in reversed(range(len(self.tag.lines)))]
        return list(zip(self.tag.lines, heights, strict=True))

    @property
    def is_at_edge(self) -> bool:
        """Whether its name below the axis would stand out of the picture."""
        return self.label == "end" and self.middle + HALF_NAME > self.plot.width

    @property
    def anchor(self) -> str:
        return "end" if self.is_at_edge else "middle"

    @property
    def label_x(self) -> float:
        return self.plot.width - 2 if self.is_at_edge else self.middle

    @property
    def certain_words(self) -> str:
        """How many people certainly: nothing is said of a bar that no incident certainly is in."""
        figure = self.figure
        if not figure.certain:
            return ""
        return wording.count(figure) if figure.is_known else "?"

    @property
    def possible_words(self) -> str:
        figure = self.figure
        if figure.further <= figure.silent_further:
            return "?" if figure.further else ""
        return wording.besides(figure)

    @property
    def silent(self) -> int:
        return self.figure.silent + self.figure.silent_further


@dataclass(frozen=True)
class Panel(ReadByKey):
    """The bars of one selection, or of all parts on each other; ``whole`` counts each incident once."""

    series: Series
    plot: Plot
    bars: Sequence[ChartBar]
    whole: ChartBar
    label: str

    @property
    def name(self) -> str:
        return self.series.name

    @property
    def total(self) -> Figure:
        return self.whole.figure

    @property
    def is_narrow(self) -> bool:
        return self.plot.width == NARROW_WIDTH

    @property
    def lines(self) -> list[Line]:
        return self.plot.lines()

    @property
    def filled(self) -> list[ChartBar]:
        """The bars that have anything, for the table."""
        return [bar for bar in self.bars if bar.figure.incidents]
