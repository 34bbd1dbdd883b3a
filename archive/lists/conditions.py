"""What a parameter of a list asks of a row, said once: in SQL for files and rows, over the columns for counting.

Both readings stand side by side in one class, so that one cannot change without the other in sight; that they select
the same is tested with random rows (`tests/integration/test_visible.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q

from archive.lists.columns import Columns
from archive.lists.integers import Rows


class Condition(Protocol):
    """``q`` is the condition in SQL; `rows` which rows meet it as the columns tell, None where they do not."""

    @property
    def q(self) -> Q: ...

    def rows(self, columns: Columns) -> Rows | None: ...


@dataclass(frozen=True)
class OnlyInSql:
    """A condition on what is not among the columns."""

    q: Q

    def rows(self, columns: Columns) -> None:
        return None


@dataclass(frozen=True)
class HasAny:
    """One of these ids, or any at all (None), in one of several columns, each an array or (``is_key``) a key."""

    columns: tuple[str, ...]
    ids: tuple[int, ...] | None
    is_key: bool = False

    @classmethod
    def of(cls, column: str, ids: Iterable[int], *, is_key: bool = False) -> "HasAny":
        return cls((column,), tuple(ids), is_key)

    @property
    def q(self) -> Q:
        return reduce(or_, map(self.in_column, self.columns))

    def in_column(self, column: str) -> Q:
        if self.is_key:
            return Q(**{f"{column}__isnull": False}) if self.ids is None else Q(**{f"{column}__in": self.ids})
        return ~Q(**{column: []}) if self.ids is None else Q(**{f"{column}__overlap": list(self.ids)})

    def rows(self, columns: Columns) -> Rows | None:
        if not columns.dimensions.keys() >= set(self.columns):
            return None
        dimensions = [columns.dimensions[column] for column in self.columns]
        return Rows.union(*(one.filled if self.ids is None else one.having(self.ids) for one in dimensions))
