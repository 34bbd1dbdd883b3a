"""From a path to characters, within limits: nothing is read whole before its size is known."""

import codecs
import sys
import unicodedata
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from archive.text import DecodeError, decode, looks_binary
from archive.text.encodings import BYTE_ORDER_MARKS

LARGEST_FILE = 50_000_000  # bytes; of the formats that hold one article or are read whole
LARGEST_TEXT = 20_000_000  # bytes of one text, and of one row or line
SAMPLE = 1_000_000  # bytes from which the encoding of a long file that is not UTF-8 is told
STRAY_NULS = 0.02  # of the bytes: up to here they are dirt in a text, beyond it is another format


class UnreadableFileError(ValueError):
    """A file that cannot be imported; the message is the reason, a clause for people to read."""


class Text(NamedTuple):
    """`raw` is what the file holds, `text` its characters, not yet normalised, `encoding` the name of the codec."""

    raw: bytes
    text: str
    encoding: str


def read_text(path: Path) -> Text:
    """Read a file that is one text. Raises `UnreadableFileError`: too large, empty, binary, undecodable."""
    check_size(path, LARGEST_TEXT)
    raw = path.read_bytes()
    text, encoding = decode_text(raw)
    return Text(raw, text, encoding)


def decode_text(raw: bytes) -> tuple[str, str]:
    """Characters and encoding of `raw`; a few NUL bytes in it are no reason to take it for a program."""
    unmarked = _utf_16_without_mark(raw)
    if unmarked:
        return raw.decode(unmarked), unmarked
    try:
        decoded = decode(_without_stray_nuls(raw))
    except DecodeError as error:
        raise UnreadableFileError(_clause(error)) from error
    return decoded.text, decoded.encoding


def check_size(path: Path, largest: int) -> None:
    """Raise `UnreadableFileError` if the file is empty, no regular file, or larger than `largest` bytes."""
    try:
        is_file, size = path.is_file(), path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(f"it cannot be opened ({error.strerror})") from error
    if not is_file:
        raise UnreadableFileError("it is not a regular file")
    if size > largest:
        raise UnreadableFileError(
            f"it has {size / 1e6:,.1f} MB; at most {largest / 1e6:,.0f} MB can be the text of one article"
        )
    if size == 0:
        raise UnreadableFileError("it is empty")


def open_rows(path: Path) -> TextIOWrapper:
    """Open a file of many rows for reading as a stream, whatever its size; line ends are left as they are.

    The encoding is that of the byte order mark, UTF-8 if the whole file is that, or told from the first `SAMPLE` bytes.
    """
    check_size(path, sys.maxsize)
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    mark, encoding = next(((m, e) for m, e in BYTE_ORDER_MARKS if sample.startswith(m)), (b"", ""))
    if not encoding:
        is_text = not looks_binary(_without_stray_nuls(sample))
        encoding = "utf-8" if is_text and _is_utf8(path) else decode_text(sample[: sample.rfind(b"\n") + 1 or None])[1]
    binary = path.open("rb")
    binary.seek(len(mark))
    return TextIOWrapper(binary, encoding=encoding, errors="strict", newline="")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _without_stray_nuls(raw: bytes) -> bytes:
    is_marked = any(raw.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    return raw if is_marked or raw.count(b"\0") > len(raw) * STRAY_NULS else raw.replace(b"\0", b"")


def _utf_16_without_mark(raw: bytes) -> str:
    """The codec of UTF-16 that does not begin with its mark: spaces and line breaks put NULs on one side only."""
    head = raw[:SAMPLE]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(raw) % 2 or low + high <= len(head) * STRAY_NULS or min(low, high) > 0:
        return ""
    codec = "utf-16-le" if high else "utf-16-be"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return ""
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\r\n" for c in text[:5_000])
    return codec if strange <= len(text[:5_000]) / 50 else ""


def _clause(error: DecodeError) -> str:
    message = str(error)
    return message[:1].lower() + message[1:].rstrip(".")
