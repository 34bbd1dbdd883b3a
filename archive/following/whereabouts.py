"""What became of passages in the current texts of their articles, with what editors said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import pgettext_lazy

from archive.models import FoundAgain, FoundVerdict, Passage, TextVersion
from archive.terms import FoundBy, Verdict, Whereabouts
from archive.texts_in_time import current_texts


class Outcome(StrEnum):
    """What is said of a passage in a text: what was found, unless an editor has said otherwise."""

    UNCHANGED = "unchanged"
    MOVED = "moved, the same words"
    NEARLY = "nearly the same words"
    CONFIRMED = "confirmed by an editor"
    PLACED = "placed by an editor"
    REVIEW = "needs a look"
    SEVERAL = "in several places"
    GONE = "gone"
    NOT_THERE = "not there, an editor says"


OUTCOMES = {
    Outcome.UNCHANGED: pgettext_lazy("passage", "unchanged"),
    Outcome.MOVED: pgettext_lazy("passage", "moved, the same words"),
    Outcome.NEARLY: pgettext_lazy("passage", "nearly the same words"),
    Outcome.CONFIRMED: pgettext_lazy("passage", "confirmed by an editor"),
    Outcome.PLACED: pgettext_lazy("passage", "placed by an editor"),
    Outcome.REVIEW: pgettext_lazy("passage", "needs a look"),
    Outcome.SEVERAL: pgettext_lazy("passage", "in several places"),
    Outcome.GONE: pgettext_lazy("passage", "gone"),
    Outcome.NOT_THERE: pgettext_lazy("passage", "not there, an editor says"),
}
FOUND = {FoundBy.EXACT: Outcome.MOVED, FoundBy.NEARLY: Outcome.NEARLY}
UNDECIDED = {
    Whereabouts.REVIEW: Outcome.REVIEW,
    Whereabouts.SEVERAL: Outcome.SEVERAL,
    Whereabouts.GONE: Outcome.GONE,
}
DECIDED = {
    Verdict.CONFIRMED: Outcome.CONFIRMED,
    Verdict.REJECTED: Outcome.NOT_THERE,
    Verdict.PLACED: Outcome.PLACED,
}


@dataclass(frozen=True, slots=True)
class Followed:
    """A passage in another text of its article. ``span`` is its place there, None when it has none."""

    found: FoundAgain
    verdict: FoundVerdict | None

    @property
    def passage(self) -> Passage:
        return self.found.passage

    @property
    def outcome(self) -> Outcome:
        if self.verdict is not None:
            if self.verdict.verdict == Verdict.CONFIRMED and self.found.state == Whereabouts.GONE:
                return Outcome.NOT_THERE
            return DECIDED[Verdict(self.verdict.verdict)]
        if self.found.state == Whereabouts.FOUND:
            is_there = self.found.method == FoundBy.EXACT and self.found.start == self.passage.start
            return Outcome.UNCHANGED if is_there else FOUND[FoundBy(self.found.method)]
        return UNDECIDED[Whereabouts(self.found.state)]

    @property
    def outcome_in_words(self) -> str:
        """The outcome in the editor's language."""
        return str(OUTCOMES[self.outcome])

    @property
    def span(self) -> tuple[int, int] | None:
        if self.outcome in (Outcome.NOT_THERE, Outcome.GONE, Outcome.SEVERAL):
            return None
        place = self.verdict if self.outcome == Outcome.PLACED else self.found
        assert place is not None
        return (place.start, place.end) if place.start is not None and place.end is not None else None

    @property
    def needs_look(self) -> bool:
        return self.verdict is None and self.found.state != Whereabouts.FOUND

    @property
    def is_lost(self) -> bool:
        """Whether the current text does not have the words, as far as anybody can tell."""
        return self.outcome in (Outcome.GONE, Outcome.NOT_THERE)

    @property
    def is_sure(self) -> bool:
        """Whether readers may be told that the words stand in this text too."""
        return self.outcome in (Outcome.UNCHANGED, Outcome.MOVED, Outcome.CONFIRMED)

    @property
    def last_verdict(self) -> str:
        """The primary key of the verdict that this shows, empty when nobody has said anything."""
        return str(self.verdict.pk) if self.verdict else ""


def followed_in(text: TextVersion) -> list[Followed]:
    """The passages of other texts that were looked for in this one, in the order of its words."""
    found = _followed(FoundAgain.objects.filter(text_version=text))
    return sorted(found, key=lambda one: (one.span is None, one.span or (0, 0), one.found.pk))


def followed_passages(passages: Sequence[Passage]) -> Mapping[int, Followed]:
    """Passage → what became of it in the current text of its article; those of current texts are not there."""
    sought = FoundAgain.objects.filter(passage__in=[passage.pk for passage in passages])
    if not passages or not (found := _followed(sought)):
        return {}
    current = set(current_texts({one.found.text_version.article_id for one in found}).values_list("pk", flat=True))
    return {one.passage.pk: one for one in found if one.found.text_version_id in current}


def to_look_at() -> QuerySet[FoundAgain]:
    """What nobody has judged yet and was not found surely, in the texts that are current, the oldest first."""
    judged = FoundVerdict.objects.filter(found=OuterRef("pk"))
    open_rows = FoundAgain.objects.exclude(state=Whereabouts.FOUND).exclude(Exists(judged))
    articles = open_rows.order_by().values("text_version__article")
    return open_rows.filter(text_version__in=current_texts(articles).values("pk")).order_by("pk")


def _followed(rows: QuerySet[FoundAgain]) -> list[Followed]:
    verdicts = Prefetch("verdicts", FoundVerdict.objects.select_related("created_by").order_by("pk"))
    related = rows.select_related("passage__text_version", "text_version__article").prefetch_related(verdicts)
    found = related.defer("passage__text_version__text", "text_version__text")
    return [Followed(row, next(reversed(row.verdicts.all()), None)) for row in found]
