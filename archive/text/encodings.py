"""From the bytes of a file to characters, with a record of how the encoding was known."""

import codecs
import re
from typing import Final, Literal, NamedTuple

from charset_normalizer import from_bytes

How = Literal["byte order mark", "declared", "utf-8", "repaired", "guessed"]
REPAIRED: Final = "repaired"  # UTF-8 but for a few bytes, in whose place stands U+FFFD
GUESSED: Final = "guessed"


class Decoded(NamedTuple):
    """`text` is not yet normalised; `encoding` is Python's name of the codec."""

    text: str
    encoding: str
    how: How


class DecodeError(ValueError):
    """The bytes are not a text in any encoding that can be told."""


# UTF-32 first: its little-endian mark begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC_NUMBERS = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BZh", b"\xfd7zXZ",
    b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"RIFF", b"SQLite format 3",
)  # fmt: skip
SNIFFED_BYTES = 8192
# Declared names that mean a character set; Python also knows "unicode_escape" and the like, which do not.
CHARACTER_SET = re.compile(
    r"ascii|utf-(?:8|16|32)|cp\d+|iso8859|koi8|mac-|gb|big5|hz|euc_|shift_jis|iso2022|tis-620|johab"
)
SINGLE_BYTE = re.compile(r"ascii|cp125\d|iso8859|koi8|mac-")
# The Encoding Standard reads these labels as their Windows supersets: https://encoding.spec.whatwg.org/#names-and-labels
SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}

TYPOGRAPHIC = "“”‘’„‚«»‹›–—…•·°§©®€£\u00a0"
WESTERN = {
    "cp1252": frozenset(TYPOGRAPHIC + "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÛÜ¿¡"),
    "cp1254": frozenset(TYPOGRAPHIC + "çğıöşüâîûÇĞİÖŞÜÂÎÛ"),
}

# The last range: French letters that Windows-1256 keeps beside the Arabic ones.
WORD = re.compile(r"[\u0621-\u06d3a-zA-Zà-ÿŒœƒ]+")
ARABIC_LETTER = re.compile(
    r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2]"
)
LATIN_LETTER = re.compile(r"[a-zA-Zà-ÿŒœƒ]")
ALEF_LAM_YA = re.compile(r"[اليى]")


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Read bytes as text: byte order mark, declared encoding, UTF-8 (a few bad bytes are repaired), then a guess.

    The mark outranks the declaration, as in the Encoding Standard. A declared single-byte encoding
    can decode anything, so bytes that are valid UTF-8 beyond ASCII are read as UTF-8 in spite of it.
    Raises DecodeError when nothing fits, or when the bytes are those of a binary format.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark) and (text := _try(raw[len(mark) :], encoding)) is not None:
            return Decoded(text, encoding, "byte order mark")
    utf8 = _try(raw, "utf-8")
    codec = codec_named(declared)
    if codec and not (utf8 is not None and SINGLE_BYTE.match(codec)):
        text = _try(raw, codec)
        if text is not None and "\0" not in text:
            return Decoded(text, codec, "declared")
    if looks_binary(raw):
        raise DecodeError("This is not a text file: it has the bytes of a binary format.")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    return _repaired(raw) or _guess(raw, declared)


def decode_as(raw: bytes, name: str) -> Decoded:
    """Read bytes in the encoding that a person names, and in no other, but for a byte order mark and, where the name is
    of a single-byte encoding, for bytes that are UTF-8 beyond ASCII. Raises DecodeError when it does not fit."""
    codec = codec_named(name)
    if codec is None:
        raise DecodeError(f"{name} is not the name of an encoding.")
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark) and (text := _try(raw[len(mark) :], encoding)) is not None:
            return Decoded(text, encoding, "byte order mark")
    utf8 = None if raw.isascii() or not SINGLE_BYTE.match(codec) else _try(raw, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    text = _try(raw, codec)
    if text is None or "\0" in text:
        raise DecodeError(f"The file is not {name}.")
    return Decoded(text, codec, "declared")


def is_worth_repair(good: int, bad: int) -> bool:
    """Whether bytes are UTF-8 with a few bad ones, from the characters beyond ASCII in it and the places that are none.

    In another encoding hardly ever two characters beyond ASCII make a good sequence of UTF-8, and never most of them.
    """
    return good >= 2 and bad <= good


def _repaired(raw: bytes) -> Decoded | None:
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return Decoded(text, "utf-8", REPAIRED) if is_worth_repair(good, wrong) else None


def looks_binary(raw: bytes) -> bool:
    """Whether the first 8 kB are those of an archive, image, PDF or program and not of a text."""
    head = raw[:SNIFFED_BYTES]
    if any(head.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return False
    if head.startswith(MAGIC_NUMBERS) or b"\0" in head:
        return True
    controls = sum(byte < 0x20 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in head)
    return controls > len(head) / 20


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def codec_named(declared: str | None) -> str | None:
    """Python's name of the codec that a declaration means; None for one that is unknown or no character set."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = SUPERSETS.get(name, name)
    return name if CHARACTER_SET.match(name) else None


def _guess(raw: bytes, declared: str | None) -> Decoded:
    # A detector of encodings sees Arabic in Windows-1256 as Kazakh or Greek when the text is short: try it first.
    for encoding in ("cp1256", "iso8859-6"):
        text = _try(raw, encoding)
        if text is not None and _reads_as_arabic(text):
            return Decoded(text, encoding, "guessed")
    for encoding, letters in WESTERN.items():
        text = _try(raw, encoding)
        if text is not None and _reads_as_western(text, letters):
            return Decoded(text, encoding, "guessed")
    best = from_bytes(raw).best()
    if best is None:
        said = f" (it was declared as {declared})" if declared else ""
        raise DecodeError(f"The encoding of this file cannot be told{said}. Save it as UTF-8 and try again.")
    return Decoded(str(best), best.encoding, "guessed")


def _reads_as_western(text: str, letters: frozenset[str]) -> bool:
    """Whether a text is mostly ASCII, and what is not is usual in the languages of its encoding."""
    sample = text[:20_000]
    others = [char for char in sample if not char.isascii()]
    return len(others) <= len(sample) * 0.25 and letters.issuperset(others)


def _reads_as_arabic(text: str) -> bool:
    """Whether words are Arabic throughout: a wrong single-byte table mixes Arabic and French letters within words."""
    sample = text[:20_000]
    letters = len(ARABIC_LETTER.findall(sample))
    if letters < 3 or len(ALEF_LAM_YA.findall(sample)) < letters * 0.15:
        return False
    words = [word for word in WORD.findall(sample) if ARABIC_LETTER.search(word)]
    mixed = sum(bool(LATIN_LETTER.search(word)) for word in words)
    return mixed <= len(words) * 0.03
