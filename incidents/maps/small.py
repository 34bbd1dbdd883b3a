"""A small map of where something is: of a record, a place or a facility; on its page, on cards, in frames elsewhere.

How to use it::

    drawn = small.of_record(content)                # an `IncidentRecord` as readers see it, or
    drawn = small.of_place(facility.public_place)   # the place of a page
    if drawn:                                       # None where no place is known below the country
        drawn.svg                                   # an <svg> for a page: CSS of maps.css, dark screens
        drawn.inside(x=620, y=60)                   # the same to stand within another <svg>, at a place of it
        drawn.alone                                 # a whole file, for `archive.web.pixels.png` and others
        drawn.title                                 # “Map: Kafr Nobol, Idleb”, in the reader's language

``pixels`` and ``ratio`` (width to height) are its size where it is not scaled: `small.of_record(content, pixels=520,
ratio=1)` is 520 by 520, and its letters are as large as the words beside it. All colours are attributes, light ones.

What is shown of a record is what its places say: a town as a dot, a point off the gazetteer as a dot within the circle
in which it is known to lie, what is known only by a district or governorate as that area, without a dot. So a record
whose place is generalised shows the district, as long as it was given as readers see it (docs/adr/0045).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.localisation import isolated, localised, shown_names
from archive.models import Place
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.maps import markup, orientation
from incidents.maps.canvas import Canvas, Marked
from incidents.maps.outlines import outlines
from incidents.maps.projection import Frame, frame_around, kilometres, project
from incidents.record.whole import IncidentRecord

PIXELS, RATIO = 380.0, 4 / 3
LEAST = 130.0  # units of the sheet: narrower maps tell nothing of where they are
DOT = 6.0  # pixels
MOST_NAMES = 4
ACCENT = "#8c2f1b"
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is: a point, and within how many metres, or the unit that is all that is known."""

    name: str
    around: str
    lat: float | None = None
    lon: float | None = None
    within_m: int = 0
    unit: str = ""
    key: str = ""

    @property
    def at(self) -> Corner | None:
        return None if self.lat is None or self.lon is None else project(self.lat, self.lon)

    @property
    def reach(self) -> float:
        """How far from the point it may be, in units of the sheet."""
        at = self.at
        return self.within_m / 1000 / kilometres(at[1]) if at else 0.0

    def corners(self) -> Iterator[Corner]:
        """What the map must hold."""
        if at := self.at:
            yield at[0] - self.reach, at[1] - self.reach
            yield at[0] + self.reach, at[1] + self.reach
        elif self.unit:
            left, top, right, bottom = outlines().units[self.unit].box
            yield left, top
            yield right, bottom


