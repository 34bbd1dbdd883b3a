"""The columns of a table, kept by each server process until the table's stamp changes."""

import threading
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from django.db import connection, models, transaction

from archive.lists.columns import MOST_CHANGED, Columns
from archive.lists.dimensions import Dimension, changed_dimension, listed, put
from archive.lists.integers import fetch_integers, unpacked
from archive.models import Stamp

DAYS = "sort_on - DATE '1970-01-01'"  # the day that rows are ordered by, as a number


class ColumnStore:
    """The columns of one table for this process. When its stamp has changed, the rows that changed are read again."""

    def __init__(self, model: type[models.Model], *, numbers: Mapping[str, str], arrays: Mapping[str, str]) -> None:
        """``numbers`` maps a name to a bigint SQL expression that is never null, ``arrays`` to one of bigint[].

        All are written in code, never taken from a request.
        """
        self.table = model._meta.db_table
        self.key = str(model._meta.pk.column)
        self.numbers = numbers
        self.arrays = arrays
        self.lock = threading.Lock()
        self.columns: Columns | None = None

    def current(self) -> Columns:
        """Return the columns of what the transaction of the caller sees.

        While another thread reads a newer state, the one before goes on answering; nothing waits but for the first.
        """
        stamp = Stamp.objects.filter(table=self.table).values_list("value", flat=True).first() or 0
        columns = self.columns
        if columns is not None and columns.stamp == stamp:
            return columns
        is_mine = self.lock.acquire(blocking=columns is None)
        if columns is not None and not is_mine:
            return columns
        try:
            columns = self.columns
            if columns is None or columns.stamp != stamp:
                columns = self.columns = self.read(stamp, columns)
            return columns
        finally:
            self.lock.release()

    @transaction.atomic
    def read(self, stamp: int, before: Columns | None) -> Columns:
        """Read the table, or only what changed in it since."""
        since = oldest_open_transaction()
        if before is not None and before.since is not None and before.stamp < stamp:
            changed = self.changed(stamp, since, before)
            if changed is not None:
                return changed
        return self.load(stamp, since)

    def load(self, stamp: int, since: int | None) -> Columns:
        names = list(self.numbers)
        wanted = ", ".join([self.key, *self.numbers.values()])
        ids, *numbers = fetch_integers(f"SELECT {wanted} FROM {self.table}", width=1 + len(names))  # noqa: S608
        order = np.argsort(ids)
        columns = Columns(
            stamp, since, ids[order], {name: n[order] for name, n in zip(names, numbers, strict=True)}, dimensions={}
        )
        return replace(columns, dimensions={name: self.load_dimension(name, columns) for name in self.arrays})

    def load_dimension(self, name: str, columns: Columns) -> Dimension:
        codes = np.zeros(len(columns.ids), dtype=np.int32)
        known = {listed(()): 0}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.arrays[name]}, string_agg(int8send({self.key}), ''::bytea) FROM {self.table} GROUP BY 1"  # noqa: S608
            )
            for values, packed in cursor:
                positions, is_known = columns.positions(unpacked(packed))
                codes[positions[is_known]] = known.setdefault(listed(values), len(known))
        return Dimension.of(codes, known)

    def changed(self, stamp: int, since: int | None, before: Columns) -> Columns | None:
        """Put the rows that changed into a copy; None where rows are gone or too many changed."""
        expressions = ", ".join([self.key, *self.numbers.values(), *self.arrays.values()])
        recent = f"age(xmin) <= age('{before.since}'::xid)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {expressions} FROM {self.table} WHERE {recent} ORDER BY 1 LIMIT {MOST_CHANGED + 1}"  # noqa: S608
            )
            rows = cursor.fetchall()
            cursor.execute(f"SELECT count(*) FROM {self.table}")  # noqa: S608
            (total,) = cursor.fetchone()
        if len(rows) > MOST_CHANGED:
            return None
        pks, *rest = zip(*rows, strict=True) if rows else ((), *(() for _ in (*self.numbers, *self.arrays)))
        ids = np.array(pks, dtype=np.int64)
        places, is_known = before.positions(ids)
        if len(before.ids) + int((~is_known).sum()) != total:
            return None
        new = places[~is_known]
        grown = Columns(
            stamp, since, np.insert(before.ids, new, ids[~is_known]), {}, {}, stale=before.carried(new, ids)
        )
        at, _ = grown.positions(ids)
        numbers = {
            name: put(before.numbers[name], np.array(values, dtype=np.int64), new, at)
            for name, values in zip(self.numbers, rest, strict=False)
        }
        dimensions = {
            name: changed_dimension(before.dimensions[name], lists, new, at)
            for name, lists in zip(self.arrays, rest[len(self.numbers) :], strict=True)
        }
        return replace(grown, numbers=numbers, dimensions=dimensions)


def oldest_open_transaction() -> int | None:
    """Return the transaction (32 bits) from which on a later reader may see changes that this one does not.

    None when this transaction has written: it may be rolled back, and what it saw with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN "
            "(pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::bigint END"
        )
        return cursor.fetchone()[0]
