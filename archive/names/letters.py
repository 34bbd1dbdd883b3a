"""One table of letters for everything that compares text in two scripts: names, mentions, search.

`fold_characters` maps a text to its plain letters and keeps, for each letter, where in the original it stood,
so that what is found in the folded text can be marked in the text as published.
"""

import re
import unicodedata

ARABIC_FOLDS = {
    "ٱ": "ا",  # alef wasla; the other alefs and the hamza seats lose their mark by decomposition
    "ى": "ي",  # alef maksura, written for a final ya and for a final a alike
    "ی": "ي",  # the Farsi letters are what many Arabic keyboards and converters produce
    "ې": "ي",
    "ێ": "ي",
    "ے": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ة": "ه",  # ta marbuta and ha are confused at the end of words
    "ۃ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ں": "ن",
    "ڕ": "ر",
    "ۆ": "و",
    "ۇ": "و",
    "ۋ": "و",
}
LATIN_FOLDS = {  # letters that carry no combining mark and so survive decomposition
    "ı": "i",
    "ɩ": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ə": "e",
    "ɣ": "gh",
    "ɛ": "e",
}
AIN_AND_HAMZA = frozenset("ʿʾʼʻʽˈˌʹʺˀˁ׳״")  # what transliterations write for ع and ء
APOSTROPHES = frozenset("'’‘‛`´′＇")
JOINERS = frozenset("-‐‑‒–—_−")  # written between the parts of one name
TATWEEL = "ـ"

_MARK_BLOCKS = (
    (0x0300, 0x036F),  # combining diacritical marks of Latin
    (0x0610, 0x061A),  # Arabic honorifics
    (0x064B, 0x065F),  # harakat; also the hamza and madda that decomposition takes off their seats
    (0x0670, 0x0670),  # dagger alef
    (0x06D6, 0x06DC),  # Quranic signs
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)
# An apostrophe inside a word belongs to a name (Ma'arrat), except before a possessive s.
_INNER_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{''.join(sorted(APOSTROPHES))}](?=[^\W\d_])(?![sS]\b)")


def _is_dropped(character: str) -> bool:
    point = ord(character)
    return (
        character == TATWEEL
        or character in AIN_AND_HAMZA
        or unicodedata.category(character) == "Cf"  # zero-width and bidirectional controls, soft hyphen
        or any(first <= point <= last for first, last in _MARK_BLOCKS)
    )


def _fold_character(character: str) -> str:
    if character in APOSTROPHES:  # compatibility would turn ´ into a space
        return "'"
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = unicodedata.normalize("NFC", "".join(c for c in decomposed if not _is_dropped(c)))
    return "".join(_map_letter(c) for c in kept)


def _map_letter(character: str) -> str:
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    return ARABIC_FOLDS.get(character) or LATIN_FOLDS.get(character, character)


class _FoldTable(dict[str, str]):
    """Folded form of each character, worked out at its first use."""

    def __missing__(self, character: str) -> str:
        return self.setdefault(character, _fold_character(character))


_TABLE = _FoldTable()


class _PointTable(dict[int, str]):
    """The same for `str.translate`, which asks by code point."""

    def __missing__(self, point: int) -> str:
        return self.setdefault(point, _TABLE[chr(point)])


_BY_POINT = _PointTable()


def fold_characters(text: str) -> tuple[str, list[int]]:
    """The text in plain letters, and for each of its code points the index of the original code point.

    Lower case; without Latin diacritics, Arabic vowel marks, tatweel, signs for ain and hamza, apostrophes inside
    words, zero-width and bidirectional controls; alef, ya, kaf, ha and hamza seats unified; every decimal digit in
    ASCII. Spaces, line breaks and punctuation stay. One character may become several or none; the offsets never
    decrease and `len(offsets) == len(folded)`.
    """
    dropped = (
        {inner.start() for inner in _INNER_APOSTROPHE.finditer(text)} if not APOSTROPHES.isdisjoint(text) else set()
    )
    uneven = {character for character in set(text) if len(_TABLE[character]) != 1}
    if not dropped and not uneven:  # most texts by far: letter for letter
        return text.translate(_BY_POINT), list(range(len(text)))
    pieces = [_TABLE[character] for character in text]
    for index in dropped:
        pieces[index] = ""
    return "".join(pieces), [index for index, piece in enumerate(pieces) for _ in piece]


class _ScriptTable(dict[str, str]):
    """Script of each letter, worked out at its first use; empty for what is no letter."""

    def __missing__(self, character: str) -> str:
        script = ""
        if character.isalpha() and character not in AIN_AND_HAMZA:
            name = unicodedata.name(character, "")
            script = "Latn" if name.startswith("LATIN") else "Arab" if name.startswith("ARABIC") else "Zzzz"
        return self.setdefault(character, script)


_SCRIPTS = _ScriptTable()


def script_of(text: str) -> str:
    """The ISO 15924 code of the script of most letters: `Latn`, `Arab`, `Zyyy` without letters, else `Zzzz`."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else "Zyyy"
    counts = {"Latn": 0, "Arab": 0, "Zzzz": 0}
    for character in text:
        if script := _SCRIPTS[character]:
            counts[script] += 1
    if not any(counts.values()):
        return "Zyyy"
    return max(counts, key=lambda script: counts[script])
