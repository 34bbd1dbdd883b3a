"""The way to the storage: bytes are written whole, read back and compared; what cannot be read says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256 as hashed
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from archive.models import CaptureBytes

ALIAS = "captures"
ROOT = "sha256"
STEP = 1_000_000  # bytes read at once when they are compared
# Any number, as long as no other lock of the archive has it. Held until the transaction ends.
LOCK = 7_316_840_203


class UnavailableError(Exception):
    """Bytes of a capture cannot be given; the message is a clause for people."""


class MissingBytesError(UnavailableError):
    """They are not where they should be."""


class DifferingBytesError(UnavailableError):
    """What lies there are other bytes."""


class AwayError(UnavailableError):
    """The storage does not answer, or does not take what it is given."""


def path_of(sha256: str) -> str:
    """Return where bytes lie in the storage."""
    return f"{ROOT}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(sha256: str, data: bytes) -> None:
    """Write bytes under their digest and read them back. Raises `AwayError`; nothing then counts as kept.

    The caller is in a transaction that refers to them, after `wait`: until it ends they are not taken for strays.
    """
    with answering():
        storage().save(path_of(sha256), ContentFile(data))
    found = hashed()
    try:
        for piece in pieces(sha256, size=STEP):
            found.update(piece)
    except MissingBytesError as error:
        raise AwayError("the storage does not have what was written to it") from error
    if found.hexdigest() != sha256:
        raise AwayError("the storage gives back other bytes than were written to it")


def pieces(sha256: str, *, size: int, start: int = 0) -> Iterator[bytes]:
    """Yield the bytes from ``start`` on, at most ``size`` at once, as they are.

    Raises `MissingBytesError` and `AwayError`.
    """
    yield from pieces_at(path_of(sha256), size=size, start=start)


def pieces_at(path: str, *, size: int, start: int = 0) -> Iterator[bytes]:
    """Do so for a file of the storage by its path."""
    with answering():
        try:
            file = storage().open(path, "rb")
        except FileNotFoundError:
            if not storage().is_begun():
                raise AwayError("the storage of captures is not there") from None
            raise MissingBytesError("its bytes are not there") from None
        with file:
            file.seek(start)
            while piece := file.read(size):
                yield piece


def has(sha256: str) -> bool:
    """Whether something lies under a digest, whatever it is. Raises `AwayError`, also where no storage is there."""
    with answering():
        if storage().exists(path_of(sha256)):
            return True
        if not storage().is_begun():
            raise AwayError("the storage of captures is not there")
    return False


def is_begun() -> bool:
    """Whether captures have been kept in the storage, as far as it can tell."""
    with answering():
        return bool(storage().is_begun())


def refuse_unmounted() -> None:
    """Raise `AwayError` where captures have been kept in the storage and it shows none: a folder that is not mounted.

    Before `put`, which would begin a new storage under the place where the old one is to be.
    """
    if not is_begun() and CaptureBytes.objects.filter(data=None).exists():
        raise AwayError("the storage of captures is not there")


def wait(*, alone: bool = False) -> None:
    """Wait until no strays are being removed, or, ``alone``, until nobody writes; others wait until we are done."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [LOCK])


def storage() -> Any:
    """Return the storage of STORAGES: Django's, with `faults`, `incoming`, `is_ours_alone` and `is_begun` beside."""
    return storages[ALIAS]


@contextmanager
def answering() -> Iterator[None]:
    """Let faults of the storage be ours."""
    try:
        yield
    except storage().faults as error:
        raise AwayError(f"the storage of captures does not answer ({type(error).__name__})") from error
