"""Plain text in, text with marks out. This module, `archive.lists.facet_markup`, `incidents.maps` and
`incidents.lists.map.markup` alone may mark a string as safe.

What is returned is the content of an element. Its text equals the text that came in, character for character, so that
offsets counted in the browser are those of the database; the template puts nothing else into that element, no white
space either, and styles it `white-space: pre-wrap`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote as quote_url

from django.utils.html import escape
from django.utils.safestring import SafeString

from archive.text.excerpts import Span
from archive.text.sections import section_end

MAX_DEPTH = 3
BLOCK = 4_000  # code points
LONG = 5  # blocks; a longer text comes in blocks
LONGEST_LINE = 4  # blocks; a longer line is cut
ELLIPSIS = "…"
ONE_LINE = str.maketrans("\n\t", "  ")
SCRIPT_ESCAPES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to mark: its public id, its span in code points, and what a screen reader says of it."""

    id: str
    start: int
    end: int
    label: str = ""
    kind: str = ""  # a class of its own


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same passages, those that start here named apart."""

    start: int
    end: int
    passages: tuple[Mark, ...] = ()
    starting: tuple[Mark, ...] = ()


def render_passages(text: str, passages: Sequence[Mark], href: str = "", block: int = BLOCK) -> SafeString:
    """Mark passages with flat `<mark>` elements, one for each stretch under the same passages.

    Each carries `data-passages` (ids, space-separated) and its depth as class `d1`, `d2` or `d3`; an empty
    `<span id="p…" class="passage-start">` stands where a passage starts. With `href`, an address holding `{id}`, marks
    are links to the shortest passage over them. Labels are read out by way of `render_labels`, whose elements must be
    on the same page. Of a long text, whole lines of at least `block` code points stand in a `<div class="text-block">`
    each, so that a browser need not lay out what is not seen; a line that is much longer is cut behind a sentence or a
    word. Raises ValueError for a span outside the text or an id with white space.
    """
    linked: set[str] = set()
    html: list[str] = []
    blocks = _blocks(text, block) if len(text) > LONG * block else set()
    for segment in segments(text, passages, blocks):
        if segment.start in blocks:
            html.append('</div><div class="text-block">' if segment.start else '<div class="text-block">')
        content = _words(text, segment, blocks)
        if segment.passages:
            html += [f'<span id="p{escape(mark.id)}" class="passage-start"></span>' for mark in segment.starting]
            # A link without visible characters would have no name.
            if href and not text[segment.start : segment.end].isspace():
                content = _link(segment, href, content, linked)
            html.append(f"<mark{_attributes(segment)}>{content}</mark>")
        else:
            html.append(content)
    return SafeString("".join(html) + ("</div>" if blocks else ""))


def _words(text: str, segment: Segment, blocks: set[int]) -> str:
    """The text of a segment. The line break that ends a block takes no line of its own: an empty one would stand there,
    over which the arrow up of Chromium does not find the line above it, and goes to the beginning of the text."""
    if segment.end in blocks and text[segment.end - 1] == "\n":
        return f'{escape(text[segment.start : segment.end - 1])}<span class="line-end">\n</span>'
    return escape(text[segment.start : segment.end])


def _blocks(text: str, length: int) -> set[int]:
    """Where blocks of at least ``length`` code points begin, each behind the end of a line.

    A line of more than `LONGEST_LINE` of them is cut into sections of so many: the time in which browsers lay out a
    line from right to left grows with the square of its length (Chromium 156: 50,000 characters 0.8 s, 200,000 18 s).
    """
    starts = [0]
    while (start := starts[-1]) + length <= len(text):
        longest = start + LONGEST_LINE * length
        end = text.find("\n", start + length - 1, longest) + 1
        if not end and longest < len(text):
            end = section_end(text, start, longest)
        if not 0 < end < len(text):
            break
        starts.append(end)
    return set(starts)


def render_labels(passages: Sequence[Mark]) -> SafeString:
    """The labels of passages as hidden elements, to stand anywhere outside the marked text; empty without labels."""
    labels = [f'<span id="p{escape(mark.id)}-label">{escape(mark.label)}</span>' for mark in passages if mark.label]
    return SafeString(f"<div hidden>{''.join(labels)}</div>" if labels else "")


def render_highlights(text: str, spans: Iterable[Span]) -> SafeString:
    """Mark the words that were searched for. Spans may overlap and are clipped to the text."""
    html = []
    position = 0
    for start, end in _merged(spans, len(text)):
        html += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    html.append(escape(text[position:]))
    return SafeString("".join(html))


def render_json(document: object) -> SafeString:
    """JSON to stand inside a `<script>` of data: no character in it ends the element or starts markup."""
    return SafeString(json.dumps(document, ensure_ascii=False).translate(SCRIPT_ESCAPES))


def snippet(text: str, spans: Iterable[Span], width: int = 240) -> SafeString:
    """A line of about `width` code points around the most different hits, highlighted, cut between words."""
    hits = _merged(spans, len(text))
    start, end = window(text, hits, width)
    shifted = (
        (max(first, start) - start, min(last, end) - start) for first, last in hits if first < end and last > start
    )
    marked = render_highlights(text[start:end].translate(ONE_LINE), shifted)
    before, after = ELLIPSIS * (start > 0), ELLIPSIS * (end < len(text))
    return SafeString(f"{before}{marked}{after}")


def window(text: str, hits: Sequence[Span], width: int) -> Span:
    """The span of at most `width` code points that holds the most different hits (sorted, apart), cut between words."""
    first, last = _densest(text, hits, width)
    spare = max(0, width - (last - first))
    start = max(0, min(first - spare // 2, len(text) - width))
    end = min(len(text), start + width)
    if start > 0 and not text[start - 1].isspace():
        gap = _next_space(text, start, first)
        start = gap if gap is not None else start
    if end < len(text) and not text[end].isspace():
        gap = _previous_space(text, min(last, end), end)
        end = gap if gap is not None else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def segments(text: str, passages: Sequence[Mark], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """Cut a text at every start and end of a passage, and at ``cuts``: an interval sweep, in the order of the text."""
    for mark in passages:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"Passage {mark.id}: {mark.start}–{mark.end} is not a span of this text.")
        if not mark.id or any(char.isspace() for char in mark.id):
            raise ValueError(f"{mark.id!r} cannot be the id of a passage.")
    opening, closing = _by_edge(passages)
    active: dict[str, Mark] = {}
    position = 0
    starting: list[Mark] = []
    for cut in sorted({*opening, *closing, *cuts, len(text)}):
        if cut > position:
            yield Segment(position, cut, tuple(active.values()), tuple(starting))
        for mark in closing.get(cut, ()):
            del active[mark.id]
        starting = opening.get(cut, [])
        active.update((mark.id, mark) for mark in starting)
        position = cut


def _by_edge(passages: Sequence[Mark]) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """Passages by start and by end, each id once, the longest first."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in sorted({mark.id: mark for mark in passages}.values(), key=lambda mark: -mark.end):
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    return opening, closing


