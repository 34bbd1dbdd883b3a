"""From the records of a capture to a page: body decoded, digests compared, the records kept as they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO

from archive.readers.page import Page
from archive.readers.record import Provenance
from archive.readers.warc.archive_limits import LARGEST_BESIDE, LARGEST_BLOCK, LARGEST_HEAD, LimitError
from archive.readers.warc.catalogue import PLAIN_COPIES, REVISIT, Catalogue, hops
from archive.readers.warc.digests import block_warnings, payload_warnings
from archive.readers.warc.http import Answer, Body, UndecodableError, decode_body, read_answer
from archive.readers.warc.record_places import Leap
from archive.readers.warc.record_scanner import Entry, block, verbatim
from archive.terms import Clock

WARC, ARC = "application/warc", "application/x-arc"
NOT_MODIFIED = 304
CUT_OFF = "the record is cut off, or not as long as it says"
PRIVATE = frozenset({"authorization", "cookie", "cookie2", "proxy-authorization", "set-cookie", "set-cookie2"})
_HTTP = re.compile(rb"^HTTP/\d|\sHTTP/\d[.\d]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whence:
    """What is the same for all pages of a file: its SHA-256, and what is known of it as a whole.

    `prefix` stands before the position, for a file of several archives; `offset` is where in the file the archive
    begins, and `scale` how many of its bytes there one of the archive's has.
    """

    file_sha256: str = ""
    prefix: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    offset: int = 0
    scale: float = 1.0

    def position(self, at: int) -> int:
        """Where in the whole file a place of the archive lies."""
        return self.offset + int(at * self.scale)


class NoPageError(ValueError):
    """A capture of which no page can be made; the message is the reason, a clause for people."""


def page_of(file: BinaryIO, entry: Entry, known: Catalogue, whence: Whence) -> Page:
    """Make the page of a response, a plain copy or a revisit. Raises `NoPageError`."""
    original, way = entry, known.way_to(entry)
    if entry.kind == REVISIT:
        found = known.original_of(entry)
        if found is None:
            raise NoPageError("it is a revisit, and the record it refers to is not in the file")
        original = found
    held, own = _held(file, original), _held(file, entry)
    answer, body, warnings = _body(held, original)
    own_answer = read_answer(own) if entry.kind == REVISIT else answer
    if entry.kind == REVISIT:
        warnings += block_warnings(entry.headers.get("warc-block-digest", ""), own)
        warnings.append(f"a revisit: the body is that of the capture of {original.headers.get('warc-date', 'no date')}")
    if not entry.has_end:
        warnings.append(CUT_OFF)
    if truncated := entry.headers.get("warc-truncated"):
        warnings.append(f"whoever made the file cut the record short ({truncated[:20]})")
    status = (
        own_answer.status if own_answer and own_answer.status != NOT_MODIFIED else answer.status if answer else None
    )
    said = own_answer or answer
    media_type = said.header("content-type") if said else ""
    media_type = media_type or (answer.header("content-type") if answer else original.headers.get("content-type", ""))
    raw, private = _kept(file, [entry, original], _beside(entry, way, known, warnings), known.arc_head)
    return Page(
        body=body.payload,
        raw=raw,
        media_type=ARC if entry.is_arc else WARC,
        content_type=media_type,
        position=f"{whence.prefix}{entry.number}",
        provenance=Provenance(
            url=way[0].entry.uri if way else entry.uri,
            final_url=entry.uri,
            redirects=hops(way),
            status=status,
            headers=said.headers if said else (),
            captured_at=entry.date,
            clock=Clock.WARC if entry.date else "",
            tool=known.software,
            settings={
                **whence.settings,
                **_settings(entry, original),
                **({"private": sorted(private)} if private else {}),
            },
            payload_sha256=sha256(body.payload).hexdigest(),
            payload_size=len(body.payload),
            block_sha256=sha256(own).hexdigest(),
            file_sha256=whence.file_sha256,
            warnings=(*whence.warnings, *warnings),
        ),
        notes=(*whence.notes, *warnings),
    )


def _held(file: BinaryIO, entry: Entry) -> bytes:
    if entry.block_end - entry.block_start > LARGEST_BLOCK:
        raise NoPageError(f"its record has more than {LARGEST_BLOCK / 1e6:,.0f} MB")
    return block(file, entry)


def _body(held: bytes, entry: Entry) -> tuple[Answer | None, Body, list[str]]:
    """The answer if there is one, its body, and what to warn of."""
    warnings = block_warnings(entry.headers.get("warc-block-digest", ""), held)
    stated = entry.headers.get("warc-payload-digest", "")
    if entry.kind in PLAIN_COPIES:
        body = Body(held, held)
        return None, body, warnings + payload_warnings(stated, held, body)
    answer = read_answer(held)
    if answer is None:
        raise NoPageError("its record holds no answer of a web server")
    raw = held[answer.body_start :]
    try:
        body = decode_body(raw, answer)
    except (UndecodableError, LimitError) as error:
        raise NoPageError(str(error)) from error
    length = answer.header("content-length")
    if not body.notes and body.transferred is raw and re.fullmatch("[0-9]{1,12}", length) and len(raw) < int(length):
        warnings.append(f"the body is cut off: {len(raw):,} of {int(length):,} bytes are there")
    if not body.payload.strip():
        raise NoPageError(f"the answer has no body (status {answer.status})")
    return answer, body, [*warnings, *body.notes, *payload_warnings(stated, raw, body)]


def _beside(entry: Entry, way: list[Leap], known: Catalogue, warnings: list[str]) -> Iterator[Entry]:
    """The records that led to a page, and those that asked for it; of one that is too large it is said, and no more."""
    for one in (*(leap.entry for leap in way), entry):
        request = known.request_of(one)
        for beside in (request, one if one is not entry else None):
            if beside is None:
                continue
            if beside.block_end - beside.block_start > LARGEST_BESIDE:
                much = f"has more than {LARGEST_BESIDE / 1e6:.0f} MB and is not kept"
                warnings.append(f"record {beside.number} ({beside.kind}) {much}")
            else:
                yield beside


def _kept(
    file: BinaryIO, pages: Iterable[Entry], beside: Iterable[Entry], arc_head: Entry | None
) -> tuple[bytes, set[str]]:
    """All records that say something of the capture, in their order in the file; and what of them is private."""
    wanted = {one.number: one for one in (*pages, *beside, *([arc_head] if arc_head else []))}
    private = {one for number in wanted for one in private_in(block(file, wanted[number], LARGEST_HEAD))}
    return b"".join(verbatim(file, wanted[number]) for number in sorted(wanted)), private


def private_in(held: bytes) -> set[str]:
    """Return what a request or an answer holds with which others could act as the one who made the copy.

    Names of headers, and ``body`` for a request that sends something: a form, perhaps with a password.
    """
    head, _, body = re.sub(rb"\r\n?", b"\n", held).partition(b"\n\n")
    first, *lines = head.split(b"\n")
    if not _HTTP.search(first):
        return set()
    names = {line.partition(b":")[0].strip().lower().decode("latin-1") for line in lines}
    found = names & PRIVATE
    return found | {"body"} if body.strip() and not first.startswith(b"HTTP/") else found


def _settings(entry: Entry, original: Entry) -> dict[str, str]:
    said = {"record": entry.record_id, "kind": entry.kind}
    if entry is not original:
        said |= {"profile": entry.headers.get("warc-profile", ""), "refers_to": original.record_id}
    return {name: value[:500].replace("\0", "\ufffd") for name, value in said.items() if value}
