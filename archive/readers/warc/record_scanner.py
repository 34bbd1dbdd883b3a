"""The records of a WARC or ARC file, found one after the other; their blocks are read only when they are wanted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from archive.readers.warc.archive_limits import LARGEST_HEAD, MOST_RECORDS, STEP

END = b"\r\n\r\n"  # of a record, and of headers
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_WARC = b"WARC/"
_NEXT = re.compile(rb"(?<=\n)WARC/[01]\.\d+\r?\n")
_ARC_LINE = re.compile(rb"(\S.*) (\S+) (\d{14}|\d{12}|\d{8}) (?:(\S+) )?(?:.* )?(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record: where it stands in the unpacked file (bytes), and what its own headers say, names in lower case.

    `number` counts from 1. `kind` is its WARC-Type. `has_end` tells whether its block ends where it says.
    """

    number: int
    kind: str
    headers: Mapping[str, str]
    start: int
    block_start: int
    block_end: int
    has_end: bool
    is_arc: bool = False

    @property
    def uri(self) -> str:
        """The address that it is of; some tools write it in angle brackets."""
        return self.headers.get("warc-target-uri", "").strip("<> ")

    @property
    def record_id(self) -> str:
        return self.headers.get("warc-record-id", "")

    @property
    def date(self) -> datetime | None:
        """When it was captured, in UTC; None where that cannot be read."""
        said = self.headers.get("warc-date", "")
        try:
            date = datetime.fromisoformat(said)
            return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is no record; `reason` is a clause for people."""

    number: int
    reason: str


def verbatim(file: BinaryIO, entry: Entry) -> bytes:
    """The record as it stands, with its headers, and the two empty lines after it."""
    file.seek(entry.start)
    data = file.read(entry.block_end - entry.start)
    return data + (b"\n" if entry.is_arc else END)


def block(file: BinaryIO, entry: Entry, most: int = -1) -> bytes:
    """What the record holds, or the first `most` bytes of it."""
    file.seek(entry.block_start)
    size = entry.block_end - entry.block_start
    return file.read(size if most < 0 else min(size, most))


def scan(file: BinaryIO) -> Iterator[Entry | Fault]:
    """Find the records of an unpacked file; after something broken go on with the next WARC record."""
    size = file.seek(0, 2)
    at = number = 0
    is_arc = False
    while True:
        at = _skip_empty_lines(file, at)
        if at >= size:
            return
        number += 1
        if number > MOST_RECORDS:
            yield Fault(number, f"it has more than {MOST_RECORDS:,} records; the rest is not read")
            return
        file.seek(at)
        head = file.read(LARGEST_HEAD)
        is_arc = is_arc or (number == 1 and head.startswith(b"filedesc:"))
        found = _read_arc(head, at, size, number) if is_arc else _read_warc(file, head, at, size, number)
        if isinstance(found, Entry):
            yield found
            if found.has_end:
                at = found.block_end
                continue
            if found.block_end == size:
                return
            at = found.block_start
        else:
            yield found
            if number == 1 and not is_arc and not head.startswith(_WARC):
                return
        following = _next_line(head, at, found) if is_arc else _find_next(file, at + 1)
        if following is None:
            return
        at = following


def _read_warc(file: BinaryIO, head: bytes, at: int, size: int, number: int) -> Entry | Fault:
    end = _HEAD_END.search(head)
    if not head.startswith(_WARC) or end is None:
        what = (
            "the headers of a record have no end"
            if head.startswith(_WARC)
            else "no WARC record begins where one should"
        )
        return Fault(number, what)
    lines = re.split(r"\r?\n(?![ \t])", head[: end.start()].decode("utf-8", "replace"))
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.strip().lower(): " ".join(value.split()) for name, _, value in pairs}
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or len(length) > 15:
        return Fault(number, "a record does not say how long it is (Content-Length)")
    start = at + end.end()
    stop = start + int(length)
    file.seek(stop)
    has_end = stop <= size and file.read(2) in (b"\r\n", b"\n\n", b"\n", b"")
    return Entry(
        number=number,
        kind=headers.get("warc-type", "").lower(),
        headers=headers,
        start=at,
        block_start=start,
        block_end=min(stop, size),
        has_end=has_end,
    )


def _read_arc(head: bytes, at: int, size: int, number: int) -> Entry | Fault:
    line, _, _ = head.partition(b"\n")
    said = _ARC_LINE.fullmatch(line.rstrip(b"\r"))
    if said is None:
        return Fault(number, "it is not a line of an ARC record: address, host, date, type and length")
    address, _host, date, media_type, length = (
        part.decode("utf-8", "replace") if part else "" for part in said.groups()
    )
    if len(length) > 15:
        return Fault(number, "the length of a record cannot be")
    start = at + len(line) + 1
    stop = start + int(length)
    date = date.ljust(14, "0")
    said_at = f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14]}Z"
    return Entry(
        number=number,
        kind="warcinfo" if address.startswith("filedesc:") else "response",
        headers={"warc-target-uri": address, "warc-date": said_at, "content-type": media_type},
        start=at,
        block_start=start,
        block_end=min(stop, size),
        has_end=stop <= size,
        is_arc=True,
    )


def _skip_empty_lines(file: BinaryIO, at: int) -> int:
    file.seek(at)
    while piece := file.read(64):
        left = piece.lstrip(b"\r\n")
        at += len(piece) - len(left)
        if left:
            break
    return at


def _next_line(head: bytes, at: int, found: Entry | Fault) -> int | None:
    """Where the line after a broken line of an ARC file begins."""
    if isinstance(found, Entry) or b"\n" not in head:
        return None
    return at + head.index(b"\n") + 1


def _find_next(file: BinaryIO, at: int) -> int | None:
    """Where the next WARC record begins, from there on."""
    kept = b""
    file.seek(at)
    while piece := file.read(STEP):
        window = kept + piece
        if found := _NEXT.search(window):
            return at - len(kept) + found.start()
        at += len(piece)
        kept = window[-16:]
    return None
