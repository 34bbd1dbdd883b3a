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
from archive.models.choices import LEVEL_LABELS
from archive.names.place_words import COMMUNITY
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.lists.filter_sentence import counted, subject
from incidents.lists.map import wording
from incidents.lists.map.filters import DRAWING, MapFilters, without
from incidents.lists.map.marks import Area, Mark, Piece, Ring, Sample, in_a_row
from incidents.lists.map.parts import MOST_PARTS, Part, parts_of, whole
from incidents.lists.map.units import MOST_MARKS, Point, Units
from incidents.maps.canvas import Canvas, Circle
from incidents.maps.orientation import wish
from incidents.maps.outlines import country_frame, outlines
from incidents.maps.projection import (
    NOMINAL_WIDTH,
    SMALLEST_MARK,
    Frame,
    around_both,
    frame_around,
    legend_counts,
    mark_radius,
)
from incidents.terms import Scope

DOT = 3.0  # pixels
RATIO = 4 / 3
SPLIT_SIZE = 0.7
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
    def part_counts(self) -> list[tuple[Part, dict[int, int], dict[int, int]]]:
        """Of each part how many are in each unit, and how many certainly."""
        drawn = [label.pk for label, _count in self.units.marked[:MOST_MARKS]]
        places = self.units.places
        return [
            (part, places.counts_of(part.rows, drawn), places.counts_of(part.certain, drawn)) for part in self.parts
        ]

    @cached_property
    def largest(self) -> int:
        """The most that one shape stands for."""
        counts = [count for _part, found, _certain in self.part_counts for count in found.values()]
        return max(
            [*counts, *(count for pk, count in self.units.vague if self.is_ringed(self.units.labels[pk]))], default=0
        )

    @cached_property
    def marks(self) -> list[Mark]:
        marked, places = self.units.marked[:MOST_MARKS], self.units.places
        drawn = [label.pk for label, _count in marked]
        certain = {} if self.certain is None else places.counts_of(self.certain, drawn)
        known = self.selection.columns.numbers["killed"].clip(min=0)
        killed = places.sums_of(self.rows, known, drawn) if self.is_summable else {}
        return [
            Mark(
                key=label.key,
                name=label.name,
                other_name=label.other_name,
                words=counted(self.scope, count),
                total=count,
                certain=count if self.certain is None else certain.get(label.pk, 0),
                killed=killed.get(label.pk, 0),
                query=self.query(label),
                x=round(x, 1),
                y=round(y, 1),
                pieces=self.pieces(label),
            )
            for (label, count), (x, y) in zip(marked, self.points[:MOST_MARKS], strict=True)
        ]

    def pieces(self, label: Label) -> list[Piece]:
        found = [
            (part, all_[label.pk], sure.get(label.pk, 0)) for part, all_, sure in self.part_counts if label.pk in all_
        ]
        radii = [self.radius(count) for _part, count, _certain in found]
        return [
            Piece(
                shape=part.shape,
                name=part.name,
                words=counted(self.scope, count),
                count=count,
                query=self.query_of(label, part),
                dx=dx,
                radius=radius,
                certain_radius=round(radius * math.sqrt(certain / count), 2),
            )
            for (part, count, certain), radius, dx in zip(found, radii, in_a_row(radii), strict=True)
        ]

    def radius(self, count: int) -> float:
        """Of split marks less, since several stand beside each other."""
        return round(max(SMALLEST_MARK, mark_radius(count, self.largest) * (SPLIT_SIZE if self.split else 1.0)), 1)

    def query(self, label: Label) -> str:
        """The query of the list of what is counted at a place: where less was asked for, that stays as it was given."""
        return self.links.as_given if self.is_around(label) else self.links.with_values([label.key])

    def is_around(self, label: Label) -> bool:
        return bool(self.units.asked) and self.units.asked.isdisjoint({label.pk, *label.above})

    def query_of(self, label: Label, part: Part) -> str:
        """The query of a piece: of a unit drawn for its towns, the map of these."""
        links = self.links if self.is_of_towns else self.closer_links
        query = links.as_given if self.is_around(label) else links.with_values([label.key])
        if not self.is_of_towns or not part.key:
            return query
        params = QueryDict(query, mutable=True)
        params.setlist(self.split, [part.key])
        return params.urlencode()

    @cached_property
    def areas(self) -> list[Area]:
        """What is known only by a larger area than is marked, the most frequent first."""
        labels, vague = self.units.labels, self.units.vague
        totals = self.units.places.counts_of(self.rows, [pk for pk, _count in vague])
        found = [
            Area(labels[pk], counted(self.scope, totals[pk]), totals[pk], count, self.query(labels[pk]))
            for pk, count in vague
        ]
        return sorted(found, key=lambda area: (area.label.level, -area.total, area.label.key))

    def is_ringed(self, label: Label) -> bool:
        return label.level > Level.COUNTRY and next(self.units.spots(label), None) is not None

    @cached_property
    def rings(self) -> list[Ring]:
        return [self.ring(area) for area in self.areas if self.is_ringed(area.label)]

    def ring(self, area: Area) -> Ring:
        radius = self.radius(area.vague) + 2
        x, y = self.free_spot(list(self.units.spots(area.label)), radius)
        return Ring(area, counted(self.scope, area.vague), round(x, 1), round(y, 1), radius)

    def free_spot(self, spots: list[Point], radius: float) -> Point:
        """The first one where no mark stands."""
        unit = self.frame.width / NOMINAL_WIDTH
        for x, y in spots:
            if all(math.hypot(mark.x - x, mark.y - y) > (mark.reach[0] + radius + 2) * unit for mark in self.marks):
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
        found = frame_around([*self.points, *rings, *self.asked_corners], fallback=country, ratio=RATIO)
        is_part = bool(self.units.asked) or found.width < country.width * MOST_OF_COUNTRY
        return found if is_part else around_both(found, country, RATIO)

    @property
    def asked_corners(self) -> Iterator[Point]:
        for key in (self.units.labels[pk].key for pk in self.units.asked if pk in self.units.labels):
            if unit := outlines().units.get(key):
                left, top, right, bottom = unit.box
                yield from ((left, top), (right, bottom))

    @cached_property
    def canvas(self) -> Canvas:
        """Land and names about the marks."""
        names = [wish(one.name, "mark", [(one.x, one.y)], one.key, gap=4.0, reach=one.reach) for one in self.marks]
        dots = [(x, y, DOT, 0.0) for x, y in self.points[MOST_MARKS : MOST_MARKS * 3]]
        taken = frozenset(one.key for one in names)
        return Canvas(self.frame, marks=[*self.circles, *dots], marked=names, taken=taken)

    @property
    def circles(self) -> Iterator[Circle]:
        for mark in self.marks:
            yield from ((mark.x, mark.y, piece.radius, piece.dx) for piece in mark.pieces)
        yield from ((ring.x, ring.y, ring.radius, 0.0) for ring in self.rings)

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
        return list(wording.rules(self))

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
        counts = legend_counts(self.largest)
        return [Sample(count, self.radius(count), 30.0 + 120 * at) for at, count in enumerate(counts)]
