"""Marking passages: the only way in which a span of a text becomes something that can be cited."""

from django.db import transaction

from archive import anchors
from archive.models import Passage, TextVersion, User
from archive.text import normalise


class PassageError(Exception):
    """A passage that cannot be marked; the message is for the editor."""


class StaleTextError(PassageError):
    """The positions were counted in another text than the one they are now said to be of."""

    def __init__(self, text_version: TextVersion) -> None:
        super().__init__("The text that you selected in is not this text: it was replaced meanwhile. Select again.")
        self.text_version = text_version


class QuoteMismatchError(PassageError):
    """The text does not have these words there; ``found`` is what it has (empty outside the text)."""

    def __init__(self, exact: str, found: str) -> None:
        super().__init__(f"The text does not have “{exact[:80]}” at that place, but “{found[:80]}”.")
        self.exact = exact
        self.found = found


@transaction.atomic
def mark(*, text_version: TextVersion, start: int, end: int, exact: str, seen_sha256: str, by: User | None) -> Passage:
    """Return the passage from ``start`` (included) to ``end`` (excluded), in code points; the same span is one passage.

    White space at its edges is left out, and no character is cut through: the span grows to whole graphemes.
    ``seen_sha256`` is the hash of the text in which the positions were counted. Raises `StaleTextError` when it is not
    that of ``text_version`` and `QuoteMismatchError` when ``exact`` does not stand there.
    """
    if seen_sha256 != text_version.sha256:
        raise StaleTextError(text_version)
    text = text_version.text
    found = text[start:end] if 0 <= start < end <= len(text) else ""
    if not found.strip() or normalise(found) != normalise(exact):
        raise QuoteMismatchError(exact, found)
    start, end = anchors.snap(text, *trimmed(text, start, end))
    selector = anchors.describe(text, start, end)
    passage, _ = Passage.objects.get_or_create(
        text_version=text_version,
        start=start,
        end=end,
        defaults={"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix, "created_by": by},
    )
    return passage


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
