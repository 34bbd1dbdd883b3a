"""Web archives that are built to keep a reader busy: the work grows with their size and no faster; memory does not."""

import gzip
import time
import tracemalloc
from itertools import pairwise

import pytest
import zstandard

from archive.readers.building import Around
from archive.readers.page import Page
from archive.readers.progress import Progress
from archive.readers.record import Refusal
from archive.readers.warc import archive_limits, pages, web_archive
from archive.readers.warc.catalogue import catalogue
from archive.readers.warc.http import Answer, decode_body
from tests.factories.web_archives import PAGE, answer, read_all, record, redirect, response, wacz

SECONDS = 20  # of processor time; each took minutes, or would have
ARC_HEAD = b"filedesc://x 0.0.0.0 20200101000000 text/plain 4\nabc\n\n"


def lying(number: int) -> bytes:
    """A record that says that it is 19 MB long."""
    return (
        record("response", f"https://news.example/{number}", answer(), Content_Length="19000000").rstrip(b"\r\n")
        + b"\n"
    )


def circles() -> bytes:
    """Redirects of two addresses to each other, again and again, and captures of one of them."""
    there, back = (
        redirect("https://a.example/", "https://news.example/report"),
        redirect("https://news.example/report", "https://a.example/"),
    )
    return there * 4_000 + back * 4_000 + response() * 500


HOSTILE = {
    "headers without end": (b"WARC/1.0\r\n" * 40_000, ".warc"),
    "records that say they are long": (b"".join(map(lying, range(1_000))) + b"x" * 20_000_000, ".warc"),
    "redirects in circles": (circles(), ".warc"),
    "a line of dates": (ARC_HEAD + (b"a " * 20_000 + b"20200101 " * 2_000 + b"x\n") * 100, ".arc"),
    "lines that are no records": (ARC_HEAD + b"x\n" * 10_000, ".arc"),
    "empty members": (gzip.compress(response()) + gzip.compress(b"") * 200_000, ".warc.gz"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_effort_grows_with_the_size_only(tmp_path, name):
    data, suffix = HOSTILE[name]
    start = time.process_time()
    assert read_all(tmp_path / f"hostile{suffix}", data)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("coding", "member"),
    [("gzip", gzip.compress(b"", mtime=0)), ("zstd", zstandard.ZstdCompressor().compress(b""))],
    ids=["gzip", "zstd"],
)
def test_body_of_a_million_members_is_decoded_in_one_go(coding, member):
    data, start = member * (4_000_000 // len(member)), time.process_time()
    assert decode_body(data, Answer(200, (("Content-Encoding", coding),), 0)).payload == b""
    assert time.process_time() - start < SECONDS


def test_small_revisits_of_a_large_page_end_as_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(web_archive, "RATIO_OF_FILE_FROM", 1_000_000)
    page = response(body=PAGE * 2_000, WARC_Payload_Digest="sha1:x")
    again = (record("revisit", f"https://a.example/{i}", answer(b""), WARC_Payload_Digest="sha1:x") for i in range(400))
    *found, last = read_all(tmp_path / "repeated.warc", page + b"".join(again))
    assert 200 <= len(found) < 400
    assert "repeat what it holds more than 200 times" in last.reason


def test_large_record_beside_a_page_is_not_kept(tmp_path):
    large = answer(b"x" * 1_500_000, status=301, Location="https://news.example/report")
    data = record("response", "https://news.example/old", large, date="2024-05-01T09:00:00Z") + response()
    [page] = read_all(tmp_path / "large.warc", data)
    assert page.raw == response()
    assert page.provenance.url == "https://news.example/old"
    assert page.provenance.warnings == ("record 1 (response) has more than 1 MB and is not kept",)


def test_memory_does_not_grow_with_the_records(tmp_path):
    path = tmp_path / "many.warc"
    most = []
    for count in (100, 1_000):
        path.write_bytes(b"".join(response(f"https://news.example/{i}") for i in range(count)))
        tracemalloc.start()
        with path.open("rb") as file, catalogue(file) as known:
            assert sum(1 for _ in known.in_order()) == count
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] + 100_000, most


@pytest.mark.parametrize(
    ("line", "date"),
    [
        (b"http://a.example/ 1.2.3.4 20200101000000 text/html 4", "2020-01-01T00:00:00Z"),
        (b"http://a.example/a b 1.2.3.4 20200101000000 text/html 4", "2020-01-01T00:00:00Z"),
        (b"http://a.example/ 1.2.3.4 20200101000000 text/html 200 sum - 20190101 f.arc 4", "2020-01-01T00:00:00Z"),
    ],
    ids=["version 1", "space in the address", "version 2, whose offset looks like a date"],
)
def test_line_of_an_arc_record_is_read_by_its_fields(tmp_path, line, date):
    path = tmp_path / "one.arc"
    path.write_bytes(ARC_HEAD + line + b"\nx\r\n\n")
    with path.open("rb") as file, catalogue(file) as known:
        [fault] = known.faults  # it holds no answer; but it was found
        assert fault.reason == "the record holds no answer of a web server"
    path.write_bytes(ARC_HEAD + line[:-1] + b"%d\n" % len(answer()) + answer() + b"\n")
    with path.open("rb") as file, catalogue(file) as known:
        [entry] = known.in_order()
        assert (entry.uri, entry.headers["warc-date"]) == (line.rpartition(b" 1.2.3.4")[0].decode(), date)


@pytest.mark.parametrize("kind", ["warc", "warc.gz", "wacz"])
def test_progress_is_the_place_in_the_file_as_it_lies_there(tmp_path, kind):
    told = []
    records = [response(f"https://news.example/{i}", body=PAGE * 2_000) for i in range(20)]
    whole = {
        "warc": b"".join,
        "warc.gz": lambda r: b"".join(map(gzip.compress, r)),
        "wacz": lambda r: wacz(b"".join(r)),
    }
    path = tmp_path / f"some.{kind}"
    path.write_bytes(whole[kind](records))
    around = Around(file_name=path.name, shown=path.name, progress=Progress(lambda p: told.append((p.step, p.done))))
    assert sum(isinstance(one, Page) for one in pages(path, around)) == 20
    assert [step for step, _ in told if step] == [f"checking {path.name}", f"looking through {path.name}"]
    done = [place for step, place in told if not step]
    assert len(done) == 20
    assert all(one <= other for one, other in pairwise(done))
    size = path.stat().st_size
    assert done[0] < size / 5 < size * 0.75 < done[-1] <= size


@pytest.mark.parametrize(
    ("suffix", "part"),
    [(".warc.gz", gzip.compress(b"", mtime=0)), (".warc.zst", zstandard.ZstdCompressor().compress(b""))],
)
def test_parts_with_nothing_in_them_come_to_an_end(tmp_path, monkeypatch, suffix: str, part: bytes) -> None:
    monkeypatch.setattr(archive_limits, "MOST_PARTS", 50)
    pack = gzip.compress if suffix.endswith("gz") else zstandard.ZstdCompressor().compress

    few = read_all(tmp_path / f"few{suffix}", part * 49 + pack(response()))
    many = read_all(tmp_path / f"many{suffix}", pack(response()) + part * 50 + pack(response("https://b.example/")))

    assert [type(one) for one in few] == [Page]
    assert [type(one) for one in many] == [Page, Refusal]
    assert "compressed parts" in many[1].reason
