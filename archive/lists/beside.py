"""What the question of one list finds in other lists: each number is the length of the list that it leads to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from archive.lists.filters import ListFilters
from archive.lists.listing import Listing
from archive.read_by_key import ReadByKey

#: Parameters that mean the same in every list. Days are those of the attack in one, of publication in the other.
SHARED = ("q", "expand", "from", "to", "town", "source")
FIRST = 5  # rows shown of a list that a search without rows finds instead


@dataclass(frozen=True)
class Beside(ReadByKey):
    """Another list that the same question finds. ``view`` names its address, ``template`` shows its rows."""

    listing: Listing
    words: str
    view: str
    query: str
    template: str

    @property
    def number(self) -> int:
        return self.listing.count.number

    @property
    def href(self) -> str:
        """Its address in the reader's language."""
        return f"{reverse(self.view)}?{self.query}" if self.query else reverse(self.view)

    @cached_property
    def rows(self) -> Sequence[Any]:
        """The first few rows; read only where they are shown."""
        return self.listing.rows


def asked_of(other: type[ListFilters], filters: ListFilters, rows: QuerySet) -> ListFilters:
    """Ask another list what this one was asked, as far as both have the parameters. Nothing is looked up again."""
    params = QueryDict(mutable=True)
    for name in SHARED:
        if given := filters.given(name):
            params.setlist(name, given)
    asked = other(params, rows)
    values = {name: asked.default(name) for name in asked.base_filters}
    return asked.read_as(values | {name: filters.value(name) for name in SHARED}, query=filters.query)


_finders: list[Callable[[Listing], Iterator[Beside]]] = []


def finds_beside_articles(finder: Callable[[Listing], Iterator[Beside]]) -> None:
    """Let a list of a higher layer stand beside that of articles."""
    _finders.append(finder)


def beside_articles(listing: Listing) -> list[Beside]:
    return [one for finder in _finders for one in finder(listing)]
