"""Which rows of a table changed from one of its stamps to another."""

from enum import Enum

from archive.models import Change

MOST_CHANGED = 5_000  # rows beyond which everything is read again


class Unknown(Enum):
    """Why it is not known which rows changed.

    UNLINKED: no chain leads from the one stamp to the other. That is too old, of another server that is ahead of this
    one, or of a transaction that was rolled back.
    """

    TOO_MANY = 1
    UNLINKED = 2


def changed_since(table: str, before: int, stamp: int) -> set[int] | Unknown:
    """Return the keys of the rows that changed from one stamp to another, if they are not too many."""
    changes = Change.objects.filter(table=table, stamp__gt=before, stamp__lte=stamp).order_by("stamp")
    links = list(changes.values_list("before", "stamp", "pks")[: MOST_CHANGED + 1])
    found: set[int] = set()
    at = before
    for since, until, pks in links:
        if since != at:
            return Unknown.UNLINKED
        found.update(pks or ())
        if pks is None or len(found) > MOST_CHANGED:
            return Unknown.TOO_MANY
        at = until
    if at == stamp:
        return found
    return Unknown.TOO_MANY if len(links) > MOST_CHANGED else Unknown.UNLINKED