def _attributes(segment: Segment) -> str:
    ids = escape(" ".join(mark.id for mark in segment.passages))
    kinds = "".join(f" {kind}" for kind in dict.fromkeys(mark.kind for mark in segment.passages if mark.kind))
    depth = min(len(segment.passages), MAX_DEPTH)
    attributes = f' class="passage d{depth}{escape(kinds)}" data-passages="{ids}"'
    if labels := " ".join(f"p{mark.id}-label" for mark in segment.starting if mark.label):
        attributes += f' aria-describedby="{escape(labels)}"'
    return attributes


def _link(segment: Segment, href: str, content: str, linked: set[str]) -> str:
    target = min(segment.passages, key=lambda mark: mark.end - mark.start).id
    address = escape(href.replace("{id}", quote_url(target, safe="")))
    # One stop of the Tab key a passage, however many stretches it is cut into.
    tab = ' tabindex="-1"' if target in linked else ""
    linked.add(target)
    return f'<a href="{address}"{tab}>{content}</a>'


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    """Sorted, clipped to the text, without overlaps and empty spans."""
    merged: list[Span] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _densest(text: str, hits: Sequence[Span], width: int) -> Span:
    """From the first to the last of those hits within `width` that are the most different words; the earliest run."""
    if not hits:
        return 0, 0
    words = [text[start:end].casefold() for start, end in hits]
    inside: Counter[str] = Counter()
    best, best_count, left = hits[0], (0, 0), 0
    for right, (_, end) in enumerate(hits):
        inside[words[right]] += 1
        while left < right and end - hits[left][0] > width:
            inside[words[left]] -= 1
            left += 1
        count = sum(number > 0 for number in inside.values()), right - left + 1
        if count > best_count:
            best, best_count = (hits[left][0], end), count
    return best


def _next_space(text: str, start: int, limit: int) -> int | None:
    return next((index for index in range(start, limit) if text[index].isspace()), None)


def _previous_space(text: str, limit: int, end: int) -> int | None:
    return next((index for index in range(end - 1, limit - 1, -1) if text[index].isspace()), None)
