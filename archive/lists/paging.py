"""Pages of a long list by keyset: no OFFSET, whatever the depth; opaque cursors that are checked when they come back.

PostgreSQL misjudges two things here (its statistics know nothing of how filters and dates go together), so the plan is
chosen from the count: a small set is sorted, a large one is read along the index of its order, and when that meets
nothing for a few thousand rows the set is sorted after all.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Func, Model, Q, QuerySet
from django.db.models.expressions import Combinable

PAGE_SIZE = 25
WALKED = 4_000  # rows read along an index before sorting is thought cheaper
RANKED = 1_000  # rows that are put in order of relevance
RELEVANCE = "relevance"
MAX_ID = 2**63 - 1

Row = TypeVar("Row", bound=Model)


class CursorError(ValueError):
    """A cursor that this list did not give out."""


@dataclass(frozen=True)
class Order:
    """How a list is ordered: by `key`, then by primary key in the same direction.

    `read` turns what a cursor holds back into a value of the key; it raises ValueError or TypeError.
    """

    name: str
    key: Combinable
    read: Callable[[Any], Any]
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


def ordered(queryset: QuerySet[Row], order: Order, *, is_sorted: bool = False, is_reversed: bool = False) -> QuerySet:
    """The rows in an order. `is_sorted` keeps PostgreSQL from walking the index of that order to find few rows."""
    key: Any = Func(order.key, function="GREATEST") if is_sorted else order.key
    keyed = queryset.annotate(sort_key=key)
    names = ["sort_key", "pk"]
    is_descending = order.is_descending != is_reversed
    return keyed.order_by(*(F(name).desc() if is_descending else F(name).asc() for name in names))


def after(queryset: QuerySet, order: Order, position: Position) -> QuerySet:
    """Rows of an ordered queryset beyond a position."""
    operator = "lt" if order.is_descending != position.is_backwards else "gt"
    beyond = Q(**{f"sort_key__{operator}": position.key}) | Q(sort_key=position.key, **{f"pk__{operator}": position.pk})
    return queryset.filter(beyond, **{f"sort_key__{operator}e": position.key})


def page(
    queryset: QuerySet[Row],
    order: Order,
    *,
    position: Position | None = None,
    walk: QuerySet | None = None,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """One page of a filtered queryset.

    `walk`: for a set of many rows, all rows of the table between whose ends in this order the set lies; their index is
    walked. Without it the set is known to be small, and is sorted.
    """
    is_backwards = position is not None and position.is_backwards
    rows = _rows(queryset, order, position, walk=walk, size=size + 1)
    has_more = len(rows) > size
    rows = rows[:size]
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


def _rows(
    queryset: QuerySet[Row], order: Order, position: Position | None, *, walk: QuerySet | None, size: int
) -> list[Row]:
    def beyond(rows: QuerySet[Row], *, is_sorted: bool) -> QuerySet[Row]:
        is_reversed = position is not None and position.is_backwards
        in_order = ordered(rows, order, is_sorted=is_sorted, is_reversed=is_reversed)
        return after(in_order, order, position) if position else in_order

    if walk is not None:
        every = beyond(walk, is_sorted=False)
        edge = next(iter(every.values_list("sort_key", flat=True)[WALKED : WALKED + 1]), None)
        near = beyond(queryset, is_sorted=False)
        if edge is not None:
            is_descending = order.is_descending != (position is not None and position.is_backwards)
            near = near.filter(**{"sort_key__gte" if is_descending else "sort_key__lte": edge})
        found = list(near[:size])
        if len(found) == size or edge is None:
            return found
    return list(beyond(queryset, is_sorted=True)[:size])


def ranked_page(
    queryset: QuerySet[Row], order: Order, rank: Combinable, *, start: int | None, is_small: bool, size: int = PAGE_SIZE
) -> Page[Row]:
    """One page by rank. Of a large set only the RANKED first in `order` are ranked, and the list ends with them.

    `start`: how many rows the pages before hold (`read_ranked`).
    """
    start = start or 0
    rows = queryset
    if not is_small:
        first = ordered(queryset, order).values("pk")[:RANKED]
        rows = queryset.model._default_manager.filter(pk__in=first)
    best = ordered(rows, order, is_sorted=True).annotate(rank=rank).order_by("-rank", "-sort_key", "-pk")
    found = list(best[start : min(start + size, RANKED) + 1])
    has_next = len(found) > size and start + size < RANKED
    return Page(
        found[:size],
        after=pack([RELEVANCE, start + size]) if has_next else "",
        before=pack([RELEVANCE, max(0, start - size)]) if start else "",
    )


def read_ranked(cursor: str) -> int:
    """How many rows come before a page by rank; CursorError for a cursor of another list."""
    match unpack(cursor):
        case [name, int() as start] if name == RELEVANCE and 0 <= start < RANKED:
            return int(start)
    raise CursorError(cursor)


def pack(value: list[Any]) -> str:
    """A short list as letters that need no escaping in an address."""
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unpack(packed: str) -> Any:
    """What `pack` was given; CursorError for anything else."""
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        return json.loads(raw)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorError(packed) from error


def read_day(value: Any) -> date:
    return date.fromisoformat(value)


def read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_number(value: Any) -> int:
    if type(value) is not int or abs(value) > MAX_ID:
        raise CursorError(value)
    return value
