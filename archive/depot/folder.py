"""Captures in a folder of this machine, or one that is mounted here."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

INCOMING = "incoming"  # where a file lies until it is whole; on the same file system
BEGUN = "capture-"  # begins the names of files there
READABLE, BY_US = 0o440, 0o750


class CapturesFolder(FileSystemStorage):
    """Files that appear whole or not at all, and that only we and our group can read. They have no address.

    What is saved is on the disk when `save` returns. The same name again takes the place of the earlier file.
    """

    faults: tuple[type[Exception], ...] = (OSError,)
    incoming = INCOMING
    is_ours_alone = True

    def __init__(self, location: str) -> None:
        super().__init__(location=location)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def url(self, name: str | None) -> str:
        raise ValueError("Captures have no address of their own.")

    def is_begun(self) -> bool:
        """Whether captures have been kept here: a folder without them may be one that is not mounted."""
        return Path(self.path("sha256")).is_dir()

    def _save(self, name: str, content: File[Any]) -> str:
        target, incoming = Path(self.path(name)), Path(self.path(INCOMING))
        for folder in (target.parent, incoming):
            make(folder)
        with tempfile.NamedTemporaryFile(dir=incoming, prefix=BEGUN, delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), READABLE)
                os.fsync(file.fileno())
                Path(file.name).replace(target)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        write_through(target.parent)
        return name


def make(folder: Path) -> None:
    """Make a folder and those above it, each known to the disk."""
    if folder.is_dir():
        return
    make(folder.parent)
    folder.mkdir(BY_US, exist_ok=True)
    write_through(folder.parent)


def write_through(folder: Path) -> None:
    """Have the disk know the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
