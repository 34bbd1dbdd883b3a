"""Web archives to pages: what belongs together, what is undone, what is said when a file lies."""

import gzip
import zlib
from hashlib import sha256
from io import BytesIO

import brotli
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers.building import Around, Received, build
from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from archive.readers.record import PassedOver, Record, Refusal
from archive.readers.warc import records
from archive.readers.warc.archive_limits import LARGEST_BODY, LimitError
from archive.readers.warc.http import Answer, UndecodableError, decode_body, read_answer
from tests.factories.web_archives import (
    ADDRESS,
    PAGE,
    answer,
    chunked,
    gzipped,
    read_all,
    record,
    redirect,
    response,
    sha1_of,
)

OTHER = PAGE.replace(b"written", b"rewritten")
CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "": bytes,
}


def only_page(found):
    assert [type(one) for one in found] == [Page], found
    return found[0]


def reasons(found):
    return [one.reason for one in found if isinstance(one, Refusal)]


def test_page_states_how_it_came_about(tmp_path):
    asked = record(
        "request", ADDRESS, b"GET /report HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"
    )
    info = record("warcinfo", "", b"software: a demonstration crawler/1.0\r\n", Content_Type="application/warc-fields")
    data = info + asked + response()

    page = only_page(read_all(tmp_path / "a.warc", data))

    known = page.provenance
    assert (page.body, page.position, known.url, known.final_url) == (PAGE, "3", ADDRESS, ADDRESS)
    assert (known.status, known.clock, known.tool) == (200, "warc", "a demonstration crawler/1.0")
    assert known.captured_at.isoformat() == "2024-05-01T10:00:00+00:00"
    assert known.payload_sha256 == sha256(PAGE).hexdigest()
    assert known.block_sha256 == sha256(answer()).hexdigest()
    assert known.file_sha256 == sha256(data).hexdigest()
    assert page.raw == asked + response()
    assert page.media_type == "application/warc"


def test_kept_records_are_a_web_archive_by_themselves(tmp_path):
    data = gzipped(redirect("https://news.example/old", ADDRESS), response(), response("https://news.example/b", OTHER))
    first = read_all(tmp_path / "a.warc.gz", data)[0]
    kept = [(one.headers["WARC-Target-URI"], one.reader.read()) for one in ArchiveIterator(BytesIO(first.raw))]
    assert kept == [("https://news.example/old", b""), (ADDRESS, PAGE)]


def test_captures_of_one_address_come_in_order_of_time(tmp_path):
    data = b"".join(response(date=f"2024-05-0{day}T10:00:00Z", body=PAGE + b"%d" % day) for day in (3, 1, 2))
    data += response("https://news.example/b", OTHER, date="2020-01-01T00:00:00Z")
    found = read_all(tmp_path / "a.warc", data)
    assert [page.body[-1:] for page in found[:3]] == [b"1", b"2", b"3"]
    assert found[3].provenance.final_url == "https://news.example/b"


def test_redirects_are_followed_inside_the_file(tmp_path):
    data = (
        redirect("http://news.example/x", "/y", status=302)
        + redirect("http://news.example/y", ADDRESS + "#top", status=307)
        + response()
    )
    known = only_page(read_all(tmp_path / "a.warc", data)).provenance
    assert known.url == "http://news.example/x"
    assert [(hop.url, hop.status) for hop in known.redirects] == [
        ("http://news.example/x", 302),
        ("http://news.example/y", 307),
    ]


def test_later_redirect_did_not_lead_to_the_page(tmp_path):
    data = redirect("https://news.example/x", ADDRESS, date="2025-01-01T00:00:00Z") + response()
    found = read_all(tmp_path / "a.warc", data)
    assert found[0].provenance.redirects == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (redirect("https://a.example/", "https://b.example/"), "redirects to https://b.example/, which is no page"),
        (
            redirect("https://a.example/", "https://b.example/") + redirect("https://b.example/", "https://a.example/"),
            "from there to no page",
        ),
    ],
)
def test_redirect_without_a_page_is_said(tmp_path, data, reason):
    found = read_all(tmp_path / "a.warc", data)
    assert found
    assert all(reason in said for said in reasons(found))


@pytest.mark.parametrize("by", ["id", "address", "digest"])
def test_revisit_has_the_body_it_refers_to(tmp_path, by):
    first = response(WARC_Payload_Digest=sha1_of(PAGE))
    record_id = first.split(b"WARC-Record-ID: ")[1].split(b"\r\n")[0].decode()
    refers = {
        "id": {"WARC_Refers_To": record_id},
        "address": {"WARC_Refers_To_Target_URI": ADDRESS, "WARC_Refers_To_Date": "2024-05-01T10:00:00Z"},
        "digest": {"WARC_Payload_Digest": sha1_of(PAGE)},
    }[by]
    again = record(
        "revisit", ADDRESS, answer(b"", status=304), date="2024-06-01T10:00:00Z", WARC_Profile="…/revisit", **refers
    )

    first_page, second = read_all(tmp_path / "a.warc", first + again)

    assert second.body == first_page.body == PAGE
    assert second.raw == first + again
    assert second.provenance.captured_at.month == 6
    assert second.provenance.status == 200
    assert any("revisit" in note for note in second.notes)


