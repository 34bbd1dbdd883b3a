"""Markdown with or without front matter: one article a file."""

import re
from collections.abc import Iterator
from pathlib import Path

from archive.readers import front_matter, markdown_text
from archive.readers.building import Around, Received, build
from archive.readers.decoding import read_text
from archive.readers.html.html_files import read_saved_as_text
from archive.readers.record import Record, Refusal

_TOP_HEADING = re.compile(r"^# +(\S.*?)(?: +#+)?[ \t]*$", re.MULTILINE)


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .md file as one article, titled by its front matter or else by its first top heading.

    Raises `UnreadableFileError`.
    """
    document = read_text(path, around.encoding)
    if (page := read_saved_as_text(document.raw, document.text, around)) is not None:
        yield page
        return
    stated, body = front_matter.split(document.text.replace("\0", ""))
    heading = _TOP_HEADING.search(body[:5000])
    if not stated.get("title") and heading:
        stated["title"] = markdown_text.strip(heading[1])
    received = Received(
        raw=document.raw,
        media_type="text/markdown",
        encoding=document.encoding,
        extractor=markdown_text.VERSION,
        notes=document.notes,
    )
    yield build(markdown_text.strip(body), stated, received, around)
