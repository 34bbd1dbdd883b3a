"""From the bytes of a page to characters: HTTP header, byte order mark, `<meta charset>`, then a guess."""

import re
from typing import NamedTuple

from archive.readers.decoding import notes_on
from archive.text import Decoded, DecodeError, decode
from archive.text.encodings import BYTE_ORDER_MARKS, codec_named

HEADER, MARK, META, GUESS, UTF_8 = "HTTP header", "byte order mark", "meta", "guess", "UTF-8"
HEAD = 4096  # bytes in which a page states its encoding
STRAY_NULS = 0.02  # of the bytes: dirt up to here, another format beyond
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_OF_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,500}>", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)


class ReadPage(NamedTuple):
    """`text` is not normalised; `encoding` is Python's name of the codec, `said_by` how it was known."""

    text: str
    encoding: str
    said_by: str
    notes: tuple[str, ...] = ()


def read_page(body: bytes, content_type: str = "", said: str = "") -> ReadPage:
    """Decode a page. `said` is what the person who imports says of the encoding; it outranks what the page says.

    A declaration that does not fit the bytes is passed over, and a note says so. Raises `archive.text.DecodeError`.
    """
    found = _OF_HEADER.search(content_type)
    declared = [
        (name, by)
        for name, by in ((said, "the importer"), (found[1] if found else "", HEADER), (in_meta(body), META))
        if codec_named(name)
    ]
    body = _without_nuls(body)
    wrong: list[str] = []
    for name, by in declared:
        try:
            decoded = decode(body, name)
        except DecodeError:
            break
        if decoded.how in ("declared", "byte order mark"):
            return _read(decoded, MARK if decoded.how == "byte order mark" else by, wrong)
        if decoded.encoding == codec_named(name):
            return _read(decoded, by, wrong)
        wrong.append(f"it is not {name.lower()}, as its {by} says" if by != "the importer" else f"it is not {name}")
        if decoded.how == "utf-8":
            return _read(decoded, UTF_8, [] if body.isascii() else wrong)
    decoded = decode(body)
    by = {"byte order mark": MARK, "guessed": GUESS}.get(decoded.how, UTF_8)
    return _read(decoded, by, wrong)


def in_meta(body: bytes) -> str:
    """The name of the encoding that the page states in its first bytes, "" if none. UTF-16 cannot be stated so."""
    head = _COMMENT.sub(b"", body[:HEAD])
    found = _XML.match(head.lstrip()) or next(
        (charset for meta in _META.findall(head) if (charset := _CHARSET.search(meta))), None
    )
    name = found[1].decode("ascii") if found else ""
    return "utf-8" if name.lower().startswith("utf-16") else name


def _read(decoded: Decoded, by: str, wrong: list[str]) -> ReadPage:
    return ReadPage(decoded.text, decoded.encoding, by, (*wrong, *notes_on(decoded)))


def _without_nuls(body: bytes) -> bytes:
    is_marked = any(body.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    return body if is_marked or body.count(b"\0") > len(body) * STRAY_NULS else body.replace(b"\0", b"")
