"""Sets of rows shared by all server processes, so that what one has found by a slow query the others need not look for.

Nothing is shared within a transaction, which may see what others do not, nor where the table cannot be used: a replica
does not have it.
"""

import hashlib
import logging
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pyroaring import FrozenBitMap

from archive.lists.integers import Integers, fetch_by_index, fetch_keys, packed_keys, unpacked
from archive.postgresql import replicas

logger = logging.getLogger(__name__)
SLOW = 0.01  # seconds: what took longer to find is shared
KEPT = 512
PAUSE = 60.0  # seconds without sharing after the table could not be used
LARGEST = int(np.iinfo(np.uint32).max)  # the largest key that a bitmap can hold
KNOWN = "(SELECT stamp, rows FROM archive_foundset WHERE key = %s AND stamp <= %s) known"
SHARE = """
    INSERT INTO archive_foundset (key, stamp, rows, found_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET stamp = excluded.stamp, rows = excluded.rows, found_at = excluded.found_at
    WHERE archive_foundset.stamp < excluded.stamp
"""
_OLD = "DELETE FROM archive_foundset WHERE key IN (SELECT key FROM archive_foundset ORDER BY found_at DESC OFFSET %s)"


@dataclass(frozen=True)
class Found:
    """The keys of rows, and the stamp up to which they are right."""

    pks: Integers
    stamp: int


class Sharing:
    """Whether this process shares what it finds."""

    paused_until = 0.0

    @classmethod
    def is_on(cls) -> bool:
        if replicas.server() != replicas.PRIMARY or transaction.get_connection().in_atomic_block:
            return False
        return time.monotonic() >= cls.paused_until

    @classmethod
    def pause(cls, error: DatabaseError) -> None:
        cls.paused_until = time.monotonic() + PAUSE
        logger.warning("What lists find is not shared with other processes for a while: %s", error)


def find(table: str, stamp: int, sql: str, params: tuple[Any, ...]) -> Found:
    """Return what a query selects of a table of this stamp, or what another process has found then or before.

    One statement: PostgreSQL runs the query only where nothing is known.
    """
    if not Sharing.is_on():
        return Found(fetch_keys(sql, params), stamp)
    key = hashlib.sha256(f"{table}\n{sql}\n{params!r}".encode()).hexdigest()
    either = (
        f"SELECT known.stamp, known.rows, CASE WHEN known.stamp IS NULL THEN {packed_keys(sql)} END "  # noqa: S608
        f"FROM (VALUES (1)) one LEFT JOIN {KNOWN} ON true"
    )
    begun = time.perf_counter()
    try:
        known_stamp, rows, packed = fetch_by_index(either, (*params, key, stamp))
    except DatabaseError as error:
        Sharing.pause(error)
        return Found(fetch_keys(sql, params), stamp)
    if known_stamp is not None:
        bitmap = FrozenBitMap.deserialize(bytes(rows))
        return Found(np.array(bitmap.to_array(), dtype=np.int64), known_stamp)
    found = Found(unpacked(packed), stamp)
    if time.perf_counter() - begun > SLOW and found.pks.max(initial=0) <= LARGEST:
        share(key, found)
    return found


def share(key: str, found: Found) -> None:
    """Let other processes know, unless one knows something newer; the oldest sets give way."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(SHARE, [key, found.stamp, packed_rows(found.pks), timezone.now()])
            cursor.execute(_OLD, [KEPT])
    except DatabaseError as error:
        Sharing.pause(error)


def packed_rows(pks: Sequence[int] | Integers) -> bytes:
    return bytes(FrozenBitMap(array("I", np.sort(pks).astype(np.uint32).tobytes())).serialize())
