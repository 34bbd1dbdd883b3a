"""What every change by an editor stands in: one transaction that names them, and optimistic locking.

A save that was begun on an older state of the row is refused, with nothing lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pghistory
from django.db import transaction
from django.utils.translation import gettext

from archive.models import Editable, User

Row = TypeVar("Row", bound=Editable)


class StaleRowError(Exception):
    """Somebody else saved the row meanwhile; ``current`` is what it is now, None when it was removed."""

    def __init__(self, current: Editable | None) -> None:
        super().__init__(
            gettext("“%(what)s” was changed by somebody else meanwhile.") % {"what": current}
            if current is not None
            else gettext("It was removed by somebody else meanwhile.")
        )
        self.current = current


@contextmanager
def acting(by: User | None) -> Iterator[None]:
    """One transaction; the row history names ``by``."""
    metadata = {"user": by.pk} if by else {}
    with transaction.atomic(), pghistory.context(**metadata):
        yield


def lock_row(model: type[Row], pk: int, *, seen: int) -> Row:
    """Lock the row until the transaction ends and return it; raise `StaleRowError` unless it is as it was seen.

    ``seen`` is the ``lock_version`` that the form or the caller was shown.
    """
    row: Row | None = model._base_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.lock_version != seen:
        raise StaleRowError(row)
    return row
