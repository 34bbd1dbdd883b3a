"""The frames of a .warc.zst file (Zstandard Compression for WARC Files 1.0), with the dictionary before them."""

from collections.abc import Callable
from typing import BinaryIO

import zstandard

from archive.readers.opening import UnreadableFileError
from archive.readers.warc import archive_limits
from archive.readers.warc.archive_limits import LARGEST_DICTIONARY, LARGEST_WINDOW, PACKED_STEP

FRAME = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
_ANY_SKIPPABLE = b"\x2a\x4d\x18"  # after a byte of which the upper half is 5
_MAGIC, _SIZE = 4, 4  # bytes
_LONGEST_HEAD = 18  # bytes of the header of a frame

# Takes what was unpacked and how many bytes of the file that was; says why no more is wanted, "" if it is.
Take = Callable[[bytes, int], str]


def unpack_frames(file: BinaryIO, take: Take) -> str:
    """Give what the frames hold to ``take``; return why not all of it, "" if it is all.

    Frames of which nobody knows the meaning are passed over. Raises `UnreadableFileError` where the dictionary cannot
    be used.
    """
    decompressor = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    parts = 0
    while head := file.read(_MAGIC):
        parts += 1
        if parts > archive_limits.MOST_PARTS:
            return archive_limits.MANY_PARTS
        at = file.tell() - len(head)
        if head == FRAME:
            file.seek(at)
            fault = _unpack(file, decompressor, take)
        elif head == DICTIONARY and at == 0:
            decompressor, fault = _with_dictionary(file), ""
        elif head == DICTIONARY:
            fault = "a second dictionary begins: files were put together that cannot be; the rest is not read"
        elif head[1:] == _ANY_SKIPPABLE and head[0] >> 4 == 5:
            fault = _skip(file)
        else:
            fault = "it goes on after its compressed part with something else, which is not read"
        if fault:
            return fault
    return ""


def _unpack(file: BinaryIO, decompressor: zstandard.ZstdDecompressor, take: Take) -> str:
    start = file.tell()
    if memory := _too_much_memory(file, start):
        return f"unpacking it takes {memory / 1e6:,.0f} MB of memory; unpack it first (zstd -d --long=31)"
    frame = decompressor.decompressobj()
    while not frame.eof and (fed := file.read(PACKED_STEP)):
        try:
            piece = frame.decompress(fed)
        except zstandard.ZstdError:
            return f"its compression is damaged after {file.tell() - len(fed):,} bytes; the rest is not read"
        file.seek(-len(frame.unused_data), 1)
        if fault := take(piece, file.tell()):
            return fault
    return "" if frame.eof else "it is cut off in the middle of its compressed data"


def _too_much_memory(file: BinaryIO, start: int) -> int:
    """How much a frame needs to be unpacked (bytes) where that is too much; 0 where it is not, or cannot be told."""
    head = file.read(_LONGEST_HEAD)
    file.seek(start)
    try:
        wanted = zstandard.get_frame_parameters(head).window_size
    except zstandard.ZstdError:
        return 0
    return wanted if wanted > LARGEST_WINDOW else 0


def _with_dictionary(file: BinaryIO) -> zstandard.ZstdDecompressor:
    size = int.from_bytes(file.read(_SIZE), "little")
    if size > LARGEST_DICTIONARY:
        raise UnreadableFileError(f"its dictionary has more than {LARGEST_DICTIONARY / 1e6:,.0f} MB")
    data = file.read(size)
    try:
        if data.startswith(FRAME):
            if zstandard.frame_content_size(data) > LARGEST_DICTIONARY:
                raise UnreadableFileError(f"its dictionary has more than {LARGEST_DICTIONARY / 1e6:,.0f} MB")
            plain = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
            data = plain.decompress(data, max_output_size=LARGEST_DICTIONARY)
        dictionary = zstandard.ZstdCompressionDict(data, dict_type=zstandard.DICT_TYPE_FULLDICT)
        made = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=LARGEST_WINDOW)
        made.decompressobj()  # the first use tells whether it is one
    except zstandard.ZstdError as error:
        raise UnreadableFileError("its dictionary is damaged, or cut off") from error
    return made


def _skip(file: BinaryIO) -> str:
    size = int.from_bytes(file.read(_SIZE), "little")
    at = file.tell()
    end = file.seek(0, 2)
    file.seek(min(at + size, end))
    return "it is cut off in the middle of its compressed data" if at + size > end else ""
