"""The bytes of captures: the one place that knows where they lie, and which of them readers may have."""

from collections.abc import Collection, Iterator

from django.db.models import BinaryField, F, Func, Q, Value

from archive.models import Capture, CaptureBytes
from archive.terms import TextPolicy, Visibility

PIECE = 4_000_000  # bytes in memory at once


class MissingBytesError(Exception):
    """The bytes of a capture are not where they should be."""


def pieces(sha256: str) -> Iterator[bytes]:
    """Yield the bytes kept under a digest, a piece at a time, as they are; whether they fit it is for `verify`.

    Raises `MissingBytesError`, before it yields anything.
    """
    held, start = CaptureBytes.objects.filter(pk=sha256), 1
    while True:
        cut = Func(F("data"), Value(start), Value(PIECE), function="substring", output_field=BinaryField())
        found = held.annotate(piece=cut).values_list("piece", flat=True).first()
        if found is None:
            raise MissingBytesError(sha256)
        piece = bytes(found)
        if piece:
            yield piece
        if len(piece) < PIECE:
            return
        start += PIECE


def read(sha256: str) -> bytes:
    """Return the bytes kept under a digest, whole. Raises `MissingBytesError`."""
    return b"".join(pieces(sha256))


def shut(digests: Collection[str]) -> set[str]:
    """Return those digests whose bytes readers may not have (one query).

    They may where every article that has the bytes is public and of a source whose texts are shown in full, and where
    they hold nothing that is private (`private`).
    """
    held = Capture.objects.filter(bytes__in=digests)
    is_open = Q(article__visibility=Visibility.PUBLIC, article__source__text_policy=TextPolicy.FULL)
    return set(held.exclude(is_open).values_list("bytes_id", flat=True)) | private(digests)


def private(digests: Collection[str]) -> set[str]:
    """Return those digests whose bytes hold cookies, passwords and the like of who made the copy (one query)."""
    held = Capture.objects.filter(bytes__in=digests, settings__has_key="private")
    return set(held.values_list("bytes_id", flat=True))
