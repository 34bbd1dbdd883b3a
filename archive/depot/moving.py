"""Moving bytes between the database and the storage: copied, read back, compared, told in the log, then switched.

The owner's role alone may (`archive.postgresql.base.as_owner`), and the database lets it only with the line of the log.
"""

from hashlib import sha256 as hashed

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from archive import custody
from archive.depot import store
from archive.models import Capture, CaptureBytes
from archive.terms import CustodyAct, Kept


def waiting(to: Kept, *, everything: bool) -> "QuerySet[CaptureBytes]":
    """Return what lies elsewhere and belongs ``to`` a place: by its size (CAPTURES_INSIDE_BYTES), or ``everything``."""
    is_received = Exists(Capture.objects.filter(bytes=OuterRef("pk")))
    found = CaptureBytes.objects.filter(is_received, data__isnull=to == Kept.DATABASE)
    if everything:
        return found.defer("data")
    limit = settings.CAPTURES_INSIDE_BYTES
    return found.filter(**{"size__gt" if to == Kept.STORAGE else "size__lte": limit}).defer("data")


def move(sha256: str, *, to: Kept) -> bool:
    """Move the bytes of one digest as the owner of the tables; False if they are there already.

    In the storage they stay when they move to the database: `archive.depot.strays` removes them later. Raises
    `UnavailableError`, and nothing is changed then.
    """
    with transaction.atomic():
        store.wait()
        held = CaptureBytes.objects.select_for_update().get(pk=sha256).data
        if (held is None) == (to == Kept.STORAGE):
            return False
        data = None
        if held is None:
            data = checked(sha256, b"".join(store.pieces(sha256, size=store.STEP)))
        else:
            store.refuse_unmounted()
            store.put(sha256, checked(sha256, bytes(held)))
        captures = Capture.objects.filter(bytes=sha256).select_related("article").order_by("pk")
        custody.append(
            [custody.event(CustodyAct.MOVED, by=None, capture=one, size=one.size, to=to) for one in captures]
        )
        CaptureBytes.objects.filter(pk=sha256).update(data=data)
    return True


def checked(sha256: str, data: bytes) -> bytes:
    """Return bytes that are those of their digest. Raises `DifferingBytesError`."""
    if (digest := hashed(data).hexdigest()) != sha256:
        raise store.DifferingBytesError(f"the SHA-256 of its bytes is {digest}")
    return data
