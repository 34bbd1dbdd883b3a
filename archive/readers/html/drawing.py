"""The readable text of a page: paragraphs apart by an empty line, captions kept and marked as such."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import trafilatura
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from archive.readers.html.tree import AGAIN, BEGIN, BLOCKS, END
from archive.text import normalise

EXTRACTOR = f"trafilatura/{trafilatura.__version__}"
SETTINGS = {"favor_precision": True, "include_comments": False, "include_tables": True, "deduplicate": False}
OUR_RULES = "html/1"
PLAIN = "visible text"
_KEPT_TOGETHER = ("hi", "ref", "del", "span", "graphic", "code", "a", "b", "i", "em", "strong")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


class Drawn(NamedTuple):
    """`text` is normalised; `captions` are its spans in code points; `how` says which rules drew it."""

    text: str
    captions: tuple[tuple[int, int], ...]
    how: str


def draw(tree: HtmlElement) -> Drawn:
    """The main text of a page that is prepared (`archive.readers.html.tree.prepare`); all of it if none stands out."""
    options: dict[str, Any] = dict(SETTINGS)
    document = bare_extraction(tree, with_metadata=False, **options)
    body = getattr(document, "body", None)
    blocks = list(_blocks(body)) if body is not None else []
    if any(c.isalnum() for block in blocks for c in block):
        return _join(blocks, EXTRACTOR)
    return draw_all(tree)


def draw_all(tree: HtmlElement) -> Drawn:
    """All that is to be read on a page, as its text."""
    return _join(visible_blocks(tree), PLAIN)


def visible_blocks(tree: HtmlElement) -> list[str]:
    """All that is to be read on a page, block by block, links and menus among it."""
    body = tree.find("body")
    return list(_blocks(body if body is not None else tree, BLOCKS))


def _blocks(element: HtmlElement, tags: frozenset[str] | None = None) -> Iterator[str]:
    """Texts of paragraphs, headings, items and rows in their order."""
    pieces: list[str] = []
    for kind, text in _pieces(element, tags):
        if kind == "text":
            pieces.append(text)
            continue
        if kind == "line" and not _ends_with_line(pieces):
            pieces.append("\n")
            continue
        if block := _tidy("".join(pieces)):
            yield block
        pieces = []
    if block := _tidy("".join(pieces)):
        yield block


def _ends_with_line(pieces: list[str]) -> bool:
    """Whether a second line break in a row follows, which is drawn as a new paragraph."""
    last = next((piece for piece in reversed(pieces) if piece.strip(" \t")), "")
    return last == "\n"


def _pieces(root: HtmlElement, tags: frozenset[str] | None) -> Iterator[tuple[str, str]]:  # noqa: C901 - one walk
    """Walk without recursion: ("text", …), ("line", ""), ("block", "") at each beginning and end of one."""
    waiting: list[tuple[HtmlElement, bool]] = [(root, False)]
    while waiting:
        element, is_over = waiting.pop()
        if is_over:
            if _is_block(element, tags):
                yield "block", ""
            elif element.tag in ("td", "th", "cell"):
                yield "text", "\t"
            if element is not root and element.tail:
                yield "text", _SPACE.sub(" ", element.tail)
            continue
        if not isinstance(element.tag, str) or (element.tag == "head" and tags is not None):
            if element.tail and element is not root:
                yield "text", _SPACE.sub(" ", element.tail)
            continue
        if element.tag in ("lb", "br"):
            yield "line", ""
        elif _is_block(element, tags):
            yield "block", ""
        if element.text:
            keeps = element.tag in ("pre", "code") and "\n" in element.text
            yield "text", element.text.replace("\r", "") if keeps else _SPACE.sub(" ", element.text)
        waiting.append((element, True))
        waiting += [(child, False) for child in reversed(element)]


def _is_block(element: HtmlElement, tags: frozenset[str] | None) -> bool:
    if element.tag in ("td", "th", "cell"):
        return False
    return element.tag in tags if tags is not None else element.tag not in (*_KEPT_TOGETHER, "lb")


def _tidy(block: str) -> str:
    lines = (" ".join(_SPACE.sub(" ", part) for part in line.strip().split("\t") if part) for line in block.split("\n"))
    return "\n".join(line for line in (line.strip() for line in lines) if line)


def _join(blocks: list[str], how: str) -> Drawn:
    """Paragraphs with an empty line between them, and where captions stand once the text is normalised."""
    captions: list[tuple[int, int]] = []
    whole = normalise("\n\n".join(blocks).replace(AGAIN, "")).strip()
    pieces: list[str] = []
    length, begun = 0, -1
    for piece in re.split(f"([{BEGIN}{END}])", whole):
        if piece == BEGIN:
            begun = length
        elif piece == END:
            if begun >= 0 and length > begun:
                captions.append((begun, length))
            begun = -1
        else:
            pieces.append(piece)
            length += len(piece)
    text = "".join(pieces)
    again = normalise(text)
    return Drawn(text, tuple(captions), how) if again == text else Drawn(again, (), how)
