"""How the text of a report changed from one copy to the next, as readers may see it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from archive import withheld
from archive.models import Article, Capture, TextVersion
from archive.text.difference import Difference, compare

MOST = 5  # changes on a page


@dataclass(frozen=True, slots=True)
class Change:
    """Two copies that follow each other in time and have different texts: what was drawn from each by program."""

    before: TextVersion
    after: TextVersion
    seen_before: datetime
    seen_after: datetime

    def difference(self, article: Article) -> Difference | None:
        """What differs word by word as readers see it; None when the texts are too long for that. Reads both texts."""
        before, after = (withheld.shown_text(text, article).text for text in (self.before, self.after))
        return compare(before, after)


def changes(captures: Iterable[Capture], texts: Sequence[TextVersion]) -> list[Change]:
    """The changes from copy to copy, the latest first; ``captures`` in the order of the time they were taken.

    What an editor corrected is no change of the outlet, nor is what a program drew again from the same copy. Pages that
    are no article are passed over. The texts come with their ``standing_flag`` (`archive.text_standing`).
    """
    seen = list(_seen(captures, texts))
    found = [Change(old, new, was, now) for (old, was), (new, now) in pairwise(seen) if old.sha256 != new.sha256]
    return found[::-1]


def _seen(captures: Iterable[Capture], texts: Sequence[TextVersion]) -> Iterator[tuple[TextVersion, datetime]]:
    by_pk = {text.pk: text for text in texts}
    first: dict[int, TextVersion] = {}
    for text in sorted(texts, key=lambda one: one.number):
        if text.corrects_id is None:
            first.setdefault(text.capture_id, text)
    for capture in captures:
        drawn = by_pk.get(capture.same_text_id) if capture.same_text_id else first.get(capture.pk)
        if drawn is not None and not drawn.standing_flag:  # type: ignore[attr-defined]
            yield drawn, capture.captured_at or capture.created_at
