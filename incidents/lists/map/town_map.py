"""A list's incidents by town or by larger unit, as the map draws them and its table tells them.

An incident counts at each of its towns. One whose place is known only as a district or governorate is a dashed ring
somewhere in it, not a mark, which would look exact; one that is known only to be in the country is not drawn.
"""

import math
from collections.abc import Iterator
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.lists.facets import Links
from archive.lists.integers import Rows
from archive.lists.labels import Label
from archive.lists.selection import Selection
from archive.localisation import grouped
from archive.models.choices import LEVEL_LABELS
from archive.names.place_words import COMMUNITY
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.lists.filter_sentence import counted, subject
from incidents.lists.map import wording
from incidents.lists.map.filters import DRAWING, MapFilters, without
from incidents.lists.map.marking import Marking
from incidents.lists.map.marks import Area, Mark, Ring, Sample
from incidents.lists.map.parts import MOST_PARTS, Part, parts_of, whole
from incidents.lists.map.units import MOST_MARKS, Point, Units
from incidents.maps.canvas import Canvas, Circle, Marked
from incidents.maps.orientation import wish
from incidents.maps.outlines import country_frame, outlines
from incidents.maps.projection import (
    NOMINAL_WIDTH,
    PHONE_MARKS,
    WIDEST_OF_ONE,
    Frame,
    around_both,
    frame_around,
    legend_counts,
)
from incidents.terms import Scope

DOT = 3.0  # pixels
RATIO = 4 / 3
CLOSEST = 40.0  # units of the sheet: a map of a few towns is no narrower
MOST_OF_COUNTRY = 0.5  # of its width: a map of more shows all of it


