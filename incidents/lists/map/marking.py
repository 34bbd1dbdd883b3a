"""The marks of a map: of each place, as its table tells them, and as they are drawn, some places together."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import ngettext, pgettext

from archive.lists.labels import Label
from archive.localisation import grouped
from incidents.lists.filter_sentence import counted
from incidents.lists.map.gathering import Group, Taken, gathered
from incidents.lists.map.marks import Mark, Piece, in_rows
from incidents.lists.map.parts import Part
from incidents.lists.map.units import MOST_MARKS, Point
from incidents.maps import symbols
from incidents.maps.projection import NOMINAL_WIDTH, SMALLEST_MARK, mark_radius

if TYPE_CHECKING:
    from incidents.lists.map.town_map import TownMap

SPLIT_SIZE = 0.7
MOST_NAMED = 2  # of places that are drawn together
MOST_NUMBERED = 3


class Marking:
    """What is marked on ``found``."""

    def __init__(self, found: "TownMap") -> None:
        self.found = found
        self.places = found.units.places
        self.labels: list[Label] = [label for label, _count in found.units.marked[:MOST_MARKS]]
        self.made: dict[Group, Mark] = {}

    @cached_property
    def counts(self) -> list[tuple[Part, dict[int, int], dict[int, int]]]:
        """Of each part how many are in each unit, and how many certainly."""
        drawn = [label.pk for label in self.labels]
        return [
            (part, self.places.counts_of(part.rows, drawn), self.places.counts_of(part.certain, drawn))
            for part in self.found.parts
        ]

    @cached_property
    def largest(self) -> int:
        """The most that one shape of one place, or a ring, stands for: what sizes are reckoned from."""
        units = self.found.units
        rings = (count for pk, count in units.vague if self.found.is_ringed(units.labels[pk]))
        return max([*(count for _part, found, _certain in self.counts for count in found.values()), *rings], default=0)

    def radius(self, count: int) -> float:
        """Of split marks less, since several stand beside each other."""
        size = SPLIT_SIZE if self.found.split else 1.0
        return round(max(SMALLEST_MARK, mark_radius(count, self.largest) * size), 1)

    @cached_property
    def each(self) -> list[Mark]:
        """A mark of each unit, those with the most incidents first."""
        found, drawn = self.found, [label.pk for label in self.labels]
        certain = {} if found.certain is None else self.places.counts_of(found.certain, drawn)
        known = found.selection.columns.numbers["killed"].clip(min=0)
        killed = self.places.sums_of(found.rows, known, drawn) if found.is_summable else {}
        marked = zip(found.units.marked[:MOST_MARKS], found.points, strict=False)
        return [
            Mark(
                key=label.key,
                name=label.name,
                other_name=label.other_name,
                words=counted(found.scope, count),
                total=count,
                certain=count if found.certain is None else certain.get(label.pk, 0),
                killed=killed.get(label.pk, 0),
                query=found.query(label),
                x=round(x, 1),
                y=round(y, 1),
                pieces=self.pieces_of(label),
                label=label.name,
                number=grouped(at),
                leads_closer=not found.is_of_towns,
            )
            for at, ((label, count), (x, y)) in enumerate(marked, 1)
        ]

    def pieces_of(self, label: Label) -> list[Piece]:
        leads_closer = not self.found.is_of_towns
        return self.pieces(
            [(part, all_.get(label.pk, 0), sure.get(label.pk, 0)) for part, all_, sure in self.counts],
            lambda part: self.query_of([label], part, leads_closer=leads_closer),
        )

    def drawn(self, size: float) -> list[Mark]:
        """The marks as they are drawn where they are ``size`` times as large: places whose parts would lie on those of
        others share one. Whole marks do not: each is a circle around its place, the smaller ones uppermost.
        """
        if not self.found.split:
            return self.each
        unit = self.found.frame.width / NOMINAL_WIDTH
        groups = gathered(len(self.each), lambda group: self.taken(group, unit * size), unit)
        return [self.together(group) for group in groups]

    def taken(self, group: Group, pixel: float) -> Taken:
        mark = self.together(group)
        pieces = [(one.dx * pixel, one.dy * pixel, one.aside * pixel, one.away * pixel) for one in mark.pieces]
        return Taken(mark.x, mark.y, [self.spot(at) for at in group], pieces)

    def spot(self, at: int) -> Point:
        return self.each[at].x, self.each[at].y

    def together(self, group: Group) -> Mark:
        """One mark of several places, amid them, each weighing as many as were there."""
        if group not in self.made:
            self.made[group] = self.each[group[0]] if len(group) == 1 else self.make([self.each[at] for at in group])
        return self.made[group]

    def make(self, marks: Sequence[Mark]) -> Mark:
        found, known = self.found, {label.key: label for label in self.labels}
        labels = [known[mark.key] for mark in marks]
        inside = self.places.having(label.pk for label in labels)
        whole = sum(mark.total for mark in marks)
        total = len(found.rows & inside)
        leads_closer = not self.are_all(labels)
        return Mark(
            key=marks[0].key,
            name=pgettext("list of names", ", ").join(mark.name for mark in marks),
            other_name="",
            words=counted(found.scope, total),
            total=total,
            certain=total if found.certain is None else len(found.rows & found.certain & inside),
            killed=0,
            query=self.query_of(labels, None, leads_closer=leads_closer),
            x=round(sum(mark.x * mark.total for mark in marks) / whole, 1),
            y=round(sum(mark.y * mark.total for mark in marks) / whole, 1),
            pieces=self.pieces(
                [(part, len(part.rows & inside), len(part.certain & inside)) for part in found.parts],
                lambda part: self.query_of(labels, part, leads_closer=leads_closer),
            ),
            label=named_together([mark.name for mark in marks]),
            number=numbered_together([mark.number for mark in marks]),
            leads_closer=leads_closer,
        )

    def are_all(self, labels: Sequence[Label]) -> bool:
        """Whether a map of these alone would be this one, or these are drawn for what lies in them."""
        asked = self.found.units.asked
        return any(map(self.found.is_around, labels)) or asked == {label.pk for label in labels}

    def query_of(self, labels: Sequence[Label], part: Part | None, *, leads_closer: bool) -> str:
        """The query of the list of a piece, or of the map of its places; that of the whole where there is no part."""
        found = self.found
        links = found.closer_links if leads_closer else found.links
        is_given = any(map(found.is_around, labels))
        query = links.as_given if is_given else links.with_values([label.key for label in labels])
        if leads_closer or part is None or not part.key:
            return query
        params = QueryDict(query, mutable=True)
        params.setlist(found.split, [part.key])
        return params.urlencode()

    def pieces(self, counts: Iterable[tuple[Part, int, int]], query: Callable[[Part], str]) -> list[Piece]:
        found = [(part, count, certain) for part, count, certain in counts if count]
        radii = [self.radius(count) for _part, count, _certain in found]
        sizes = [symbols.half(part.shape, radius) for (part, _c, _s), radius in zip(found, radii, strict=True)]
        return [
            Piece(
                shape=part.shape,
                name=part.name,
                words=counted(self.found.scope, count),
                count=count,
                query=query(part),
                dx=dx,
                dy=dy,
                radius=radius,
                certain_radius=round(radius * math.sqrt(certain / count), 2),
            )
            for (part, count, certain), radius, (dx, dy) in zip(found, radii, in_rows(sizes), strict=True)
        ]


def named_together(names: Sequence[str]) -> str:
    """“Kafr Nobol, Has”, “Kafr Nobol and 3 more”."""
    if len(names) <= MOST_NAMED:
        return pgettext("list of names", ", ").join(names)
    rest = len(names) - 1
    words = ngettext("%(name)s and %(number)s more", "%(name)s and %(number)s more", rest)
    return words % {"name": names[0], "number": grouped(rest)}


def numbered_together(numbers: Sequence[str]) -> str:
    """“1+4”, “1+4+7+…”: rows of the table."""
    return "+".join([*numbers[:MOST_NUMBERED], *(["…"] if len(numbers) > MOST_NUMBERED else [])])