def test_revisit_of_what_is_not_there_is_refused(tmp_path):
    found = read_all(tmp_path / "a.warc", record("revisit", ADDRESS, b"", WARC_Refers_To="<urn:test:elsewhere>"))
    assert "not in the file" in reasons(found)[0]


def test_what_is_no_page_is_counted_and_not_refused(tmp_path):
    picture = record("response", "https://news.example/p", answer(b"...", Content_Type="image/png"))
    found = read_all(tmp_path / "a.warc", picture * 3 + response())
    assert isinstance(found[-1], PassedOver)
    assert found[-1].reason == "no pages: 3 image/png"
    assert len(found) == 2


@given(body=st.binary(min_size=1, max_size=4000), coding=st.sampled_from(sorted(CODINGS)), size=st.integers(0, 900))
def test_codings_are_undone(body, coding, size):
    coded = CODINGS[coding](body)
    headers = {"Content-Encoding": coding, **({"Transfer-Encoding": "chunked"} if size else {})}
    found = decode_body(chunked(coded, size) if size else coded, Answer(200, tuple(headers.items()), 0))
    assert (found.payload, found.transferred, found.notes) == (body, coded, ())


@pytest.mark.parametrize("coding", sorted(set(CODINGS) - {""}))
def test_long_body_is_decoded_to_its_end(coding):
    body = b"".join(sha256(b"%d" % n).digest() for n in range(40_000)) + b"the end" * 30_000
    found = decode_body(CODINGS[coding](body), Answer(200, (("Content-Encoding", coding),), 0))
    assert found.payload == body
    assert found.notes == ()