class TownMap(ReadByKey):
    """The map of a selection; ``certain`` are the rows that are certainly of the dates and actors asked for."""

    def __init__(self, selection: Selection, params: QueryDict, certain: Rows | None = None) -> None:
        self.selection = selection
        self.filters = selection.filters
        self.params = without(params, *DRAWING)
        self.rows = selection.rows
        self.certain = certain
        self.links = Links(self.params, "town")
        self.closer_links = Links(without(params, "by", "order"), "town")
        self.scope = self.filters.value("scope")
        self.is_summable = self.scope == Scope.ATTACK
        self.units = Units(selection, self.filters.value("by") or "fitting", parts=MOST_PARTS if self.split else 1)

    @property
    def is_split(self) -> bool:
        """Whether dates or actors were asked for, so that certain and possible differ."""
        return self.certain is not None

    @property
    def subject(self) -> str:
        """What is counted: “Attacks”."""
        return subject(self.scope)

    @property
    def level(self) -> int:
        return self.units.level

    @property
    def is_of_towns(self) -> bool:
        return self.level == COMMUNITY

    @cached_property
    def split(self) -> str:
        """The parameter whose terms marks are split by, or nothing."""
        name = self.filters.value("split")
        return name if isinstance(self.filters, MapFilters) and name and name != "nothing" else ""

    @cached_property
    def parts(self) -> list[Part]:
        """What marks consist of: one part unless they are split."""
        if self.split and isinstance(self.filters, MapFilters):
            return parts_of(self.filters, self.selection, self.split, self.certain)
        return whole(self.selection, self.certain)

    @cached_property
    def points(self) -> list[Point]:
        return [self.units.at(label) or (0.0, 0.0) for label, _count in self.units.marked]

    @cached_property
    def marking(self) -> Marking:
        return Marking(self)

    @property
    def marks(self) -> list[Mark]:
        """A mark of each town or unit, as the table tells them, those with the most incidents first."""
        return self.marking.each

    @cached_property
    def wide(self) -> list[Mark]:
        """The marks as they are drawn; where they are split, towns that are too near each other share one."""
        return self.marking.drawn(1.0)

    @cached_property
    def narrow(self) -> list[Mark]:
        """The same on telephones, where marks are larger."""
        return self.marking.drawn(PHONE_MARKS)

    @property
    def is_gathered(self) -> bool:
        """Whether some marks stand for several towns."""
        return min(len(self.wide), len(self.narrow)) < len(self.marks)

    def query(self, label: Label) -> str:
        """The query of the list of what is counted at a place: where less was asked for, that stays as it was given."""
        return self.links.as_given if self.is_around(label) else self.links.with_values([label.key])

    def is_around(self, label: Label) -> bool:
        return bool(self.units.asked) and self.units.asked.isdisjoint({label.pk, *label.above})

    @cached_property
    def areas(self) -> list[Area]:
        """What is known only by a larger area than is marked, the most frequent first."""
        labels, vague = self.units.labels, self.units.vague
        totals = self.units.places.counts_of(self.rows, [pk for pk, _count in vague])
        found = sorted(vague, key=lambda one: (labels[one[0]].level, -totals[one[0]], labels[one[0]].key))
        return [
            Area(
                labels[pk],
                counted(self.scope, totals[pk]),
                totals[pk],
                count,
                self.query(labels[pk]),
                grouped(len(self.marks) + at),
            )
            for at, (pk, count) in enumerate(found, 1)
        ]

    def is_ringed(self, label: Label) -> bool:
        return label.level > Level.COUNTRY and next(self.units.spots(label), None) is not None

    @cached_property
    def rings(self) -> list[Ring]:
        found: list[Ring] = []
        for area in self.areas:
            if self.is_ringed(area.label):
                radius = self.marking.radius(area.vague) + 2
                x, y = self.free_spot(list(self.units.spots(area.label)), radius, found)
                found.append(Ring(area, counted(self.scope, area.vague), round(x, 1), round(y, 1), radius))
        return found

    def free_spot(self, spots: list[Point], radius: float, rings: list[Ring]) -> Point:
        """The first one where nothing stands, on telephones neither."""
        unit = self.frame.width / NOMINAL_WIDTH * PHONE_MARKS
        taken = [(mark.x, mark.y, max(mark.reach)) for mark in (*self.wide, *self.narrow)]
        taken += [(ring.x, ring.y, ring.radius) for ring in rings]
        for x, y in spots:
            if all(math.hypot(left - x, top - y) > (reach + radius + 2) * unit for left, top, reach in taken):
                return x, y
        return spots[0]

    @property
    def unplaced(self) -> int:
        """How many incidents have no place at all."""
        return len(self.rows - self.units.places.filled)

    @cached_property
    def ringed(self) -> Rows:
        """The rows that are drawn as rings."""
        inside = self.units.places.having(area.label.pk for area in self.areas if self.is_ringed(area.label))
        return (self.rows - self.units.near_enough) & inside

    @property
    def undrawn(self) -> int:
        """How many are neither marks nor rings."""
        return len(self.rows - self.units.exact - self.ringed)

    @cached_property
    def frame(self) -> Frame:
        """What is shown: the marks and rings, and the areas that were asked for."""
        labels = self.units.labels
        rings = [
            spot for pk, _count in self.units.vague if labels[pk].level for spot in [*self.units.spots(labels[pk])][:1]
        ]
        country = country_frame(RATIO)
        least = CLOSEST if self.are_towns_asked else WIDEST_OF_ONE
        shown = [*self.points, *rings, *self.asked_corners]
        found = frame_around(shown, fallback=country, ratio=RATIO, least=least)
        is_part = bool(self.units.asked) or found.width < country.width * MOST_OF_COUNTRY
        return found if is_part else around_both(found, country, RATIO)

    @property
    def are_towns_asked(self) -> bool:
        """Whether some towns are asked for and nothing larger, so that they may be seen from nearby."""
        asked = [self.units.labels[pk].level for pk in self.units.asked if pk in self.units.labels]
        return len(asked) > 1 and min(asked) >= COMMUNITY

    @property
    def asked_corners(self) -> Iterator[Point]:
        for key in (self.units.labels[pk].key for pk in self.units.asked if pk in self.units.labels):
            if unit := outlines().units.get(key):
                left, top, right, bottom = unit.box
                yield from ((left, top), (right, bottom))

    @cached_property
    def canvas(self) -> Canvas:
        """Land and names about the marks."""
        keys = (mark.key for mark in self.marks)
        taken = frozenset((*keys, *(ring.area.label.key for ring in self.rings)))
        return Canvas(self.frame, marked=self.marked(self.wide), narrow=self.marked(self.narrow), taken=taken)

    def marked(self, marks: list[Mark]) -> Marked:
        circles: list[Circle] = [
            (mark.x, mark.y, max(one.aside, one.away), one.dx, one.dy) for mark in marks for one in mark.pieces
        ]
        circles += [(ring.x, ring.y, ring.radius, 0.0, 0.0) for ring in self.rings]
        circles += [(x, y, DOT, 0.0, 0.0) for x, y in self.points[MOST_MARKS : MOST_MARKS * 3]]
        names = [
            wish(one.label, "mark", [(one.x, one.y)], one.key, gap=4.0, reach=one.reach, instead=one.number)
            for one in marks
        ]
        names += [
            wish(
                ring.area.label.name, "ring", [(ring.x, ring.y)], ring.area.label.key, gap=4.0,
                reach=(ring.radius, ring.radius), instead=ring.area.number,
            )
            for ring in self.rings
        ]  # fmt: skip
        return Marked(circles, names)

    @property
    def further(self) -> int:
        """How many towns are only dots."""
        return max(0, len(self.units.marked) - MOST_MARKS)

    @property
    def dots(self) -> str:
        """The further towns as path data: a point each."""
        return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in self.points[MOST_MARKS:])

    @property
    def dot_width(self) -> float:
        return round(5 * self.canvas.unit, 2)

    @property
    def title(self) -> str:
        return wording.title(self.filters)

    @property
    def seen(self) -> list[str]:
        return list(wording.seen(self))

    @property
    def rules(self) -> list[str]:
        found = list(wording.rules(self))
        if self.canvas.is_numbered:
            found.append(_("A number stands for a name that had no room: it is that of a row of the table or list."))
        return found

    @property
    def keys(self) -> list[tuple[str, int, str]]:
        return list(wording.keys(self))

    @property
    def table_caption(self) -> str:
        """“14 towns”, “The 150 towns with the most incidents”."""
        number = len(self.marks)
        if self.further:
            return _("The %(number)s towns with the most incidents") % {"number": number}
        return wording.places(self.level, number)

    @property
    def unit_name(self) -> str:
        """What a row of the table is."""
        return str(LEVEL_LABELS[Level(self.level)])

    @property
    def legend(self) -> list[Sample]:
        counts = legend_counts(self.most_drawn)
        return [Sample(count, self.marking.radius(count), 30.0 + 120 * at) for at, count in enumerate(counts)]

    @property
    def most_drawn(self) -> int:
        """The most that one shape or ring stands for."""
        pieces = (piece.count for mark in (*self.wide, *self.narrow) for piece in mark.pieces)
        return max([*pieces, *(ring.area.vague for ring in self.rings)], default=0)
