"""Ties a passage to its text, and finds it again: in the same text, from a pasted quote, in a later copy.

Offsets are code points, start included, end excluded, as in the W3C Web Annotation model.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from archive.text import alignment
from archive.text.drift import drifts
from archive.text.folding import fold
from archive.text.graphemes import snap, whole_words
from archive.text.normal_form import normalise

__all__ = ["Ambiguous", "Match", "Method", "Selector", "check", "describe", "find_quote", "reanchor", "snap"]

CONTEXT_LENGTH = 32
MAX_CANDIDATES = 50
AMBIGUOUS_BELOW = 0.05
FUZZY_FROM = 0.9
REVIEW_FROM = 0.6
AGREES_FROM = 0.5
# Words so like the quote are shown to a person, even in quite other surroundings.
ALIKE_FROM = 0.75
# So many characters that stand once in both texts are the same words, whatever stands around them.
UNMISTAKABLE = 60
# The weights with which Hypothesis ranks the places where a quote may be.
WEIGHTS = {"quote": 50, "prefix": 20, "suffix": 20, "position": 2}

# `same`: the text is the same; `exact`: the very characters; `folded`: the same words, typed otherwise;
# `fuzzy`: nearly the same words; `needs_review`: a person must look.
Method = Literal["same", "exact", "folded", "fuzzy", "needs_review"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A span of a text with its words and up to 32 code points on either side."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quote was found, how, and how well: `score` from 0 to 1."""

    start: int
    end: int
    method: Method
    score: float


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The quote stands in several places and its context does not tell which; best first, at most 50."""

    candidates: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the place of a quote, beside its words."""

    prefix: str
    suffix: str
    position: int | None

    def score(self, text: str, start: int, end: int, likeness: float) -> float:
        """Agreement from 0 to 1. What is not known carries no weight: it must not flatter a quote without context."""
        parts = {"quote": likeness}
        if self.prefix:
            parts["prefix"] = alignment.likeness(self.prefix, text[max(0, start - len(self.prefix)) : start])
        if self.suffix:
            parts["suffix"] = alignment.likeness(self.suffix, text[end : end + len(self.suffix)])
        if self.position is not None:
            parts["position"] = max(0.0, 1 - abs(start - self.position) / max(1, len(text)))
        return sum(WEIGHTS[part] * value for part, value in parts.items()) / sum(WEIGHTS[part] for part in parts)

    def agrees(self, text: str, start: int, end: int) -> bool:
        """Whether what stands before the place, or after it, is at least half as it was; nothing known agrees."""
        before, after = text[max(0, start - len(self.prefix)) : start], text[end : end + len(self.suffix)]
        known = [(self.prefix, before), (self.suffix, after)]
        return not (self.prefix or self.suffix) or any(
            expected.strip() and alignment.likeness(expected, found) >= AGREES_FROM for expected, found in known
        )


def describe(text: str, start: int, end: int) -> Selector:
    """The selector of `text[start:end]`. Raises ValueError unless `0 <= start < end <= len(text)`."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}–{end} is not a span of a text of {len(text)} characters.")
    prefix = text[max(0, start - CONTEXT_LENGTH) : start]
    return Selector(start, end, text[start:end], prefix, text[end : end + CONTEXT_LENGTH])


def check(text: str, selector: Selector) -> bool:
    """Whether the selector's words and context stand in the text where it says."""
    start, end = selector.start, selector.end
    return (
        0 <= start < end <= len(text)
        and text[start:end] == selector.exact
        and text.endswith(selector.prefix, 0, start)
        and text.startswith(selector.suffix, end)
    )


def find_quote(
    text: str, quote: str, prefix: str = "", suffix: str = "", hint: int | None = None
) -> Match | Ambiguous | None:
    """Find a pasted quote: as it stands, then as the eye reads it, then nearly.

    `hint` is where the quote is believed to start, in code points. White space around the quote does not count.
    None when no place is at least 60 % like the quote.
    """
    quote = normalise(quote).strip()
    if not quote:
        return None
    context = _Context(normalise(prefix), normalise(suffix), hint)
    if starts := _occurrences(text, quote):
        return _choose(text, ((start, start + len(quote)) for start in starts), context, "exact")
    folded, folded_quote = fold(text), fold(quote).text.strip()
    if not folded_quote:
        return None
    if starts := _occurrences(folded.text, folded_quote):
        spans = (snap(text, *folded.span(start, start + len(folded_quote))) for start in starts)
        return _choose(text, dict.fromkeys(spans), context, "folded")
    found = alignment.best(folded_quote, folded.text)
    spans = (folded.span(start, end) for start, end in found.spans)
    return _nearly(text, quote, spans, found.likeness, context)