class SmallMap(ReadByKey):
    """A small map of some spots; `pixels` wide where it is not scaled."""

    def __init__(self, spots: Sequence[Spot], *, pixels: float = PIXELS, ratio: float = RATIO) -> None:
        self.spots = spots
        self.pixels = pixels
        self.ratio = ratio

    @property
    def height(self) -> float:
        return round(self.pixels / self.ratio, 1)

    @property
    def title(self) -> str:
        """“Map: Kafr Nobol, Idleb”; of several places the names alone."""
        names = [isolated(spot.name) for spot in self.spots]
        if len(self.spots) == 1 and self.spots[0].around:
            names.append(isolated(self.spots[0].around))
        return _("Map: %(places)s") % {"places": pgettext("list of names", ", ").join(names)}

    @property
    def larger(self) -> str:
        """The query of the map of all that is listed there."""
        return urlencode([("town", spot.key) for spot in self.spots])

    @cached_property
    def frame(self) -> Frame:
        country = outlines().country or Frame(0, 0, LEAST, LEAST)
        corners = [corner for spot in self.spots for corner in spot.corners()]
        found = frame_around(corners, fallback=country, ratio=self.ratio)
        width = max(found.width * (1.15 if self.areas else 1.0), LEAST)
        height = width / self.ratio
        return Frame(found.x + (found.width - width) / 2, found.y + (found.height - height) / 2, width, height)

    @property
    def areas(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.at is None and spot.unit]

    @cached_property
    def canvas(self) -> Canvas:
        dots = [(*at, DOT, 0.0, 0.0) for spot in self.spots if (at := spot.at)]
        marked = []
        for spot in self.spots[:MOST_NAMES]:
            if at := spot.at:
                marked.append(orientation.wish(spot.name, "mark", [at], spot.key, gap=DOT + 4))
            elif spot.unit == spot.key:
                marked.append(orientation.wish(spot.name, "mark", outlines().units[spot.unit].spots, spot.key))
        taken = frozenset(key for spot in self.spots for key in (spot.key, spot.unit if spot.at is None else "") if key)
        return Canvas(self.frame, marked=Marked(dots, marked), taken=taken, pixels=self.pixels)

    @cached_property
    def content(self) -> str:
        """What is within the <svg>."""
        canvas = self.canvas
        areas = "".join(self.area(spot) for spot in self.areas)
        dots = "".join(self.dot(spot) for spot in self.spots)
        return "".join((markup.ground(canvas), areas, markup.names(canvas), dots, markup.corners(canvas)))

    def area(self, spot: Spot) -> str:
        shape = outlines().shape(spot.unit, self.frame, self.pixels)
        dashes = f"{markup.written(5 * self.canvas.unit)} {markup.written(3 * self.canvas.unit)}"
        return markup.tag(
            "path", class_="known-area", d=shape, fill=ACCENT, fill_opacity=0.14, stroke=ACCENT,
            stroke_width=1.6 * self.canvas.unit, stroke_dasharray=dashes, stroke_linejoin="round",
        )  # fmt: skip

    def dot(self, spot: Spot) -> str:
        if not (at := spot.at):
            return ""
        unit = self.canvas.unit
        place: dict[str, Any] = {"cx": at[0], "cy": at[1]}
        circle = ""
        if spot.reach > DOT * unit:
            circle = markup.tag(
                "circle", class_="known-area", r=spot.reach, fill=ACCENT, fill_opacity=0.14, stroke=ACCENT,
                stroke_width=unit, **place,
            )  # fmt: skip
        return circle + markup.tag(
            "circle", class_="here-dot", r=DOT * unit, fill=ACCENT, stroke=markup.LAND, stroke_width=1.5 * unit, **place
        )

    @property
    def svg(self) -> SafeString:
        """For a page: as wide as it may be, in the colours of the page."""
        return self.drawn(class_="map small-map")

    @property
    def alone(self) -> SafeString:
        """A whole file."""
        size = {"width": self.pixels, "height": self.height}
        return self.drawn(xmlns="http://www.w3.org/2000/svg", font_family="sans-serif", **size)

    def inside(self, *, x: float, y: float) -> SafeString:
        """For another <svg>, at a place of it and `pixels` of its units wide."""
        return self.drawn(x=x, y=y, width=self.pixels, height=self.height)

    def drawn(self, **attributes: markup.Attribute) -> SafeString:
        return SafeString(
            markup.tag("svg", self.content, viewBox=str(self.frame), role="img", aria_label=self.title, **attributes)
        )


def of_record(content: IncidentRecord, *, pixels: float = PIXELS, ratio: float = RATIO) -> SmallMap | None:
    """Draw where a record says that it happened; ``content`` as readers see it. None where nothing can be shown."""
    return of_spots((spot_of(place) for place in content["places"]), pixels=pixels, ratio=ratio)


def of_place(place: Place, *, pixels: float = PIXELS, ratio: float = RATIO) -> SmallMap | None:
    """Draw where a place is. None of a country, and of what nobody knows the position of."""
    above = list(Place.objects.filter(pk__in=place.ancestors).order_by("level"))
    found = place_spot(
        place.pcode,
        place.name,
        [(one.pcode, one.name) for one in above],
        level=Level(place.level),
        point=(place.lat, place.lon),
    )
    return of_spots([found], pixels=pixels, ratio=ratio)


def of_spots(spots: Iterable[Spot | None], *, pixels: float = PIXELS, ratio: float = RATIO) -> SmallMap | None:
    found = [spot for spot in spots if spot]
    return SmallMap(found, pixels=pixels, ratio=ratio) if found else None


def spot_of(place: Any) -> Spot | None:
    """A place of a record: at the point that claims give, else at its town, else the area that is all one knows."""
    above = [(one["pcode"], localised(*shown_names(one))) for one in place["ancestors"]]
    level = next((level for level in Level if level.code == place["level"]), Level.COUNTRY)
    point = place.get("point") or {}
    name = localised(*shown_names(place))
    if point.get("lat") is not None:
        around = above[1][1] if len(above) > 1 else ""
        return Spot(name, around, point["lat"], point["lon"], point["within_m"] or 0, key=place["pcode"])
    return place_spot(place["pcode"], name, above, level=level, point=(place["lat"], place["lon"]))


def place_spot(
    pcode: str,
    name: str,
    above: Sequence[tuple[str, str]],
    *,
    level: Level,
    point: tuple[float | None, float | None],
) -> Spot | None:
    """``above``: P-codes and names of what it lies in, the country first."""
    around = above[1][1] if len(above) > 1 else ""
    if level >= Level.COMMUNITY:
        return Spot(name, around, *point, key=pcode) if None not in point else None
    known = [key for key in (pcode, *(key for key, _name in reversed(above[1:]))) if key in outlines().units]
    return Spot(name, around, unit=known[0], key=pcode) if known and level > Level.COUNTRY else None
