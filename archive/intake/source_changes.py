"""What editors change about a source."""

from typing import Any

from django.dispatch import Signal

from archive import locking
from archive.models import Source, User

CHANGEABLE = ("name_en", "name_ar", "kind", "text_policy", "homepage", "licence", "note")
# Sent inside the transaction with ``source``, ``fields`` (names) and ``by``, as `article_corrected` is.
source_changed = Signal()


def change_source(source: Source, *, by: User | None, seen: int, **changes: Any) -> Source:
    """Change a source; lists and search of its articles follow by trigger, those of incidents by `source_changed`.

    ``seen`` is the `lock_version` that the editor was shown. Raises `archive.locking.StaleRowError`, and
    `django.core.exceptions.ValidationError` for values that cannot be taken.
    """
    unknown = changes.keys() - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    with locking.acting(by):
        current = locking.lock_row(Source, source.pk, seen=seen)
        for field, value in changes.items():
            setattr(current, field, value)
        current.full_clean()
        current.save()
        current.refresh_from_db(fields=["lock_version"])  # a trigger counts it
        source_changed.send(Source, source=current, fields=frozenset(changes), by=by)
    return current
