"""Which places of a list are marked: towns, or the districts or governorates around them, and where these stand."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from archive.lists.dimensions import Dimension
from archive.lists.integers import Rows
from archive.lists.labels import PLACES, Label
from archive.lists.selection import Selection
from archive.names.place_words import COMMUNITY, GOVERNORATE
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.maps.outlines import outlines
from incidents.maps.projection import project

LEVELS = {"town": COMMUNITY, "district": int(Level.DISTRICT), "governorate": GOVERNORATE}
MOST_TOWNS = 60  # of a whole country; more are drawn together by district
PARTED = 4  # times fewer where marks are split
MOST_MARKS = 150  # with a name and a link; the others are dots
Point = tuple[float, float]


class Units(ReadByKey):
    """The places of a selection, ``by`` town, district or governorate, or as fits."""

    def __init__(self, selection: Selection, by: str, *, parts: int = 1) -> None:
        """``parts``: of how many shapes each mark may consist."""
        self.parts = parts
        self.selection = selection
        self.rows = selection.rows
        self.by = by
        self.asked = {place.pk for place in selection.filters.value("town") or []}

    @property
    def places(self) -> Dimension:
        return self.selection.columns.dimensions["place_ids"]

    @cached_property
    def labels(self) -> Mapping[int, Label]:
        return PLACES.of([*self.places.values, *self.asked])

    @cached_property
    def counts(self) -> Mapping[int, int]:
        return self.places.counts(self.rows)

    def is_asked(self, pk: int) -> bool:
        """Whether a place is, or lies in, one of those asked for, where any are; a town around one counts too."""
        if pk not in self.labels or not self.asked:
            return pk in self.labels
        return not self.asked.isdisjoint({pk, *self.labels[pk].above}) or pk in self.around

    @cached_property
    def around(self) -> set[int]:
        return {above for place in self.asked if place in self.labels for above in self.labels[place].above}

    def at_level(self, level: int) -> list[tuple[Label, int]]:
        """The units of a level that have a position, those with the most incidents first; only those asked for."""
        found = [(self.labels[pk], count) for pk, count in self.counts.items() if self.is_asked(pk)]
        units = [(label, count) for label, count in found if label.level == level and self.at(label)]
        return sorted(units, key=lambda unit: (-unit[1], unit[0].key))

    @cached_property
    def towns(self) -> list[tuple[Label, int]]:
        return self.at_level(COMMUNITY)

    @cached_property
    def level(self) -> int:
        """That which is marked: towns, unless there are too many to be told apart."""
        if self.by in LEVELS:
            return LEVELS[self.by]
        widest = min((self.labels[pk].level for pk in self.asked if pk in self.labels), default=0)
        most = (MOST_MARKS if widest >= GOVERNORATE else MOST_TOWNS) // (1 if self.parts == 1 else PARTED)
        if widest >= Level.DISTRICT or len(self.towns) <= most:
            return COMMUNITY
        if widest >= GOVERNORATE or self.parts == 1 or len(self.at_level(Level.DISTRICT)) <= most:
            return int(Level.DISTRICT)
        return GOVERNORATE

    @cached_property
    def marked(self) -> list[tuple[Label, int]]:
        return self.towns if self.level == COMMUNITY else self.at_level(self.level)

    @cached_property
    def near_enough(self) -> Rows:
        """The rows that name a unit of the level that is marked, or one below, whether its position is known or not."""
        known = self.labels
        return self.rows & self.places.having(
            pk for pk in self.places.values if pk in known and known[pk].level >= self.level
        )

    @cached_property
    def exact(self) -> Rows:
        """The rows that are drawn as marks."""
        return self.rows & self.places.having(label.pk for label, _count in self.marked)

    def at(self, label: Label) -> Point | None:
        """Where a unit is marked: a larger one amid its towns, each weighing as many as were there."""
        if label.level == COMMUNITY:
            return point(label)
        x, y, whole = self.amid.get(label.pk, (0.0, 0.0, 0))
        return (x / whole, y / whole) if whole else next(self.spots(label), None)

    @cached_property
    def amid(self) -> dict[int, tuple[float, float, int]]:
        """Of each larger unit the sums of where its towns are, and of how often."""
        found: dict[int, tuple[float, float, int]] = {}
        for pk, count in self.counts.items():
            town = self.labels.get(pk)
            if town and town.level == COMMUNITY and (where := point(town)):
                for above in town.above:
                    x, y, whole = found.get(above, (0.0, 0.0, 0))
                    found[above] = x + where[0] * count, y + where[1] * count, whole + count
        return found

    def spots(self, label: Label) -> Iterator[Point]:
        """Where in a unit there is room, the best place first; else its point of reference."""
        if unit := outlines().units.get(label.key):
            yield from unit.spots
        if where := point(label):
            yield where

    @cached_property
    def vague(self) -> list[tuple[int, int]]:
        """The places that are the nearest known of rows that name nothing that is marked, with how many these are."""
        by_level: dict[int, list[int]] = {}
        for pk in self.places.values:
            if pk in self.labels:
                by_level.setdefault(min(self.labels[pk].level, self.level), []).append(pk)
        found: list[tuple[int, int]] = []
        rest = self.rows - self.places.having(by_level.pop(self.level, ()))
        for level in sorted(by_level, reverse=True):
            found += self.places.counts_of(rest, by_level[level]).items()
            rest -= self.places.having(by_level[level])
        return [(pk, count) for pk, count in found if self.is_asked(pk)]


def point(label: Label) -> Point | None:
    return None if label.lat is None or label.lon is None else project(label.lat, label.lon)
