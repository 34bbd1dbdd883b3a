"""Words that run against the text around them, set apart so that their brackets, digits and stops stay with them.

Unicode's isolates (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates) do in plain text what `<bdi>`
does in HTML.
"""

import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
AGAINST = {"ltr": frozenset({"R", "AL"}), "rtl": frozenset({"L"})}


def set_apart(text: str, direction: str) -> str:
    """Return ``text`` as a sentence of that direction (`ltr`, `rtl`) can hold it: as it is where nothing runs against
    it, else between an isolate and its end."""
    if any(unicodedata.bidirectional(char) in AGAINST[direction] for char in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text
