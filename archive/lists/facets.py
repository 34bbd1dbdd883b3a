"""Facets: the values that a list's set has, each with its count and the address that adds it or takes it away.

A facet's own values are counted with its other selections lifted (within a facet, any of them may hold), all other
filters applied. What lies above or below a value that is added gives way to it: a town takes its governorate's place.
"""

from calendar import monthrange
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.lists.filter_words import in_words
from archive.lists.histogram import Bar, count_bars, extent, outward
from archive.lists.integers import places_of
from archive.lists.labels import PLACES, Label
from archive.lists.selection import Selection
from archive.lists.spans import Spans
from archive.localisation import grouped, is_arabic
from archive.names.place_words import COMMUNITY, GOVERNORATE
from archive.read_by_key import ReadByKey

FIRST = 10
NONE: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: ``query`` is of the list with it, or without it where it ``is_on``. ``possible`` adds to ``count``.

    ``alone`` is the query of the list that is as long as its number: with this value and no other of the facet.
    """

    label: str
    count: int
    query: str
    alone: str
    is_on: bool = False
    depth: int = 0
    possible: int = 0

    @property
    def total(self) -> int:
        """How many the list with this value has."""
        return self.count + self.possible

    @property
    def tally(self) -> str:
        """“12”, “12 + 3 possible”."""
        if not self.possible:
            return grouped(self.count)
        possible = _("+ %(number)s possible") % {"number": grouped(self.possible)}
        return f"{grouped(self.count)} {possible}"


@dataclass(frozen=True, slots=True)
class Facet(ReadByKey):
    """A parameter with the values that the set has, those to be seen first."""

    name: str
    title: str
    values: Sequence[Value]

    @property
    def first(self) -> list[Value]:
        """The first ten, and whatever is on."""
        return [value for index, value in enumerate(self.values) if index < FIRST or value.is_on]

    @property
    def rest(self) -> list[Value]:
        return [value for index, value in enumerate(self.values) if index >= FIRST and not value.is_on]


class Links:
    """The addresses of one facet: everything else of the query stays as it is."""

    def __init__(self, params: QueryDict, *names: str) -> None:
        self.name = names[0]
        self.given = params.getlist(self.name)
        rest = params.copy()
        for name in names:
            rest.pop(name, None)
        self.rest = rest.urlencode()
        self.as_given = self.with_values(self.given)

    def with_values(self, values: Iterable[str]) -> str:
        return self.joined(urlencode([(self.name, value) for value in values]))

    def joined(self, query: str) -> str:
        return f"{self.rest}&{query}" if self.rest and query else self.rest or query

    def adding(self, value: str, instead_of: Iterable[str] = ()) -> str:
        gone = set(instead_of)
        kept = self.with_values(one for one in self.given if one not in gone) if gone else self.as_given
        return f"{kept}&{self.name}={quote(value)}" if kept else f"{self.name}={quote(value)}"

    def removing(self, values: Iterable[str]) -> str:
        gone = set(values)
        return self.with_values(one for one in self.given if one not in gone)


@dataclass(frozen=True, slots=True)
class Terms:
    """A vocabulary on its way to a facet; ``chosen`` maps what is selected to the values as they were given."""

    labels: Mapping[int, Label]
    chosen: Mapping[int, Sequence[str]]
    links: Links

    def facet(self, title: str, counts: Mapping[int, int], possible: Mapping[int, int] = NONE) -> Facet:
        """Return the terms, the most frequent first, each followed by what is below it.

        ``possible`` are counted beside ``counts``, which are certain.
        """
        totals = {pk: counts.get(pk, 0) + possible.get(pk, 0) for pk in (*counts, *possible)} if possible else counts
        shown = {pk for pk in (*totals, *self.chosen) if pk in self.labels}
        below: dict[int, list[int]] = {}
        for pk in shown:
            parent = next((above for above in reversed(self.labels[pk].above) if above in shown), 0)
            below.setdefault(parent, []).append(pk)

        in_arabic = is_arabic()

        def branch(parent: int, depth: int) -> Iterator[Value]:
            for pk in sorted(below.get(parent, ()), key=lambda pk: (-totals.get(pk, 0), self.labels[pk].key)):
                label = self.labels[pk]
                name = (label.name_ar or label.name_en) if in_arabic else (label.name_en or label.name_ar)
                yield self.value(label, name, counts.get(pk, 0), depth, possible.get(pk, 0))
                yield from branch(pk, depth + 1)

        return Facet(self.links.name, title, list(branch(0, 0)))

    def value(self, label: Label, name: str, count: int, depth: int, possible: int = 0) -> Value:
        if not self.chosen:
            query = self.links.adding(label.key)
            return Value(name, count, query, query, False, depth, possible)
        alone = self.links.with_values([label.key])
        if label.pk in self.chosen:
            return Value(name, count, self.links.removing(self.chosen[label.pk]), alone, True, depth, possible)
        related = [pk for pk in self.chosen if pk in label.above or self.is_below(pk, label)]
        replaced = [given for pk in related for given in self.chosen[pk]]
        return Value(name, count, self.links.adding(label.key, replaced), alone, False, depth, possible)

    def is_below(self, pk: int, label: Label) -> bool:
        return pk in self.labels and label.pk in self.labels[pk].above


def places(title: str, selection: Selection, params: QueryDict) -> Facet:
    """Governorates; below one that is selected, or has a selected place, its towns."""
    dimension = selection.columns.dimensions["place_ids"]
    chosen = chosen_rows(selection, "town")
    known = dimension.values
    labels = PLACES.of([*known, *chosen])
    opened = {above for pk in chosen if pk in labels for above in (*labels[pk].above, pk)}
    shown = [pk for pk in known if pk in labels and is_shown(labels[pk], opened)]
    counts = dimension.counts_of(selection.without("town"), [*shown, *chosen])  # a district that is on is no town
    return Terms(labels, chosen, Links(params, "town")).facet(title, counts)


def is_shown(label: Label, opened: Container[int]) -> bool:
    """Whether a place is a governorate, or a town of one that is opened."""
    if label.level == COMMUNITY:
        return len(label.above) > 1 and label.above[1] in opened
    return label.level == GOVERNORATE


def chosen_rows(selection: Selection, name: str) -> dict[int, list[str]]:
    """Return what a repeatable parameter was read as: id → the values that were given for it."""
    chosen: dict[int, list[str]] = {}
    rows = selection.filters.value(name) or []
    for row, given in zip(rows, selection.filters.given(name), strict=True):
        chosen.setdefault(row.pk, []).append(given)
    return chosen


def dates(title: str, selection: Selection, params: QueryDict, spans: Spans, *, is_certain_only: bool = False) -> Facet:
    """Years, the newest first; below the year that is selected, or has the selected days, its months.

    ``spans`` are of all rows; ``is_certain_only``: whether only what is certain is listed.
    """
    found = spans.of(places_of(selection.without("from", "to")))
    links = Links(params, "from", "to")
    first, last = selection.filters.value("from"), selection.filters.value("to")

    def values_of(bars: Iterable[Bar], depth: int) -> Iterator[Value]:
        for bar in bars:
            is_on = (first, last) == (bar.start, bar.end)
            possible = 0 if is_certain_only else bar.possible
            if bar.certain or possible or is_on:
                alone = links.joined(days_query(bar.start, bar.end))
                query = links.joined("") if is_on else alone
                yield Value(in_words(bar.start, bar.end), bar.certain, query, alone, is_on, depth, possible)

    values: list[Value] = []
    for bar in reversed(years(found)):
        values += values_of([bar], depth=0)
        if first and last and first.year == last.year == bar.start.year:
            values += values_of(reversed(count_bars(found, first=bar.start, last=bar.end, unit="month")), depth=1)
    return Facet("dates", title, values)


def years(spans: Spans) -> list[Bar]:
    ends = extent(spans)
    if ends is None:
        return []
    first, last = outward(*ends, "year")
    return count_bars(spans, first=first, last=last, unit="year")


def days_query(first: date, last: date) -> str:
    """Return `from` and `to` of a query: a whole year or month by its number, else both days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        whole = first.isoformat()[:4]
        return f"from={whole}&to={whole}"
    if first.day == 1 and last == date(first.year, first.month, monthrange(first.year, first.month)[1]):
        whole = first.isoformat()[:7]
        return f"from={whole}&to={whole}"
    return f"from={first.isoformat()}&to={last.isoformat()}"
