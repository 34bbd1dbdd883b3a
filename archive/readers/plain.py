"""Plain text: the file is the text; its headline and dateline are found in it."""

from collections.abc import Iterator
from pathlib import Path

from archive.readers.building import Around, Received, build
from archive.readers.files import read_text
from archive.readers.record import Record, Refusal

EXTRACTOR = "plain/1"


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .txt file as one article. Raises `UnreadableFileError`."""
    raw, text, encoding = read_text(path)
    received = Received(raw=raw, media_type="text/plain", encoding=encoding, extractor=EXTRACTOR)
    yield build(text, {}, received, around)
