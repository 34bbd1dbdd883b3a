"""The columns of a table, kept by each server process until the table's stamp changes."""

import logging
import threading
from collections.abc import Mapping
from typing import cast

import numpy as np
import numpy.typing as npt
from django.db import DatabaseError, connection, models

from archive.freshness import fall_behind
from archive.lists.changes import Unknown, changed_since
from archive.lists.columns import Columns
from archive.lists.dimensions import Gathering
from archive.lists.integers import Integers, rows_at
from archive.lists.reading import Part, Table
from archive.postgresql import replicas

logger = logging.getLogger(__name__)
DAYS = "sort_on - DATE '1970-01-01'"  # the day that rows are ordered by, as a number
# The stamp, and whether the transaction has written: then it may be rolled back, and what it saw with it.
STAMP = """
    SELECT COALESCE((SELECT value FROM archive_stamp WHERE "table" = %s), 0),
           pg_current_xact_id_if_assigned() IS NOT NULL
"""


class Own(threading.local):
    """What a thread sees in a transaction that has written: nobody else may."""

    columns: Columns | None = None


class ColumnStore:
    """The columns of one table for this process. When its stamp has changed, the rows that changed are read again.

    Each server that this process reads from has a state of its own: replicas may be a moment apart.
    """

    def __init__(self, model: type[models.Model], *, numbers: Mapping[str, str], arrays: Mapping[str, str]) -> None:
        """See `Table`."""
        self.table = Table(model, numbers, arrays)
        self.lock = threading.Lock()
        self.states: dict[str, Columns] = {}
        self.own = Own()

    @property
    def columns(self) -> Columns | None:
        """What is known of the server that this thread reads from."""
        return self.states.get(replicas.server())

    @columns.setter
    def columns(self, columns: Columns | None) -> None:
        """Only the primary and one replica are in use at a time: of further ones nothing is kept."""
        server = replicas.server()
        kept = {replicas.PRIMARY} if server else self.states.keys()
        others = {name: state for name, state in self.states.items() if name in kept and name != server}
        self.states = others if columns is None else {**others, server: columns}

    def current(self) -> Columns:
        """Return the columns of what the transaction of the caller sees.

        While another thread reads a newer state, the one before goes on answering; nothing waits but for the first,
        and where that one was never of what others see.
        """
        stamp, has_written = self.stamp()
        columns = self.columns
        if columns is not None and columns.stamp == stamp:
            self.own.columns = None
            return columns
        if not has_written and (same := self.of_stamp(stamp)) is not None:
            self.columns = same
            return same
        if has_written:
            if self.own.columns is None or self.own.columns.stamp != stamp:
                self.own.columns = self.read(stamp, self.own.columns, columns)
            return self.own.columns
        self.own.columns = None
        return self.renew(stamp, columns)

    def of_stamp(self, stamp: int) -> Columns | None:
        """Return what another server has said that was in this state."""
        return next((state for state in self.states.values() if state.stamp == stamp), None)

    def renew(self, stamp: int, before: Columns | None) -> Columns:
        """Read what is new, if nobody does; where that takes long, another thread does."""
        if not self.lock.acquire(blocking=before is None):
            fall_behind()
            return cast(Columns, before)
        is_mine = True
        try:
            columns = self.columns
            if columns is not before:  # another thread has read meanwhile, perhaps more than was there a moment ago
                stamp, _ = self.stamp()
            if columns is None or columns.stamp != stamp:
                if columns is not None and changed_since(self.table.name, columns.stamp, stamp) is Unknown.TOO_MANY:
                    of_server = (stamp, replicas.server())
                    threading.Thread(target=self.reload, args=of_server, daemon=True).start()
                    is_mine = False
                    fall_behind()
                    return columns
                columns = self.columns = self.read(stamp, columns, *self.states.values())
            return columns
        finally:
            if is_mine:
                self.lock.release()

    def reload(self, stamp: int, server: str = replicas.PRIMARY) -> None:
        """Read everything and release the lock; for a thread of its own."""
        try:
            with replicas.reading_from(server):
                self.columns = self.load(stamp)
        except DatabaseError as error:
            logger.warning("The new state of %s could not be read: %s", self.table.name, error)
        finally:
            self.lock.release()
            connection.close()
            replicas.close_kept()

    def stamp(self) -> tuple[int, bool]:
        with connection.cursor() as cursor:
            cursor.execute(STAMP, [self.table.name])
            stamp, has_written = cursor.fetchone()
        return stamp, has_written

    def read(self, stamp: int, *before: Columns | None) -> Columns:
        """Read the table, or only what changed in it since one of these states.

        Rows may be newer than the stamp, never older: those that change meanwhile are read again with the next one.
        """
        for known in before:
            changed = Unknown.UNLINKED if known is None else changed_since(self.table.name, known.stamp, stamp)
            if known is not None and isinstance(changed, set) and (renewed := self.renewed(known, stamp, changed)):
                return renewed
        return self.load(stamp)

    def load(self, stamp: int) -> Columns:
        parts: list[tuple[Integers, Mapping[str, Integers]]] = []
        gathered = {name: Gathering() for name in self.table.arrays}
        size = 0
        for part in self.table.read():
            places = np.arange(size, size + len(part.ids), dtype=np.int32)
            size += len(part.ids)
            for name, (lengths, values) in part.lists.items():
                gathered[name].add(places, lengths, values)
            parts.append((part.ids, {name: fitting(numbers) for name, numbers in part.numbers.items()}))
        ids = np.concatenate([np.zeros(0, dtype=np.int64), *(ids for ids, _numbers in parts)])
        numbers = {
            name: np.concatenate([np.zeros(0, dtype=np.int32), *(numbers[name] for _ids, numbers in parts)])
            for name in self.table.numbers
        }
        return Columns.of(stamp, ids, numbers, {name: one.dimension() for name, one in gathered.items()})

    def renewed(self, before: Columns, stamp: int, pks: set[int]) -> Columns | None:
        """Return the columns with what these rows say now; None where any that was there is gone."""
        part = self.table.read_rows(sorted(pks))
        known, is_known = before.places(np.array(sorted(pks), dtype=np.int64))
        if np.setdiff1d(before.ids[known[is_known]], part.ids).size:
            return None
        return put(before, stamp, part)


