"""Who is to read what, by which words editors sort it, and what was read in vain. None of it is ever public."""

from django.conf import settings
from django.db import models

from archive.models.articles import Article
from archive.models.base import append_only, tracked
from archive.models.choices import READINGS
from archive.models.texts import TextVersion
from archive.terms import Reading

SAYS_SOMETHING = r"\S"


class Given(models.Model):
    """Says when and by whom something was given; such rows are added and taken away, never changed."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


@tracked
class ArticleAssignment(Given):
    """Who is to work on an article; one person at a time."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="assignment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assigned_articles")

    def __str__(self) -> str:
        return f"{self.article_id} for {self.user_id}"


@tracked
class ArticleTag(Given):
    """A word by which editors sort articles, in small letters."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="tags")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "article"], name="article_tag_once"),
            models.CheckConstraint(condition=models.Q(name__regex=SAYS_SOMETHING), name="article_tag_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleReading(Given):
    """An editor's word that a text says nothing that belongs here, and why; or that it is to be read after all.

    Append-only: the last one counts, as long as the text is the article's newest.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="readings")
    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="readings")
    verdict = models.CharField(max_length=10, choices=READINGS)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        triggers = append_only("Readings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=Reading.NOTHING.value, reason__regex=SAYS_SOMETHING)
                | models.Q(verdict=Reading.AFTER_ALL.value),
                name="article_reading_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.verdict}"
