"""Plain text: the whole file is the text; what it says about itself is found in its first lines."""

from collections.abc import Iterator
from pathlib import Path

from archive.readers.building import Around, Received
from archive.readers.decoding import read_text
from archive.readers.front_matter import head_lines
from archive.readers.html.html_files import build_cell, read_saved_as_text
from archive.readers.record import Record, Refusal

EXTRACTOR = "plain/1"


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .txt file as one article, which may be a web page under that name. Raises `UnreadableFileError`."""
    read = read_text(path, around.encoding)
    if (page := read_saved_as_text(read.raw, read.text, around)) is not None:
        yield page
        return
    received = Received(
        raw=read.raw, media_type="text/plain", encoding=read.encoding, extractor=EXTRACTOR, notes=read.notes
    )
    yield build_cell(read.text, head_lines(read.text), received, around)
