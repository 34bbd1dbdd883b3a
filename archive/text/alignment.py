"""The places in a text that are most like a quote, and how like they are."""

from typing import NamedTuple

import edlib
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

MAX_ERRORS = 256
# edlib holds a character in a byte: it raises ValueError for a quote and text with more distinct ones.
ALPHABET_SIZE = 256
# More places that are equally like the quote than any context could tell apart.
MAX_SPANS = 2000


class Alignment(NamedTuple):
    """Spans (code points) that are equally near to the quote; `likeness` = 1 - edits / length of the quote."""

    spans: list[tuple[int, int]]
    likeness: float


NOWHERE = Alignment([], 0.0)


def best(quote: str, text: str) -> Alignment:
    """Where the quote may stand with at most a third of it, and at most 256 characters, changed; else NOWHERE."""
    limit = min(MAX_ERRORS, len(quote) // 3)
    if not text or not limit:
        return NOWHERE
    if len(set(quote).union(text)) > ALPHABET_SIZE:
        return _best_of_many_characters(quote, text, limit)
    result = edlib.align(quote, text, mode="HW", task="locations", k=limit)
    distance = result["editDistance"]
    if distance < 0:
        return NOWHERE
    # The start is None for a location that is empty, which edlib places before the text.
    spans = [(start, end + 1) for start, end in result["locations"][:MAX_SPANS] if start is not None and end >= start]
    return Alignment(spans, 1 - distance / len(quote)) if spans else NOWHERE


def likeness(expected: str, found: str) -> float:
    """How like two strings are, from 0 to 1, as 1 - edits / length of the expected one."""
    if not expected:
        return 1.0
    return max(0.0, 1 - Levenshtein.distance(expected, found) / len(expected))


def _best_of_many_characters(quote: str, text: str, limit: int) -> Alignment:
    found = fuzz.partial_ratio_alignment(quote, text)
    if found is None or found.dest_start >= found.dest_end:
        return NOWHERE
    span = found.dest_start, found.dest_end
    distance = Levenshtein.distance(quote, text[slice(*span)])
    if distance > limit:
        return NOWHERE
    # It answers with a window as long as the quote: cut it to measure where so few characters let edlib do so.
    start, end = max(0, span[0] - distance), span[1] + distance
    if len(set(quote + text[start:end])) <= ALPHABET_SIZE:
        spans, score = best(quote, text[start:end])
        return Alignment([(start + first, start + last) for first, last in spans], score)
    return Alignment([span], 1 - distance / len(quote))
