"""The outlines that maps are drawn of, from the file that the settings name (`fixtures/outlines/README.md`).

Everything that is of one country is in that file: another archive builds its own.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from archive.localisation import localised
from archive.read_by_key import ReadByKey
from incidents.maps import clipping
from incidents.maps.clipping import Bounds, Point
from incidents.maps.projection import NOMINAL_WIDTH, UNITS_A_DEGREE, Frame, frame_around

COARSE_FROM = 350.0  # units of the sheet: wider maps are drawn of coarse lines
SECOND_UNTIL = 450.0  # units: narrower ones show the borders of the second level
KEPT = 256  # pieces of land


@dataclass(frozen=True)
class Arcs:
    """Lines that areas share, fine and coarse; an area names them by number, ~number where it runs backwards."""

    found: Sequence[Sequence[Sequence[Point]]]

    @classmethod
    def read(cls, arcs: Iterable[Sequence[Sequence[int]]]) -> "Arcs":
        return cls([[_points(line) for line in arc] for arc in arcs])

    def line(self, number: int, *, is_coarse: bool) -> Sequence[Point]:
        return self.found[number][int(is_coarse)]

    def ring(self, numbers: Iterable[int], *, is_coarse: bool) -> list[Point]:
        found: list[Point] = []
        for number in numbers:
            line = self.line(_arc(number), is_coarse=is_coarse)
            found += line[:-1] if number >= 0 else line[:0:-1]
        return found


@dataclass(frozen=True)
class Area:
    """A unit or a country: ``key`` is its P-code, empty abroad; ``spots`` are where its name has most room."""

    key: str
    level: int
    name_en: str
    name_ar: str
    box: Bounds
    spots: Sequence[Point]
    rings: Sequence[Sequence[int]]
    arcs: Arcs

    def outline(self, *, is_coarse: bool) -> list[list[Point]]:
        return [self.arcs.ring(ring, is_coarse=is_coarse) for ring in self.rings]

    def meets(self, bounds: Bounds) -> bool:
        left, top, right, bottom = self.box
        return left < bounds[2] and bounds[0] < right and top < bounds[3] and bounds[1] < bottom

    def room(self, bounds: Bounds) -> list[Point]:
        """Where its name may stand within bounds, the best place first."""
        left, top, right, bottom = bounds
        seen = [spot for spot in self.spots if left < spot[0] < right and top < spot[1] < bottom]
        if len(seen) == len(self.spots) or not self.meets(bounds):
            return seen
        pieces = [clipping.cut_area(ring, bounds) for ring in self.outline(is_coarse=True)]
        piece = max((piece for piece in pieces if piece), key=clipping.area_of, default=[])
        centre = clipping.middle(piece) if piece else None
        return [centre, *seen] if centre and clipping.is_within(centre, piece) else seen


@dataclass(frozen=True, slots=True)
class Water(ReadByKey):
    name_en: str
    name_ar: str
    spots: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Credit(ReadByKey):
    """Whose outlines they are; ``url`` says more."""

    words_en: str
    words_ar: str
    url: str

    @property
    def words(self) -> str:
        return localised(self.words_en, self.words_ar)


@dataclass(frozen=True, slots=True)
class Land(ReadByKey):
    """What of the outlines a map shows, as path data: areas, and the lines between them."""

    abroad: str
    abroad_lines: str
    country: str
    first: str
    second: str


class Outlines:
    """All that a file of outlines holds; empty where there is none."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    @cached_property
    def region(self) -> Frame:
        """The part of the world that the file knows."""
        left, top, right, bottom = _tenths(self.document.get("region", (0, 0, 10, 10)))
        return Frame(left, top, right - left, bottom - top)

    @cached_property
    def unit_arcs(self) -> Arcs:
        return Arcs.read(self.document.get("units", {}).get("arcs", ()))

    @cached_property
    def units(self) -> dict[str, Area]:
        """The administrative units by P-code, the country first."""
        shapes = self.document.get("units", {}).get("shapes", ())
        return {one["pcode"]: _area(one, self.unit_arcs) for one in shapes}

    @cached_property
    def abroad_arcs(self) -> Arcs:
        return Arcs.read(self.document.get("abroad", {}).get("arcs", ()))

    @cached_property
    def abroad(self) -> list[Area]:
        return [_area(one, self.abroad_arcs) for one in self.document.get("abroad", {}).get("countries", ())]

    @cached_property
    def abroad_borders(self) -> list[int]:
        """The arcs that lines are drawn of: the country's own borders are drawn of its own outline."""
        countries = self.document.get("abroad", {}).get("countries", ())
        own = {_arc(number) for one in countries if one["is_home"] for ring in one["rings"] for number in ring}
        return [number for number in range(len(self.abroad_arcs.found)) if number not in own]

    @cached_property
    def waters(self) -> list[Water]:
        found = self.document.get("waters", ())
        return [Water(one["en"], one["ar"], [_pair(spot) for spot in one["spots"]]) for one in found]

    @cached_property
    def towns(self) -> dict[str, int]:
        """The larger towns: P-code → rank, 1 the largest."""
        return {one["pcode"]: one["rank"] for one in self.document.get("towns", ())}

    @cached_property
    def credits(self) -> list[Credit]:
        return [Credit(one["en"], one["ar"], one["url"]) for one in self.document.get("sources", ())]

    @cached_property
    def country(self) -> Frame | None:
        """The part of the sheet that the country fills."""
        boxes = [unit.box for unit in self.units.values() if unit.level == 0]
        if not boxes:
            return None
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        return Frame(left, top, right - left, bottom - top)

    @lru_cache(maxsize=KEPT)  # noqa: B019 (there is one)
    def land(self, frame: Frame, pixels: float = NOMINAL_WIDTH, margin: float = 0.05) -> Land:
        """Return what lies in a frame that is drawn so many pixels wide, and ``margin`` of its width around it."""
        bounds, step = around(frame, margin), grid(frame, pixels)
        is_coarse = frame.width > COARSE_FROM
        highest = self.document.get("units", {}).get("highest", ())

        def drawn(arcs: Arcs, numbers: Iterable[int]) -> str:
            return clipping.lines((arcs.line(number, is_coarse=is_coarse) for number in numbers), bounds, step)

        def borders(level: int) -> str:
            return drawn(self.unit_arcs, (number for number, one in enumerate(highest) if one == level))

        def filled(areas: Iterable[Area]) -> str:
            seen = [area for area in areas if area.meets(bounds)]
            return "".join(clipping.areas(area.outline(is_coarse=is_coarse), bounds, step) for area in seen)

        return Land(
            abroad=filled(self.abroad),
            abroad_lines=drawn(self.abroad_arcs, self.abroad_borders),
            country=filled(unit for unit in self.units.values() if unit.level == 0),
            first=borders(1),
            second=borders(2) if frame.width < SECOND_UNTIL else "",
        )

    def shape(self, key: str, frame: Frame, pixels: float = NOMINAL_WIDTH) -> str:
        """Return the outline of a unit as path data; empty where it is not known."""
        if not (unit := self.units.get(key)):
            return ""
        outline = unit.outline(is_coarse=frame.width > COARSE_FROM)
        return clipping.areas(outline, around(frame, 0.05), grid(frame, pixels))