def reanchor(selector: Selector, old_text: str, new_text: str) -> Match | Ambiguous | None:
    """Find a passage of `old_text` again in another copy of its article; None when it is gone.

    Never silent about doubt: a number that differs, or a negation that came or went in the words or in their sentence,
    always needs a review, whatever the score; so do few words that stand in quite other surroundings.
    Raises ValueError when the passage is not in the old text where it says.
    """
    if not check(old_text, selector):
        raise ValueError("The passage is not in the text that it is said to be of.")
    if old_text == new_text:
        return Match(selector.start, selector.end, "same", 1.0)
    found = _elsewhere(selector, old_text, new_text)
    if not isinstance(found, Match) or found.method == "needs_review":
        return found
    has_drifted = drifts(old_text, (selector.start, selector.end), new_text, (found.start, found.end))
    return replace(found, method="needs_review") if has_drifted else found


def _elsewhere(selector: Selector, old_text: str, new_text: str) -> Match | Ambiguous | None:
    """Where the words are now, as far as letters tell."""
    length = len(selector.exact)
    with_context = selector.prefix + selector.exact + selector.suffix
    starts = _occurrences(new_text, with_context)
    if len(starts) == 1 and len(_occurrences(old_text, with_context)) == 1:
        start = starts[0] + len(selector.prefix)
        return Match(start, start + length, "exact", 1.0)
    context = _Context(selector.prefix, selector.suffix, selector.start)
    if starts := _occurrences(new_text, selector.exact):
        found = _choose(new_text, ((start, start + length) for start in starts), context, "exact")
        if isinstance(found, Ambiguous):
            return found
        before = len(_occurrences(old_text, selector.exact))
        is_unmistakable = length >= UNMISTAKABLE and len(starts) == before == 1
        is_like = is_unmistakable or context.agrees(new_text, found.start, found.end)
        # When one of several is no longer there, it may be the very one.
        if is_like and len(starts) >= before:
            return found
        return replace(found, method="needs_review", score=context.score(new_text, found.start, found.end, 1.0))
    best = alignment.best(selector.exact, new_text)
    span = (selector.start, selector.end)
    is_of_whole_words = whole_words(old_text, *span) == span
    spans = [whole_words(new_text, *one) for one in best.spans] if is_of_whole_words else best.spans
    return _nearly(new_text, selector.exact, spans, best.likeness, context)


def _occurrences(text: str, quote: str) -> list[int]:
    """Every start of `quote`, overlapping ones included."""
    starts: list[int] = []
    start = text.find(quote)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1)
    return starts


def _choose(text: str, spans: Iterable[tuple[int, int]], context: _Context, method: Method) -> Match | Ambiguous:
    matches = [Match(start, end, method, context.score(text, start, end, 1.0)) for start, end in spans]
    if len(matches) == 1:
        return Match(matches[0].start, matches[0].end, method, 1.0)
    at_hint = [match for match in matches if match.start == context.position]
    matches.sort(key=lambda match: (-match.score, match.start))
    if not context.prefix and not context.suffix and at_hint:
        return at_hint[0]
    return _clear_winner(matches)


def _clear_winner(matches: list[Match]) -> Match | Ambiguous:
    if len(matches) > 1 and matches[0].score - matches[1].score < AMBIGUOUS_BELOW:
        return Ambiguous(tuple(matches[:MAX_CANDIDATES]))
    return matches[0]


def _nearly(
    text: str, quote: str, spans: Iterable[tuple[int, int]], likeness: float, context: _Context
) -> Match | Ambiguous | None:
    """The best of the places that are equally like the quote, judged by context."""
    widened = dict.fromkeys(snap(text, *_trim(text, start, end)) for start, end in spans)
    matches = []
    for start, end in widened:
        score = context.score(text, start, end, likeness)
        if (score >= REVIEW_FROM or likeness >= ALIKE_FROM) and start < end:
            is_sure = score >= FUZZY_FROM and not drifts(quote, (0, len(quote)), text[start:end], (0, end - start))
            matches.append(Match(start, end, "fuzzy" if is_sure else "needs_review", score))
    if not matches:
        return None
    matches.sort(key=lambda match: (-match.score, abs(match.end - match.start - len(quote)), match.start))
    return _clear_winner(_apart(matches))


def _apart(matches: list[Match]) -> list[Match]:
    """Without the places that overlap a better one: the same place, cut a little otherwise."""
    kept: list[Match] = []
    for match in matches:
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
