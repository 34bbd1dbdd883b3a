"""What a chart draws side by side: the whole, selections that are compared, or its parts. Each is a list of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.lists.filter_words import period
from archive.lists.integers import NO_ROWS, Rows, places_of
from archive.lists.labels import PLACES, Label, Labels
from archive.lists.selection import Selection
from archive.lists.spans import Spans
from archive.localisation import isolated
from archive.names.place_words import COMMUNITY, GOVERNORATE
from archive.terms import Level
from incidents.lists.chart.curves import MOST_CURVES
from incidents.lists.chart.filters import MOST_SERIES, ChartFilters, Pairs
from incidents.lists.incident_columns import ACTORS, FACILITY_TYPES, WEAPONS
from incidents.lists.incident_filters import IncidentFilters

VOCABULARIES: Mapping[str, tuple[str, Labels]] = {
    "actor": ("actor_ids", ACTORS),
    "facility_type": ("facility_type_ids", FACILITY_TYPES),
    "weapon": ("weapon_ids", WEAPONS),
    "town": ("place_ids", PLACES),
}
MOST_STACKED = 6


@dataclass(frozen=True)
class Series:
    """One selection: ``key`` names it in files (`actor:group`), ``params`` are those of the list of the same rows.

    ``params`` is None for a part that no list has; ``name`` is empty for the whole.
    """

    key: str
    name: str
    params: QueryDict | None
    filters: IncidentFilters
    selection: Selection
    only: Rows | None = None

    @cached_property
    def rows(self) -> Rows:
        return self.selection.of(self.filters) if self.only is None else self.only

    @cached_property
    def spans(self) -> Spans:
        """When each of them may have been, in the order of their places."""
        return self.filters.spans(self.selection.columns).of(places_of(self.rows))


def series_of(filters: ChartFilters, selection: Selection) -> list[Series]:
    """Return what is drawn, at least one."""
    if filters.value("compare"):
        return list(compared(filters, selection))
    if filters.value("split") not in (None, "nothing"):
        return parts(filters, selection)
    return [Series("", "", filters.plain, filters, selection)]


def compared(filters: ChartFilters, selection: Selection) -> Iterator[Series]:
    for text, given, one in filters.selections:
        own = Selection(one, selection.store, selection.columns)
        yield Series(text, in_words(one, given) or _("all of these"), one.data, one, own)


def in_words(filters: IncidentFilters, pairs: Pairs) -> str:
    """What sets a selection apart: “Russian Armed Forces”, “in 2016”."""
    names = list(dict.fromkeys(name for name, _value in pairs))
    found = []
    if {"from", "to"} & set(names):
        found.append(period(filters.value("from"), filters.value("to")))
    for name in names:
        if name not in ("from", "to"):
            found += [isolated(filters.in_words(name, at, value)) for at, value in enumerate(filters.given(name))]
    return " · ".join(found)


class Parts:
    """The terms that a chart is split by, with the rows of each."""

    def __init__(self, filters: IncidentFilters, selection: Selection, name: str) -> None:
        """``name`` is the parameter whose terms they are."""
        self.filters = filters
        self.selection = selection
        self.name = name
        column, self.known = VOCABULARIES[name]
        columns = filters.actor_columns() if name == "actor" else (column,)
        self.dimensions = [selection.columns.dimensions[one] for one in columns]
        if name == "weapon":
            filters.kinds_of_weapons  # noqa: B018 (read once for all parts, which are copies)

    @cached_property
    def counts(self) -> Counter[int]:
        return sum((Counter(one.counts(self.selection.rows)) for one in self.dimensions), Counter())

    @cached_property
    def labels(self) -> Mapping[int, Label]:
        asked = [row.pk for row in self.filters.value(self.name) or []]
        return self.known.of([*self.counts, *asked])

    @cached_property
    def terms(self) -> list[Label]:
        """The terms, the most frequent first: those asked for; of one that was, those right below it; else the top."""
        asked = [self.labels[row.pk] for row in self.filters.value(self.name) or [] if row.pk in self.labels]
        if len(asked) > 1:
            return self.ordered(asked)
        if self.name == "town":
            return self.ordered(self.places(asked[0] if asked else None)) or asked
        if self.name == "weapon":
            return self.ordered(self.kinds(asked)) or asked
        wanted = asked[0].pk if asked else None
        below = [label for label in self.met if (label.above[-1] if label.above else None) == wanted]
        return self.ordered(below) or asked

    @property
    def met(self) -> list[Label]:
        return [self.labels[pk] for pk in self.counts if pk in self.labels]

    def places(self, asked: Label | None) -> list[Label]:
        """The units of the first level, from the governorates or what was asked for downwards, that has several."""
        inside = [label for label in self.met if asked is None or asked.pk in label.above]
        level = max(GOVERNORATE, asked.level + 1 if asked else GOVERNORATE)
        units: list[Label] = []
        while level <= COMMUNITY and len(units) < 2:
            units = [label for label in inside if label.level == level] or units
            level += 1 if level != Level.DISTRICT else 2  # towns lie in districts, as readers see them
        return units

    def kinds(self, asked: list[Label]) -> list[Label]:
        """Rows name only the weapon itself: those above them count with theirs."""
        met = {pk: self.labels[pk] for pk in self.counts if pk in self.labels}
        if asked:
            return [label for label in met.values() if asked[0].pk in label.above]
        above = self.known.of([pk for label in met.values() for pk in label.above])
        top = {label.above[0] if label.above else label.pk for label in met.values()}
        return [above[pk] for pk in top if pk in above]

    def ordered(self, labels: Iterable[Label]) -> list[Label]:
        found = [(label, len(self.rows(label))) for label in labels]
        return [label for label, number in sorted(found, key=lambda one: (-one[1], one[0].key)) if number]

    def rows(self, label: Label) -> Rows:
        return self.selection.of(self.with_term(label))

    def with_term(self, label: Label) -> IncidentFilters:
        """The filters of the list of what has this term."""
        values: dict[str, Any] = {self.name: [label]}
        return self.filters.with_values(**values)

    def series(self, label: Label) -> Series:
        params = self.filters.plain.copy()
        params.setlist(self.name, [label.key])
        return Series(f"{self.name}:{label.key}", label.name, params, self.with_term(label), self.selection)

    def part(self, key: str, name: str, rows: Rows) -> Series:
        """A part that no list has: its dates are certain or possible as those of the whole."""
        return Series(key, name, None, self.filters, self.selection, rows)


def parts(filters: ChartFilters, selection: Selection) -> list[Series]:
    found = Parts(filters, selection, str(filters.value("split")))
    if filters.value("layout") == "stacked":
        return list(stacked(found))
    most = MOST_CURVES if filters.value("layout") == "lines" else MOST_SERIES
    return [found.series(label) for label in found.terms[:most]]


def stacked(found: Parts) -> Iterator[Series]:
    """Parts of which each row is in one alone, so that together they are as many as the whole."""
    shown = found.terms[:MOST_STACKED]
    once, several = NO_ROWS, NO_ROWS
    for label in shown:
        rows = found.rows(label)
        several |= once & rows
        once |= rows
    if found.name == "actor":  # who is only named as one of several
        several |= once - found.dimensions[0].filled
    every, named = found.selection.rows, Rows.union(*(one.filled for one in found.dimensions))
    rest = [
        ("several", _("several, or one of several"), several),
        ("others", _("others"), (every & named) - once),
        ("unknown", _("not said"), every - named - once),
    ]
    for label in shown:
        if only := found.rows(label) - several:
            yield found.part(f"{found.name}:{label.key}", label.name, only)
    for key, name, rows in rest:
        if rows:
            yield found.part(key, name, rows)
