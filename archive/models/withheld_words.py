"""Words of a report that readers may not see: withheld with a reason, and shown again. Append-only.

A trigger writes the words that are withheld now into their article (`Article.withheld`), by which every page, file and
index knows them without asking further; whatever else is written there is put right.
"""

import pgtrigger
from django.db import models

from archive.models.articles import Article
from archive.models.base import Created, append_only
from archive.models.choices import WITHHELD_KINDS
from archive.terms import WithheldKind, values

_FOLLOW = "UPDATE archive_article SET withheld = 'null', updated_at = now() WHERE id = {}; RETURN NULL;"


def followed_by_article(article: str) -> pgtrigger.Trigger:
    """Return the trigger by which an article learns what is withheld of it; ``article`` is SQL for its key."""
    return pgtrigger.Trigger(
        name="followed_by_article",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=_FOLLOW.format(article),
    )


class WithheldWords(Created):
    """Words that readers may not see, wherever they stand in the texts of an article and in what is said of it.

    ``words`` are as somebody selected them, ``kind`` is what readers are told of them, ``reason`` is for editors.
    Immutable: to show them again is a `ReleasedWords`.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="withheld_words")
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=WITHHELD_KINDS)
    reason = models.TextField()

    class Meta:
        verbose_name = "withheld words"
        verbose_name_plural = "withheld words"
        ordering = ["id"]
        triggers = [*append_only("Withheld words"), followed_by_article("NEW.article_id")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=values(WithheldKind)), name="withheld_kind_known"),
            models.CheckConstraint(condition=~models.Q(words=""), name="withheld_words_not_empty"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="withheld_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in “{self.article}”"


class ReleasedWords(Created):
    """Withheld words that readers may see again, since when, by whom and why. Immutable."""

    withheld = models.OneToOneField(WithheldWords, models.PROTECT, related_name="release")
    reason = models.TextField()

    class Meta:
        verbose_name = "release of withheld words"
        verbose_name_plural = "releases of withheld words"
        ordering = ["id"]
        triggers = [
            *append_only("Releases"),
            followed_by_article("(SELECT w.article_id FROM archive_withheldwords w WHERE w.id = NEW.withheld_id)"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="released_with_reason")]

    def __str__(self) -> str:
        return f"{self.withheld}: shown again"
