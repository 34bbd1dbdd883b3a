"""Rows that are only ever written, each of which tells of something that was done: comments, editions, copies."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.history.changes import Head
from archive.history.entries import Entry


@dataclass(frozen=True)
class WrittenLine:
    """``rows`` with the columns that say when and by whom, and ``tell`` that makes an entry of one.

    ``joins`` says whether such a row is a part of what was changed with it, or stands by itself.
    """

    slug: str
    label: Any
    rows: QuerySet
    tell: Callable[[Any], Entry | None]
    at: str = "at"
    by: str = "by"
    joins: bool = True

    def heads(self) -> list[Head]:
        """One query."""
        rows = self.rows.order_by("pk").values_list("pk", self.at, self.by)
        return [Head(self.slug, pk, pk, at, by or 0, is_written=True, is_joining=self.joins) for pk, at, by in rows]

    def told(self, heads: Collection[Head]) -> dict[int, Entry]:
        """One query, and what ``rows`` prefetches."""
        rows = self.rows.filter(pk__in=[head.key for head in heads])
        entries = {row.pk: self.tell(row) for row in rows}
        return {pk: entry for pk, entry in entries.items() if entry is not None}
