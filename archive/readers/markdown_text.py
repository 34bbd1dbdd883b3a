"""Markdown to the text that a reader would see, by rules that stay: the same document gives the same text.

Not a renderer. Each block between blank lines is stripped by itself: of images nothing stays, of links their words, of
emphasis, headings, quotations and code what they enclose, of lists the items with `-` or their number, of tables the
cells with ` | ` between them, of HTML its text. Line breaks stay where they were; more than one blank line becomes one.
A change of these rules is a new `VERSION`: texts that were stored keep theirs.
"""

import html
import re
from collections.abc import Callable

VERSION = "markdown/1"

# Characters that mark a stretch as settled while the rest is stripped: from a private use area, dropped from the input.
_OPEN, _CLOSE = "\ue000", "\ue001"
_KEPT = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|iframe|svg|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*\S+(?:[ \t]+[\"'(][^\n]*[\"')])?[ \t]*$", re.MULTILINE)
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){2,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={2,}[ \t]*)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*")
_QUOTATION = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"([ \t]*)[*+-][ \t]+(?:\[[ xX]\][ \t]+)?")

_SETTLED = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`].*?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>",
    re.DOTALL,
)
_BREAK = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ADDRESS = r"\([ \t]*(?:<[^<>\n]*>|(?:[^()\s<]|\([^()\s]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
_SPACED_ADDRESS = r"\([ \t]*https?://[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # no Markdown, but meant as such
_TARGET = rf"(?:{_ADDRESS}|{_SPACED_ADDRESS}|\[[^\[\]]*\])"
_IMAGE = re.compile(rf"!\[[^\[\]]*\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]:?")
_EMPHASES = (
    re.compile(r"(?:\*\*|~~)(?=\S)([^*~]+?)(?<=\S)(?:\*\*|~~)"),
    re.compile(r"(?<!\w)__(?=\S)([^_]+?)__(?!\w)"),
    re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*"),
    # A closing `_` after a space is none in CommonMark, but is often left where people write from right to left.
    re.compile(r"(?<!\w)_(?=\S)([^_]+?)_(?!\w)"),
)


def strip(document: str) -> str:
    """Return the readable text of a Markdown document, without blank lines around it."""
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"{_OPEN}{len(kept) - 1}{_CLOSE}"

    document = document.replace("\r\n", "\n").replace("\r", "\n").replace(_OPEN, "").replace(_CLOSE, "")
    document = _FENCE.sub(lambda fence: keep(fence[2].rstrip("\n")), document)
    for unseen in (_COMMENT, _UNSEEN, _DEFINITION):
        document = unseen.sub("", document)
    blocks = re.split(r"\n(?:[ \t]*\n)+", document)
    text = "\n\n".join(filter(None, (_strip_block(block, keep) for block in blocks)))
    while _KEPT.search(text):  # what was kept may hold what was kept before it
        text = _KEPT.sub(lambda place: kept[int(place[1])], text)
    return text.strip("\n")


def _strip_block(block: str, keep: Callable[[str], str]) -> str:
    lines = [_QUOTATION.sub("", line, count=1) if _QUOTATION.match(line) else line for line in block.split("\n")]
    is_table = len(lines) > 1 and "|" in lines[1] and bool(_TABLE_RULE.fullmatch(lines[1]))
    if is_table:
        del lines[1]
    marked = "\n".join(_strip_line(line, is_table) for line in lines if is_table or not _RULE.fullmatch(line))
    inline = _strip_inline(marked, keep)
    # A line that only held an image or a tag has nothing left to show.
    shown = (line.rstrip(" \t\\") for line in inline.split("\n"))
    return "\n".join(line for line in shown if line.strip(" \t-"))


def _strip_line(line: str, is_table: bool) -> str:
    if is_table:
        cells = line.strip().removeprefix("|").removesuffix("|").split("|")
        return " | ".join(cell.strip() for cell in cells)
    if heading := _HEADING.fullmatch(line):
        return heading[1]
    if bullet := _BULLET.match(line):
        return f"{bullet[1]}- {line[bullet.end() :]}"
    return line.strip(" \t")


def _strip_inline(text: str, keep: Callable[[str], str]) -> str:
    text = _SETTLED.sub(lambda found: keep(found["escaped"] or found["code"] or found["address"]), text)
    text = _BREAK.sub("\n", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _NOTE.sub(r"[\1]", text)
    text = _TAG.sub("", text)
    for emphasis in _EMPHASES:
        text = emphasis.sub(r"\1", text)
    return html.unescape(text)
