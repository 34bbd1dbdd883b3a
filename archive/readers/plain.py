"""Plain text: the whole file is the text; what it says about itself is found in its first lines."""

from collections.abc import Iterator
from pathlib import Path

from archive.readers.building import Around, Received, build
from archive.readers.files import read_text
from archive.readers.front_matter import head_lines
from archive.readers.record import Record, Refusal

EXTRACTOR = "plain/1"


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .txt file as one article. Raises `UnreadableFileError`."""
    raw, text, encoding = read_text(path)
    received = Received(raw=raw, media_type="text/plain", encoding=encoding, extractor=EXTRACTOR)
    yield build(text, head_lines(text), received, around)
