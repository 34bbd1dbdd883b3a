"""Where sentences begin and end in English and Arabic prose."""

import re
from collections.abc import Iterator

# A line break ends a sentence, as headlines and captions have no full stop; but a line in lower case goes on.
BLOCK = re.compile(r"[^\n]+(?:\n(?=[^\S\n]*[a-zß-öø-ÿ])[^\n]+)*")
# Ends, then what closes with them: quotation marks, brackets, directional marks.
END = re.compile("([.!?…؟۔。]+)[\"'”’»›)\\]}\u200c-\u200f\u061c]*")
LONGEST_WORD = 40
LAST_WORD = re.compile(r"(?:[^\W_]+\.)*[^\W_]+$")
NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([^\W_]*)")
ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
TITLES = "mr mrs ms dr prof st gen lt col maj capt sgt brig adm cmdr gov sen rep rev hon pres vs"
NUMBERED = "no nos fig vol pp art sec ch"
SHORTENED = "jr sr approx est dept univ inc ltd co corp bros al cf etc viz jan feb aug sept oct nov dec km hrs eds"
LONGEST_PIECE = 1_200  # code points of a sentence that is read as one; no sentence of prose is longer
OPENERS = "the a an in on at it he she they we i but and this that these those there when after"
NEVER_LAST, BEFORE_NUMBERS, SELDOM_LAST, SENTENCE_OPENERS = (
    frozenset(words.split()) for words in (TITLES, NUMBERED, SHORTENED, OPENERS)
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) in code points, in order, without the white space between them.

    Every character that is not white space lies in exactly one span.
    """
    spans = []
    for block in BLOCK.finditer(text):
        start, stop = block.span()
        for end in END.finditer(text, start, stop):
            if _is_end(text, start, stop, end):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, stop))
    return [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]


def short_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of `sentences`, those longer than `LONGEST_PIECE` cut between words: a text may have no full stop."""
    return [piece for start, end in sentences(text) for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        cut = text.rfind(" ", start + LONGEST_PIECE // 2, start + LONGEST_PIECE)
        cut = start + LONGEST_PIECE if cut < 0 else cut
        yield start, cut
        start = cut
    yield start, end


def _is_end(text: str, start: int, stop: int, end: re.Match[str]) -> bool:
    after = end.end()
    if after >= stop:
        return True
    last_word = LAST_WORD.search(text, max(start, end.start() - LONGEST_WORD), end.start())
    word = last_word[0] if last_word else ""
    if not text[after].isspace():
        # Arabic is often typed without a space after the full stop.
        is_glued = bool(ARABIC_LETTER.match(text[after])) and len(word) > 1 and bool(ARABIC_LETTER.match(word[-1]))
        return is_glued and not ACRONYM.fullmatch(word)
    opener = NEXT_WORD.match(text, after, stop)
    next_word = opener[1] if opener else ""
    if next_word[:1].islower():
        return False
    is_first = last_word is not None and not text[start : last_word.start()].strip(" \t(")
    return end[1] != "." or not _is_abbreviation(word, next_word, is_first=is_first)


def _is_abbreviation(word: str, next_word: str, *, is_first: bool) -> bool:
    """Whether a full stop after `word` belongs to it. `is_first`: nothing of the sentence stands before the word."""
    lower = word.lower()
    if ACRONYM.fullmatch(word) or lower in SELDOM_LAST:
        return next_word.lower() not in SENTENCE_OPENERS
    if lower in BEFORE_NUMBERS:
        return next_word.isdigit()
    is_initial = len(word) == 1 and word.isalpha() and word != "I"
    is_list_number = word.isdigit() and is_first
    return is_initial or is_list_number or lower in NEVER_LAST


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
