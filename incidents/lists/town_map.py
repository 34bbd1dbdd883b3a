"""A list's incidents by town, as the map draws them and its table tells them.

An incident counts at each of its towns. One whose place is known only as a district or governorate is not drawn, as if
it were exact: it is listed under that name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from archive.lists.dimensions import Dimension
from archive.lists.facets import Links
from archive.lists.integers import Rows
from archive.lists.labels import PLACES, Label
from archive.lists.selection import Selection
from archive.localisation import isolated
from archive.models.choices import LEVEL_LABELS
from archive.names.place_words import COMMUNITY
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.lists.filter_sentence import counted, subject
from incidents.maps.canvas import Canvas
from incidents.maps.orientation import wish
from incidents.maps.outlines import outlines
from incidents.maps.projection import UNITS_A_DEGREE, Frame, frame_around, legend_counts, mark_radius, project
from incidents.terms import Scope

MOST_MARKS = 150  # with a name and a link; the others are dots
RATIO = 4 / 3
DOT = 3.0  # pixels


@dataclass(frozen=True, slots=True)
class Mark(ReadByKey):
    """A town: how many incidents (``words``), how many of them certainly, killed at least; ``query`` lists them.

    ``name`` is in the reader's language, ``other_name`` in the other script.
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
    radius: float

    @property
    def possible(self) -> int:
        return self.total - self.certain

    @property
    def at(self) -> str:
        """Its place on the sheet, as SVG reads it."""
        return f"{self.x:g} {self.y:g}"

    @property
    def title(self) -> str:
        """“Kafr Nobol: 4 attacks”."""
        return f"{isolated(self.name)}: {self.words}"


@dataclass(frozen=True, slots=True)
class Area(ReadByKey):
    """A place above towns: how many incidents lie in it, ``vague`` of them known no nearer; ``query`` lists all."""

    label: Label
    words: str
    total: int
    vague: int
    query: str

    @property
    def level(self) -> str:
        return str(LEVEL_LABELS[Level(self.label.level)])


@dataclass(frozen=True, slots=True)
class Sample(ReadByKey):
    """A mark of the legend; lengths are nominal pixels."""

    count: int
    radius: float
    x: float


def country_frame() -> Frame:
    """The whole country, or a degree where no outlines are known."""
    known = outlines().country
    corners = [(known.x, known.y), (known.x + known.width, known.y + known.height)] if known else []
    return frame_around(corners, fallback=Frame(0, 0, UNITS_A_DEGREE, UNITS_A_DEGREE / RATIO), ratio=RATIO)


