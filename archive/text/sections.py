"""A long text in pieces that can be read one after the other, so that its length costs time and not memory."""

from collections.abc import Iterator

LONGEST = 100_000  # code points
LOOKED_BACK = 2_000  # for a line or a sentence to end the piece with


def sections(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """Spans (start, end) in code points that make up a text, each of at most ``longest``.

    They end with a line, or else a sentence, or else a word; within a word only where it is longer than half a section.
    """
    start = 0
    while len(text) - start > longest:
        end = section_end(text, start, start + longest)
        yield start, end
        start = end
    yield start, len(text)


def section_end(text: str, start: int, stop: int) -> int:
    """Where to end a section that begins at ``start`` and may not go beyond ``stop``."""
    first = max(start + 1, stop - LOOKED_BACK)
    for closing in ("\n", ". ", "؟ ", "? ", "، ", ", "):
        if (found := text.rfind(closing, first, stop)) >= 0:
            return found + len(closing)
    found = text.rfind(" ", start + (stop - start) // 2, stop)
    return found + 1 if found >= 0 else stop
