"""Which names are written on a map, and where: none meets another, a mark, or the edge. Pure.

Room is taken in the order of the wishes, so that what is most important comes first. Widths are estimates on the wide
side: readers' fonts are not known here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.read_by_key import ReadByKey
from incidents.maps.projection import NOMINAL_WIDTH, Frame

LETTER = 0.62  # of the size of letters, in DejaVu Sans on average
WIDE_LETTER = 0.76  # of letters that stand apart
LINE = 1.3
EDGE = 4.0  # pixels
CELL = 64.0  # pixels: boxes are looked for by squares of the sheet
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Wish(ReadByKey):
    """A name to be written at one of some spots of the sheet, or beside it by ``gap`` pixels where that is not None.

    What is marked there reaches so far to the sides and up and down (``reach``, pixels).

    ``kind`` says how it looks, ``size`` is that of its letters in pixels, ``key`` what it leads to.
    """

    text: str
    kind: str
    spots: Sequence[Point]
    size: float = 13.0
    gap: float | None = None
    reach: tuple[float, float] = (0.0, 0.0)
    key: str = ""
    is_wide: bool = False

    @property
    def width(self) -> float:
        return len(self.text) * self.size * (WIDE_LETTER if self.is_wide else LETTER)


@dataclass(frozen=True, slots=True)
class Written(ReadByKey):
    """A name at its place: ``x`` and ``y`` on the sheet, ``dx`` and ``dy`` in pixels from there to its base line.

    ``where``: "wide", "narrow" (on telephones) or "always".
    """

    wish: Wish
    x: float
    y: float
    dx: float
    dy: float
    anchor: str
    where: str = "always"

    @property
    def spot(self) -> tuple[float, float, float, float, str]:
        return self.x, self.y, self.dx, self.dy, self.anchor


@dataclass
class Room:
    """What of a frame is taken; letters and marks are ``size`` times as large as nominal."""

    frame: Frame
    size: float = 1.0
    marks: float = 1.0  # of what is marked, as against letters
    cells: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        return NOMINAL_WIDTH / self.frame.width / self.size

    @property
    def whole(self) -> Box:
        return Box(EDGE, EDGE, NOMINAL_WIDTH / self.size - EDGE, self.frame.height * self.scale - EDGE)

    def at(self, x: float, y: float) -> Point:
        return (x - self.frame.x) * self.scale, (y - self.frame.y) * self.scale

    def take(self, box: Box) -> None:
        for cell in self.touched(box):
            self.cells.setdefault(cell, []).append(box)

    def take_circle(self, x: float, y: float, radius: float, dx: float = 0.0) -> None:
        left, top = self.at(x, y)
        self.take(Box(left + dx - radius, top - radius, left + dx + radius, top + radius))

    def take_frame(self, frame: Frame, further: float = 1.0) -> None:
        left, top = self.at(frame.x, frame.y)
        self.take(Box(left, top, left + frame.width * self.scale * further, top + frame.height * self.scale * further))

    def is_free(self, box: Box) -> bool:
        whole = self.whole
        if box.left < whole.left or box.right > whole.right or box.top < whole.top or box.bottom > whole.bottom:
            return False
        return not any(box.meets(other) for cell in self.touched(box) for other in self.cells.get(cell, ()))

    def touched(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
            for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
                yield column, row

    def write(self, wish: Wish, *, is_rtl: bool) -> Written | None:
        """Write a name where there is room for it, and take that."""
        for x, y in wish.spots:
            left, middle = self.at(x, y)
            for dx, dy, anchor in ways(wish, self.marks, is_rtl=is_rtl):
                start = left + dx - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wish.width
                half = wish.size * LINE / 2
                box = Box(start, middle + dy - half, start + wish.width, middle + dy + half)
                if self.is_free(box):
                    self.take(box)
                    return Written(wish, round(x, 1), round(y, 1), dx, round(dy + wish.size * 0.35, 2), anchor)
        return None


def ways(wish: Wish, marks: float = 1.0, *, is_rtl: bool) -> Iterator[tuple[float, float, str]]:
    """How a name may stand about its spot: the middle of its line from there, and what is at its x."""
    if wish.gap is None:
        yield 0.0, 0.0, "middle"
        return
    aside, away = (round(wish.gap + reach * marks, 2) for reach in wish.reach)
    after, before = (aside, 0.0, "start"), (-aside, 0.0, "end")
    yield from (before, after) if is_rtl else (after, before)
    beside = round(away + wish.size * 0.55, 2)
    yield 0.0, -beside, "middle"
    yield 0.0, beside, "middle"


def written(wishes: Sequence[Wish], room: Room, most: Mapping[str, int], *, is_rtl: bool) -> list[Written | None]:
    """Write what there is room for, of each kind at most so many."""
    found: list[Written | None] = []
    numbers: Counter[str] = Counter()
    for wish in wishes:
        one = None
        if numbers[wish.kind] < most.get(wish.kind, len(wishes)):
            one = room.write(wish, is_rtl=is_rtl)
        numbers[wish.kind] += one is not None
        found.append(one)
    return found


def together(wide: Sequence[Written | None], narrow: Sequence[Written | None]) -> Iterator[Written]:
    """Yield what is written on wide screens, on narrow ones, and at the same place on both."""
    for one, other in zip(wide, narrow, strict=True):
        if one and other and one.spot == other.spot:
            yield one
            continue
        for which, where in ((one, "wide"), (other, "narrow")):
            if which:
                yield Written(which.wish, *which.spot, where)
