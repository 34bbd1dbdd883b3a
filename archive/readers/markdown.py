"""Markdown with or without front matter: one article a file."""

import re
from collections.abc import Iterator
from pathlib import Path

from archive.readers import front_matter, markdown_text
from archive.readers.building import Around, Received, build
from archive.readers.files import read_text
from archive.readers.record import Record, Refusal

_TOP_HEADING = re.compile(r"^# +(\S.*?)(?: +#+)?[ \t]*$", re.MULTILINE)


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .md file as one article, titled by its front matter or else by its first top heading.

    Raises `UnreadableFileError`.
    """
    raw, document, encoding = read_text(path)
    stated, body = front_matter.split(document.replace("\0", ""))
    heading = _TOP_HEADING.search(body[:5000])
    if not stated.get("title") and heading:
        stated["title"] = markdown_text.strip(heading[1])
    received = Received(raw=raw, media_type="text/markdown", encoding=encoding, extractor=markdown_text.VERSION)
    yield build(markdown_text.strip(body), stated, received, around)
