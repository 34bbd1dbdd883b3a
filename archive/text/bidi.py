"""Words that run against the text around them, set apart so that their brackets, digits and stops stay with them.

Unicode's isolates (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates) do in plain text what `<bdi>`
does in HTML.
"""

import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# Marks (LRM, RLM, ALM), embeddings and overrides with their end, isolates with theirs.
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_DIRECTIONS = str.maketrans("", "", DIRECTIONS)
AGAINST = {"ltr": frozenset({"R", "AL"}), "rtl": frozenset({"L"})}


def without_directions(line: str) -> str:
    """Return a title or a name without the invisible characters that turn the direction of writing.

    An override shows `exe.txt` as `txt.exe`, and a mark makes two names differ that look the same. Pages set titles and
    names apart by themselves. The joiners of Persian and Kurdish spelling stay.
    """
    return line.translate(_NO_DIRECTIONS)


def set_apart(text: str, direction: str) -> str:
    """Return ``text`` as a sentence of that direction (`ltr`, `rtl`) can hold it: as it is where nothing runs against
    it, else between an isolate and its end."""
    if any(unicodedata.bidirectional(char) in AGAINST[direction] for char in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text
