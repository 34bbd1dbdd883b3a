"""The log of custody: what became of each copy and text since it came in, chained so that no line of it can change."""

import pgtrigger
from django.conf import settings
from django.db import models

from archive.models.articles import Article
from archive.models.base import append_only
from archive.models.choices import CUSTODY_ACTS, CUSTODY_ROLES
from archive.models.texts import Capture, TextVersion
from archive.terms import CustodyAct, CustodyRole, values

# Any number, as long as no other lock of the archive has it. Held until the transaction ends: events are written last.
LOCK = 7_316_840_202
NONE_BEFORE = "0" * 64

# The rule is `archive.custody.entry` as well; a test holds the two together.
_CHAIN = f"""
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT e.number, e.hash INTO last_number, last_hash FROM archive_custodyevent e ORDER BY e.number DESC LIMIT 1;
    NEW.number := COALESCE(last_number, 0) + 1;
    NEW.previous := COALESCE(last_hash, '{NONE_BEFORE}');
    NEW.at := clock_timestamp();
    NEW.role := CASE WHEN NEW.by_id IS NULL THEN '{CustodyRole.COMMAND}' ELSE '{CustodyRole.EDITOR}' END;
    NEW.salt := replace(gen_random_uuid()::text, '-', '');
    IF NEW.article_id IS NOT NULL THEN
        SELECT a.public_id INTO article_name FROM archive_article a WHERE a.id = NEW.article_id;
    END IF;
    IF NEW.capture_id IS NOT NULL THEN
        SELECT c.sha256 INTO capture_name FROM archive_capture c
        WHERE c.id = NEW.capture_id AND c.article_id = NEW.article_id;
        IF capture_name IS NULL THEN
            RAISE EXCEPTION 'the capture is of another article' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.text_version_id IS NOT NULL THEN
        SELECT t.sha256 INTO text_name FROM archive_textversion t
        WHERE t.id = NEW.text_version_id AND t.article_id = NEW.article_id;
        IF text_name IS NULL THEN
            RAISE EXCEPTION 'the text is of another article' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF jsonb_typeof(NEW.details::jsonb) <> 'object' OR strpos(NEW.details, E'\\n') > 0 THEN
        RAISE EXCEPTION 'the details are no JSON object in one line' USING ERRCODE = 'check_violation';
    END IF;
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n',
        NEW.number, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), NEW.event,
        COALESCE(article_name, ''), COALESCE(capture_name, ''), COALESCE(text_name, ''), NEW.role,
        encode(sha256(convert_to(NEW.salt || ':' || COALESCE(NEW.by_id::text, ''), 'UTF8')), 'hex'),
        NEW.details, NEW.previous), 'UTF8')), 'hex');
    RETURN NEW;
"""  # noqa: S608


class CustodyEvent(models.Model):
    """One line of the log: what was done, with which copy or text, when, by whom. Immutable.

    The database gives ``number`` (from 1, without a gap), ``at``, ``role``, ``salt``, ``previous`` (the hash of the
    line before) and ``hash`` (sha256 of what `archive.custody.entry` writes); what is said of them is not listened to.
    ``details`` is a JSON object, kept as the very text that is hashed. Readers see the role, never ``by`` or ``salt``.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, editable=False)
    event = models.CharField(max_length=20, choices=CUSTODY_ACTS)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="custody")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="custody")
    text_version = models.ForeignKey(TextVersion, models.PROTECT, null=True, blank=True, related_name="custody")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    role = models.CharField(max_length=10, choices=CUSTODY_ROLES, editable=False)
    salt = models.CharField(max_length=32, editable=False)
    details = models.TextField(default="{}")
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["number"]
        triggers = [
            *append_only("Events of custody"),
            pgtrigger.Trigger(
                name="chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("last_number", "bigint"),
                    ("last_hash", "text"),
                    ("article_name", "text"),
                    ("capture_name", "text"),
                    ("text_name", "text"),
                ],
                func=_CHAIN,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(event__in=values(CustodyAct)), name="custody_event_known"),
            models.CheckConstraint(condition=models.Q(role__in=values(CustodyRole)), name="custody_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.event}"
