"""Readable text as the archive keeps it: one normal form, made once, hashed, never changed after."""

import hashlib
import re
import unicodedata

from archive.text.graphemes import is_boundary

# Stored with each text; a change of the rules below is a new number.
NORMALISATION = "NFC+LF/1"

SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LINE_BREAK = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# C0 and C1 controls without TAB and LF, and the byte order mark wherever files were joined.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


def normalise(raw: str) -> str:
    """The text that is stored and that offsets count in.

    LF line breaks, no control characters but LF and TAB, no byte order marks, U+FFFD for lone surrogates,
    Unicode NFC. Joiners, directional marks and tatweel stay: they are invisible, but part of what was published.
    Applying it twice changes nothing.
    """
    text = SURROGATE_PAIR.sub(_joined_pair, raw)
    text = LONE_SURROGATE.sub("\ufffd", text)
    text = LINE_BREAK.sub("\n", text)
    text = UNWANTED.sub("", text)
    return unicodedata.normalize("NFC", text)


def sha256_of(text: str) -> str:
    """Hexadecimal SHA-256 of the UTF-8 of a normalised text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def excerpt(text: str, width: int = 280) -> str:
    """The beginning of a text on one line, at most `width` code points, cut between words and closed by "…"."""
    line = " ".join(text[: width * 8].split())
    if len(line) <= width:
        return line
    cut = line.rfind(" ", 0, width)
    if cut < width // 2:
        cut = width - 1
        while not is_boundary(line, cut):
            cut -= 1
    return line[:cut].rstrip(" ,;:،؛-–—") + "…"


def _joined_pair(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
