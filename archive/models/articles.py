"""Published reports, the copies of them that were received, and the texts drawn from those."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.base import Created, Editable, append_only, article_code, fixed, no_delete, tracked
from archive.models.naming import NameField, no_directions
from archive.models.places import Place
from archive.models.sources import Source
from archive.models.stamps import stamped
from archive.models.visibility import followed_by_rows, follows_article
from archive.querysets import ArticleQuerySet, ArticleRowQuerySet


@tracked
class Article(Editable):
    """One published report of a source, known by its URL (or source + title + date: see `ArticleKey`).

    What is unknown stays empty. ``metadata_origin`` says of each value where it was found: ``file``, ``sidecar``,
    ``argument``, ``opening words``, ``editor``.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public")
        EMBARGOED = "embargoed", _("Embargoed")
        WITHHELD = "withheld", _("Withheld")

    public_id = models.CharField(max_length=12, unique=True, default=article_code, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="articles")
    title = NameField(max_length=500)
    url = models.CharField("address", max_length=2000, blank=True)
    authors = NameField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="BCP 47: en, ar, …")
    published_on = models.DateField("published on", null=True, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    visibility_reason = models.TextField(
        "reason", blank=True, help_text="Why it is embargoed or withheld. Never shown to readers."
    )
    metadata_origin = models.JSONField(default=dict, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["-published_on", "-id"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("public_id"),
            *no_delete("Articles", "withhold it instead"),
            followed_by_rows("article_id", "visibility", "source_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["public", "embargoed", "withheld"]), name="article_visibility_known"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility="public") | ~models.Q(visibility_reason=""),
                name="article_hidden_with_reason",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_title"),
            models.CheckConstraint(
                condition=models.Q(url="") | models.Q(url__iregex="^https?:"), name="article_address_of_the_web"
            ),
            no_directions("title", "authors", name="article_names_without_directions"),
        ]
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="article_newest"),
            models.Index(fields=["source", "-published_on"], name="article_source_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.public_id])

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC


class ArticleKey(models.Model):
    """What an article is known by, so that the same one is not taken in twice.

    ``url``: the normalised address (`archive.source_urls.normalise`). ``reference``: sha256 of folded source, title and
    date, or of file name and title where neither source nor date is known. An article may have several.
    """

    class Scheme(models.TextChoices):
        URL = "url", "address"
        REFERENCE = "reference", "source, title and date"

    article = models.ForeignKey(Article, models.PROTECT, related_name="keys")
    scheme = models.CharField(max_length=10, choices=Scheme)
    value = models.CharField(max_length=2000)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="article_key_unique"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(scheme="url"), name="article_one_normalised_url"
            ),
            models.CheckConstraint(
                condition=models.Q(scheme__in=["url", "reference"]), name="article_key_scheme_known"
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="article_key_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class CaptureBytes(models.Model):
    """The bytes of a capture, once for each content; the key is their sha256 (hexadecimal), checked by a trigger."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    class Meta:
        verbose_name_plural = "capture bytes"
        triggers = [
            *append_only("Captured bytes"),
            pgtrigger.Trigger(
                name="check_digest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="IF NEW.sha256 <> encode(sha256(NEW.data), 'hex') THEN RAISE EXCEPTION "
                "'sha256 does not fit the bytes' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class Capture(Created):
    """One copy of an article as received: which bytes, when, how, by whom. Immutable.

    ``captured_at`` is when the copy was taken from its source, if the file says so; ``created_at`` when it came to us.
    ``locator`` is its place in the file (a row or line number, counted from 1).
    """

    class Method(models.TextChoices):
        IMPORT = "import", _("Imported from a file")
        EDITOR = "editor", _("Entered by an editor")
        DATASET = "dataset", _("Row of a data set")

    article = models.ForeignKey(Article, models.PROTECT, related_name="captures")
    bytes = models.ForeignKey(CaptureBytes, models.PROTECT, related_name="captures", db_column="sha256")
    size = models.PositiveBigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=10, choices=Method)
    file_name = models.CharField(max_length=500, blank=True)
    locator = models.CharField(max_length=100, blank=True)
    original_url = models.CharField(max_length=2000, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    tool = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        triggers = [
            *append_only("Captures"),
            pgtrigger.Trigger(
                name="check_size",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "bigint")],
                func="""
                    SELECT octet_length(b.data) INTO held FROM archive_capturebytes b WHERE b.sha256 = NEW.sha256;
                    IF NEW.size IS DISTINCT FROM held THEN
                        RAISE EXCEPTION 'the size is not that of the bytes' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(original_url="") | models.Q(original_url__iregex=r"^\W*https?:"),
                name="capture_address_of_the_web",
            ),
            models.UniqueConstraint(fields=["article", "bytes"], name="capture_once_an_article"),
            models.CheckConstraint(
                condition=models.Q(method__in=["import", "editor", "dataset"]), name="capture_method_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bytes_id[:12]} ({self.media_type})"


class IsNfc(models.Func):
    """Whether a text is in Unicode's normal form C, as this PostgreSQL knows it."""

    template = "%(expressions)s IS NFC NORMALIZED"
    output_field = models.BooleanField()


class TextVersion(Created):
    """The readable text drawn from a capture: LF, NFC, no control characters; immutable.

    ``length`` is in Unicode code points, as are all offsets into ``text``; ``sha256`` is of its UTF-8.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="texts")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField(help_text="Unicode code points")
    normalisation = models.CharField(max_length=20)
    extractor = models.CharField(max_length=100)

    class Meta:
        ordering = ["article", "number"]
        triggers = [
            *append_only("Texts"),
            pgtrigger.Trigger(
                name="check_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'sha256 does not fit the text' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.length <> char_length(NEW.text) OR NEW.length = 0 THEN
                        RAISE EXCEPTION 'length does not fit the text' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.text ~ '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]' THEN
                        RAISE EXCEPTION 'the text has control characters' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM archive_capture c
                                   WHERE c.id = NEW.capture_id AND c.article_id = NEW.article_id) THEN
                        RAISE EXCEPTION 'the capture is of another article' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="text_number_unique"),
            models.UniqueConstraint(fields=["article", "sha256"], name="text_once_an_article"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="text_number_from_one"),
            models.CheckConstraint(condition=IsNfc("text"), name="text_is_nfc"),
        ]
        indexes = [models.Index(fields=["sha256"], name="text_sha256")]

    def __str__(self) -> str:
        return f"text {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("article_text", args=[self.article.public_id, self.number])


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
        constraints = [
            models.UniqueConstraint(fields=["text_version", "start", "end", "place"], name="mention_unique"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="mention_start_before_end"),
        ]

    def __str__(self) -> str:
        return self.exact


class ArticleRow(models.Model):
    """What lists and search read of an article: one narrow row, made again from the article at any time.

    ``place_ids`` are the places mentioned in its newest text, with everything above them. Python writes ``full_vector``
    (title A, names of places C, text D) and ``cited_vector`` (B: passages that published records cite). A trigger makes
    of them what readers may search, ``vector``, by the policy of the source; ``is_public`` and ``source_id`` are always
    those of the article, however it was changed (docs/adr/0019-visible-by-trigger.md).
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="row")
    is_public = models.BooleanField()
    published_on = models.DateField(null=True)
    sort_on = models.DateField(help_text="published_on, or the first day of the calendar where that is unknown")
    source_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8, blank=True)
    place_ids = ArrayField(models.BigIntegerField(), default=list)
    vector = SearchVectorField(default="", editable=False)
    full_vector = SearchVectorField(default="")
    cited_vector = SearchVectorField(default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleRowQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_on", "-article_id"]
        triggers = [stamped(), follows_article()]
        indexes = [
            GinIndex(fields=["full_vector"], name="article_row_full_vector", fastupdate=False),
            GinIndex(fields=["vector"], name="article_row_vector", fastupdate=False),
            GinIndex(fields=["place_ids"], name="article_row_places"),
            models.Index(fields=["-sort_on", "-article"], name="article_row_newest"),
            models.Index(fields=["source_id", "-sort_on", "-article"], name="article_row_source"),
        ]

    def __str__(self) -> str:
        return str(self.article_id)
