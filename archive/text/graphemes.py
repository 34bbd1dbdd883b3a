"""Where one visible character ends and the next begins: the cases of UAX #29 that news texts hold; where words do."""

import unicodedata

JOINER = "\u200d"
LONGEST_WORD = 40  # code points
EXTENDING = frozenset("\u200c\u200d") | {chr(code) for code in (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))}
# Signs that enclose the number after them.
PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")


def is_boundary(text: str, index: int) -> bool:
    """Whether a selection may begin or end at `index` (code points) without cutting a grapheme cluster."""
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if before in "\n\t" or after in "\n\t":
        return True
    if after in EXTENDING or unicodedata.category(after).startswith("M") or before in PREPENDED:
        return False
    if before == JOINER and unicodedata.category(after) == "So":
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _flag_halves_before(text, index) % 2)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole grapheme clusters."""
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span that begins or ends inside a word to all of it; not in scripts that put no space between words."""
    first, last = start, end
    while 0 < first < len(text) and _is_inside(text, first):
        first -= 1
    while 0 < last < len(text) and _is_inside(text, last):
        last += 1
    return first if start - first <= LONGEST_WORD else start, last if last - end <= LONGEST_WORD else end


def _is_inside(text: str, index: int) -> bool:
    return _is_of_a_word(text[index - 1]) and _is_of_a_word(text[index])


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, index: int) -> int:
    count = 0
    while count < index and _is_flag_half(text[index - 1 - count]):
        count += 1
    return count
