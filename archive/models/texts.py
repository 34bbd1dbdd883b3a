"""The copies of reports that were received, and the texts drawn from those."""

import pgtrigger
from django.db import models
from django.urls import reverse

from archive.models.articles import Article
from archive.models.base import Created, append_only, no_truncate
from archive.models.choices import CAPTURE_METHODS, CLOCKS, NOT_ARTICLES
from archive.source_urls import OF_THE_WEB
from archive.terms import CaptureMethod, Clock, CustodyAct, Kept, NotAnArticle, values

# Bytes leave the database for the storage and come back by the owner's role alone, and only when the log tells of it in
# the same transaction: `archive.depot.moving`.
_ONLY_MOVED = f"""
    IF TG_OP = 'UPDATE' AND NEW.sha256 = OLD.sha256 AND NEW.size = OLD.size
        AND (NEW.data IS NULL) <> (OLD.data IS NULL) AND EXISTS (
            SELECT FROM archive_capture c JOIN archive_custodyevent e ON e.capture_id = c.id
            WHERE c.sha256 = NEW.sha256 AND e.event = '{CustodyAct.MOVED}' AND e.at >= transaction_timestamp()
                AND e.details::jsonb ->> 'to'
                    = CASE WHEN NEW.data IS NULL THEN '{Kept.STORAGE}' ELSE '{Kept.DATABASE}' END)
    THEN
        IF NEW.sha256 <> encode(sha256(NEW.data), 'hex') THEN
            RAISE EXCEPTION 'sha256 does not fit the bytes' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Captured bytes are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
"""


class CaptureBytes(models.Model):
    """The bytes of a capture, once for each content; the key is their sha256 (hexadecimal), checked by a trigger.

    Without ``data`` they lie in the storage of `archive.depot`. ``size`` is in bytes, wherever they lie.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    data = models.BinaryField(null=True)

    class Meta:
        verbose_name_plural = "capture bytes"
        triggers = [
            pgtrigger.Trigger(
                name="refuse_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_ONLY_MOVED,
            ),
            no_truncate("Captured bytes"),
            pgtrigger.Trigger(
                name="check_digest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="IF NEW.sha256 <> encode(sha256(NEW.data), 'hex') THEN RAISE EXCEPTION "
                "'sha256 does not fit the bytes' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="capture_bytes_sha256_is_a_digest"
            ),
            models.CheckConstraint(
                condition=models.Q(data=None) | models.Q(size=models.Func("data", function="octet_length")),
                name="capture_bytes_as_long_as_they_say",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class Capture(Created):
    """One copy of an article as received: which bytes, when, how, by whom. Immutable.

    ``captured_at`` is when the copy was taken from its source, if the file says so; ``created_at`` when it came to
    us. ``clock`` tells who says so. ``locator`` is its place in the file (a row or line number, counted from 1).

    Of a web page: ``original_url`` was asked for, ``final_url`` answered after ``redirects`` (a list of ``{"url",
    "status"}``) with ``http_status`` and ``http_headers`` (a list of pairs). ``payload_sha256`` and ``payload_size``
    are of the decoded body, ``block_sha256`` of the WARC record's block, ``file_sha256`` of the whole file that it
    came in. ``warnings`` are clauses for people, ``settings`` those of the tool. ``same_text`` is the text that an
    earlier capture gave already; a capture without it has a text of its own.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="captures")
    bytes = models.ForeignKey(CaptureBytes, models.PROTECT, related_name="captures", db_column="sha256")
    size = models.PositiveBigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=10, choices=CAPTURE_METHODS)
    file_name = models.CharField(max_length=500, blank=True)
    locator = models.CharField(max_length=100, blank=True)
    original_url = models.CharField(max_length=2000, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    clock = models.CharField(max_length=10, blank=True, choices=CLOCKS)
    tool = models.CharField(max_length=100)
    settings = models.JSONField(default=dict, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    redirects = models.JSONField(default=list, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    http_headers = models.JSONField(default=list, blank=True)
    payload_sha256 = models.CharField(max_length=64, blank=True)
    payload_size = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")
    block_sha256 = models.CharField(max_length=64, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    same_text = models.ForeignKey(
        "archive.TextVersion", models.PROTECT, null=True, blank=True, related_name="captures_again"
    )

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
                    SELECT b.size INTO held FROM archive_capturebytes b WHERE b.sha256 = NEW.sha256;
                    IF NEW.size IS DISTINCT FROM held THEN
                        RAISE EXCEPTION 'the size is not that of the bytes' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(original_url="")
                | models.Q(original_url__iregex=OF_THE_WEB.replace("^", r"^\W*", 1)),
                name="capture_address_of_the_web",
            ),
            models.UniqueConstraint(fields=["article", "bytes"], name="capture_once_an_article"),
            models.CheckConstraint(condition=models.Q(method__in=values(CaptureMethod)), name="capture_method_known"),
            models.CheckConstraint(condition=models.Q(clock__in=["", *values(Clock)]), name="capture_clock_known"),
            models.CheckConstraint(
                condition=models.Q(clock="") | models.Q(captured_at__isnull=False), name="capture_clock_of_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(final_url="") | models.Q(final_url__iregex=OF_THE_WEB),
                name="capture_final_address_of_the_web",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__regex": "^([0-9a-f]{64})?$"}), name=f"capture_{name}_is_a_digest"
                )
                for name in ("payload_sha256", "block_sha256", "file_sha256")
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

    ``length`` is in Unicode code points, as are all offsets into ``text``; ``sha256`` is of its UTF-8. ``extractor``
    names the rules that drew it, ``settings`` what they were told. ``captions`` are spans of the text, ``[start,
    end]``. ``flag`` says that the page is no article, ``flag_reason`` why that is believed. ``corrects`` is the text
    that an editor put right with this one. ``updated`` is when the page says that it was changed, ISO 8601.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="texts")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField(help_text="Unicode code points")
    normalisation = models.CharField(max_length=20)
    extractor = models.CharField(max_length=100)
    settings = models.JSONField(default=dict, blank=True)
    captions = models.JSONField(default=list, blank=True)
    flag = models.CharField(max_length=10, blank=True, choices=NOT_ARTICLES)
    flag_reason = models.CharField(max_length=300, blank=True)
    updated = models.CharField(max_length=40, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")

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
            models.CheckConstraint(condition=models.Q(flag__in=["", *values(NotAnArticle)]), name="text_flag_known"),
            models.CheckConstraint(
                condition=models.Q(flag="", flag_reason="") | (~models.Q(flag="") & ~models.Q(flag_reason="")),
                name="text_flagged_with_reason",
            ),
            models.CheckConstraint(condition=IsNfc("text"), name="text_is_nfc"),
        ]
        indexes = [models.Index(fields=["sha256"], name="text_sha256")]

    def __str__(self) -> str:
        return f"text {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("article_text", args=[self.article.public_id, self.number])
