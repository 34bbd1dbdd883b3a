"""Texts and the passages in them: each text is that of its SHA-256, each passage is what stands there."""

from collections.abc import Iterator
from hashlib import sha256

from django.db.models import Exists, OuterRef, Prefetch

from archive.models import CustodyEvent, Passage, TextVersion
from archive.terms import CustodyAct
from archive.text import anchors
from archive.verifying.kinds import Finding, Kind, found, paged

_TOLD = Exists(
    CustodyEvent.objects.filter(
        text_version=OuterRef("pk"), event__in=[CustodyAct.TEXT_DRAWN, CustodyAct.TEXT_CORRECTED]
    )
)


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    rows = (
        TextVersion.objects.annotate(is_told=_TOLD)
        .select_related("article", "capture")
        .prefetch_related(Prefetch("passages", Passage.objects.order_by("pk")))
    )
    for text in paged(rows, after):
        name = f"text {text.number} of article {text.article.public_id}"
        of_passages = [one for passage in text.passages.all() for one in look_at_passage(passage, text.text)]
        yield text.pk, [*found(name, _problems(text)), *of_passages]


def _problems(text: TextVersion) -> Iterator[str | None]:
    digest = sha256(text.text.encode()).hexdigest()
    if digest != text.sha256:
        yield f"its SHA-256 is {digest}, not {text.sha256}"
    if len(text.text) != text.length:
        yield f"it has {len(text.text)} characters, not {text.length}"
    if text.capture.article_id != text.article_id:
        yield "its copy is of another article"
    if not text.is_told:  # type: ignore[attr-defined]
        yield "the log does not tell that it was drawn"


def look_at_passage(passage: Passage, text: str) -> list[Finding]:
    """Say what of a passage is not what its text has there."""
    name = f"passage {passage.public_id}"
    try:
        there = anchors.describe(text, passage.start, passage.end)
    except ValueError:
        return found(name, [f"its text ends before {passage.end}"])
    has_context = (there.prefix, there.suffix) == (passage.prefix, passage.suffix)
    is_there = there.exact == passage.exact
    return found(
        name,
        [
            None if is_there else f"its text has “{there.exact[:80]}” at {passage.start} to {passage.end}",
            None if has_context else "its text has other words around it",
        ],
    )


KIND = Kind("texts", TextVersion.objects.count, look)
