"""Reading much in one state of the database, a batch at a time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

BATCH = 500
Item = TypeVar("Item")


@contextmanager
def snapshot() -> Iterator[None]:
    """Within it every query sees one state of the database, and `QuerySet.iterator` reads by a server-side cursor.

    Inside a transaction of the caller it leaves the isolation as it is.
    """
    is_inner = connection.in_atomic_block
    with transaction.atomic():
        if not is_inner:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
