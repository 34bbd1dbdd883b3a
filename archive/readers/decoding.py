"""From a path to characters, within limits: nothing is read whole before its size is known."""

import codecs
import unicodedata
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from archive.readers.opening import UnreadableFileError, open_regular
from archive.text import Decoded, DecodeError, decode, decode_as, looks_binary
from archive.text.encodings import BYTE_ORDER_MARKS, GUESSED, REPAIRED, is_worth_repair

LARGEST_FILE = 50_000_000  # bytes; of the formats that hold one article or are read whole
LARGEST_TEXT = 20_000_000  # bytes of one text, and of one row or line
SAMPLE = 1_000_000  # bytes from which the encoding of a long file that is not UTF-8 is told
UTF_16_NULS = 1 / 3  # of the bytes: Latin letters have one each in UTF-16, what is text without them has fewer
STRAY_NULS = 0.02  # of the bytes: up to here they are dirt in a text, beyond it is another format
ESCAPED = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")  # what `surrogateescape` makes of bytes that do not fit


class Text(NamedTuple):
    """`raw` is what the file holds, `text` its characters, not yet normalised, `encoding` the name of the codec.

    `notes` are clauses for people about how it was decoded, if that was not certain.
    """

    raw: bytes
    text: str
    encoding: str
    notes: tuple[str, ...] = ()


class Rows(NamedTuple):
    """A file of many rows, open for reading, with its line ends; `notes` as in `Text`, of the file as a whole.

    Bytes that do not fit the encoding are in it as `ESCAPED` says: encoding with `surrogateescape` gives them back.
    """

    file: TextIOWrapper
    encoding: str
    notes: tuple[str, ...]


def read_text(path: Path, encoding: str = "") -> Text:
    """Read a file that is one text. Raises `UnreadableFileError`: too large, empty, binary, undecodable."""
    with open_regular(path, largest=LARGEST_TEXT) as file:
        raw = file.read(LARGEST_TEXT + 1)
    decoded = decode_text(raw, encoding)
    return Text(raw, decoded.text, decoded.encoding, notes_on(decoded))


def decode_text(raw: bytes, encoding: str = "") -> Decoded:
    """Characters and encoding of `raw`; a few NUL bytes in it are no reason to take it for a program.

    `encoding` is what the person who imports says of it: it is not guessed then.
    """
    try:
        if encoding:
            return decode_as(raw, encoding)
        unmarked = _utf_16_without_mark(raw)
        if unmarked:
            return Decoded(raw.decode(unmarked), unmarked, GUESSED)
        return decode(_without_stray_nuls(raw))
    except DecodeError as error:
        raise UnreadableFileError(_clause(error)) from error


def notes_on(decoded: Decoded) -> tuple[str, ...]:
    """What a person should know of how a text was decoded."""
    if decoded.how == REPAIRED:
        return (replaced(decoded.text),)
    return (f"encoding guessed: {decoded.encoding}",) if decoded.how == GUESSED else ()


def replaced(text: str) -> str:
    """The note on a text in which U+FFFD stands for what was not UTF-8."""
    return f"damaged UTF-8: {text.count(chr(0xFFFD)):,} characters could not be read and are U+FFFD"


def check_size(path: Path, largest: int) -> None:
    """Raise `UnreadableFileError` if the file is empty, no regular file, behind a link, or larger than that."""
    open_regular(path, largest=largest).close()


def open_rows(path: Path, encoding: str = "") -> Rows:
    """Open a file of many rows for reading as a stream, whatever its size; line ends are left as they are.

    The encoding is that of the byte order mark, the one that is said, UTF-8 if the whole file is that but for a few
    bytes, or told from the first `SAMPLE` bytes.
    """
    file = open_regular(path)
    try:
        skipped, codec, notes = _encoding_of_rows(file, encoding)
    except BaseException:
        file.close()
        raise
    file.seek(skipped)
    errors = "surrogateescape" if codec == "utf-8" else "strict"
    return Rows(TextIOWrapper(file, encoding=codec, errors=errors, newline=""), codec, notes)


def _encoding_of_rows(file: BinaryIO, said: str) -> tuple[int, str, tuple[str, ...]]:
    """How many bytes the byte order mark has, the codec, and notes on how it was told."""
    sample = file.read(SAMPLE)
    for mark, codec in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return len(mark), codec, ()
    lines = sample[: sample.rfind(b"\n") + 1 or None]
    if said:
        return 0, decode_text(lines, said).encoding, ()
    if not looks_binary(_without_stray_nuls(sample)):
        good, bad = _count_utf_8(file)
        if not bad or is_worth_repair(good, bad):
            return 0, "utf-8", ()
    decoded = decode_text(lines)
    return 0, decoded.encoding, notes_on(decoded)


def _count_utf_8(file: BinaryIO) -> tuple[int, int]:
    """How many characters beyond ASCII a file read as UTF-8 has, and in how many places it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    file.seek(0)
    for block in chain(_blocks(file), [b""]):
        text = decoder.decode(block, final=not block)
        wrong = text.count("\ufffd")
        bad += wrong
        good += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return good, bad


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(1 << 20):
        yield block


def _without_stray_nuls(raw: bytes) -> bytes:
    is_marked = any(raw.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    return raw if is_marked or raw.count(b"\0") > len(raw) * STRAY_NULS else raw.replace(b"\0", b"")


def _utf_16_without_mark(raw: bytes) -> str:
    """The codec of UTF-16 that does not begin with its mark: spaces and line breaks put NULs on one side only."""
    if any(raw.startswith(mark) for mark, _codec in BYTE_ORDER_MARKS):
        return ""
    head = raw[:SAMPLE]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(raw) % 2 or low + high <= len(head) * STRAY_NULS or min(low, high) > 0:
        return ""
    if low + high < len(head) * UTF_16_NULS and not looks_binary(head.replace(b"\0", b"")):
        return ""  # bytes of a text, with NULs among them
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
