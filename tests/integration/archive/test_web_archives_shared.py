"""Real web archives of two other projects: each ends as its name says, and a second reader finds the same bytes."""

import gzip
from contextlib import suppress
from hashlib import sha256
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator

from archive.readers.building import Around
from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from archive.readers.record import PassedOver, Refusal
from archive.readers.warc import pages

pytestmark = pytest.mark.shared
# How many pages each file has, and what is said beside them (a part of each reason).
GOOD = {
    "py-wacz/example-collection-with-lists.warc": 6,
    "py-wacz/example-collection.warc": 1,
    "py-wacz/example-iana.warc": 7,
    "py-wacz/example-resource.warc.gz": 2,
    "py-wacz/example-warcinfo-metadata.warc": 1,
    "py-wacz/valid_example_1.wacz": 1,
    "py-wacz/valid_example_2.wacz": 1,
    "py-wacz/valid_signed_example_1.wacz": 2,
    "py-wacz/invalid_signed_example_1.wacz": 2,
    "warcio/example-bad-non-chunked.warc.gz": 2,
    "warcio/example-iana.org-chunked.warc": 1,
    "warcio/example-resource.warc.gz": 1,
    "warcio/example-space-in-url.arc": 1,
    "warcio/example-wget-bad-target-uri.warc.gz": 1,
    "warcio/example.arc": 1,
    "warcio/example.arc.gz": 1,
    "warcio/example.warc": 2,
    "warcio/example.warc.gz": 2,
}
BROKEN = {
    "py-wacz/invalid_example_1.wacz": "no web archive in its folder",
    "warcio/bad.arc": "not a line of an ARC record",
    "warcio/example-digest.warc": "no web page",
    "warcio/example-space-in-target-uri.warc.gz": "no web page (1 image/png)",
    "warcio/example-trunc.warc": "cut off",
    "warcio/example-wrong-chunks.warc.gz": "not as long as it says",
    "warcio/post-test.warc.gz": "no web page (3 application/json)",
}


def read(shared, name):
    path = shared.resolve() / "data/warc" / name
    try:
        return list(pages(path, Around(file_name=path.name, shown=name)))
    except UnreadableFileError as error:
        return [Refusal(name, str(error))]


def test_every_file_is_spoken_for(shared):
    folder = shared / "data/warc"
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*.*")}
    others = {name for name in files if not name.endswith((".warc", ".arc", ".gz", ".wacz"))}
    assert files - others == {*GOOD, *BROKEN}
    assert {name.rpartition("/")[2] for name in others} == {".gitignore", "example-bad.warc.gz.bad"}


@pytest.mark.parametrize("name", GOOD)
def test_good_file_gives_its_pages(shared, name):
    found = read(shared, name)
    assert [type(one) for one in found if not isinstance(one, PassedOver)] == [Page] * GOOD[name]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_refused_with_its_reason(shared, name):
    refused = [one for one in read(shared, name) if isinstance(one, Refusal)]
    assert any(BROKEN[name] in one.reason for one in refused), refused


def test_invalid_signature_is_told_from_the_valid_one(shared):
    valid, invalid = (read(shared, f"py-wacz/{which}_signed_example_1.wacz")[0] for which in ("valid", "invalid"))
    assert valid.provenance.settings["wacz_signature"].startswith(
        "signed by btrix-sign-test.webrecorder.net, 2022-01-18"
    )
    assert valid.provenance.warnings == ()
    assert "no known authority vouches for" in invalid.provenance.settings["wacz_signature"]
    assert invalid.provenance.warnings


@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith((".warc", ".warc.gz"))])
def test_second_reader_finds_the_same_payloads(shared, name):
    data = (shared / "data/warc" / name).read_bytes()
    theirs = set()
    packed = gzip.decompress(data) if name.endswith(".gz") else data
    for coding in ("transfer", "all"):  # it decodes by itself, our rules are not asked
        with suppress(OSError):  # one file says gzip and holds the body decoded
            for one in ArchiveIterator(BytesIO(packed), parse_http=True, auto_decode=coding):
                theirs.add(sha256(one.reader.read()).hexdigest())
    ours = [one.provenance.payload_sha256 for one in read(shared, name) if isinstance(one, Page)]
    assert ours
    assert set(ours) <= theirs
