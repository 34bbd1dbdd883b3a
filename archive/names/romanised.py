"""A name that was carried over letter by letter, back in Arabic letters: `Ḩuwaytah` as `حويته`. Pure.

Scholarly and map transliterations (BGN/PCGN, ALA-LC, DIN 31635) mark what plain letters lose: long vowels, the ain and
the emphatic consonants, by dots, cedillas and macrons. With those a spelling tells its Arabic nearly to the letter.
"""

import re
import unicodedata

from archive.names.keys import is_article, name_key

_SIGNS = re.compile("[‘`ʿʻ]")  # what stands for the ain; the hamza's signs are dropped as in every key
_MARKED = re.compile("[\u0304\u0327\u0323\u0331\u0302]")  # macron, cedilla, dot and line below, circumflex
_WORD = re.compile(r"[^\W_]+")
_LONG = re.compile(r"([aiu])[\u0304\u0302]")
_EMPHATIC = re.compile(r"([hstdz])[\u0327\u0323\u0331]")
_MARKS = re.compile("[\u0300-\u036f'’ʼʾ]")
_LONG_VOWELS = {"a": "ا", "i": "ي", "u": "و"}
_EMPHATICS = {"h": "ح", "s": "ص", "t": "ط", "d": "ض", "z": "ظ"}
_DIGRAPHS = {
    "kh": "خ",
    "sh": "ش",
    "ch": "ش",
    "th": "ث",
    "dh": "ذ",
    "gh": "غ",
    "rh": "غ",
    "ou": "و",
    "ay": "ي",
    "aw": "و",
}
_LETTERS = dict(zip("bdfhjklmnqrstwyz", "بدفهجكلمنقرستويز", strict=True))
_PIECE = re.compile("|".join([*_DIGRAPHS, "."]))
_FEMININE = re.compile("(?:ah|a|eh)$")
_OF = re.compile("at$")  # the feminine ending before the name that a word belongs to: Khirbat al-Qadi
_SILENT = re.compile("(?<=[bdfhjklmnqrstwyz])e$")  # in French transliterations: Harrâne
_FRENCH = (("e\u0301", "eh"), ("a\u0308", "ay"), ("[ae]i\u0308", "ay"), ("e\u0300", "e"))
_HAMZA_ON_ALEF = re.compile("a[’ʾʼ']")
_DOUBLED = re.compile(r"(.)\1+")
_YA_OF_BELONGING = re.compile("(?<=.)[iي]y(?=(?:ah|a|eh)$)")
_VOWEL = frozenset("aeiou")


def as_arabic(name: str) -> str:
    """The key of the Arabic name that a marked transliteration stands for; empty where it has no marks to go by."""
    plain = unicodedata.normalize("NFD", name.casefold())
    if not _SIGNS.search(plain) and not _MARKED.search(plain):
        return ""
    for pattern, letters in _FRENCH:
        plain = re.sub(pattern, letters, plain)
    plain = _HAMZA_ON_ALEF.sub("ا", _SIGNS.sub("ع", plain))
    plain = _EMPHATIC.sub(lambda match: _EMPHATICS[match[1]], plain)
    plain = _MARKS.sub("", _LONG.sub(lambda match: _LONG_VOWELS[match[1]], plain))
    words = _WORD.findall(plain)
    kept = [
        word
        for word, following in zip(words, [*words[1:], ""], strict=True)
        if not (len(word) <= 3 and is_article(_latin(word), _latin(following)))
    ]
    return name_key(" ".join(_word(word, is_last=at == len(kept) - 1) for at, word in enumerate(kept)))


def _latin(word: str) -> str:
    """A word whose letters that are in Arabic already are Latin again, for what is an article before it."""
    back = {arabic: latin for latin, arabic in _EMPHATICS.items()}
    return "".join(back.get(letter, letter) for letter in word)


def _word(word: str, *, is_last: bool) -> str:
    """A word without short vowels; an ending in a is the feminine one, a vowel at the beginning an alef."""
    word = _YA_OF_BELONGING.sub("ي", _SILENT.sub("", word))
    ending = _FEMININE if is_last or not _OF.search(word) else _OF
    body = ending.sub("", word) if len(word) > 2 else word
    pieces = _PIECE.findall(_DOUBLED.sub(r"\1", body))
    letters = (_DIGRAPHS.get(piece) or _LETTERS.get(piece, "" if piece.isascii() else piece) for piece in pieces)
    return ("ا" if body[:1] in _VOWEL else "") + "".join(letters) + ("ه" if body != word else "")
