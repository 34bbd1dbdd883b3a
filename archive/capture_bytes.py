"""The bytes of captures: the one place that knows where they lie, and which of them readers may have.

Small ones lie in the database, large ones (more than CAPTURES_INSIDE_BYTES) in the storage of `archive.depot`. The row
of `CaptureBytes` without data says the latter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256 as hashed

from django.conf import settings
from django.db.models import BinaryField, BooleanField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Value

from archive.depot import store
from archive.depot.store import AwayError, DifferingBytesError, MissingBytesError, UnavailableError
from archive.models import Capture, CaptureBytes
from archive.openness import open_articles
from archive.terms import TextPolicy

__all__ = [
    "AwayError",
    "DifferingBytesError",
    "MissingBytesError",
    "UnavailableError",
    "cut",
    "keep",
    "marked_cut",
    "pieces",
    "private",
    "read",
    "shut",
    "sound_pieces",
]
PIECE = 4_000_000  # bytes in memory at once


def keep(new: Mapping[str, bytes], *, is_rehearsal: bool = False) -> list[str]:
    """Write bytes by their digests, within a transaction; those that the archive has stay as they are.

    What is large is written to the storage and read back before the row is: whatever happens, no row is without bytes.
    Bytes that have a row and are lost from the storage are written again; their digests are returned, for the log. A
    rehearsal writes rows only, to be rolled back. Raises `AwayError`.
    """
    is_outside = ExpressionWrapper(Q(data=None), BooleanField())
    held = CaptureBytes.objects.filter(pk__in=new).annotate(is_outside=is_outside)
    known = dict(held.values_list("pk", "is_outside"))
    outside = [] if is_rehearsal else sorted(digest for digest in known if known[digest])
    lost = list(_lost(outside))
    for digest in lost:
        store.wait()
        store.put(digest, new[digest])
    rows = []
    for digest, data in new.items():
        if digest in known:
            continue
        is_inside = is_rehearsal or len(data) <= settings.CAPTURES_INSIDE_BYTES
        if not is_inside:
            _keep_outside(digest, data)
        rows.append(CaptureBytes(sha256=digest, size=len(data), data=data if is_inside else None))
    CaptureBytes.objects.bulk_create(rows, ignore_conflicts=True)
    return lost


def _lost(digests: Iterable[str]) -> Iterator[str]:
    """The digests under which the storage says that it has nothing. One that does not answer is not asked again."""
    with suppress(AwayError):
        for digest in digests:
            if not store.has(digest):
                yield digest


def _keep_outside(digest: str, data: bytes) -> None:
    store.wait()
    store.refuse_unmounted()
    store.put(digest, data)


def pieces(sha256: str) -> Iterator[bytes]:
    """Yield the bytes kept under a digest, a piece at a time, as they are; whether they fit it is for `verify`.

    Raises `MissingBytesError` and `AwayError`, mostly before it yields anything.
    """
    held, start = CaptureBytes.objects.filter(pk=sha256), 0
    while True:
        cut = Func(F("data"), Value(start + 1), Value(PIECE), function="substring", output_field=BinaryField())
        row = held.annotate(piece=cut).values_list("piece").first()
        if row is None:
            raise MissingBytesError("its bytes are not there")
        if row[0] is None:  # perhaps moved since the last piece
            yield from store.pieces(sha256, size=PIECE, start=start)
            return
        piece = bytes(row[0])
        if piece:
            yield piece
        if len(piece) < PIECE:
            return
        start += PIECE


def sound_pieces(sha256: str) -> Iterator[bytes]:
    """Yield the bytes kept under a digest; the last piece only if all of them are those of the digest.

    Raises `DifferingBytesError` in its place, and what `pieces` raises.
    """
    found, last = hashed(), b""
    for piece in pieces(sha256):
        found.update(piece)
        if last:
            yield last
        last = piece
    if found.hexdigest() != sha256:
        raise DifferingBytesError(f"the SHA-256 of its bytes is {found.hexdigest()}")
    if last:
        yield last


def read(sha256: str) -> bytes:
    """Return the bytes kept under a digest, whole. Raises `UnavailableError`."""
    return b"".join(sound_pieces(sha256))


def shut(digests: Collection[str]) -> set[str]:
    """Return those digests whose bytes readers may not have (one query).

    They may where every article that has the bytes is public and of a source whose texts are shown in full, and where
    they hold nothing that is private (`private`), nor is the report one of which words are withheld: whether a page
    holds a name in some notation cannot be told for certain, so no copy of such a report is given out.
    """
    held = Capture.objects.filter(bytes__in=digests)
    is_open = open_articles("article__") & Q(article__source__text_policy=TextPolicy.FULL, article__withheld=[])
    return set(held.exclude(is_open).values_list("bytes_id", flat=True)) | private(digests)


def cut(digests: Collection[str]) -> set[str]:
    """Return those digests whose bytes are a copy of a report of which words are withheld (one query)."""
    held = Capture.objects.filter(bytes__in=digests).exclude(article__withheld=[])
    return set(held.values_list("bytes_id", flat=True))


def marked_cut(rows: QuerySet, bytes_of: str = "bytes") -> QuerySet:
    """Let each row know as ``is_cut`` whether the bytes that it has at ``bytes_of`` are such a copy, of any report."""
    held = Capture.objects.filter(bytes=OuterRef(bytes_of)).exclude(article__withheld=[])
    return rows.annotate(is_cut=Exists(held))


def private(digests: Collection[str]) -> set[str]:
    """Return those digests whose bytes hold cookies, passwords and the like of who made the copy (one query)."""
    held = Capture.objects.filter(bytes__in=digests, settings__has_key="private")
    return set(held.values_list("bytes_id", flat=True))
