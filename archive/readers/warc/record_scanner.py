"""The records of a WARC or ARC file, found one after the other; their blocks are read only when they are wanted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple

from archive.readers.opening import UnreadableFileError
from archive.readers.warc.archive_limits import LARGEST_HEAD, MOST_RECORDS, STEP

END = b"\r\n\r\n"  # of a record, and of headers
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_WARC = b"WARC/"
_NEXT = re.compile(rb"(?<=\n)WARC/[01]\.\d{1,3}\r?\n")
_WARC_HEAD_END = re.compile(rb"\r?\n(?:\r?\n|(?=WARC/[01]\.\d{1,3}\r?\n))")  # the next record ends one without end
_LINE_END = re.compile(rb"\n")
_LONGEST_MARK = 16  # bytes of the longest of these
_FIRST_STEP = 512  # bytes read at first, where how much is wanted is not known; each time twice as many
_DAY = re.compile(rb"\d{14}|\d{12}|\d{8}")
# Where the date stands in a line of ARC, versions 2 and 1, counted from the end: an address may have spaces.
_DATE_FIELDS = (-8, -3)


class Place(NamedTuple):
    """Where a record stands; the fields are those of `Entry`."""

    number: int
    start: int
    block_start: int
    block_end: int
    has_end: bool


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

    @property
    def place(self) -> Place:
        """What is enough to find it `again`."""
        return Place(self.number, self.start, self.block_start, self.block_end, self.has_end)


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


def again(file: BinaryIO, place: Place, *, is_arc: bool) -> Entry:
    """Read the headers of a record that was found before, so that nobody has to keep them.

    Raises `UnreadableFileError` if it does not stand there.
    """
    file.seek(place.start)
    head = file.read(place.block_start - place.start)
    entry = (_read_arc if is_arc else _read_warc)(head, place.start, place.block_end, place.number)
    if isinstance(entry, Fault):
        raise UnreadableFileError(f"record {place.number} is not there any more: {entry.reason}")
    return replace(entry, block_end=place.block_end, has_end=place.has_end)


def block(file: BinaryIO, entry: Entry, most: int = -1) -> bytes:
    """What the record holds, or the first `most` bytes of it."""
    file.seek(entry.block_start)
    size = entry.block_end - entry.block_start
    return file.read(size if most < 0 else min(size, most))


def scan(file: BinaryIO) -> Iterator[Entry | Fault]:
    """Find the records of an unpacked file; after something broken go on with the next WARC record.

    No two of them overlap, and no byte is looked at more than a few times, whatever the file holds.
    """
    size = file.seek(0, 2)
    at: int | None = 0
    number, is_arc = 0, False
    while at is not None and (at := _skip_empty_lines(file, at)) < size:
        number += 1
        if number > MOST_RECORDS:
            yield Fault(number, f"it has more than {MOST_RECORDS:,} records; the rest is not read")
            return
        is_arc = is_arc or (number == 1 and _head(file, at, _LINE_END).startswith(b"filedesc:"))
        found, at = (_next_arc if is_arc else _next_warc)(file, at, size, number)
        yield found


def _next_arc(file: BinaryIO, at: int, size: int, number: int) -> tuple[Entry | Fault, int | None]:
    """The ARC record there, and where to go on; after a broken line with the next one."""
    line = _head(file, at, _LINE_END)
    found = _read_arc(line, at, size, number)
    if isinstance(found, Entry):
        return found, found.block_end if found.has_end else None
    return found, at + len(line) if line.endswith(b"\n") else None


def _next_warc(file: BinaryIO, at: int, size: int, number: int) -> tuple[Entry | Fault, int | None]:
    """The WARC record there, and where to go on. What is longer than it can be ends where the next one begins."""
    head = _head(file, at, _WARC_HEAD_END)
    found = _read_warc(head, at, size, number)
    if isinstance(found, Fault):
        is_other_format = number == 1 and not head.startswith(_WARC)
        return found, None if is_other_format else _find_next(file, at + 1)
    file.seek(found.block_end)
    if found.has_end and file.read(2) in (b"\r\n", b"\n\n", b"\n", b""):
        return found, found.block_end
    found = replace(found, has_end=False)
    following = _find_next(file, found.block_start - 1)
    return replace(found, block_end=min(found.block_end, following or size)), following


def _head(file: BinaryIO, at: int, end: re.Pattern[bytes]) -> bytes:
    """What stands there up to and with its end, at most `LARGEST_HEAD` bytes."""
    file.seek(at)
    head = b""
    while piece := file.read(min(max(_FIRST_STEP, len(head)), LARGEST_HEAD - len(head))):
        seen = max(0, len(head) - _LONGEST_MARK)
        head += piece
        if found := end.search(head, seen):
            return head[: found.end()]
    return head


def _read_warc(head: bytes, at: int, size: int, number: int) -> Entry | Fault:
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
    return Entry(
        number=number,
        kind=headers.get("warc-type", "").lower(),
        headers=headers,
        start=at,
        block_start=start,
        block_end=min(stop, size),
        has_end=stop <= size,
    )


def _arc_fields(line: bytes) -> tuple[bytes, bytes, bytes, bytes] | None:
    """Address, date, media type and length, None if it is no such line."""
    fields = line.split(b" ")
    length, last = fields[-1], len(fields) - 1
    if not length.isdigit() or not line[:1].strip():
        return None
    places = [len(fields) + place for place in _DATE_FIELDS if len(fields) + place >= 2]
    at = next((place for place in (*places, *range(2, last)) if _is_arc_date(fields, place)), None)
    if at is None:
        return None
    media_type = fields[at + 1] if at + 1 < last and len(fields[at + 1].split()) == 1 else b""
    return b" ".join(fields[: at - 1]), fields[at], media_type, length


def _is_arc_date(fields: list[bytes], at: int) -> bool:
    """Whether a date stands there, behind the name of a host."""
    return _DAY.fullmatch(fields[at]) is not None and len(fields[at - 1].split()) == 1


def _read_arc(head: bytes, at: int, size: int, number: int) -> Entry | Fault:
    said = _arc_fields(head.rstrip(b"\r\n"))
    if said is None:
        return Fault(number, "it is not a line of an ARC record: address, host, date, type and length")
    address, date, media_type, length = (part.decode("utf-8", "replace") for part in said)
    if len(length) > 15:
        return Fault(number, "the length of a record cannot be")
    start = at + len(head)
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
    step = 64
    while piece := file.read(step):
        left = piece.lstrip(b"\r\n")
        at += len(piece) - len(left)
        if left:
            break
        step = min(2 * step, STEP)
    return at


def _find_next(file: BinaryIO, at: int) -> int | None:
    """Where the next WARC record begins, from there on."""
    kept = b""
    file.seek(at)
    step = _FIRST_STEP
    while piece := file.read(step):
        window = kept + piece
        if found := _NEXT.search(window):
            return at - len(kept) + found.start()
        at += len(piece)
        kept, step = window[-_LONGEST_MARK:], min(2 * step, STEP)
    return None
