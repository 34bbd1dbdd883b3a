"""The set of a list in memory: exact counts of it, and of what it would be with other filters.

Each condition of the filters is asked of the database once and remembered; sets are put together from the answers.
"""

from functools import cached_property
from typing import Any

from archive.lists.columns import Columns
from archive.lists.filters import ListFilters
from archive.lists.integers import Rows
from archive.lists.stores import ColumnStore


class Selection:
    """What readable filters select, over one state of the table's columns."""

    def __init__(self, filters: ListFilters, store: ColumnStore, columns: Columns | None = None) -> None:
        """``columns``: a state that was read already."""
        self.filters = filters
        self.store = store
        self.sets: dict[tuple[tuple[str, Any], ...], Rows] = {}
        if columns is not None:
            self.__dict__["columns"] = columns

    @cached_property
    def columns(self) -> Columns:
        return self.store.current()

    @cached_property
    def rows(self) -> Rows:
        return self.of(self.filters)

    @cached_property
    def count(self) -> int:
        return len(self.rows)

    def without(self, *names: str) -> Rows:
        """The rows if these parameters had not been given."""
        given = [name for name in names if self.filters.given(name)]
        return self.of(self.filters.without(*given)) if given else self.rows

    def with_values(self, **values: Any) -> Rows:
        """The rows if these parameters had been read as these values."""
        return self.of(self.filters.with_values(**values))

    def of(self, filters: ListFilters) -> Rows:
        instead = filters.instead.items()
        key = tuple(sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in instead))
        if key not in self.sets:
            self.sets[key] = filters.rows(self.columns)
        return self.sets[key]
