"""The bytes of captures: the one place that knows where they lie."""

from archive.models import CaptureBytes


class MissingBytesError(Exception):
    """The bytes of a capture are not where they should be."""


def read(sha256: str) -> bytes:
    """Return the bytes kept under a digest, as they are; whether they fit it is for `verify`. Raises
    `MissingBytesError`.
    """
    data = CaptureBytes.objects.filter(sha256=sha256).values_list("data", flat=True).first()
    if data is None:
        raise MissingBytesError(sha256)
    return bytes(data)
