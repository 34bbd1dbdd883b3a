"""Whole numbers by the hundred thousand: as arrays, as sets of rows, and from the database.

A set of rows is a roaring bitmap of their places among the columns (docs/adr/0026-counting-engine.md). It never
changes: what is remembered may be handed out.
"""

from array import array
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from pyroaring import FrozenBitMap as Rows

Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
NO_ROWS = Rows()


def rows_at(places: npt.NDArray[Any]) -> Rows:
    """Return the rows at these places."""
    return Rows(array("I", places.astype(np.uint32).tobytes()))


def rows_where(mask: Mask) -> Rows:
    """Return the rows for which a column says so."""
    return rows_at(np.flatnonzero(mask))


def places_of(rows: Rows) -> npt.NDArray[np.uint32]:
    """Return the places of rows, ascending."""
    return np.array(rows.to_array(), dtype=np.uint32)


def fetch_keys(sql: str, params: tuple[Any, ...]) -> Integers:
    """Run a query of one primary key by an index where there is one."""
    (packed,) = fetch_by_index(f"SELECT {packed_keys(sql)}", params)
    return unpacked(packed)


def packed_keys(sql: str) -> str:
    """Return SQL for the keys that a query selects, in one value."""
    return f"(SELECT string_agg(int8send(q.pk), ''::bytea) FROM ({sql}) q(pk))"  # noqa: S608 (Django wrote the query)


def fetch_by_index(sql: str, params: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the one row of a query, which looks things up by an index where there is one.

    PostgreSQL does not count what it costs to unpack a `tsvector`: to find a word that most rows have it would rather
    read them all, which takes four times as long (550 against 130 ms for 220,000 of 226,000 articles).
    """
    with connection.cursor() as cursor:
        # What is sent together is one transaction.
        cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan TO DEFAULT", params)
        # Counted from the end: pghistory puts a statement of its own before these while something is changed.
        cursor.set_result(-2)
        return tuple(cursor.fetchone())


def unpacked(value: bytes | None) -> Integers:
    return np.frombuffer(bytes(value or b""), dtype=">i8").astype(np.int64)


def unpacked_lists(value: bytes | None, lengths: Integers) -> Integers:
    """Return the values of arrays of bigint, one after the other, as `array_send` writes them; none is null.

    In words of 32 bits: a head of five (of three where an array is empty), then for each value its size and its halves.
    """
    words = np.frombuffer(bytes(value or b""), dtype=">u4")
    sizes = np.where(lengths > 0, 5 + 3 * lengths, 3)
    first = np.cumsum(sizes) - sizes + 5
    before = np.cumsum(lengths) - lengths
    at = np.repeat(first - 3 * before, lengths) + 3 * np.arange(lengths.sum())
    return (words[at + 1].astype(np.int64) << 32) | words[at + 2].astype(np.int64)
