"""Which text of an article is the current one: the rule, said once.

It is the text of the copy that was taken last, whenever it came to us; a page that went back to what it said before
makes the earlier text current again. When a file does not say when a copy was taken, it is the time of receipt. A text
that an editor corrected stands over the one that it corrects. An earlier text that an editor chose stands until a copy
is taken after that. A page that is no article (an error message, a request for consent), as far as anybody can tell
(`archive.text_standing`), never stands over a text that is one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import BooleanField, Case, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from archive.models import Article, Capture, TextChoice, TextVersion
from archive.text_standing import standing_flag

TAKEN = Coalesce(F("captured_at"), F("created_at"))


def latest_first(texts: QuerySet[TextVersion]) -> QuerySet[TextVersion]:
    """The texts, for each article the current one first.

    Each has ``taken_at``, when its page was last seen so, and ``standing_flag``.
    """
    drawn_from = Coalesce("corrects__corrects__capture", "corrects__capture", "capture")
    again = Capture.objects.filter(same_text__capture=OuterRef("drawn_from")).order_by().values("same_text__capture")
    first = Capture.objects.filter(pk=OuterRef("drawn_from")).order_by()
    return (
        texts.alias(drawn_from=drawn_from, is_correction=_holds(Q(corrects__isnull=False)))
        .annotate(
            standing_flag=standing_flag(),
            taken_at=Greatest(Subquery(first.values(at=TAKEN)), Subquery(again.annotate(at=Max(TAKEN)).values("at"))),
        )
        .alias(is_flagged=_holds(~Q(standing_flag="")), stands_from=Greatest("taken_at", *_chosen()))
        .order_by("article_id", "is_flagged", "-stands_from", "-is_correction", "-number")
    )


def _chosen() -> tuple[Subquery, Case]:
    """When an editor last chose a text, and when one chose what a correction was made of afterwards."""
    choices = TextChoice.objects.order_by("-created_at").values("created_at")
    own = Subquery(choices.filter(text_version=OuterRef("pk"))[:1])
    of_this_copy = choices.filter(text_version__capture=OuterRef("capture"), created_at__lte=OuterRef("created_at"))
    return own, Case(When(corrects__isnull=False, then=Subquery(of_this_copy[:1])))


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
