"""The answer of a server as a record holds it: its status, its headers, and its body without any coding."""

import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import brotli
import zstandard

from archive.readers.warc.archive_limits import (
    LARGEST_BODY,
    LARGEST_HEAD,
    PACKED_STEP,
    RATIO_OF_BODY_FROM,
    STEP,
    LimitError,
    check_ratio,
)

REDIRECTS = (301, 302, 303, 307, 308)
HTML = ("text/html", "application/xhtml+xml")
GZIP_WINDOW, ZLIB_WINDOW, BARE_WINDOW = 31, 15, -15
CUT_OFF = "the compressed body is cut off; it is taken up to there"
_STATUS = re.compile("[1-9][0-9]{2}")


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` in their order, as written; the body begins `body_start` bytes into the block."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body_start: int

    def header(self, name: str) -> str:
        """The first value of that header, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """In lower case, without its parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Body:
    """`payload` has no coding at all, `transferred` none of the transfer (chunks); `notes` are clauses for people."""

    payload: bytes
    transferred: bytes
    notes: tuple[str, ...] = ()


class UndecodableError(ValueError):
    """A body that cannot be decoded; the message is the reason, a clause for people."""


def read_answer(block: bytes) -> Answer | None:
    """The head of an answer, None if the block does not begin with one."""
    head = block[:LARGEST_HEAD]
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := head.find(mark)) >= 0]
    end, length = min(ends, default=(len(head), 0))
    first, *lines = (line.rstrip("\r") for line in head[:end].decode("latin-1").split("\n"))
    words = first.split(None, 2)
    if len(words) < 2 or not words[0].upper().startswith("HTTP/") or not _STATUS.fullmatch(words[1]):
        return None
    headers = [(name.strip(), value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon]
    return Answer(int(words[1]), tuple((_utf8(name), _utf8(value)) for name, value in headers), end + length)


def decode_body(body: bytes, answer: Answer) -> Body:
    """Undo chunks, then compression. What says that it is coded and is not, is taken as it stands, with a note.

    Raises `UndecodableError`: a coding that is not known, data that are damaged; `LimitError`: a bomb.
    """
    notes: list[str] = []
    transferred = body
    if "chunked" in answer.header("transfer-encoding").lower():
        transferred, note = _join_chunks(body)
        notes += note
    payload = transferred
    codings = [coding.strip().lower() for coding in answer.header("content-encoding").split(",")]
    for coding in reversed([coding for coding in codings if coding not in ("", "identity", "none", "utf-8")]):
        payload, note = _decompress(payload, coding)
        notes += note
    if len(payload) > LARGEST_BODY:
        raise LimitError(f"the page has more than {LARGEST_BODY / 1e6:,.0f} MB")
    return Body(payload, transferred, tuple(notes))


def _utf8(value: str) -> str:
    """A header as UTF-8 where it is that; NUL has no place in the database."""
    with suppress(UnicodeDecodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\0", "\ufffd")


def _join_chunks(body: bytes) -> tuple[bytes, list[str]]:
    joined = bytearray()
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1_000)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            if not joined:
                return body, ["the server says that the body is in chunks, and the file has it whole"]
            return bytes(joined), ["the body is cut off, or its chunks are damaged; it is taken up to there"]
        length = int(size, 16)
        if length == 0:
            return bytes(joined), []
        piece = body[end + 1 : end + 1 + length]
        joined += piece
        if len(piece) < length:
            return bytes(joined), ["the body is cut off"]
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0


def _decompress(data: bytes, coding: str) -> tuple[bytes, list[str]]:
    if coding in ("gzip", "x-gzip"):
        if not data.startswith(b"\x1f\x8b"):
            return data, ["the server says that the body is compressed (gzip), and the file has it decoded"]
        return _inflate(data, GZIP_WINDOW, coding)
    if coding == "deflate":
        try:
            return _inflate(data, ZLIB_WINDOW, coding)
        except UndecodableError:
            return _inflate(data, BARE_WINDOW, coding)
    if coding == "br":
        return _of_brotli(data)
    if coding == "zstd":
        return _of_zstandard(data)
    raise UndecodableError(f"its body is coded in a way that is not known ({coding[:40]})")


def _inflate(data: bytes, window: int, coding: str) -> tuple[bytes, list[str]]:
    inflater = zlib.decompressobj(window)

    def pieces() -> Iterable[bytes]:
        nonlocal inflater
        at = 0  # each step is fed a bounded part, so that a million members are not copied a million times
        while at < len(data):
            fed = data[at : at + PACKED_STEP]
            piece = inflater.decompress(fed, STEP)
            yield piece
            at += len(fed) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
            if inflater.eof:
                if data[at : at + 2] != data[:2]:  # no other member follows
                    return
                inflater = zlib.decompressobj(window)
        while not inflater.eof and (piece := inflater.decompress(b"", STEP)):
            yield piece

    joined = _joined(pieces(), len(data), coding, zlib.error)
    return joined, [] if inflater.eof else [CUT_OFF]


def _of_brotli(data: bytes) -> tuple[bytes, list[str]]:
    decoder = brotli.Decompressor()

    def pieces() -> Iterable[bytes]:
        yield decoder.process(data, output_buffer_limit=STEP)
        while piece := decoder.process(b"", output_buffer_limit=STEP):
            yield piece

    if data[:1] == b"<" or data[:9].lower() == b"<!doctype":
        return data, ["the server says that the body is compressed (br), and the file has it decoded"]
    joined = _joined(pieces(), len(data), "br", brotli.error)
    return joined, [] if decoder.is_finished() else [CUT_OFF]


def _of_zstandard(data: bytes) -> tuple[bytes, list[str]]:
    whole = zstandard.ZstdDecompressor(max_window_size=1 << 23)
    decoder = whole.decompressobj()

    def pieces() -> Iterable[bytes]:
        nonlocal decoder
        at = 0
        while at < len(data):
            fed = data[at : at + PACKED_STEP]
            yield decoder.decompress(fed)
            at += len(fed) - len(decoder.unused_data)
            if decoder.eof and at < len(data):
                decoder = whole.decompressobj()

    joined = _joined(pieces(), len(data), "zstd", zstandard.ZstdError)
    return joined, [] if decoder.eof else [CUT_OFF]


def _joined(pieces: Iterable[bytes], packed: int, coding: str, error: type[Exception]) -> bytes:
    """What a decoder gives, as long as it stays within the limits."""
    whole = bytearray()
    try:
        for piece in pieces:
            whole += piece
            check_ratio(packed, len(whole), over=RATIO_OF_BODY_FROM)
            if len(whole) > LARGEST_BODY:
                raise LimitError(f"the page has more than {LARGEST_BODY / 1e6:,.0f} MB")
    except error as wrong:
        raise UndecodableError(f"its body is not what the server says ({coding}), or damaged") from wrong
    return bytes(whole)
