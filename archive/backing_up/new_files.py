"""A file that appears whole or not at all, that nobody else can read, and that never takes the place of another."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.backing_up.errors import BackupError

OURS_ALONE = 0o600


@contextmanager
def new_file(target: Path) -> Iterator[int]:
    """Give a handle of FILE.part in the same folder; when the block ends well, it is on the disk and has its name.

    What a run that was killed left of FILE.part is written over. Raises `BackupError`.
    """
    part = target.with_name(f"{target.name}.part")
    if os.path.lexists(target):
        raise BackupError(f"{target} is there already. Backups are never written over: choose another name.")
    handle = _opened(part)
    try:
        yield handle
        os.fsync(handle)
        _name(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    finally:
        os.close(handle)
    _write_through(target.parent)


def _opened(part: Path) -> int:
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, OURS_ALONE)
    except OSError as error:
        raise BackupError(f"{part} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(handle), os.stat(part)):  # noqa: PTH116 (it was renamed meanwhile)
            raise BlockingIOError
    except (BlockingIOError, FileNotFoundError):
        os.close(handle)
        raise BackupError(f"Another backup is being written to {part}.") from None
    os.fchmod(handle, OURS_ALONE)
    os.ftruncate(handle, 0)
    return handle


def _name(part: Path, target: Path) -> None:
    """Give the file its name, unless somebody has taken it meanwhile."""
    try:
        target.hardlink_to(part)
        part.unlink()
    except FileExistsError:
        raise BackupError(f"{target} has been made by somebody else meanwhile.") from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        part.rename(target)  # a file system that knows no second names


def _write_through(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
