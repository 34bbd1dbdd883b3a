"""Places, facilities, actors and sources as pages on which to start: found by name, each with how much there is of it.

Only what readers may meet is listed. What has nothing comes after the others, in whatever order. A number is the length
of the list that it leads to, as everywhere (`incidents.lists.tallies`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.article_listing import ArticleListing, read_articles
from archive.lists import cursors
from archive.lists.filters import ListFilters, Parameter
from archive.lists.links import Links
from archive.lists.parameter_fields import OneOfField, WordsField, shown
from archive.models import Place
from archive.names import name_key
from archive.names.sounds import Sounds
from archive.read_by_key import ReadByKey
from incidents.lists.incident_listing import IncidentListing, listing_of
from incidents.lists.known_names import common_words, key_of, shortened
from incidents.lists.tallies import Tallies, Tally
from incidents.terms import Scope

PAGE_SIZE = 50
MOST_ALIKE = 5
ALIKE = 0.65  # the score from which on a name is worth showing: they are few, and nothing is taken for what was meant
_FEWEST_LETTERS = 4  # of a misspelt name: fewer are like too many
COUNT, NAME = "count", "name"


@dataclass(frozen=True, slots=True)
class Position:
    """A page begins after a row, which once was the one at this index."""

    index: int
    pk: int


class StartFilters(ListFilters):
    """The parameters of these pages: a name, an order, a page."""

    expand = from_ = to = town = None  # type: ignore[assignment]

    q = Parameter(WordsField, label=gettext_lazy("Name"))
    order = Parameter(
        OneOfField,
        label=gettext_lazy("Order"),
        choices=[(COUNT, gettext_lazy("most first")), (NAME, gettext_lazy("by name"))],
    )

    def checks(self) -> Iterator[Any]:
        yield "after", self.check_cursor

    @cached_property
    def position(self) -> Position | None:
        cursor = str(self.data.get("after") or "").strip()
        if not cursor:
            return None
        match cursors.unpack(cursor):
            case [str() as order, int() as index, int() as pk] if order == self.value("order"):
                if -1 <= index < cursors.MAX_ID and 0 <= pk <= cursors.MAX_ID:
                    return Position(index, pk)
        raise cursors.CursorError(cursor)

    @property
    def is_ordered_by_name(self) -> bool:
        return bool(self.value("order") == NAME)

    @property
    def name(self) -> str:
        """The name that is looked for."""
        return str(self.value("q") or "")

    def notes(self) -> list[str]:
        return list(self.unknown_notes())


class Entry(NamedTuple):
    """The key of a row with all its names."""

    pk: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartRow(ReadByKey):
    """A line of the page: the row itself, its incidents, how many attacks are certainly its own where that differs, its
    reports, and the places or actors in which it is.
    """

    one: Any
    numbers: Sequence[Tally]
    certain: Tally | None = None
    reports: Tally | None = None
    within: Sequence[Any] = ()


class StartingPoints(Links):
    """One page of them; without rows while a parameter cannot be read."""

    filters: StartFilters
    #: The columns that name them, and what the parameter of lists is called.
    columns: ClassVar[str | Sequence[str]]
    parameter: ClassVar[str]
    #: The column of reports that names them, where these are counted.
    reported: ClassVar[str] = ""

    def __init__(self, params: QueryDict) -> None:
        super().__init__(StartFilters(params, Place.objects.none()))

    @property
    def is_readable(self) -> bool:
        return not self.filters.problems

    @cached_property
    def incidents(self) -> IncidentListing:
        return listing_of("")

    @cached_property
    def tallies(self) -> Tallies:
        return Tallies(self.incidents, self.columns, self.parameter)

    @cached_property
    def reports(self) -> Mapping[int, int]:
        """How many reports each has; none where they are not counted."""
        if not self.reported:
            return {}
        reports = ArticleListing(read_articles(QueryDict())).selection
        return reports.columns.dimensions[self.reported].counts(reports.rows)

    def by_name(self) -> Iterator[Entry]:
        """All that are listed, ordered by the name that the reader sees: one query."""
        raise NotImplementedError

    def rows_of(self, keys: Sequence[int]) -> Mapping[int, Any]:
        """The rows of a page with all that it shows of them: as many queries for many as for one."""
        raise NotImplementedError

    def line(self, one: Any) -> StartRow:
        raise NotImplementedError

    @cached_property
    def entries(self) -> list[Entry]:
        return list(self.by_name())

    @cached_property
    def named(self) -> list[int]:
        """The keys of those that are called as is asked for, ordered by name."""
        asked = self.filters.name
        return [entry.pk for entry in self.entries if not asked or is_called(entry, asked)]

    @cached_property
    def alike(self) -> list[int]:
        """Where none is called so: the keys of those of which a name is like it, the likeliest first.

        A name, or what is left of it without the words that many bear.
        """
        asked = name_key(self.filters.name)
        if self.named or len(asked) < _FEWEST_LETTERS:
            return []
        bearers: dict[str, list[int]] = {}
        common = common_words()
        for entry in self.entries:
            for name in entry.names:
                for one in (name, shortened(name, common)[1]):
                    bearers.setdefault(name_key(one), []).append(entry.pk)
        bearers.pop("", None)
        near = Sounds(list(bearers)).nearest(asked, MOST_ALIKE) if bearers else []
        return list(dict.fromkeys(pk for one in near if one.score >= ALIKE for pk in bearers[one.key]))

    @cached_property
    def keys(self) -> list[int]:
        """All keys in the order of the page."""
        if not self.is_readable:
            return []
        if self.alike:
            return self.alike
        if self.filters.is_ordered_by_name:
            return sorted(self.named, key=lambda pk: not any(self.weight(pk)))
        return sorted(self.named, key=self.weight, reverse=True)

    def weight(self, pk: int) -> tuple[int, int, int]:
        """How much there is of it: attacks, then series and totals, then reports. Sorting is stable both ways."""
        counts = {scope: found.get(pk, 0) for scope, found in self.tallies.counts.items()}
        attacks = counts.pop(Scope.ATTACK)
        return attacks, sum(counts.values()), self.reports.get(pk, 0)

    @cached_property
    def start(self) -> int:
        """The index of the first row of the page; after the row that it follows, else where that once was."""
        position = self.filters.position if self.is_readable else None
        if position is None:
            return 0
        if position.pk in self.named:
            return self.keys.index(position.pk) + 1
        return min(position.index + 1, len(self.keys))

    @cached_property
    def found(self) -> Mapping[int, Any]:
        """The rows of the page by their keys."""
        shown = self.keys[self.start : self.start + PAGE_SIZE]
        return self.rows_of(shown) if shown else {}

    @cached_property
    def rows(self) -> list[StartRow]:
        shown = self.keys[self.start : self.start + PAGE_SIZE]
        return [self.line(self.found[pk]) for pk in shown if pk in self.found]

    @property
    def choices(self) -> list[Any]:
        """No parameter of these pages is read as one of several places."""
        return []

    @property
    def is_whole(self) -> bool:
        """Whether it is the first page of all of them."""
        return self.is_readable and not self.filters.name and not self.start

    @property
    def number(self) -> int:
        return len(self.keys)

    def counted(self) -> str:
        """How many there are, in words."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What is listed, in a sentence."""
        name = {"name": shown(self.filters.name)}
        if self.alike:
            return _("Nothing here is called “%(name)s”. These names are like it:") % name
        if self.filters.name:
            called = _("Called “%(name)s”: %(number)s") if self.number else _("Nothing here is called “%(name)s”.")
            return called % {**name, "number": self.counted()}
        return self.counted() if self.number else _("Nothing is published yet.")

    @property
    def next_query(self) -> str:
        end = self.start + PAGE_SIZE
        return self.query_after(end) if end < self.number else ""

    @property
    def previous_query(self) -> str:
        return self.query_after(max(0, self.start - PAGE_SIZE)) if self.start else ""

    @property
    def first_query(self) -> str:
        return self.query()

    def query_after(self, start: int) -> str:
        """The query of the page that begins with the row of this index."""
        pk = self.keys[start - 1] if start else 0
        return self.query(after=cursors.pack([self.filters.value("order"), start - 1, pk]))


def is_called(entry: Entry, asked: str) -> bool:
    """Whether a name has every word that is asked for, or begins of them, or all its letters in one."""
    wanted, folded = key_of(asked), name_key(asked)
    for name in entry.names:
        words = key_of(name)
        if wanted and all(any(word.startswith(one) for word in words) for one in wanted):
            return True
        if folded and folded in name_key(name):
            return True
    return False


def entries_of(rows: QuerySet[Any], *fields: str) -> Iterator[Entry]:
    """The rows of a queryset in its order, with the names that these fields hold; lists of names among them."""
    for pk, *given in rows.values_list("pk", *fields):
        flat = (name for one in given for name in (one if isinstance(one, list) else [one]))
        yield Entry(pk, tuple(name for name in flat if name))
