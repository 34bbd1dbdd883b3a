"""The only way to the bytes of a file that is imported: a regular file, reached without any symbolic link.

Whoever can put a link into a folder that somebody else imports could otherwise publish any file of the machine. Each
part of the path is opened by itself and without following links, so a link that is put there in the meantime is
refused as well.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: a pipe that nobody writes to would hold the import for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_IS_A_LINK = (errno.ELOOP, errno.ENOTDIR, getattr(errno, "EMLINK", errno.ELOOP))


class UnreadableFileError(ValueError):
    """A file that cannot be imported; the message is the reason, a clause for people to read."""


def anchored(path: Path) -> Path:
    """The path as given, absolute, with links resolved above it and not in its last part: those are the user's own."""
    if path.name in ("", ".."):
        return path.resolve()
    return path.parent.resolve() / path.name


def open_regular(path: Path, *, largest: int | None = None) -> BinaryIO:
    """Open a file whose path, from its `anchored` start on, has no link in it.

    Raises `UnreadableFileError`: a link, no regular file, empty, larger than `largest` bytes, or not to be opened.
    """
    try:
        descriptor = _open(path if path.is_absolute() else anchored(path))
    except OSError as error:
        raise UnreadableFileError(_reason(path, error)) from error
    try:
        _check(os.fstat(descriptor), largest)
    except UnreadableFileError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _open(path: Path) -> int:
    folder = os.open(path.anchor, _FOLDER)
    try:
        for name in path.parts[1:-1]:
            inner = os.open(name, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(path.name, _FILE, dir_fd=folder)
    finally:
        os.close(folder)


def _check(found: os.stat_result, largest: int | None) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise UnreadableFileError("it is a folder that cannot be listed")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError("it is not a regular file")
    if found.st_size == 0:
        raise UnreadableFileError("it is empty")
    if largest is not None and found.st_size > largest:
        raise UnreadableFileError(
            f"it has {found.st_size / 1e6:,.1f} MB; at most {largest / 1e6:,.0f} MB can be the text of one article"
        )


def _reason(path: Path, error: OSError) -> str:
    if error.errno in _IS_A_LINK and any(part.is_symlink() for part in (path, *path.parents)):
        return "it is a symbolic link, or lies behind one; links are not followed"
    if error.errno == errno.ENXIO:  # a socket
        return "it is not a regular file"
    return f"it cannot be opened ({error.strerror})"
