"""Records that a copy keeps: what changed is named with its record, and what came in as it is now is not."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.fetching.asking import Exchange
from archive.fetching.writing import head_of_file, records_of
from archive.models import Capture
from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from archive.terms import Clock
from archive.verifying import web_records
from evaluate.web_archives import GOOD, read
from tests.factories.web_archives import (
    ADDRESS,
    PAGE,
    answer,
    chunked,
    read_all,
    record,
    redirect,
    response,
    sha1_of,
)

OTHER = "https://news.example/old"


def capture_of(page: Page, **values: object) -> Capture:
    """The row of a page, as intake writes it."""
    known = page.provenance
    said = {
        "media_type": page.media_type,
        "clock": known.clock,
        "warnings": list(known.warnings),
        "payload_sha256": known.payload_sha256,
        "payload_size": known.payload_size,
        "block_sha256": known.block_sha256,
    }
    return Capture(**{**said, **values})


def problems(page: Page, raw: bytes | None = None, **values: object) -> list[str]:
    """What is said of a page whose bytes are ``raw`` now."""
    kept = page.raw if raw is None else raw
    return list(web_records.problems(capture_of(page, **values), kept, is_changed=kept != page.raw))


def fetched(tmp_path, body: bytes, request: bytes = b"GET /report HTTP/1.1\r\nHost: news.example\r\n\r\n") -> Page:
    """A page that the archive fetched itself, with its request."""
    exchange = Exchange(ip="192.0.2.1", request=request, answer=body)
    data = head_of_file("tests/1") + records_of(ADDRESS, exchange, datetime(2024, 5, 1, tzinfo=UTC))
    (page,) = read_all(tmp_path / "a.warc", data)
    return page


def good_files() -> Iterator[bytes]:
    yield response()
    yield redirect(OTHER, ADDRESS) + response(WARC_Payload_Digest=sha1_of(PAGE), WARC_Block_Digest=sha1_of(answer()))
    yield record(
        "response", ADDRESS, answer(chunked(PAGE), Transfer_Encoding="chunked"), WARC_Payload_Digest=sha1_of(PAGE)
    )
    yield response(WARC_Payload_Digest=sha1_of(b"of something else"), WARC_Block_Digest=sha1_of(b"else"))
    yield response(WARC_Payload_Digest=sha1_of(PAGE)) + record(
        "revisit", ADDRESS, b"", date="2024-06-01T10:00:00Z", WARC_Payload_Digest=sha1_of(PAGE)
    )
    yield record("resource", ADDRESS, PAGE, Content_Type="text/html", WARC_Payload_Digest=sha1_of(PAGE))
    asked = record("request", ADDRESS, b"GET / HTTP/1.1\r\n\r\n", WARC_Block_Digest=sha1_of(b"never so"))
    yield asked + response()
    yield response(Content_Length="20") + response("https://news.example/b")
    yield response() + response("https://news.example/b")[:-40]


@pytest.mark.parametrize("data", list(good_files()))
def test_what_came_in_as_it_is_is_no_finding(tmp_path, data: bytes) -> None:
    """Wrong digests of others, records that were cut off, and revisits among them."""
    found = [page for page in read_all(tmp_path / "a.warc", data) if isinstance(page, Page)]

    assert found
    assert [problems(page) for page in found] == [[]] * len(found)


def test_arc_is_looked_at_too(tmp_path) -> None:
    held = answer()
    line = f"{ADDRESS} 192.0.2.1 20240501100000 text/html {len(held)}\n".encode()
    head = b"filedesc://a.arc 0.0.0.0 20240501100000 text/plain 10\n1 0 Tests\n\n"
    (page,) = [one for one in read_all(tmp_path / "a.arc", head + line + held + b"\n") if isinstance(one, Page)]

    assert page.media_type == "application/x-arc"
    assert problems(page) == []
    assert problems(page, page.raw.replace(b"demonstration", b"demonstratiom"))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_damaged_file_leaves_a_finding_behind(tmp_path_factory, data) -> None:
    """Whatever a file says wrongly when it comes in, its copy fits itself."""
    whole = (
        redirect("https://a.example/", ADDRESS)
        + record("request", ADDRESS, b"GET / HTTP/1.1\r\n\r\n")
        + response(WARC_Payload_Digest=sha1_of(PAGE), WARC_Block_Digest=sha1_of(answer()))
        + record("revisit", ADDRESS, b"", WARC_Payload_Digest=sha1_of(PAGE))
    )
    damaged = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        damaged[at] = data.draw(st.integers(0, 255))
    try:
        found = read_all(tmp_path_factory.mktemp("damaged") / "a.warc", bytes(damaged))
    except UnreadableFileError:
        return
    for page in found:
        if isinstance(page, Page):
            assert problems(page) == []


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_flipped_byte_of_a_block_is_named_with_its_record(tmp_path_factory, data) -> None:
    """Of a copy that the archive fetched: its answer and its request."""
    body = answer(chunked(PAGE), Transfer_Encoding="chunked") if data.draw(st.booleans()) else answer()
    request = b"GET /report HTTP/1.1\r\nHost: news.example\r\n\r\n"
    page = fetched(tmp_path_factory.mktemp("fetched"), body, request)
    kind, block = data.draw(st.sampled_from([("response", body), ("request", request)]))
    at = page.raw.index(block) + data.draw(st.integers(0, len(block) - 1))
    flipped = page.raw[:at] + bytes([page.raw[at] ^ (1 << data.draw(st.integers(0, 7)))]) + page.raw[at + 1 :]

    assert problems(page, clock=Clock.ARCHIVE) == []
    for is_told in (True, False):  # also where the SHA-256 was written anew with the bytes
        said = list(web_records.problems(capture_of(page, clock=Clock.ARCHIVE), flipped, is_changed=is_told))
        assert any(one.startswith("record ") and f"({kind} of {ADDRESS}): the block is not" in one for one in said), (
            said
        )


def test_imported_record_that_was_written_anew_is_named(tmp_path) -> None:
    """With its SHA-256, which then fits: what is said of the copy does not."""
    (page,) = read_all(tmp_path / "a.warc", response())
    changed = page.raw.replace(b"demonstration", b"demonstratiom")

    said = list(web_records.problems(capture_of(page), changed, is_changed=False))

    assert said == [
        f"none of its records has the block of SHA-256 {page.provenance.block_sha256}",
        f"none of its records has the page of SHA-256 {page.provenance.payload_sha256}",
    ]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"block_sha256": "0" * 64}, "none of its records has the block"),
        ({"payload_sha256": "0" * 64}, "none of its records has the page"),
        ({"payload_size": 5}, "bytes, not 5"),
    ],
)
def test_row_that_says_something_else_is_named(tmp_path, values: dict, says: str) -> None:
    (page,) = read_all(tmp_path / "a.warc", redirect(OTHER, ADDRESS) + response())

    (said,) = problems(page, **values)

    assert says in said


def test_digest_of_the_page_is_among_those_that_the_archive_writes(tmp_path) -> None:
    in_chunks = fetched(tmp_path, answer(chunked(PAGE), Transfer_Encoding="chunked"))
    page = fetched(tmp_path, answer())

    assert b"WARC-Payload-Digest" not in in_chunks.raw  # readers disagree on what that is
    assert page.raw.count(b"WARC-Payload-Digest: sha256:") == 1  # not of the request
    assert page.provenance.warnings == ()
    changed = page.raw.replace(b"demonstration", b"demonstratiom", 1)
    assert any("the payload is not the one whose digest" in one for one in problems(page, changed))


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("name", GOOD)
def test_real_web_archives_leave_no_finding(name: str) -> None:
    for page in read(name):
        if isinstance(page, Page):
            assert problems(page) == []