@pytest.mark.parametrize("coding", sorted(set(CODINGS) - {""}))
def test_bomb_is_refused(coding):
    bomb = CODINGS[coding](b"\0" * (LARGEST_BODY + 1_000))
    with pytest.raises(LimitError, match=r"longer|MB"):
        decode_body(bomb, Answer(200, (("Content-Encoding", coding),), 0))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_cut_off_body_is_taken_as_far_as_it_is_good(coding):
    body = b"".join(sha256(b"%d" % n).hexdigest().encode() for n in range(5_000))
    coded = CODINGS[coding](body)
    found = decode_body(coded[: len(coded) // 2], Answer(200, (("Content-Encoding", coding),), 0))
    assert body.startswith(found.payload)
    assert len(found.payload) > 1_000
    assert "cut off" in found.notes[0]


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_body_of_several_members_is_read_to_its_end(coding):
    coded = b"".join(CODINGS[coding](part * 5_000) for part in (b"one", b"two", b"three"))
    found = decode_body(coded, Answer(200, (("Content-Encoding", coding),), 0))
    assert found.payload == b"one" * 5_000 + b"two" * 5_000 + b"three" * 5_000
    assert found.notes == ()


def test_body_shorter_than_the_server_says_is_warned_of(tmp_path):
    (page,) = read_all(tmp_path / "a.warc", record("response", ADDRESS, answer(Content_Length=str(len(PAGE) + 9))))
    assert any("cut off" in warning for warning in page.provenance.warnings)


@pytest.mark.parametrize(
    "hostile",
    [
        record("response", "https://a.example/", b"HTTP/1.1 0200" + b"0" * 5_000 + b" OK\r\n\r\n" + PAGE),
        record("response", "https://a.example/", answer(), date="0001-01-01T00:00:00+14:00"),
        record("response", "https://a.example/", b"HTTP/1.1 999999 OK\r\n\r\n" + PAGE),
    ],
)
def test_hostile_record_does_not_keep_the_others_out(tmp_path, hostile):
    found = read_all(tmp_path / "a.warc", hostile + response())
    assert ADDRESS in [one.provenance.final_url for one in found if isinstance(one, Page)]


def test_header_ends_at_its_line_and_nowhere_else():
    head = "HTTP/1.1 301 Moved\r\nLocation: /مقال\r\nX: a\x0bSet: b\r\n\r\n".encode()
    read = read_answer(head)
    assert read is not None
    assert read.headers == (("Location", "/مقال"), ("X", "a\x0bSet: b"))


@pytest.mark.parametrize(
    ("request_head", "answer_headers", "private"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\nCookie: s=1\r\n\r\n", {}, ["cookie"]),
        (b"GET / HTTP/1.1\nauthorization: x\n\n", {"Set_Cookie": "s=1"}, ["authorization", "set-cookie"]),
        (b"POST / HTTP/1.1\r\nHost: a\r\n\r\npassword=1", {}, ["body"]),
        (b"GET / HTTP/1.1\r\nHost: cookie\r\n\r\n", {}, None),
    ],
)
def test_what_is_private_in_a_capture_is_noted(tmp_path, request_head, answer_headers, private):
    whole = record("response", ADDRESS, answer(**answer_headers), WARC_Record_ID="<urn:test:1>")
    whole += record("request", ADDRESS, request_head, WARC_Concurrent_To="<urn:test:1>")
    (page,) = read_all(tmp_path / "a.warc", whole)
    assert page.provenance.settings.get("private") == private


def test_unknown_coding_is_refused():
    with pytest.raises(UndecodableError, match="not known"):
        decode_body(PAGE, Answer(200, (("Content-Encoding", "rot13"),), 0))


def test_chunked_body_hashed_undecoded_is_named_as_the_cause(tmp_path):
    body = chunked(PAGE)
    block = answer(body, Transfer_Encoding="chunked")
    page = only_page(
        read_all(tmp_path / "a.warc", record("response", ADDRESS, block, WARC_Payload_Digest=sha1_of(body)))
    )
    assert page.body == PAGE
    assert page.provenance.warnings == (
        "the digest that the file states of the payload is that of the chunked body, hashed undecoded",
    )


def test_digest_that_fits_is_no_warning_and_one_that_does_not_is(tmp_path):
    good = response(WARC_Payload_Digest=sha1_of(PAGE), WARC_Block_Digest=sha1_of(answer()))
    assert only_page(read_all(tmp_path / "a.warc", good)).provenance.warnings == ()
    page = only_page(read_all(tmp_path / "b.warc", good.replace(b"demonstration", b"demonstratiom")))
    assert len(page.provenance.warnings) == 2
    assert all("damaged or changed" in warning for warning in page.provenance.warnings)


def test_cut_off_file_is_taken_as_far_as_it_is_good(tmp_path):
    data = gzipped(response(), response("https://news.example/b", OTHER))
    found = read_all(tmp_path / "a.warc.gz", data[:-60])
    assert found[0].body == PAGE
    assert any("cut off" in reason for reason in reasons(found))


@pytest.mark.parametrize("length", ["20", "900000000000"])
def test_after_a_lying_length_the_next_record_is_found(tmp_path, length):
    lying = response(Content_Length=length)
    found = read_all(tmp_path / "a.warc", lying + response("https://news.example/b", OTHER))
    assert any(isinstance(one, Page) and one.body == OTHER for one in found)
    assert any("Content-Length" in reason for reason in reasons(found))


def test_arc_file_with_a_damaged_head_gives_its_pages(tmp_path):
    held = answer()
    line = f"{ADDRESS} 192.0.2.1 20240501100000 text/html {len(held)}\n".encode()
    found = read_all(
        tmp_path / "a.arc", b"filedesc://a.arc 0.0.0.0 20240501100000 text/plain nine\n" + line + held + b"\n"
    )
    assert [one.body for one in found if isinstance(one, Page)] == [PAGE]
    assert any("ARC record" in reason for reason in reasons(found))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc", b"nothing of the kind", "no WARC record"),
        ("a.warc", b"WARC/1.1\r\n" + b"A" * 200_000, "have no end"),
        ("a.warc", response(Content_Length="-1"), "how long"),
        ("a.warc", record("warcinfo", "", b"software: x"), "no web page"),
        ("a.arc", b"filedesc://a.arc 0.0.0.0 20240501100000 text/plain nine\n", "ARC"),
        ("a.warc.gz", gzip.compress(b"WARC/1.1\r\n" + b"A" * 150_000_000, 1), "exhaust a machine"),
    ],
)
def test_file_that_is_none_is_refused(tmp_path, name, data, reason):
    found = read_all(tmp_path / name, data)
    assert not any(isinstance(one, Page) for one in found)
    assert any(reason in said for said in reasons(found))


def test_empty_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFileError, match="empty"):
        read_all(tmp_path / "a.warc", b"")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_raises_anything_else(tmp_path_factory, data):
    whole = (
        redirect("https://a.example/", ADDRESS)
        + response(WARC_Payload_Digest=sha1_of(PAGE))
        + record("revisit", ADDRESS, b"", WARC_Payload_Digest=sha1_of(PAGE))
    )
    if data.draw(st.booleans()):
        whole = gzipped(whole)
    damaged = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(whole)))
    path = tmp_path_factory.mktemp("damaged") / "a.warc"
    try:
        found = read_all(path, bytes(damaged[:end]))
    except UnreadableFileError:
        return
    assert found


def test_pages_become_records(tmp_path):
    def draw(page: Page, around: Around) -> Record | Refusal:
        received = Received(
            raw=page.raw, media_type=page.media_type, encoding="utf-8", extractor="test", position=page.position
        )
        return build(page.body.decode(), {}, received, around)

    path = tmp_path / "a.warc"
    path.write_bytes(response())
    (made,) = records(path, Around(file_name="a.warc", shown="folder/a.warc"), draw)
    assert made.locator == "folder/a.warc:1"
