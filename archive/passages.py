"""Marking passages: the only way in which a span of a text becomes something that can be cited."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext

from archive import following
from archive.models import Passage, TextVersion, User
from archive.text import anchors, normalise
from archive.unused_codes import give_unused_codes


class PassageError(Exception):
    """A passage that cannot be marked; the message is for the editor."""


class StaleTextError(PassageError):
    """The positions were counted in another text than the one they are now said to be of."""

    def __init__(self, text_version: TextVersion) -> None:
        super().__init__(
            gettext("The text that you selected in is not this text: it was replaced meanwhile. Select again.")
        )
        self.text_version = text_version


class QuoteMismatchError(PassageError):
    """The text does not have these words there; ``found`` is what it has (empty outside the text)."""

    def __init__(self, exact: str, found: str) -> None:
        told = gettext("The text does not have “%(exact)s” at that place, but “%(found)s”.")
        super().__init__(told % {"exact": exact[:80], "found": found[:80]})
        self.exact = exact
        self.found = found


@transaction.atomic
def mark(*, text_version: TextVersion, start: int, end: int, exact: str, seen_sha256: str, by: User | None) -> Passage:
    """Return the passage from ``start`` (included) to ``end`` (excluded), in code points; the same span is one passage.

    White space at its edges is left out, and no character is cut through: the span grows to whole graphemes.
    It is looked for in the current text of the article, if that is another. ``seen_sha256`` is the hash of the text in
    which the positions were counted. Raises `StaleTextError` when it is not
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
    passage, is_new = Passage.objects.get_or_create(
        text_version=text_version,
        start=start,
        end=end,
        defaults={"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix, "created_by": by},
    )
    if is_new:
        following.follow([text_version.article_id])
    return passage


@transaction.atomic
def mark_all(spans: Iterable[tuple[TextVersion, int, int]], *, by: User | None) -> list[Passage]:
    """As `mark`, for many spans that a program has cut and that hold something: three queries; in their order.

    Called for the data of `make bench` only, like `incidents.curation.bulk`.
    """
    described = []
    for version, first, last in spans:
        start, end = anchors.snap(version.text, *trimmed(version.text, first, last))
        selector = anchors.describe(version.text, start, end)
        described.append(
            Passage(
                text_version=version,
                start=start,
                end=end,
                exact=selector.exact,
                prefix=selector.prefix,
                suffix=selector.suffix,
                created_by=by,
            )
        )
    give_unused_codes(described)
    Passage.objects.bulk_create(described, ignore_conflicts=True)
    texts = {passage.text_version_id: passage.text_version for passage in described}
    known = {}
    for passage in Passage.objects.filter(text_version__in=texts):
        passage.text_version = texts[passage.text_version_id]
        known[passage.text_version_id, passage.start, passage.end] = passage
    return [known[passage.text_version_id, passage.start, passage.end] for passage in described]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
