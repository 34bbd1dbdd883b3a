"""A map before anything is marked on it: land, names, scale and inset of one frame, ready to be written as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language_bidi, pgettext

from archive.localisation import grouped
from archive.read_by_key import ReadByKey
from archive.text.bidi import set_apart
from incidents.maps import furniture, labelling, orientation
from incidents.maps.furniture import Inset, Scale
from incidents.maps.labelling import Room, Wish, Written
from incidents.maps.outlines import Land, outlines
from incidents.maps.projection import NOMINAL_WIDTH, PHONE_MARKS, PHONE_SIZE, Frame

WIDE = {"mark": 16, "ring": 8, "first": 16, "second": 14, "abroad": 8, "water": 2, "town": 14}
NARROW = {"mark": 5, "ring": 3, "first": 6, "second": 4, "abroad": 4, "water": 1, "town": 4}
SMALL = {"mark": 2, "first": 6, "second": 3, "abroad": 4, "water": 1, "town": 3}
INSET_PIXELS = 120.0  # finer lines are not seen in it
# x, y on the sheet; how far it reaches to every side, and how far it is moved aside and down, in nominal pixels
Circle = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked: circles that no name may meet, and the names."""

    circles: Sequence[Circle] = ()
    names: Sequence[Wish] = ()


NOTHING = Marked()


@dataclass(frozen=True, slots=True)
class Look(ReadByKey):
    """How names of a kind are written in a picture that stands alone; on pages `maps.css` says it."""

    kind: str
    fill: str
    weight: str = "normal"
    style: str = "normal"
    spacing: float = 0.0  # of the size


LOOKS = (
    Look("country", "#8a8374", spacing=0.16),
    Look("abroad", "#6f695c", spacing=0.12),
    Look("water", "#3f6480", style="italic"),
    Look("first", "#5c574e", weight="bold"),
    Look("second", "#5c574e"),
    Look("town", "#3d3a34"),
    Look("ring", "#1d1b18", style="italic"),
    Look("mark", "#1d1b18", weight="bold"),
)


@dataclass(frozen=True, slots=True)
class Corner(ReadByKey):
    """The inset as it is drawn: `land` of what it shows, and the frame of the map in it."""

    inset: Inset
    land: Land


class Canvas(ReadByKey):
    """The land and the names of a frame that is drawn ``pixels`` wide.

    ``marked`` is what is marked, ``narrow`` the same on telephones where it differs, ``taken`` the P-codes that its
    names name.
    """

    def __init__(
        self,
        frame: Frame,
        *,
        marked: Marked = NOTHING,
        narrow: Marked | None = None,
        taken: frozenset[str] = frozenset(),
        pixels: float = NOMINAL_WIDTH,
        has_inset: bool = True,
    ) -> None:
        self.frame = frame
        self.marked = marked
        self.narrow = marked if narrow is None else narrow
        self.taken = taken
        self.pixels = pixels
        self.is_small = pixels < NOMINAL_WIDTH
        self.has_inset = has_inset
        self.is_rtl = get_language_bidi()

    @property
    def unit(self) -> float:
        """How many units of the sheet a pixel is."""
        return self.frame.width / self.pixels

    @cached_property
    def land(self) -> Land:
        return outlines().land(self.frame, self.pixels)

    @cached_property
    def corner(self) -> Corner | None:
        country = outlines().country
        if not self.has_inset or country is None:
            return None
        points = [(x, y) for x, y, *_size in self.marked.circles]
        found = furniture.inset(self.frame, country, outlines().region, points, is_rtl=self.is_rtl)
        return Corner(found, outlines().land(found.shown, INSET_PIXELS, 0.0))

    @cached_property
    def scale(self) -> Scale:
        """At the side where reading begins, unless the inset stands there."""
        at_right = self.is_rtl
        inset = self.corner.inset.box if self.corner else None
        if inset and inset.y > self.frame.y + self.frame.height / 2:
            at_right = inset.x < self.frame.x + self.frame.width / 2
        return furniture.scale(self.frame, at_right=at_right)

    @property
    def scale_words(self) -> str:
        """Maps run from left to right in every language, and what is written on them must run by itself."""
        return set_apart(
            pgettext("scale of a map", "%(number)s km") % {"number": grouped(self.scale.kilometres)}, "ltr"
        )

    @cached_property
    def names(self) -> list[Written]:
        if self.is_small:
            return [one for one in self.written(self.marked, NOMINAL_WIDTH / self.pixels, SMALL) if one]
        wide, narrow = self.written(self.marked, 1.0, WIDE), self.written(self.narrow, PHONE_SIZE, NARROW)
        return list(labelling.together(wide, narrow))

    def written(self, marked: Marked, size: float, most: Mapping[str, int]) -> list[Written | None]:
        wishes = orientation.wishes(self.frame, marked=marked.names, taken=self.taken)
        return labelling.written(wishes, self.room(size, marked.circles), most, is_rtl=self.is_rtl)

    @property
    def is_numbered(self) -> bool:
        """Whether numbers stand for names that have no room."""
        return any(one.is_instead for one in self.names)

    def room(self, size: float, circles: Sequence[Circle]) -> Room:
        marks = PHONE_MARKS / PHONE_SIZE if size == PHONE_SIZE else 1.0
        room = Room(self.frame, size, marks)
        for x, y, radius, dx, dy in circles:
            room.take_circle(x, y, radius * marks + 1, dx * marks, dy * marks)
        room.take_frame(furniture.scale_room(self.scale, self.frame.width / NOMINAL_WIDTH * size))
        if self.corner:
            room.take_frame(self.corner.inset.box)
        return room

    @property
    def groups(self) -> Iterator[tuple[Look, list[Written]]]:
        """The names, kind by kind, those of marks last and so uppermost."""
        for look in LOOKS:
            if found := [one for one in self.names if one.wish.kind == look.kind]:
                yield look, found
