"""Which words of a text another one has too, wherever it has them: what was rewritten may stand in another order."""

import re
from collections.abc import Iterator

from archive.text.folding import fold
from archive.text.sketches import RUN

_WORD = re.compile(r"[^\W_]+")


def own_spans(text: str, other: str) -> list[tuple[int, int]]:
    """The stretches of a text, in code points, whose words are in no run of three that the other text has too."""
    folded = fold(text)
    words = [(match.group(), folded.span(*match.span())) for match in _WORD.finditer(folded.text)]
    known = set(_runs(_WORD.findall(fold(other).text)))
    is_shared = [False] * len(words)
    for place, run in enumerate(_runs([word for word, _span in words])):
        if run in known:
            is_shared[place : place + RUN] = [True] * RUN
    return list(_stretches([span for _word, span in words], is_shared))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def _stretches(spans: list[tuple[int, int]], is_shared: list[bool]) -> Iterator[tuple[int, int]]:
    """Neighbouring words that are not shared, as one stretch."""
    start: int | None = None
    end = 0
    for (first, last), both in zip(spans, is_shared, strict=True):
        if both and start is not None:
            yield start, end
            start = None
        elif not both:
            start = first if start is None else start
            end = last
    if start is not None:
        yield start, end
