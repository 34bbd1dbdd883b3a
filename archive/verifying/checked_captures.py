"""Captures: their bytes are those of their SHA-256 and size, their records fit, and the log tells of each."""

import time
from collections.abc import Iterator
from hashlib import sha256

from django.db.models import Exists, OuterRef

from archive import capture_bytes
from archive.models import Capture, CaptureBytes, CustodyEvent
from archive.terms import CustodyAct
from archive.verifying import web_records
from archive.verifying.kinds import Finding, Kind, found, paged

_TOLD = Exists(CustodyEvent.objects.filter(capture=OuterRef("pk"), event=CustodyAct.RECEIVED))
_INSIDE = ~Exists(CaptureBytes.objects.filter(pk=OuterRef("bytes_id"), data=None))
READ = (
    *("size", "bytes_id", "media_type", "clock", "warnings", "payload_sha256", "payload_size", "block_sha256"),
    "article__public_id",
)
UNKNOWN = "its bytes could not be looked at: "
PATIENCE = 60.0  # seconds for which a storage that did not answer is not asked again


class Storage:
    """Whether the storage answered when it was asked last, so that a run does not wait for it at every capture."""

    def __init__(self) -> None:
        self.reason, self.until = "", 0.0

    def is_away(self) -> bool:
        return time.monotonic() < self.until

    def note(self, reason: str) -> None:
        self.reason, self.until = reason, time.monotonic() + PATIENCE


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    rows = Capture.objects.annotate(is_told=_TOLD, is_inside=_INSIDE).select_related("article").only(*READ)
    storage = Storage()
    for capture in paged(rows, after):
        name = f"capture {capture.bytes_id} of article {capture.article.public_id}"
        yield capture.pk, found(name, _problems(capture, storage))


def _problems(capture: Capture, storage: Storage) -> Iterator[str | None]:
    if not capture.is_told:  # type: ignore[attr-defined]
        yield "the log does not tell that it was received"
    if not capture.is_inside and storage.is_away():  # type: ignore[attr-defined]
        yield UNKNOWN + storage.reason
        return
    hashed, size, is_of_the_web = sha256(), 0, capture.media_type in web_records.OF_THE_WEB
    kept = []
    try:
        for piece in capture_bytes.pieces(capture.bytes_id):
            hashed.update(piece)
            size += len(piece)
            if is_of_the_web:  # one page, and what belongs to it
                kept.append(piece)
    except capture_bytes.AwayError as error:
        storage.note(str(error))
        yield UNKNOWN + storage.reason
        return
    except capture_bytes.MissingBytesError:
        yield "its bytes are not there"
        return
    if hashed.hexdigest() != capture.bytes_id:
        yield f"the SHA-256 of its bytes is {hashed.hexdigest()}"
    if size != capture.size:
        yield f"it has {size} bytes, not {capture.size}"
    if is_of_the_web:
        is_changed = hashed.hexdigest() != capture.bytes_id
        yield from web_records.problems(capture, b"".join(kept), is_changed=is_changed)


KIND = Kind("captures", Capture.objects.count, look)
