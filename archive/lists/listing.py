"""One page of a list: its rows, how many there are in all, and what was understood of the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from archive.lists import counting, paging
from archive.lists.did_you_mean import Meant, did_you_mean
from archive.lists.facets import Facet
from archive.lists.filters import ListFilters
from archive.lists.selection import Selection
from archive.lists.stores import ColumnStore
from archive.lists.towns import Reading, TownField, labels
from archive.search import Expansion


class Chip(NamedTuple):
    """A filter that is on: its parameter, name and value in words, and the query of the list without it."""

    name: str
    label: str
    value: str
    query: str


class Choice(NamedTuple):
    """A place that an ambiguous name may mean, and the query of the list with it instead."""

    value: str
    place: Any
    query: str


class Ordering(NamedTuple):
    """One way to order the list: its name, the query of the list in it, whether it is in force."""

    label: str
    query: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Loosening:
    """Filters that go together, in words; how many there are without them, and the query of that list."""

    words: str
    found: int
    query: str


class Listing:
    """A list as its page shows it. While a parameter cannot be read it has no rows, and `filters.problems` says why."""

    store: ColumnStore
    #: Columns of the table that pages, feeds and files need of a row.
    needed: tuple[str, ...]
    #: Parameters that facets and links set, not the form.
    fieldless: tuple[str, ...] = ("source", "order")
    #: Parameters that are read together: one alone loosens nothing.
    together: tuple[tuple[str, ...], ...] = (("from", "to"), ("q", "expand"))
    #: SQL of a column of texts that have words worth suggesting.
    titles: str
    #: Parameters that the form shows only when it is unfolded.
    folded: tuple[str, ...] = ("expand",)

    def __init__(self, filters: ListFilters, *, size: int = paging.PAGE_SIZE) -> None:
        self.filters = filters
        self.size = size

    @property
    def form(self) -> forms.Form:
        """The form, with what is wrong beside its fields."""
        self.filters.problems  # noqa: B018 (reads the parameters)
        return self.filters.form

    @cached_property
    def is_readable(self) -> bool:
        return not self.filters.problems

    @cached_property
    def selection(self) -> Selection:
        """The set in memory; only of a list that is readable."""
        return Selection(self.filters, self.store)

    @cached_property
    def count(self) -> counting.Count:
        """How many there are, exactly."""
        return counting.Count(self.selection.count if self.is_readable else 0)

    @property
    def rows(self) -> Sequence[Any]:
        """The rows of the page as it shows them."""
        raise NotImplementedError

    @property
    def beside(self) -> Sequence[Any]:
        """What the same question finds in other lists (`archive.lists.beside`)."""
        return ()

    def like(self, filters: ListFilters, *, size: int) -> Self:
        """Return a list of the same rows by other filters, which counts over the same state of the table."""
        other = type(self)(filters, size=size)
        other.__dict__["selection"] = Selection(filters, self.store, self.selection.columns)
        return other

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets that have values; none while a parameter cannot be read."""
        return self.count_facets() if self.is_readable else []

    def count_facets(self) -> list[Facet]:
        raise NotImplementedError

    @cached_property
    def page(self) -> paging.Page[Any]:
        if not self.is_readable:
            return paging.Page([])
        filters, selection = self.filters, self.selection
        rows: QuerySet = filters.visible.only(*self.needed)
        among = filters.order, selection.columns, selection.mask
        if filters.is_ranked:
            rank = filters.query.rank()
            return paging.ranked_page(rows, *among, rank=rank, start=filters.position, size=self.size)
        return paging.page(rows, *among, position=filters.position, size=self.size)

    @cached_property
    def is_partly_ranked(self) -> bool:
        """Whether only the first of the set were put in order of relevance."""
        return self.filters.is_ranked and self.count.number > paging.RANKED

    @property
    def ranked(self) -> int:
        return paging.RANKED

    def warm(self) -> None:
        """Read ahead what this list needs of columns, sets and names."""
        self.page  # noqa: B018 (read and kept)
        self.facets  # noqa: B018

    @property
    def next_query(self) -> str:
        return self.query(after=self.page.after) if self.page.after else ""

    @property
    def previous_query(self) -> str:
        return self.query(after=self.page.before) if self.page.before else ""

    @property
    def first_query(self) -> str:
        """The query of the first page, where another is shown."""
        return self.query() if self.filters.data.get("after") else ""

    @property
    def export_query(self) -> str:
        return self.query()

    @property
    def literal_query(self) -> str:
        """The query without other spellings of places."""
        return self.query(expand="no")

    @property
    def unordered_query(self) -> str:
        """The query of the same set, in whatever order: feeds have their own."""
        params = self.params()
        params.pop("order", None)
        return params.urlencode()

    @property
    def newest_query(self) -> str:
        return self.query(order="newest")

    def query(self, **changes: str) -> str:
        """The query of this list with changes ("" takes a parameter away), on its first page, without unknown ones."""
        params = self.params()
        for name, value in changes.items():
            params.setlist(name, [value] if value else [])
        return params.urlencode()

    def params(self) -> QueryDict:
        params = QueryDict(mutable=True)
        for name in self.filters.base_filters:
            if name != "after" and (values := self.filters.given(name)):
                params.setlist(name, values)
        return params

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(name, self.filters.label(name), words, self.without(name, value))
            for name, value, words in self.filters.active()
        ]

    def without(self, name: str, value: str) -> str:
        params = self.params()
        params.setlist(name, [one for one in params.getlist(name) if one != value])
        return params.urlencode()

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """For a list without rows: which filters to take away for how many, the most first."""
        grouped = {name for group in self.together for name in group}
        groups = [*self.together, *((name,) for name in self.filters.base_filters if name not in grouped)]
        found = []
        for group in groups:
            words = [f"{chip.label}: {chip.value}" for chip in self.chips if chip.name in group]
            if words and (count := int(np.count_nonzero(self.selection.without(*group)))):
                params = self.params()
                for name in group:
                    params.pop(name, None)
                found.append(Loosening(" · ".join(words), count, params.urlencode()))
        return sorted(found, key=lambda one: -one.found)

    @cached_property
    def meant(self) -> list[tuple[Meant, str]]:
        """For a list without rows: other words that find something, with the query of the list with them."""
        if self.filters.query.is_empty:
            return []
        return [(meant, self.query(q=meant.words)) for meant in did_you_mean(self.selection, self.titles)]

    @cached_property
    def choices(self) -> list[Choice]:
        """What ambiguous names of places may mean."""
        found = []
        town = self.form.fields["town"]
        for value, place in town.candidates if isinstance(town, TownField) else ():
            found.append(self.choice(value, place))
        return found

    @cached_property
    def readings(self) -> list[tuple[Reading, list[Choice]]]:
        """What names of places were read as without being plain, with the queries of the lists of the others."""
        town = self.form.fields["town"]
        return [
            (reading, [self.choice(reading.value, place) for place in reading.others])
            for reading in (town.readings if isinstance(town, TownField) else ())
        ]

    @cached_property
    def words_read(self) -> list[tuple[Expansion, list[tuple[str, str]]]]:
        """What names among the words were read as; other places that a misspelt one is like, with their queries."""
        typed = self.filters.value("q") or ""
        return [
            (one, [(name, self.query(q=typed.replace(one.typed, name, 1))) for name in one.others])
            for one in self.filters.query.expansions
        ]

    def choice(self, value: str, place: Any) -> Choice:
        """A place instead of a name that was given."""
        params = self.params()
        params.setlist("town", [place.pcode if one == value else one for one in params.getlist("town")])
        return Choice(value, place, params.urlencode())

    @cached_property
    def town_values(self) -> list[str]:
        """What the box of places holds: names as they were typed, and names for codes."""
        given, places = self.filters.given("town"), self.filters.value("town") or []
        if len(places) != len(given):
            return given
        pairs = list(zip(given, places, strict=True))
        coded = [place for value, place in pairs if value.upper() == place.pcode]
        names = dict(zip(coded, labels(coded), strict=True))
        return [names[place] if value.upper() == place.pcode else value for value, place in pairs]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that are on but have no field in the form: they stay on when it is sent."""
        faulty = {field.name for field in self.faulty}
        return [(name, value) for name in self.fieldless if name not in faulty for value in self.filters.given(name)]

    @property
    def faulty(self) -> list[forms.BoundField]:
        """Fields that the form shows only because their values cannot be read."""
        return [self.form[name] for name in self.fieldless if name in self.filters.problems]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """The fields that the form shows only when it is unfolded."""
        return [self.form[name] for name in self.folded]

    @property
    def orders(self) -> list[Ordering]:
        """The orders that make sense for this list, with the query that puts it so."""
        field = self.filters.form.fields["order"]
        current = self.filters.value("order") or field.default
        return [
            Ordering(str(label), self.query(order=name), is_on=name == current)
            for name, label in field.words.items()
            if name != "relevance" or not self.filters.query.is_empty
        ]

    @property
    def has_further_filters(self) -> bool:
        """Whether a filter is on that the form shows only when it is unfolded."""
        return any(self.filters.given(name) for name in self.folded)

    @property
    def notes(self) -> list[str]:
        return self.filters.notes()
