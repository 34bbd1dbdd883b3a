"""The reader of web archives as the registry wants it."""

from collections.abc import Iterator
from pathlib import Path

from archive.readers.building import Around
from archive.readers.html import record_of_page
from archive.readers.record import Record, Refusal
from archive.readers.warc.web_archive import records

SUFFIXES = (".arc", ".arc.gz", ".wacz", ".warc", ".warc.gz", ".warc.zst")


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a web archive: one record a capture of a page. Raises `UnreadableFileError`."""
    yield from records(path, around, record_of_page)
