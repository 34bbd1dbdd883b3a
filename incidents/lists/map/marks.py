"""What stands on a map: marks of towns or of larger units, rings for what is known no nearer, the legend."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from archive.lists.labels import Label
from archive.localisation import isolated
from archive.models.choices import LEVEL_LABELS
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.maps import symbols
from incidents.maps.projection import NOMINAL_WIDTH

BETWEEN = 1.0  # pixels between the pieces of a mark


@dataclass(frozen=True, slots=True)
class Piece(ReadByKey):
    """A part of a mark: ``name`` of the part (empty of the whole), ``shape`` its number.

    ``dx``, ``dy`` and radii in pixels; the inner shape is what certainly is of it; ``query`` lists it.
    """

    shape: int
    name: str
    words: str
    count: int
    query: str
    dx: float
    dy: float
    radius: float
    certain_radius: float

    @property
    def aside(self) -> float:
        return symbols.half(self.shape, self.radius)[0]

    @property
    def away(self) -> float:
        return symbols.half(self.shape, self.radius)[1]


@dataclass(frozen=True, slots=True)
class Mark(ReadByKey):
    """A town or unit, or some that are drawn together: how many incidents (``words``), of them certainly, killed at
    least; ``query`` lists them, or is that of their map where it ``leads_closer``.

    ``name`` is in the reader's language, ``other_name`` in the other script. ``label`` is written beside it, or where
    that has no room ``number``, that of its row in the table.
    """

    key: str
    name: str
    other_name: str
    words: str
    total: int
    certain: int
    killed: int
    query: str
    x: float
    y: float
    pieces: Sequence[Piece]
    label: str = ""
    number: str = ""
    leads_closer: bool = False

    @property
    def possible(self) -> int:
        return self.total - self.certain

    @property
    def at(self) -> str:
        """Its place on the sheet, as SVG reads it."""
        return f"{self.x:g} {self.y:g}"

    @property
    def reach(self) -> tuple[float, float]:
        """How far it reaches to either side, and up and down, in pixels."""
        aside = max((abs(one.dx) + one.aside for one in self.pieces), default=0.0)
        return aside, max((abs(one.dy) + one.away for one in self.pieces), default=0.0)

    def title(self, piece: Piece) -> str:
        """“Kafr Nobol: 4 attacks”, “Kafr Nobol, Russia: 2 attacks”."""
        names = f"{isolated(self.name)} · {isolated(piece.name)}" if piece.name else isolated(self.name)
        return f"{names}: {piece.words}"


@dataclass(frozen=True, slots=True)
class Area(ReadByKey):
    """A place above what is marked: how many incidents lie in it, ``vague`` of them known no nearer; ``query``
    lists all. ``number`` stands for its name on the map where that has no room; those of marks go before.
    """

    label: Label
    words: str
    total: int
    vague: int
    query: str
    number: str = ""

    @property
    def level(self) -> str:
        return str(LEVEL_LABELS[Level(self.label.level)])


@dataclass(frozen=True, slots=True)
class Ring(ReadByKey):
    """An area as a dashed ring within it: somewhere there."""

    area: Area
    words: str
    x: float
    y: float
    radius: float

    @property
    def title(self) -> str:
        return f"{isolated(self.area.label.name)} ({self.area.level}): {self.words}"


@dataclass(frozen=True, slots=True)
class Sample(ReadByKey):
    """A size of the legend; lengths are nominal pixels, ``x`` from the side where reading begins."""

    count: int
    radius: float
    x: float

    @property
    def mirrored(self) -> float:
        """The same from the left, where reading begins at the right."""
        return NOMINAL_WIDTH - self.x


def in_rows(sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return how far each of some shapes lies from the middle of all: close together, in as many rows as columns.

    ``sizes`` are how far each reaches aside and away.
    """
    columns = math.ceil(math.sqrt(len(sizes)))
    rows = [sizes[at : at + columns] for at in range(0, len(sizes), columns or 1)]
    heights = [2 * max(away for _aside, away in row) for row in rows]
    found, y = [], -(sum(heights) + BETWEEN * (len(rows) - 1)) / 2
    for row, height in zip(rows, heights, strict=True):
        x = -(sum(2 * aside for aside, _away in row) + BETWEEN * (len(row) - 1)) / 2
        for aside, _away in row:
            found.append((round(x + aside, 2), round(y + height / 2, 2)))
            x += 2 * aside + BETWEEN
        y += height + BETWEEN
    return found
