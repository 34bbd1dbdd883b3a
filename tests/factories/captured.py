"""A storage of captures of the test's own, and captures that lie in it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from archive import intake
from archive.depot.configuration import configuration
from archive.depot.store import path_of
from archive.models import Capture
from tests.factories.documents import record


@contextmanager
def captures_in(folder: Path, *, inside: int = 0) -> Iterator[Path]:
    """Keep captures of more than ``inside`` bytes in ``folder``."""
    entry = configuration({"CAPTURES_DIR": str(folder)}, folder=folder)
    with override_settings(STORAGES={**settings.STORAGES, "captures": entry}, CAPTURES_INSIDE_BYTES=inside):
        yield folder


def received(words: str = "Nobody was inside.", **values: object) -> Capture:
    """A capture that came in as others do, of a text with these words."""
    text = f"Shells fell on the old mill at noon. {words}"
    address = f"https://mill.example/{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    (receipt,) = intake.receive_all([record(text=text, url=address, **values)], by=None)
    assert receipt.capture is not None, receipt.reason
    return receipt.capture


def file_of(capture: Capture, folder: Path) -> Path:
    return folder / path_of(capture.bytes_id)


def overwrite(file: Path, data: bytes) -> None:
    """Change a file that is not to be changed."""
    file.chmod(0o600)
    file.write_bytes(data)
