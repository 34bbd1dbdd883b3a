"""What lists and search read of articles, and the places found in their texts."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from archive.models.articles import Article
from archive.models.base import append_only
from archive.models.places import Place
from archive.models.stamps import stamped
from archive.models.texts import TextVersion
from archive.models.visibility import follows_article
from archive.querysets import ArticleRowQuerySet


class Mention(models.Model):
    """A place found in a text by the gazetteer: ``start`` to ``end`` in code points, ``score`` from 0 to 1.

    An ambiguous spelling has a row for each place that it may mean; exactly one of them has ``is_best``.
    """

    text_version = models.ForeignKey(TextVersion, models.CASCADE, related_name="mentions")
    place = models.ForeignKey(Place, models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.CharField(max_length=200)
    score = models.FloatField(default=1)
    is_best = models.BooleanField(default=True)

    class Meta:
        ordering = ["text_version", "start", "-score"]
        triggers = append_only("Mentions")
        constraints = [
            models.UniqueConstraint(fields=["text_version", "start", "end", "place"], name="mention_unique"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="mention_start_before_end"),
        ]

    def __str__(self) -> str:
        return self.exact


class ArticleRow(models.Model):
    """What lists and search read of an article: one narrow row, made again from the article at any time.

    ``place_ids`` are the places mentioned in its newest text, with everything above them. Python writes ``full_vector``
    (title A, names of places C, text D), ``pair_vector`` (under the same weights what is found of it without positions:
    `archive.search.pairs`) and ``cited_vector`` (B: passages that published records cite). A trigger makes of them what
    readers may search, ``vector``, by the policy of the source; ``is_public``, ``public_from`` (the day on which an
    embargo ends), ``source_id``, ``language`` and the dates are always those of the article, however it was changed
    (docs/adr/0019-visible-by-trigger.md). Whether readers may see it today, `published` says (`archive.openness`).
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="row")
    is_public = models.BooleanField()
    public_from = models.DateField(null=True)
    published_on = models.DateField(null=True)
    sort_on = models.DateField(help_text="published_on, or the first day of the calendar where that is unknown")
    source_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8, blank=True)
    place_ids = ArrayField(models.BigIntegerField(), default=list)
    vector = SearchVectorField(default="", editable=False)
    full_vector = SearchVectorField(default="")
    pair_vector = SearchVectorField(default="", editable=False)
    cited_vector = SearchVectorField(default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleRowQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_on", "-article_id"]
        triggers = [*stamped("article_id"), follows_article()]
        indexes = [
            GinIndex(fields=["full_vector"], name="article_row_full_vector", fastupdate=False),
            GinIndex(fields=["vector"], name="article_row_vector", fastupdate=False),
            GinIndex(fields=["place_ids"], name="article_row_places"),
            models.Index(fields=["-sort_on", "-article"], name="article_row_newest"),
            models.Index(fields=["source_id", "-sort_on", "-article"], name="article_row_source"),
        ]

    def __str__(self) -> str:
        return str(self.article_id)
