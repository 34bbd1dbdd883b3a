"""Spans of a text, and which published records cite them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse

from archive.models.base import Created, append_only, passage_code
from archive.models.texts import TextVersion
from archive.querysets import PassageQuerySet


class Passage(Created):
    """A span of one text: ``start`` included, ``end`` excluded, in Unicode code points, with the exact quote and
    up to 32 code points before and after. Immutable; the database compares the quote with the text.
    """

    public_id = models.CharField(max_length=12, unique=True, default=passage_code, editable=False)
    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["text_version", "start", "end"]
        triggers = [
            *append_only("Passages"),
            pgtrigger.Trigger(
                name="check_quote",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("whole", "text")],
                func="""
                    SELECT t.text INTO whole FROM archive_textversion t WHERE t.id = NEW.text_version_id;
                    IF substring(whole FROM NEW.start + 1 FOR NEW."end" - NEW.start) IS DISTINCT FROM NEW.exact THEN
                        RAISE EXCEPTION 'the quote is not what the text has at % to %', NEW.start, NEW."end"
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF right(substring(whole FROM 1 FOR NEW.start), 32) <> NEW.prefix
                       OR substring(whole FROM NEW."end" + 1 FOR 32) <> NEW.suffix THEN
                        RAISE EXCEPTION 'prefix or suffix is not what the text has around the quote'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__gte=0, start__lt=models.F("end")), name="passage_not_empty"
            ),
            models.CheckConstraint(
                condition=Exact(Length("exact"), models.F("end") - models.F("start")),
                name="passage_ends_within_its_text",
            ),
            models.UniqueConstraint(fields=["text_version", "start", "end"], name="passage_once_a_text"),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 80 else f"{self.exact[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.public_id])


class Citation(models.Model):
    """A published record that cites a passage; the public side shows a passage only if it has one.

    Written when a record is published; ``is_current`` is false once only older editions of the record cite it.
    ``record`` is the record's public code, ``path`` its address, ``aspects`` what the passage supports.
    """

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="citations")
    record = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    title_en = models.CharField(max_length=500)
    title_ar = models.CharField(max_length=500, blank=True)
    aspects = ArrayField(models.CharField(max_length=20), default=list)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["record"]
        constraints = [models.UniqueConstraint(fields=["passage", "record"], name="citation_once_a_record")]
        indexes = [models.Index(fields=["record"], name="citation_record")]

    def __str__(self) -> str:
        return f"{self.record} cites {self.passage_id}"
