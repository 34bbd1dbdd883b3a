"""Published reports, and what each is known by."""

import pgtrigger
from django.db import models
from django.urls import reverse

from archive.models.base import Editable, article_code, fixed, no_delete, tracked
from archive.models.choices import KEY_SCHEMES, VISIBILITIES
from archive.models.name_field import NameField, no_directions
from archive.models.sources import Source
from archive.models.visibility import followed_by_rows
from archive.openness import is_open
from archive.querysets import ArticleQuerySet
from archive.source_urls import OF_THE_WEB
from archive.terms import KeyScheme, Visibility, values


def says_what_is_withheld() -> pgtrigger.Trigger:
    """Return the trigger that keeps ``withheld`` to what the rows of withheld and released words say."""
    return pgtrigger.Trigger(
        name="keep_withheld",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF TG_OP = 'INSERT' OR NEW.withheld IS DISTINCT FROM OLD.withheld THEN
                NEW.withheld := COALESCE((
                    SELECT jsonb_agg(jsonb_build_array(w.words, w.kind) ORDER BY w.id)
                    FROM archive_withheldwords w LEFT JOIN archive_releasedwords r ON r.withheld_id = w.id
                    WHERE w.article_id = NEW.id AND r.id IS NULL
                ), '[]');
            END IF;
            RETURN NEW;
        """,
    )


@tracked
class Article(Editable):
    """One published report of a source, known by its URL (or source + title + date: see `ArticleKey`).

    What is unknown stays empty. ``metadata_origin`` says of each value where it was found: ``file``, ``sidecar``,
    ``argument``, ``opening words``, ``editor``. ``withheld`` are the words that readers may not see of it, each with
    its kind (`[words, kind]`), written by the database (`WithheldWords`); `archive.withheld` is who reads them.
    """

    public_id = models.CharField(max_length=12, unique=True, default=article_code, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="articles")
    title = NameField(max_length=500)
    url = models.CharField("address", max_length=2000, blank=True)
    authors = NameField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="BCP 47: en, ar, …")
    published_on = models.DateField("published on", null=True, blank=True)
    visibility = models.CharField(max_length=10, choices=VISIBILITIES, default=Visibility.PUBLIC.value)
    visibility_reason = models.TextField(
        "reason", blank=True, help_text="Why it is embargoed or withheld. Never shown to readers."
    )
    public_from = models.DateField(
        "embargoed until",
        null=True,
        blank=True,
        help_text="The day (UTC) on which it becomes public by itself. Without one, until somebody lifts the embargo.",
    )
    metadata_origin = models.JSONField(default=dict, blank=True, editable=False)
    withheld = models.JSONField(default=list, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["-published_on", "-id"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("public_id"),
            *no_delete("Articles", "withhold it instead"),
            followed_by_rows(
                "article_id", "visibility", "public_from", "source_id", "published_on", "language", "withheld"
            ),
            says_what_is_withheld(),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=values(Visibility)), name="article_visibility_known"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility="public") | ~models.Q(visibility_reason=""),
                name="article_hidden_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(public_from=None) | models.Q(visibility="embargoed"),
                name="article_embargoed_until_a_day",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_title"),
            models.CheckConstraint(
                condition=models.Q(url="") | models.Q(url__iregex=OF_THE_WEB), name="article_address_of_the_web"
            ),
            no_directions("title", "authors", name="article_names_without_directions"),
        ]
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="article_newest"),
            models.Index(fields=["source", "-published_on"], name="article_source_newest"),
            models.Index(
                fields=["public_from"], condition=models.Q(public_from__isnull=False), name="article_embargo_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.public_id])

    @property
    def is_public(self) -> bool:
        """Whether readers may see it today."""
        return is_open(self.visibility, self.public_from)


def keep_reference() -> pgtrigger.Trigger:
    """Return the trigger that keeps what an article was first known by: no correction changes that."""
    return pgtrigger.Trigger(
        name="keep_reference",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__scheme="reference"),
        func="RAISE EXCEPTION 'a reference key stays as it is' USING ERRCODE = 'restrict_violation';",
    )


def keep_while_addressed() -> pgtrigger.Trigger:
    """Return the trigger that looks, when a transaction ends, whether an article that has an address lost its key."""
    return pgtrigger.Trigger(
        name="keep_while_addressed",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func="""
            IF EXISTS (SELECT FROM archive_article a WHERE a.id = OLD.article_id AND a.url <> '') AND NOT EXISTS
               (SELECT FROM archive_articlekey k WHERE k.article_id = OLD.article_id AND k.scheme = OLD.scheme) THEN
                RAISE EXCEPTION 'the article is known by its address' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


class ArticleKey(models.Model):
    """What an article is known by, so that the same one is not taken in twice.

    ``url``: the normalised address (`archive.source_urls.normalise`). ``reference``: sha256 of folded source, title and
    date, or of file name and title where neither source nor date is known. An article may have several.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="keys")
    scheme = models.CharField(max_length=10, choices=KEY_SCHEMES)
    value = models.CharField(max_length=2000)

    class Meta:
        ordering = ["id"]
        triggers = [fixed("article_id", "scheme"), keep_reference(), keep_while_addressed()]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="article_key_unique"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(scheme="url"), name="article_one_normalised_url"
            ),
            models.CheckConstraint(condition=models.Q(scheme__in=values(KeyScheme)), name="article_key_scheme_known"),
            models.CheckConstraint(condition=~models.Q(value=""), name="article_key_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"
