"""A text as the eye reads it, with the way back: what a pasted quote may differ in and still be the same words."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

IGNORED = {"ـ", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u00ad", "\u2060", "\ufeff"}
SAME_AS = {
    **dict.fromkeys("“”„‟«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›`´ʼʻʿʾ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("ٱ", "ا"),
    **dict.fromkeys("ىیې", "ي"),
    **dict.fromkeys("ةە", "ه"),
    "ک": "ك",
}


class Folded(NamedTuple):
    """`text` without what is ignored; `origins[i]` is the place in the original, in code points, of `text[i]`."""

    text: str
    origins: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that lies under `text[start:end]`, which is not empty."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold case, white space, quotation marks, dashes, digits, vowel marks, hamza seats and compatibility forms."""
    chars: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        for folded in _fold_character(char):
            if folded == " " and chars and chars[-1] == " ":
                continue
            chars.append(folded)
            origins.append(index)
    return Folded("".join(chars), origins)


@lru_cache(maxsize=8192)
def _fold_character(char: str) -> str:
    if char.isspace():
        return " "
    if char in IGNORED:
        return ""
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    folded = "".join(_fold_part(part) for part in unicodedata.normalize("NFKD", SAME_AS.get(char, char)))
    return folded.replace(" ", "") or ""


def _fold_part(part: str) -> str:
    if unicodedata.category(part).startswith("M"):
        return ""
    return SAME_AS.get(part, part).casefold()
