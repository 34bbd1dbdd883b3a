"""A web archive without its compression, as one file in which records can be looked up."""

import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from archive.readers.opening import UnreadableFileError
from archive.readers.warc.archive_limits import (
    LARGEST_FILE,
    LONGER,
    RATIO_OF_FILE_FROM,
    STEP,
    LimitError,
    check_ratio,
)

GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
GZIP_WINDOW = 31  # of zlib: with the header and the check sum of gzip


class Unpacked(NamedTuple):
    """`file` can be read from any place; `fault` says in a clause why the rest is not in it, "" if all is."""

    file: BinaryIO
    fault: str


@contextmanager
def unpacked(file: BinaryIO) -> Iterator[Unpacked]:
    """Give the file as it stands, or what its gzip members hold, in a temporary file without a name.

    What is damaged or cut off is left out from there on. Raises `UnreadableFileError` for other compressions.
    """
    start = file.read(4)
    file.seek(0)
    if start == ZSTANDARD:
        raise UnreadableFileError("it is compressed with Zstandard; unpack it first (zstd -d)")
    if not start.startswith(GZIP):
        yield Unpacked(file, "")
        return
    with tempfile.TemporaryFile() as plain:
        fault = _unzip(file, plain)
        plain.seek(0)
        yield Unpacked(plain, fault)


def _unzip(file: BinaryIO, plain: BinaryIO) -> str:
    """Write what the members of a gzip file hold; return why not all of it, "" if it is all."""
    packed = written = 0
    member, is_open, waiting = zlib.decompressobj(GZIP_WINDOW), False, b""
    while data := waiting or file.read(STEP // 4):  # at most 1,032 times longer when it is unpacked
        packed += 0 if waiting else len(data)
        try:
            piece = member.decompress(data)
        except zlib.error:
            return f"its compression is damaged after {packed - len(data):,} bytes; the rest is not read"
        plain.write(piece)
        written += len(piece)
        try:
            check_ratio(packed, written, over=RATIO_OF_FILE_FROM)
        except LimitError as error:
            return str(error)
        if written > LARGEST_FILE * LONGER:
            return f"it holds more than {LARGEST_FILE * LONGER / 1e9:,.0f} GB; the rest is not read"
        is_open, waiting = not member.eof, b""
        if member.eof:
            waiting = member.unused_data.lstrip(b"\0")
            if waiting and not GZIP.startswith(waiting[:2]):
                return "it goes on after its compressed part with something else, which is not read"
            member = zlib.decompressobj(GZIP_WINDOW)
    return "it is cut off in the middle of its compressed data" if is_open else ""
