"""Counting in memory: one state of a public table's narrow columns, and the sets of rows that were asked for over it.

Why: exact counts of six facets over 200,000 rows take half a second in SQL and a few milliseconds here
(docs/adr/0026-counting-engine.md). What is counted always comes from the one queryset that also makes the page.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from django.db import models

from archive.lists.changes import MOST_CHANGED, changed_since
from archive.lists.dimensions import Dimension, Ordering
from archive.lists.found_sets import find
from archive.lists.integers import NO_ROWS, Integers, Mask, Places, Rows, fetch_keys, rows_at

KEPT_SETS = 512
CARRIED_SETS = 64  # that outlive a change of some rows


@dataclass(frozen=True)
class Columns:
    """One state of a table. A row has the same place in all columns, and keeps it in later states; new ones come last.

    ``ids`` are the keys of the rows, ``by_id`` their places in the order of keys, ``numbers`` an array a column,
    ``dimensions`` the rest. ``stale_sets`` and ``stale_orderings`` are of states before, each with the rows of which it
    knows nothing.
    """

    stamp: int
    ids: Integers
    by_id: npt.NDArray[np.intp]
    numbers: Mapping[str, Integers]
    dimensions: Mapping[str, Dimension]
    stale_sets: Mapping[str, tuple[Rows, Rows]] = field(default_factory=dict)
    stale_orderings: Mapping[str, tuple[Ordering, Rows]] = field(default_factory=dict)
    sets: "OrderedDict[str, Rows]" = field(default_factory=OrderedDict)
    orderings: dict[str, Ordering] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(
        cls, stamp: int, ids: Integers, numbers: Mapping[str, Integers], dimensions: Mapping[str, Dimension]
    ) -> "Columns":
        return cls(stamp, ids, np.argsort(ids), numbers, dimensions)

    @cached_property
    def every(self) -> Rows:
        """All rows of the table."""
        return Rows(range(len(self.ids)))

    def ordering(self, name: str) -> Ordering:
        """Return the rows ordered by a column of numbers."""
        if name not in self.orderings:
            before, missed = self.stale_orderings.get(name, (None, NO_ROWS))
            numbers = self.numbers[name]
            self.orderings[name] = (
                before.changed(self.ids, numbers, missed) if before else Ordering.of(self.ids, numbers)
            )
        return self.orderings[name]

    def rows(self, queryset: models.QuerySet) -> Rows:
        """Return which rows a queryset selects; the last few hundred answers are remembered."""
        sql, params = queryset.order_by().values_list("pk").query.sql_with_params()
        key = f"{sql}\n{params!r}"
        with self.lock:
            kept = self.sets.get(key)
            if kept is not None:
                self.sets.move_to_end(key)
                return kept
        selected = self.select(key, queryset)
        with self.lock:
            self.sets[key] = selected
            while len(self.sets) > KEPT_SETS:
                self.sets.popitem(last=False)
        return selected

    def select(self, key: str, queryset: models.QuerySet) -> Rows:
        """Ask the database; where the answer of the state before is known, only for the rows that changed."""
        rows = queryset.order_by().values_list("pk")
        if key in self.stale_sets:
            before, missed = self.stale_sets[key]
            known = before - missed
            return known | self.fetched(rows.filter(pk__in=self.ids[missed.to_array()].tolist()))
        return self.found(rows) if len(self.ids) else NO_ROWS

    def fetched(self, rows: models.QuerySet) -> Rows:
        return self.among(fetch_keys(*rows.query.sql_with_params()))

    def found(self, rows: models.QuerySet) -> Rows:
        """Ask the database, or take what another process has found and ask only for the rows that changed since."""
        table = rows.model._meta.db_table
        found = find(table, self.stamp, *rows.query.sql_with_params())
        if found.stamp == self.stamp:
            return self.among(found.pks)
        changed = changed_since(table, found.stamp, self.stamp)
        if not isinstance(changed, set):
            return self.fetched(rows)
        missed = np.array(sorted(changed), dtype=np.int64)
        return (self.among(found.pks) - self.among(missed)) | self.fetched(rows.filter(pk__in=missed.tolist()))

    def among(self, pks: Integers) -> Rows:
        """Return the rows that have one of these keys."""
        places, is_known = self.places(pks)
        return rows_at(places[is_known])

    def carried_sets(self, changed: Rows) -> dict[str, tuple[Rows, Rows]]:
        """Return the sets last used as a later state may use them."""
        with self.lock:
            kept = {key: (rows, NO_ROWS) for key, rows in self.sets.items()}
        recent = list({**self.stale_sets, **kept}.items())[-CARRIED_SETS:]
        found = {key: (rows, missed | changed) for key, (rows, missed) in recent}
        return {key: (rows, missed) for key, (rows, missed) in found.items() if len(missed) <= MOST_CHANGED}

    def carried_orderings(self, changed: Rows) -> dict[str, tuple[Ordering, Rows]]:
        """Return the orders as a later state may use them."""
        known = {name: (ordering, NO_ROWS) for name, ordering in list(self.orderings.items())}
        return {
            name: (before, missed | changed) for name, (before, missed) in {**self.stale_orderings, **known}.items()
        }

    def places(self, pks: Integers) -> tuple[Places, Mask]:
        """Return where rows with these keys stand, and which of them are there."""
        if not len(self.ids):
            return np.zeros(len(pks), dtype=np.int32), np.zeros(len(pks), dtype=bool)
        found = np.searchsorted(self.ids, pks, sorter=self.by_id)
        places = self.by_id[np.minimum(found, len(self.ids) - 1)].astype(np.int32)
        return places, self.ids[places] == pks
