"""What readers may read of a text: all of it, only what is cited with a little context, or nothing."""

from collections.abc import Iterable, Sequence

from archive.text.sentences import sentences

CONTEXT = 32
LONGEST_CONTEXT = 240
LONGEST_WORD = 40

Span = tuple[int, int]


def excerpts(text: str, cited: Iterable[Span], context: int = CONTEXT, longest: int = LONGEST_CONTEXT) -> list[Span]:
    """Return the stretches that hold the cited spans with at least ``context`` code points around each.

    Sorted and apart; widened to whole sentences where these end within ``longest`` code points, else to whole words.
    All positions are code points.
    """
    widened = sorted(widen(text, start, end, context, longest) for start, end in cited)
    apart: list[Span] = []
    for start, end in widened:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((start, end))
    return apart


def widen(text: str, start: int, end: int, context: int, longest: int) -> Span:
    """Widen a span by its context and on to where sentences begin and end; or, if that is too far, words."""
    first, last = max(0, start - context), min(len(text), end + context)
    low, high = max(0, start - longest), min(len(text), end + longest)
    spans = [(low + begin, low + stop) for begin, stop in sentences(text[low:high])]
    # What stands at an edge of the window may be the rest of a sentence, or its beginning.
    begins = [begin for begin, _stop in (spans if low == 0 else spans[1:]) if begin <= first]
    stops = [stop for _begin, stop in (spans if high == len(text) else spans[:-1]) if stop >= last]
    words = whole_words(text, first, last)
    return max(begins, default=0 if low == 0 else words[0]), min(stops, default=words[1])


def whole_words(text: str, first: int, last: int) -> Span:
    """Widen a span on to the next white space, no further than a long word."""
    for _step in range(LONGEST_WORD):
        if first > 0 and not text[first - 1].isspace():
            first -= 1
        if last < len(text) and not text[last].isspace():
            last += 1
    return first, last


def readable(text: str, policy: str, cited: Sequence[Span]) -> list[Span]:
    """Return the spans that a source's text policy opens: ``full``, ``passages`` or ``reference``."""
    if policy == "full":
        return [(0, len(text))]
    return excerpts(text, cited) if policy == "passages" else []
