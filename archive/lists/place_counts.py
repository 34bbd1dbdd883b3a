"""Of which places lists tell: how many rows each, over the same columns that lists are counted over."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from archive.lists.columns import Columns
from archive.lists.integers import Rows
from archive.lists.stores import ColumnStore


class PlaceCounts:
    """How many rows of one table that readers may list tell of each place, counted once for each state and day."""

    def __init__(self, store: ColumnStore, rows: Callable[[], QuerySet[Any]]) -> None:
        self.store = store
        self.rows = rows
        self.kept: tuple[Columns, Rows, Mapping[int, int]] | None = None

    def counts(self) -> Mapping[int, int]:
        columns = self.store.current()
        rows = columns.rows(self.rows())
        kept = self.kept
        if kept is None or kept[0] is not columns or kept[1] is not rows:
            kept = columns, rows, columns.dimensions["place_ids"].counts(rows)
            self.kept = kept
        return kept[2]


_tables: list[PlaceCounts] = []


def tells_of_places(store: ColumnStore, rows: Callable[[], QuerySet[Any]]) -> None:
    """Let a list name its rows: with `place_ids`, only those that readers may see."""
    _tables.append(PlaceCounts(store, rows))


def told_of(places: Collection[int]) -> Counter[int]:
    """How many rows of all lists tell of each of these places, by their ids; none of which none tells."""
    found = Counter[int]()
    for table in _tables:
        counts = table.counts()
        found.update({pk: counts[pk] for pk in places if pk in counts})
    return found
