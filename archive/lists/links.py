"""Where the page of a list leads: the same list with another filter, reading or order, each as a query."""

import re
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from archive.lists.filters import ListFilters
from archive.lists.towns import Reading, TownField, labels
from archive.read_by_key import ReadByKey
from archive.search import Expansion

_BETWEEN = r"(?:[\W_]+\w{1,3})?[\W_]+"  # between the words of a name: an article is no part of what was read


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


class OrderLink(NamedTuple):
    """One way to order the list: its name, the query of the list in it, whether it is in force."""

    label: str
    query: str
    is_on: bool


class Links(ReadByKey):
    """The links of a list by its filters."""

    def __init__(self, filters: ListFilters) -> None:
        self.filters = filters

    @property
    def form(self) -> forms.Form:
        """The form, with what is wrong beside its fields."""
        self.filters.problems  # noqa: B018 (reads the parameters)
        return self.filters.form

    @cached_property
    def export_query(self) -> str:
        return self.query()

    @cached_property
    def marked_query(self) -> str:
        """That of the CSV which Excel opens rightly."""
        return self.query(bom="yes")

    @cached_property
    def literal_query(self) -> str:
        """The query without other spellings of places."""
        return self.query(expand="no")

    @cached_property
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
        """The parameters of this list, without the page and unknown ones, to be changed."""
        return copy(self.given)

    @cached_property
    def given(self) -> QueryDict:
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
        """What names among the words were read as; what else a misspelt one is like, with the queries for it."""
        typed = self.filters.value("q") or ""
        found = []
        for one in self.filters.query.expansions:
            others = [(name, put(name, one.typed, typed)) for name in one.others]
            found.append((one, [(name, self.query(q=words)) for name, words in others if words != typed]))
        return found

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

    @cached_property
    def orders(self) -> list[OrderLink]:
        """The orders that make sense for this list, with the query that puts it so."""
        field = self.filters.form.fields["order"]
        current = self.filters.value("order") or field.default
        return [
            OrderLink(str(label), self.query(order=name), is_on=name == current)
            for name, label in field.words.items()
            if name != "relevance" or not self.filters.query.is_empty
        ]


def put(name: str, read: str, typed: str) -> str:
    """What was typed with a name in place of the one that was read, once; as it was where that does not stand there.

    What was read is in one line, without the articles that were typed apart: “Kafr Nabbel” in “Kafr al Nabbel”.
    """
    pattern = _BETWEEN.join(re.escape(word) for word in read.split())
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda _found: name, typed, count=1)
