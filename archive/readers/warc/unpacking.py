"""A web archive without its compression, as one file in which records can be looked up."""

import tempfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from archive.readers.warc import archive_limits
from archive.readers.warc.archive_limits import (
    LARGEST_FILE,
    LONGER,
    PACKED_STEP,
    RATIO_OF_FILE_FROM,
    STEP,
    LimitError,
    check_ratio,
)
from archive.readers.warc.zstandard_frames import DICTIONARY, FRAME, Take, unpack_frames

BETWEEN_PLACES = 1_000_000  # bytes, unpacked
GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31  # of zlib: with the header and the check sum of gzip


class Unpacked(NamedTuple):
    """`file` can be read from any place; `fault` says in a clause why the rest is not in it, "" if all is.

    `places` are pairs of positions, unpacked and in the file as it lies there, both growing.
    """

    file: BinaryIO
    fault: str
    places: Sequence[tuple[int, int]] = ()

    def packed(self, position: int) -> int:
        """Where in the compressed file a place of the unpacked one lies, to about a megabyte."""
        if not self.places:
            return position
        at = bisect_right(self.places, (position, position))
        return self.places[max(0, at - 1)][1]


class _Growing:
    """What is unpacked so far, with `places` as `Unpacked` has them."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.written = file, 0
        self.places = [(0, 0)]

    def take(self, piece: bytes, packed: int) -> str:
        """Write a piece that ends ``packed`` bytes into the compressed file; say why no more is read, "" if it is."""
        self.file.write(piece)
        self.written += len(piece)
        if self.written - self.places[-1][0] >= BETWEEN_PLACES:
            self.places.append((self.written, packed))
        try:
            check_ratio(packed, self.written, over=RATIO_OF_FILE_FROM)
        except LimitError as error:
            return str(error)
        if self.written > LARGEST_FILE * LONGER:
            return f"it holds more than {LARGEST_FILE * LONGER / 1e9:,.0f} GB; the rest is not read"
        return ""


@contextmanager
def unpacked(file: BinaryIO) -> Iterator[Unpacked]:
    """Give the file as it stands, or what its gzip members or Zstandard frames hold, in a file without a name.

    What is damaged or cut off is left out from there on. Raises `UnreadableFileError` for a dictionary of no use.
    """
    start = file.read(4)
    file.seek(0)
    unpack = unpack_frames if start in (FRAME, DICTIONARY) else _unzip if start.startswith(GZIP) else None
    if unpack is None:
        yield Unpacked(file, "")
        return
    with tempfile.TemporaryFile() as plain:
        growing = _Growing(plain)
        fault = unpack(file, growing.take)
        plain.seek(0)
        yield Unpacked(plain, fault, growing.places)


def _unzip(file: BinaryIO, take: Take) -> str:
    """Give what the members of a gzip file hold to ``take``; return why not all of it, "" if it is all."""
    packed = parts = 0
    member, is_open = zlib.decompressobj(GZIP_WINDOW), False
    while data := file.read(STEP):
        at = 0
        while at < len(data):
            if not is_open:
                at = len(data) - len(data[at:].lstrip(b"\0")) if data[at] == 0 else at
                if at == len(data):
                    break
                if not GZIP.startswith(data[at : at + 2]):
                    return "it goes on after its compressed part with something else, which is not read"
                parts += 1
                if parts > archive_limits.MOST_PARTS:
                    return archive_limits.MANY_PARTS
                member = zlib.decompressobj(GZIP_WINDOW)
            fed = data[at : at + PACKED_STEP]  # at most 1,032 times longer when it is unpacked
            try:
                piece = member.decompress(fed)
            except zlib.error:
                return f"its compression is damaged after {packed + at:,} bytes; the rest is not read"
            at, is_open = at + len(fed) - len(member.unused_data), not member.eof
            if fault := take(piece, packed + at):
                return fault
        packed += len(data)
    return "it is cut off in the middle of its compressed data" if is_open else ""
