"""One page of a list: its rows, how many there are in all, what its form shows, and ways out where there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django import forms
from django.db.models import QuerySet

from archive.lists import counting, paging
from archive.lists.did_you_mean import Meant, did_you_mean
from archive.lists.facets import Facet
from archive.lists.filters import ListFilters
from archive.lists.links import Links
from archive.lists.selection import Selection
from archive.lists.stores import ColumnStore


@dataclass(frozen=True, slots=True)
class Loosening:
    """Filters that go together, in words; how many there are without them, and the query of that list."""

    words: str
    found: int
    query: str


class Listing(Links):
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
        super().__init__(filters)
        self.size = size

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
    def sentence(self) -> str:
        """The filters in words; "" while a parameter cannot be read."""
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
        among = filters.order, selection.columns, selection.rows
        if filters.is_ranked:
            rank = filters.query.rank()
            best = (selection.columns.rows(rows) for rows in filters.query.best(filters.queryset))
            return paging.ranked_page(rows, *among, rank=rank, best=best, start=filters.position, size=self.size)
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

    @cached_property
    def next_query(self) -> str:
        return self.query(after=self.page.after) if self.page.after else ""

    @cached_property
    def previous_query(self) -> str:
        return self.query(after=self.page.before) if self.page.before else ""

    @cached_property
    def first_query(self) -> str:
        """The query of the first page, where another is shown."""
        return self.query() if self.filters.data.get("after") else ""

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """For a list without rows: which filters to take away for how many, the most first."""
        grouped = {name for group in self.together for name in group}
        groups = [*self.together, *((name,) for name in self.filters.base_filters if name not in grouped)]
        found = []
        for group in groups:
            words = [f"{chip.label}: {chip.value}" for chip in self.chips if chip.name in group]
            if words and (count := len(self.selection.without(*group))):
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
        return [(meant, self.query(**meant.params)) for meant in did_you_mean(self.selection, self.titles)]

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
    def drawing_fields(self) -> list[forms.BoundField]:
        """The fields that say how a list is drawn, where it is."""
        return []

    @property
    def has_further_filters(self) -> bool:
        """Whether a filter is on that the form shows only when it is unfolded."""
        return any(self.filters.given(name) for name in self.folded)

    @property
    def notes(self) -> list[str]:
        return self.filters.notes()
