"""Pages of a long list by keyset: no OFFSET, whatever the depth; opaque cursors that are checked when they come back.

Which rows a page holds is known before the database is asked: the set and the numbers that it is ordered by are in
memory (`archive.lists.columns`). The rows themselves are then fetched by their keys.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

import numpy as np
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Combinable

from archive.lists.columns import Columns
from archive.lists.cursors import MAX_ID, CursorError, pack, unpack
from archive.lists.integers import Places, Rows, places_of
from archive.lists.spans import day_number

PAGE_SIZE = 25
RANKED = 1_000  # rows that are put in order of relevance
RELEVANCE = "relevance"

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Order:
    """How a list is ordered: by `key`, then by primary key in the same direction.

    `read` turns what a cursor holds back into a value of the key; it raises ValueError or TypeError. `column` is what
    the key is called among the columns in memory, where it is a number (`number`).
    """

    name: str
    key: Combinable
    read: Callable[[Any], Any]
    column: str
    is_descending: bool = True

    def write_cursor(self, row: Model, *, is_backwards: bool = False) -> str:
        """The cursor of the page that begins after this row of an ordered queryset, or ends before it."""
        key = row.sort_key  # type: ignore[attr-defined]
        written = key.isoformat() if isinstance(key, date | datetime) else key
        return pack([self.name, written, row.pk, int(is_backwards)])

    def read_cursor(self, cursor: str) -> "Position":
        """Raise CursorError unless the cursor comes from a list in this order."""
        match unpack(cursor):
            case [self.name, key, int() as pk, 0 | 1 as backwards] if 0 <= pk <= MAX_ID:
                try:
                    return Position(self.read(key), pk, bool(backwards))
                except (ValueError, TypeError, OverflowError) as error:
                    raise CursorError(cursor) from error
        raise CursorError(cursor)


@dataclass(frozen=True)
class Position:
    key: Any
    pk: int
    is_backwards: bool


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in their order, with the cursors of the pages around; empty where there is none."""

    rows: list[Row]
    after: str = ""
    before: str = ""


def ordered(queryset: QuerySet[Row], order: Order) -> QuerySet:
    """The rows in an order, each with its `sort_key`."""
    names = [F("sort_key"), F("pk")]
    return queryset.annotate(sort_key=order.key).order_by(
        *(name.desc() if order.is_descending else name.asc() for name in names)
    )


def after(queryset: QuerySet, order: Order, position: Position) -> QuerySet:
    """Rows of an ordered queryset that come after a position."""
    operator = "lt" if order.is_descending else "gt"
    beyond = Q(**{f"sort_key__{operator}": position.key}) | Q(sort_key=position.key, **{f"pk__{operator}": position.pk})
    return queryset.filter(beyond, **{f"sort_key__{operator}e": position.key})


def page(
    queryset: QuerySet[Row],
    order: Order,
    columns: Columns,
    selected: Rows,
    *,
    position: Position | None = None,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """One page of the rows that are selected; `queryset` fetches them."""
    is_backwards = position is not None and position.is_backwards
    keys = keys_beyond(order, columns, selected, position, size + 1)
    has_more = len(keys) > size
    rows: list[Row] = fetched(queryset.annotate(sort_key=order.key), keys[:size])
    if is_backwards:
        rows.reverse()
    if not rows:
        return Page([])
    has_next = has_more or is_backwards
    has_previous = position is not None and (has_more or not is_backwards)
    return Page(
        rows,
        after=order.write_cursor(rows[-1]) if has_next else "",
        before=order.write_cursor(rows[0], is_backwards=True) if has_previous else "",
    )


def fetched(queryset: QuerySet[Any], keys: Sequence[int]) -> list[Any]:
    """The rows with these keys, in their order; those that are gone by now are left out."""
    found = {row.pk: row for row in queryset.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


def keys_beyond(order: Order, columns: Columns, selected: Rows, position: Position | None, size: int) -> list[int]:
    """The keys of the first rows of a set, in their order, or of the nearest before or after a position."""
    ordering = columns.ordering(order.column)
    is_descending = order.is_descending != (position is not None and position.is_backwards)
    places = ordering.places[places_of(selected)]
    if position is not None:
        edge = ordering.place_of(number(position.key), position.pk, is_after=not is_descending)
        places = places[places < edge] if is_descending else places[places >= edge]
    return columns.ids[ordering.rows[edge_of(places, size, is_descending=is_descending)]].tolist()


def edge_of(places: Places, size: int, *, is_descending: bool) -> Places:
    """The first or last few of some numbers, in order from that end."""
    if len(places) > size:
        at = len(places) - size if is_descending else size - 1
        parted = np.partition(places, at)
        places = parted[at:] if is_descending else parted[:size]
    ascending = np.sort(places)
    return ascending[::-1] if is_descending else ascending


def number(key: Any) -> int:
    """A key as the columns in memory have it: days since 1970, microseconds since then, or itself."""
    if isinstance(key, datetime):
        return (key - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return day_number(key) if isinstance(key, date) else int(key)


def ranked_page(
    queryset: QuerySet[Row],
    order: Order,
    columns: Columns,
    selected: Rows,
    *,
    rank: Combinable,
    best: Iterable[Rows],
    start: int | None,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """One page by rank. Of a large set no more than RANKED are ranked, and the list ends with them: those of the sets
    in which the best ones are (`best`, the best set first), of each set the first in `order`.

    `start`: how many rows the pages before hold (`read_ranked`).
    """
    start = start or 0
    keys = likely_best(order, columns, selected, best)
    rows = ordered(queryset.filter(pk__in=keys), order)
    ranked = rows.annotate(rank=rank).order_by("-rank", "-sort_key", "-pk")
    found = list(ranked[start : min(start + size, RANKED) + 1])
    has_next = len(found) > size and start + size < RANKED
    return Page(
        found[:size],
        after=pack([RELEVANCE, start + size]) if has_next else "",
        before=pack([RELEVANCE, max(0, start - size)]) if start else "",
    )


def likely_best(order: Order, columns: Columns, selected: Rows, best: Iterable[Rows]) -> list[int]:
    """The keys of the RANKED rows of a set among which the best ones are; all of them, if there are no more."""
    found: list[int] = []
    if len(selected) > RANKED:
        left = selected
        for rows in best:
            found += keys_beyond(order, columns, left & rows, None, RANKED - len(found))
            if len(found) == RANKED:
                return found
            left = left - rows
        return found + keys_beyond(order, columns, left, None, RANKED - len(found))
    return keys_beyond(order, columns, selected, None, RANKED)


def read_ranked(cursor: str) -> int:
    """How many rows come before a page by rank; CursorError for a cursor of another list."""
    match unpack(cursor):
        case [name, int() as start] if name == RELEVANCE and 0 <= start < RANKED:
            return int(start)
    raise CursorError(cursor)
