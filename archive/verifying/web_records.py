"""The records that the copy of a web page keeps: each fits the digests that it states, and what is said of the copy."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from archive.models import Capture
from archive.readers.warc.archive_limits import LimitError
from archive.readers.warc.captured_pages import ARC, CUT_OFF, WARC
from archive.readers.warc.catalogue import PLAIN_COPIES
from archive.readers.warc.digests import block_warnings, payload_warnings
from archive.readers.warc.http import Body, UndecodableError, decode_body, read_answer
from archive.readers.warc.record_scanner import Entry, Fault, block, scan
from archive.terms import Clock

OF_THE_WEB = frozenset({WARC, ARC})
WITH_PAYLOAD = ("response", *PLAIN_COPIES)


def problems(capture: Capture, raw: bytes, *, is_changed: bool) -> Iterator[str]:
    """Say what of the records is not what it was when the copy came in, ``raw`` being its bytes now.

    What the file that it came in said wrongly is no finding: that was a warning then. Of a copy that the archive
    fetched itself, and of one whose bytes have changed (``is_changed``), every record is compared with the digests that
    it states. A record that was cut off when it came in has no end by which it could be told from the next.
    """
    if CUT_OFF in capture.warnings:
        return
    file = BytesIO(raw)
    blocks: set[str] = set()
    payloads: dict[str, int] = {}
    for entry in scan(file):
        if isinstance(entry, Fault):
            continue
        held = block(file, entry)
        digest = sha256(held).hexdigest()
        told, payload = _compared(entry, held)
        blocks.add(digest)
        if payload is not None:
            payloads[sha256(payload).hexdigest()] = len(payload)
        if is_changed or capture.clock == Clock.ARCHIVE or digest == capture.block_sha256:
            name = f"record {entry.number} ({entry.kind}{f' of {entry.uri}' if entry.uri else ''})"
            yield from (f"{name}: {problem}" for problem in told if problem not in capture.warnings)
    if blocks or is_changed:  # else what it came in was damaged where its records begin
        yield from _not_as_said(capture, blocks, payloads)


def _not_as_said(capture: Capture, blocks: set[str], payloads: dict[str, int]) -> Iterator[str]:
    """Compare what the row says with the digests of blocks and of pages, the latter with their sizes."""
    page = capture.payload_sha256
    if capture.block_sha256 and capture.block_sha256 not in blocks:
        yield f"none of its records has the block of SHA-256 {capture.block_sha256}"
    if page and page not in payloads:
        yield f"none of its records has the page of SHA-256 {page}"
    elif page and payloads[page] != capture.payload_size:
        yield f"its page has {payloads[page]} bytes, not {capture.payload_size}"


def _compared(entry: Entry, held: bytes) -> tuple[list[str], bytes | None]:
    """What does not fit the digests that a record states, and the page in it, decoded; None where it has none."""
    told = block_warnings(entry.headers.get("warc-block-digest", ""), held)
    if entry.kind not in WITH_PAYLOAD:
        return told, None
    stated = entry.headers.get("warc-payload-digest", "")
    if entry.kind in PLAIN_COPIES:
        return told + payload_warnings(stated, held, Body(held, held)), held
    answer = read_answer(held)
    if answer is None:
        return [*told, "it holds no answer of a web server"], None
    raw = held[answer.body_start :]
    try:
        body = decode_body(raw, answer)
    except (UndecodableError, LimitError) as error:
        return [*told, str(error)], None
    return told + payload_warnings(stated, raw, body), body.payload