class TownMap(ReadByKey):
    """The map of a selection; ``certain`` are the rows that are certainly of the dates and actors asked for."""

    def __init__(self, selection: Selection, params: QueryDict, certain: Rows | None = None) -> None:
        self.rows = selection.rows
        self.certain = certain
        self.columns = selection.columns
        self.links = Links(params, "town")
        self.selection = selection
        self.scope = selection.filters.value("scope")
        self.is_summable = self.scope == Scope.ATTACK
        self.asked = {place.pk for place in selection.filters.value("town") or []}

    @property
    def is_split(self) -> bool:
        """Whether dates or actors were asked for, so that certain and possible differ."""
        return self.certain is not None

    @property
    def subject(self) -> str:
        """What is counted: “Attacks”."""
        return subject(self.scope)

    @property
    def places(self) -> Dimension:
        return self.columns.dimensions["place_ids"]

    @cached_property
    def labels(self) -> Mapping[int, Label]:
        return PLACES.of(self.places.values)

    @cached_property
    def towns(self) -> list[tuple[Label, int]]:
        """The towns with a point, those with the most incidents first; of an incident in several, those asked for."""
        counts = self.places.counts(self.rows)
        found = [(self.labels[pk], count) for pk, count in counts.items() if self.is_asked(pk)]
        towns = [(label, count) for label, count in found if label.level == COMMUNITY and label.lat is not None]
        return sorted(towns, key=lambda town: (-town[1], town[0].key))

    def is_asked(self, pk: int) -> bool:
        """Whether a place is, or lies in, one of those asked for, where any are; a town around one counts too."""
        if pk not in self.labels or not self.asked:
            return pk in self.labels
        around = {above for place in self.asked if place in self.labels for above in self.labels[place].above}
        return not self.asked.isdisjoint({pk, *self.labels[pk].above}) or pk in around

    @cached_property
    def points(self) -> list[tuple[float, float]]:
        return [project(label.lat or 0.0, label.lon or 0.0) for label, _count in self.towns]

    @cached_property
    def frame(self) -> Frame:
        """What is shown: the marks, and the areas that were asked for."""
        return frame_around([*self.points, *self.asked_corners], fallback=country_frame(), ratio=RATIO)

    @property
    def asked_corners(self) -> Iterator[tuple[float, float]]:
        for key in (self.labels[pk].key for pk in self.asked if pk in self.labels):
            if unit := outlines().units.get(key):
                left, top, right, bottom = unit.box
                yield from ((left, top), (right, bottom))

    @property
    def largest(self) -> int:
        return self.towns[0][1] if self.towns else 0

    @cached_property
    def marks(self) -> list[Mark]:
        drawn = [label.pk for label, _count in self.towns[:MOST_MARKS]]
        certain = {} if self.certain is None else self.places.counts_of(self.certain, drawn)
        known = self.columns.numbers["killed"].clip(min=0)
        killed = self.places.sums_of(self.rows, known, drawn) if self.is_summable else {}
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
                radius=mark_radius(count, self.largest),
            )
            for (label, count), (x, y) in zip(self.towns[:MOST_MARKS], self.points[:MOST_MARKS], strict=True)
        ]

    @cached_property
    def canvas(self) -> Canvas:
        """Land and names about the marks."""
        names = [wish(mark.name, "mark", [(mark.x, mark.y)], mark.key, mark.radius + 4) for mark in self.marks]
        circles = [(mark.x, mark.y, mark.radius) for mark in self.marks]
        dots = [(x, y, DOT) for x, y in self.points[MOST_MARKS : MOST_MARKS * 3]]
        taken = frozenset(mark.key for mark in self.marks)
        return Canvas(self.frame, marks=[*circles, *dots], marked=names, taken=taken)

    @property
    def letters(self) -> float:
        """The size of letters in units of the sheet."""
        return round(13 * self.canvas.unit, 2)

    def query(self, label: Label) -> str:
        """The query of the list of what is counted at a place: where less was asked for, that stays as it was given."""
        is_around = bool(self.asked) and self.asked.isdisjoint({label.pk, *label.above})
        return self.links.as_given if is_around else self.links.with_values([label.key])

    @property
    def further(self) -> int:
        """How many towns are only dots."""
        return max(0, len(self.towns) - MOST_MARKS)

    @property
    def dots(self) -> str:
        """The further towns as path data: a point each."""
        return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in self.points[MOST_MARKS:])

    @property
    def legend(self) -> list[Sample]:
        samples = []
        x = 30.0
        for count in legend_counts(self.largest):
            radius = mark_radius(count, self.largest)
            samples.append(Sample(count, radius, round(x, 1)))
            x += 120
        return samples

    @cached_property
    def areas(self) -> list[Area]:
        """What is known only by a larger area, the most frequent first."""
        totals = self.places.counts_of(self.rows, [pk for pk, _count in self.vague])
        found = [
            Area(self.labels[pk], counted(self.scope, totals[pk]), totals[pk], count, self.query(self.labels[pk]))
            for pk, count in self.vague
            if self.is_asked(pk)
        ]
        return sorted(found, key=lambda area: (area.label.level, -area.total, area.label.key))

    @property
    def unplaced(self) -> int:
        """How many incidents have no place at all."""
        return len(self.rows - self.places.filled)

    @property
    def undrawn(self) -> int:
        return sum(area.vague for area in self.areas) + self.unplaced

    @cached_property
    def vague(self) -> list[tuple[int, int]]:
        """The places that are the nearest known of incidents that name no town, with how many these are."""
        by_level: dict[int, list[int]] = {}
        for pk in self.places.values:
            if pk in self.labels:
                by_level.setdefault(min(self.labels[pk].level, COMMUNITY), []).append(pk)
        found: list[tuple[int, int]] = []
        rest = self.rows - self.places.having(by_level.pop(COMMUNITY, ()))
        for level in sorted(by_level, reverse=True):
            found += self.places.counts_of(rest, by_level[level]).items()
            rest -= self.places.having(by_level[level])
        return found
