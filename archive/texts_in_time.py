"""Which text of an article is the current one: the rule, said once.

It is the text of the copy that was taken last, whenever it came to us; a page that went back to what it said before
makes the earlier text current again. When a file does not say when a copy was taken, it is the time of receipt. A text
that an editor corrected stands over the one that it corrects. A page that is no article (an error message, a request
for consent) never stands over a text that is one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import BooleanField, Case, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from archive.models import Article, Capture, TextVersion

TAKEN = Coalesce(F("captured_at"), F("created_at"))


def latest_first(texts: QuerySet[TextVersion]) -> QuerySet[TextVersion]:
    """The texts, for each article the current one first. Each has ``taken_at``, when its page was last seen so."""
    drawn_from = Coalesce("corrects__corrects__capture", "corrects__capture", "capture")
    again = Capture.objects.filter(same_text__capture=OuterRef("drawn_from")).order_by().values("same_text__capture")
    first = Capture.objects.filter(pk=OuterRef("drawn_from")).order_by()
    return (
        texts.alias(
            drawn_from=drawn_from,
            is_flagged=_holds(~Q(flag="")),
            is_correction=_holds(Q(corrects__isnull=False)),
        )
        .annotate(
            taken_at=Greatest(Subquery(first.values(at=TAKEN)), Subquery(again.annotate(at=Max(TAKEN)).values("at")))
        )
        .order_by("article_id", "is_flagged", "-taken_at", "-is_correction", "-number")
    )


def current_texts(articles: Iterable[Any] | QuerySet[Article]) -> QuerySet[TextVersion]:
    """The current text of each of these articles (rows or primary keys); articles without a text have none."""
    return latest_first(TextVersion.objects.filter(article__in=articles)).distinct("article")


def current_text(article: Article) -> TextVersion | None:
    """The current text of an article with its words; None when it has no text."""
    return current_texts([article.pk]).first()


def captures_in_time(article: Article) -> QuerySet[Capture]:
    """The copies of an article by the time at which they were taken, the first one first."""
    return Capture.objects.filter(article=article).annotate(taken_at=TAKEN).order_by("taken_at", "pk")


def taken_at(text: TextVersion) -> datetime:
    """When the page was last seen with this text, as `latest_first` has noted it."""
    return cast(datetime, text.taken_at)  # type: ignore[attr-defined]


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
