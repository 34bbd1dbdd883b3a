"""Captures: their bytes are those of their SHA-256 and size, and the log tells of each."""

from collections.abc import Iterator
from hashlib import sha256

from django.db.models import Exists, OuterRef

from archive import capture_bytes
from archive.models import Capture, CustodyEvent
from archive.terms import CustodyAct
from archive.verifying.kinds import Finding, Kind, found, paged

_TOLD = Exists(CustodyEvent.objects.filter(capture=OuterRef("pk"), event=CustodyAct.RECEIVED))


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    rows = (
        Capture.objects.annotate(is_told=_TOLD).select_related("article").only("size", "bytes_id", "article__public_id")
    )
    for capture in paged(rows, after):
        name = f"capture {capture.bytes_id} of article {capture.article.public_id}"
        yield capture.pk, found(name, _problems(capture))


def _problems(capture: Capture) -> Iterator[str | None]:
    hashed, size = sha256(), 0
    try:
        for piece in capture_bytes.pieces(capture.bytes_id):
            hashed.update(piece)
            size += len(piece)
    except capture_bytes.MissingBytesError:
        yield "its bytes are not there"
        return
    if hashed.hexdigest() != capture.bytes_id:
        yield f"the SHA-256 of its bytes is {hashed.hexdigest()}"
    if size != capture.size:
        yield f"it has {size} bytes, not {capture.size}"
    if not capture.is_told:  # type: ignore[attr-defined]
        yield "the log does not tell that it was received"


KIND = Kind("captures", Capture.objects.count, look)
