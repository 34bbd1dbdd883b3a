"""Optimistic locking: a save that was begun on an older state of the row is refused, with nothing lost."""

from typing import TypeVar

from archive.models import Editable

Row = TypeVar("Row", bound=Editable)


class StaleRowError(Exception):
    """Somebody else saved the row meanwhile; ``current`` is what it is now, None when it was removed."""

    def __init__(self, current: Editable | None) -> None:
        super().__init__(
            f"“{current}” was changed by somebody else meanwhile."
            if current is not None
            else "It was removed by somebody else meanwhile."
        )
        self.current = current


def claim(model: type[Row], pk: int, *, seen: int) -> Row:
    """Lock the row until the transaction ends and return it; raise `StaleRowError` unless it is as it was seen.

    ``seen`` is the ``lock_version`` that the form or the caller was shown.
    """
    row: Row | None = model._base_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.lock_version != seen:
        raise StaleRowError(row)
    return row
