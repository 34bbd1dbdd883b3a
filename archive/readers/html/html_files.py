"""Pages saved as files, and pages and pieces of pages that came under another name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.page_size import LARGEST_PAGE
from archive.readers.building import Around, Received, build
from archive.readers.html import bounded
from archive.readers.html.page_records import address_of, drawing_of, record_of_page, stated_by
from archive.readers.html.tree import UnreadablePageError
from archive.readers.opening import open_regular
from archive.readers.page import Page
from archive.readers.record import Record, Refusal

SAVED_AS_TEXT = "it is a web page and was read as one"
TAGS_IN_TEXT = "its text has HTML tags and was read without them"
_BEFORE = r"(?:\ufeff|\s|<\?xml[^>]{0,200}\?>|<!--(?:(?!-->).){0,2000}-->)*"
_PAGE = re.compile(_BEFORE + r"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(
    _BEFORE + r"<(p|div|article|section|main|h[1-6]|span|table|ul|ol|figure|blockquote|strong|em)\b[^<>]{0,1000}>",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPH_ENDS = re.compile(r"</p>|<br\s*/?>", re.IGNORECASE)
MANY = 3  # ends of paragraphs in a text that does not begin with a tag


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read a .html file as one article. Raises `UnreadableFileError`."""
    with open_regular(path, largest=LARGEST_PAGE) as file:
        raw = file.read(LARGEST_PAGE + 1)
    yield record_of_page(Page(body=raw, raw=raw, media_type="text/html"), around)


def is_page(text: str) -> bool:
    """Whether a text is the source of a whole web page."""
    return bool(_PAGE.match(text[:5_000]))


def has_tags(text: str) -> bool:
    """Whether a text is HTML: a page, a piece that begins with an element that is closed, or several paragraphs."""
    if is_page(text):
        return True
    piece = _PIECE.match(text[:5_000])
    if piece and re.search(f"</{piece[1]}\\s*>", text, re.IGNORECASE):
        return True
    return len(_PARAGRAPH_ENDS.findall(text[:200_000])) >= MANY


def build_cell(text: str, stated: Mapping[str, Any], received: Received, around: Around) -> Record | Refusal:
    """`archive.readers.building.build` for a text that may be HTML: what the row states outranks what a page does."""
    if not has_tags(text):
        return build(text, stated, received, around)
    whole = is_page(text)
    address = str(stated.get("url") or "") or address_of(None, around)
    try:
        proposal = bounded.propose(text, address, is_piece=not whole)
    except UnreadablePageError as error:
        return Refusal(around.locator(received.position), str(error))
    note = SAVED_AS_TEXT if whole else TAGS_IN_TEXT
    read = replace(received, drawing=drawing_of(proposal), notes=(*received.notes, note))
    if whole:
        read = replace(read, extractor=proposal["extractor"])
    known = {name: value for name, value in stated.items() if value is not None and str(value).strip()}
    return build(proposal["text"], {**(stated_by(proposal) if whole else {}), **known}, read, around)


def read_saved_as_text(raw: bytes, text: str, around: Around) -> Record | Refusal | None:
    """The record of a page that was saved as .txt or .md; None if `text` is no page."""
    if not is_page(text):
        return None
    return record_of_page(Page(body=raw, raw=raw, media_type="text/html", notes=(SAVED_AS_TEXT,)), around)