def put(before: Columns, stamp: int, part: Part) -> Columns:
    """Return the columns with the rows of a part in their places; those that are new come last."""
    places, is_known = before.places(part.ids)
    new = np.flatnonzero(~is_known)
    places[new] = np.arange(len(before.ids), len(before.ids) + len(new), dtype=np.int32)
    changed = rows_at(places)
    numbers = {}
    for name, values in part.numbers.items():
        column = np.concatenate([before.numbers[name], fitting(values[new])])
        column = column.astype(np.promote_types(column.dtype, fitting(values).dtype), copy=False)
        column[places] = values
        numbers[name] = column
    dimensions = {}
    for name, (lengths, values) in part.lists.items():
        gathered = Gathering()
        gathered.add(places, lengths, values)
        dimensions[name] = before.dimensions[name].changed(changed, gathered.rows)
    at = np.searchsorted(before.ids, part.ids[new], sorter=before.by_id)
    return Columns(
        stamp,
        np.concatenate([before.ids, part.ids[new]]),
        np.insert(before.by_id, at, places[new]),
        numbers,
        dimensions,
        stale_sets=before.carried_sets(changed),
        stale_orderings=before.carried_orderings(changed),
    )


def fitting(numbers: Integers) -> npt.NDArray[np.signedinteger]:
    """Return numbers in half the memory where they fit."""
    bounds = np.iinfo(np.int32)
    fits = not len(numbers) or (numbers.min() >= bounds.min and numbers.max() <= bounds.max)
    return numbers.astype(np.int32) if fits else numbers
