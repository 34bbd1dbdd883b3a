"""Web archives of two other projects: each ends as its name says, and a second reader finds the same bytes."""

import gzip
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from archive.readers.building import Around
from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from archive.readers.record import PassedOver, Refusal
from archive.readers.warc import pages

TITLE = "Web archives"
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "warc"
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


def read(name: str) -> list[Page | Refusal]:
    """What the reader makes of one of the files."""
    path = FOLDER.resolve() / name
    try:
        return list(pages(path, Around(file_name=path.name, shown=name)))
    except UnreadableFileError as error:
        return [Refusal(name, str(error))]


def is_as_named(name: str) -> bool:
    """Whether a good file gives its pages and nothing else, and a broken one its reason."""
    found = read(name)
    if name in GOOD:
        return [type(one) for one in found if not isinstance(one, PassedOver)] == [Page] * GOOD[name]
    return any(BROKEN[name] in one.reason for one in found if isinstance(one, Refusal))


def payloads(name: str) -> Iterator[str]:
    """SHA-256 of each payload that the second reader finds, decoded by its own rules, and of each as transferred."""
    data = (FOLDER / name).read_bytes()
    packed = gzip.decompress(data) if name.endswith(".gz") else data
    for coding in ("transfer", "all"):
        with suppress(OSError):  # one file says gzip and holds the body decoded
            for one in ArchiveIterator(BytesIO(packed), parse_http=True, auto_decode=coding):
                yield sha256(one.reader.read()).hexdigest()


def run() -> tuple[list[str], bool]:
    """The report, and whether every file ends as its name says and the payloads are the same."""
    wrong = [name for name in (*GOOD, *BROKEN) if not is_as_named(name)]
    compared = [name for name in GOOD if name.endswith((".warc", ".warc.gz"))]
    ours = {name: {one.provenance.payload_sha256 for one in read(name) if isinstance(one, Page)} for name in compared}
    missing = {name: len(ours[name] - set(payloads(name))) for name in compared}
    files, found = len(GOOD) + len(BROKEN), sum(map(len, ours.values()))
    named = f"- {files - len(wrong)} of {files} files end as their names say"
    same = f"- {found - sum(missing.values())} of {found} payloads in {len(compared)} files are found by fastwarc too"
    lines = [f"{named}; not: {', '.join(wrong)}" if wrong else named, same]
    return lines, not wrong and not any(missing.values())