def around(frame: Frame, margin: float) -> Bounds:
    more = frame.width * margin
    return frame.x - more, frame.y - more, frame.x + frame.width + more, frame.y + frame.height + more


def grid(frame: Frame, pixels: float) -> int:
    """How many tenths of a unit are half a pixel."""
    return max(1, round(10 * frame.width / pixels / 2))


@lru_cache(maxsize=4)
def read_outlines(name: str) -> Outlines:
    path = Path(name)
    return Outlines(json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})


def outlines() -> Outlines:
    """Return those of this archive."""
    return read_outlines(str(settings.MAP_OUTLINES))


def _arc(number: int) -> int:
    return number if number >= 0 else ~number


def country_frame(ratio: float) -> Frame:
    """Return the part of the sheet with the whole country, or a degree where no outlines are known."""
    known = outlines().country
    corners = [(known.x, known.y), (known.x + known.width, known.y + known.height)] if known else []
    return frame_around(corners, fallback=Frame(0, 0, UNITS_A_DEGREE, UNITS_A_DEGREE / ratio), ratio=ratio)


def _points(line: Sequence[int]) -> list[Point]:
    x, y = 0, 0
    found = []
    for step_x, step_y in zip(line[::2], line[1::2], strict=True):
        x, y = x + step_x, y + step_y
        found.append((x / 10, y / 10))
    return found


def _tenths(numbers: Iterable[int]) -> Bounds:
    left, top, right, bottom = (number / 10 for number in numbers)
    return left, top, right, bottom


def _pair(spot: Sequence[int]) -> Point:
    return spot[0] / 10, spot[1] / 10


def _area(one: Mapping[str, Any], arcs: Arcs) -> Area:
    return Area(
        key=one.get("pcode", ""),
        level=one.get("level", 0),
        name_en=one.get("en", ""),
        name_ar=one.get("ar", ""),
        box=_tenths(one["box"]),
        spots=[_pair(spot) for spot in one["spots"]],
        rings=one["rings"],
        arcs=arcs,
    )
