"""Evidence that leaves the archive by somebody's hand, told in the log of custody before it does.

What readers fetch from public pages is told nowhere: ADR 0030.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from archive import capture_bytes, custody
from archive.exports.snapshots import snapshot
from archive.models import Capture, CustodyEvent, TextVersion, User
from archive.packages.bag import Bag
from archive.terms import CustodyAct

COPY = re.compile(r"data/articles/([0-9a-z]+)/copies/([0-9a-f]{64})")
TEXT = re.compile(r"data/articles/([0-9a-z]+)/texts/([0-9]+)\.txt")
READABLE = 0o640
STEP = 1_000_000  # bytes read at once


class ExportError(Exception):
    """Nothing was given out; the message says why."""


def export_package(name: str, fill: Callable[[Bag], None], target: Path, *, by: User | None) -> str:
    """Write a package as readers get it to a new file, and return its SHA-256.

    The log tells of each copy and text that is in it. Raises `ExportError`, and `capture_bytes.UnavailableError`.
    """
    with _new_file(target) as file:
        bag = Bag(file, name)
        try:
            with snapshot():
                fill(bag)
        except BaseException:
            bag.abandon()
            raise
        digest = _digest(file)
        _tell(_of_package(bag, by=by, package=f"{name}.zip", package_sha256=digest))
    return digest


def export_copy(sha256: str, target: Path, *, by: User | None) -> int:
    """Write the bytes of a copy to a new file, whatever readers may have of them, and return how many there are.

    Raises `ExportError`, and `capture_bytes.UnavailableError`.
    """
    with _new_file(target) as file:
        for piece in capture_bytes.sound_pieces(sha256):
            file.write(piece)
        size = file.tell()
        tell_of_copy(sha256, by=by)
    return size


def tell_of_copy(sha256: str, *, by: User | None) -> None:
    """Let the log tell that the bytes of a copy are given out, for each article that has it."""
    captures = Capture.objects.filter(bytes=sha256).select_related("article").order_by("pk")
    _tell(custody.event(CustodyAct.EXPORTED, by=by, capture=one) for one in captures)


def _of_package(bag: Bag, *, by: User | None, **details: Any) -> Iterator[CustodyEvent]:
    copies = {match.groups() for path in bag.payload if (match := COPY.fullmatch(path))}
    texts = {match.groups() for path in bag.payload if (match := TEXT.fullmatch(path))}
    articles = {article for article, _ in copies | texts}
    for capture in Capture.objects.filter(article__public_id__in=articles).select_related("article").order_by("pk"):
        if (capture.article.public_id, capture.bytes_id) in copies:
            yield custody.event(CustodyAct.EXPORTED, by=by, capture=capture, **details)
    found = TextVersion.objects.filter(article__public_id__in=articles).select_related("article").defer("text")
    for text in found.order_by("pk"):
        if (text.article.public_id, str(text.number)) in texts:
            yield custody.event(CustodyAct.EXPORTED, by=by, text=text, **details)


def _tell(events: Iterable[CustodyEvent]) -> None:
    with transaction.atomic():
        custody.append(list(events))


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = sha256()
    while piece := file.read(STEP):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _new_file(target: Path) -> Iterator[IO[bytes]]:
    """Give a file that has its name once it is whole; nothing is left of it otherwise, and no other is replaced."""
    if os.path.lexists(target):
        raise ExportError(f"{target} is there already: name a new file.")
    if not target.parent.is_dir():
        raise ExportError(f"There is no folder {target.parent}.")
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fchmod(file.fileno(), READABLE)
            os.fsync(file.fileno())
            os.link(file.name, target)  # fails where somebody made the file meanwhile
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror}.") from error
        finally:
            Path(file.name).unlink(missing_ok=True)
