"""What is believed of the page of a text: an editor's last word on it, else what its reader believed.

A page is an article or none, whichever of its texts is read: a word on one counts for all that were drawn from the
same copy by then, the corrected ones too.
"""

from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from archive.models import TextJudgement, TextVersion
from archive.models.choices import NOT_ARTICLES


class Standing(NamedTuple):
    """``flag`` is one of `NotAnArticle`, empty for an article; ``reason`` says why, ``judgement`` who said so, if
    somebody did.
    """

    flag: str
    reason: str
    judgement: TextJudgement | None

    @property
    def label(self) -> str:
        """The kind of page in words, empty for an article."""
        return str(dict(NOT_ARTICLES).get(self.flag, ""))

    @property
    def last(self) -> str:
        """The primary key of the judgement that this shows, empty when nobody has said anything."""
        return str(self.judgement.pk) if self.judgement else ""


def standing_flag() -> Coalesce:
    """Return what a query of texts sorts, filters or notes by: the flag that counts."""
    said = _judgements(OuterRef("capture"), OuterRef("created_at")).values("flag")[:1]
    return Coalesce(Subquery(said), F("flag"))


def judgements_of(text: TextVersion) -> QuerySet[TextJudgement]:
    """What editors said of the page of a text since there is that text, the last word first."""
    return _judgements(text.capture_id, text.created_at).select_related("created_by", "text_version")


def _judgements(capture: Any, since: Any) -> QuerySet[TextJudgement]:
    return TextJudgement.objects.filter(text_version__capture=capture, created_at__gte=since).order_by("-pk")


def standing(text: TextVersion) -> Standing:
    """Return what is believed of one text (one query)."""
    last = judgements_of(text).first()
    if last is not None:
        return Standing(last.flag, last.reason, last)
    return Standing(text.flag, text.flag_reason, None)
