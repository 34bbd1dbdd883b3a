"""What editors say of texts: that a page is an article or is none, and which text is the current one. Append-only."""

from django.db import models

from archive.models.base import Created, append_only
from archive.models.choices import NOT_ARTICLES
from archive.models.texts import TextVersion
from archive.models.work import SAYS_SOMETHING
from archive.terms import NotAnArticle, values


def said_by_somebody(name: str) -> list[models.BaseConstraint]:
    """Return what holds of each such word: it has a reason and an author."""
    return [
        models.CheckConstraint(condition=models.Q(reason__regex=SAYS_SOMETHING), name=f"{name}_with_reason"),
        models.CheckConstraint(condition=models.Q(created_by__isnull=False), name=f"{name}_by_somebody"),
    ]


class TextJudgement(Created):
    """An editor's word on what the page of a text is. ``flag`` as `TextVersion` has it, empty for an article.

    The last one counts for all texts of the same copy, over what its reader believed (`archive.text_standing`).
    Immutable.
    """

    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="judgements")
    flag = models.CharField(max_length=10, blank=True, choices=NOT_ARTICLES)
    reason = models.TextField()

    class Meta:
        verbose_name = "judgement on a text"
        verbose_name_plural = "judgements on texts"
        ordering = ["id"]
        triggers = append_only("Judgements on texts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(flag__in=["", *values(NotAnArticle)]), name="text_judgement_known"
            ),
            *said_by_somebody("text_judgement"),
        ]

    def __str__(self) -> str:
        return f"{self.text_version_id}: {self.flag or 'article'}"


class TextChoice(Created):
    """An editor's word that a text is to be the current one again. Immutable.

    It holds until a copy comes in that was taken later, a text is corrected, or somebody chooses another
    (`archive.texts_in_time`).
    """

    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="choices")
    reason = models.TextField()

    class Meta:
        verbose_name = "choice of the current text"
        verbose_name_plural = "choices of the current text"
        ordering = ["id"]
        triggers = append_only("Choices of texts")
        constraints = said_by_somebody("text_choice")

    def __str__(self) -> str:
        return f"{self.text_version_id} is current"
