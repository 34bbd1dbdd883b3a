"""Which names are written on a map, and where: none meets another, a mark, or the edge. Pure.

Room is taken in the order of the wishes, so that what is most important comes first. Widths are estimates on the wide
side: readers' fonts are not known here.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.read_by_key import ReadByKey
from incidents.maps.projection import NOMINAL_WIDTH, Frame

LETTER = 0.62  # of the size of letters, in DejaVu Sans on average
WIDE_LETTER = 0.76  # of letters that stand apart
LINE = 1.3
EDGE = 4.0  # pixels
CELL = 64.0  # pixels: boxes are looked for by squares of the sheet
FARTHER = (2.0, 8.0, 16.0, 26.0, 38.0, 54.0, 74.0, 98.0, 126.0, 160.0)  # pixels beside what is beside a mark
TURNS = 16
Point = tuple[float, float]
Way = tuple[float, float, str]  # to the middle of a line, and what of it is there


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

    ``kind`` says how it looks, ``size`` is that of its letters in pixels, ``key`` what it leads to. ``instead`` is a
    number that stands for a name that has no room.
    """

    text: str
    kind: str
    spots: Sequence[Point]
    size: float = 13.0
    gap: float | None = None
    reach: tuple[float, float] = (0.0, 0.0)
    key: str = ""
    is_wide: bool = False
    instead: str = ""

    def width_of(self, text: str) -> float:
        return len(text) * self.size * (WIDE_LETTER if self.is_wide else LETTER)


@dataclass(frozen=True, slots=True)
class Written(ReadByKey):
    """A name at its place: ``x`` and ``y`` on the sheet, ``dx`` and ``dy`` in pixels from there to its base line.

    ``where``: "wide", "narrow" (on telephones) or "always". ``text`` is the name, or the number instead of it; nothing
    where there is no room for that either. ``is_led``: so far off that a line leads there. ``reach``: how far from the
    spot its name would stand, aside and away.
    """

    wish: Wish
    x: float
    y: float
    dx: float
    dy: float
    anchor: str
    text: str
    where: str = "always"
    is_led: bool = False
    reach: Point = (0.0, 0.0)

    @property
    def spot(self) -> tuple[str, str, float, float, float, float, str]:
        return self.wish.text, self.text, self.x, self.y, self.dx, self.dy, self.anchor

    @property
    def is_instead(self) -> bool:
        return bool(self.wish.instead) and self.text != self.wish.text


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

    def take_circle(self, x: float, y: float, radius: float, dx: float = 0.0, dy: float = 0.0) -> None:
        left, top = self.at(x, y)
        self.take(Box(left + dx - radius, top + dy - radius, left + dx + radius, top + dy + radius))

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
        for spot in wish.spots:
            for way in ways(wish, self.marks, is_rtl=is_rtl):
                if found := self.put(wish, wish.text, spot, way):
                    return found
        return None

    def write_instead(self, wish: Wish, *, is_rtl: bool) -> Written:
        """Write the number that stands for a name: beside its spot, or farther off with a line that leads there."""
        spot = wish.spots[0]
        for way in ways(wish, self.marks, is_rtl=is_rtl):
            if found := self.put(wish, wish.instead, spot, way):
                return found
        for way in ways_off(wish, self.marks):
            if found := self.put(wish, wish.instead, spot, way, is_led=True):
                return found
        return Written(wish, *rounded(spot), 0.0, 0.0, "middle", "", reach=beside(wish, self.marks))

    def put(self, wish: Wish, text: str, spot: Point, way: Way, *, is_led: bool = False) -> Written | None:
        """Write it in one way, if that is free."""
        left, middle = self.at(*spot)
        dx, dy, anchor = way
        width, half = wish.width_of(text), wish.size * LINE / 2
        start = left + dx - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
        box = Box(start, middle + dy - half, start + width, middle + dy + half)
        if not self.is_free(box):
            return None
        self.take(box)
        base = round(dy + wish.size * 0.35, 2)
        return Written(wish, *rounded(spot), dx, base, anchor, text, is_led=is_led, reach=beside(wish, self.marks))


def ways(wish: Wish, marks: float = 1.0, *, is_rtl: bool) -> Iterator[Way]:
    """How a name may stand about its spot: the middle of its line from there, and what is at its x."""
    if wish.gap is None:
        yield 0.0, 0.0, "middle"
        return
    aside, away = beside(wish, marks)
    after, before = (aside, 0.0, "start"), (-aside, 0.0, "end")
    yield from (before, after) if is_rtl else (after, before)
    line = round(away + wish.size * 0.55, 2)
    yield 0.0, -line, "middle"
    yield 0.0, line, "middle"


def ways_off(wish: Wish, marks: float) -> Iterator[Way]:
    """How what a line leads to may stand: all around its spot, farther and farther off."""
    aside, away = beside(wish, marks)
    for farther in FARTHER:
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            x, y = math.cos(angle) * (aside + wish.size + farther), math.sin(angle) * (away + wish.size + farther)
            yield round(x, 2), round(y, 2), "middle"


def beside(wish: Wish, marks: float) -> Point:
    """How far from its spot a name stands, aside and away: beyond what is marked there."""
    aside, away = (round((wish.gap or 0.0) + reach * marks, 2) for reach in wish.reach)
    return aside, away


def rounded(spot: Point) -> Point:
    return round(spot[0], 1), round(spot[1], 1)


def written(wishes: Sequence[Wish], room: Room, most: Mapping[str, int], *, is_rtl: bool) -> list[Written | None]:
    """Write what there is room for, of each kind at most so many, and numbers instead of the others that have one."""
    found: list[Written | None] = []
    numbers: Counter[str] = Counter()
    for wish in wishes:
        one = None
        if numbers[wish.kind] < most.get(wish.kind, len(wishes)):
            one = room.write(wish, is_rtl=is_rtl)
        numbers[wish.kind] += one is not None
        if one is None and wish.instead:
            one = room.write_instead(wish, is_rtl=is_rtl)
        found.append(one)
    return found


def together(wide: Sequence[Written | None], narrow: Sequence[Written | None]) -> Iterator[Written]:
    """Yield what is written on wide screens, on narrow ones, and at the same place on both."""
    others = {other.spot: other for other in narrow if other}
    for one in wide:
        if one:
            yield one if others.pop(one.spot, None) else replace(one, where="wide")
    yield from (replace(other, where="narrow") for other in others.values())
