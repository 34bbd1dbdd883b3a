"""What became of passages in other texts of their articles, and what editors say of it. No passage ever moves."""

import pgtrigger
from django.db import models

from archive.models.base import Created, append_only
from archive.models.choices import FOUND_BY, VERDICTS, WHEREABOUTS
from archive.models.passages import Passage
from archive.models.texts import TextVersion
from archive.terms import FoundBy, Verdict, Whereabouts, values

# A span of code points, or none at all.
_NO_SPAN = models.Q(start__isnull=True, end__isnull=True)
_SPAN = models.Q(start__gte=0, start__lt=models.F("end"))


class FoundAgain(Created):
    """A passage that was looked for in another text of its article. Immutable; the passage itself is never touched.

    ``start`` and ``end`` are code points of ``text_version``, empty unless its ``state`` is found or review.
    ``score`` is from 0 to 1, ``tool`` the rules that looked. ``candidates`` are spans, ``[start, end]``, when the words
    stand in several places and nothing tells which. The database compares the words when they were found exactly.
    """

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="found_again")
    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="passages_found")
    state = models.CharField(max_length=10, choices=WHEREABOUTS)
    method = models.CharField(max_length=10, choices=FOUND_BY, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    tool = models.CharField(max_length=40)

    class Meta:
        verbose_name = "passage found again"
        verbose_name_plural = "passages found again"
        ordering = ["text_version", "start", "id"]
        triggers = [
            *append_only("Passages found again"),
            pgtrigger.Trigger(
                name="check_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("sought", "archive_passage"), ("length", "integer"), ("words", "text")],
                func="""
                    SELECT * INTO sought FROM archive_passage p WHERE p.id = NEW.passage_id;
                    SELECT t.length, substring(t.text FROM NEW.start + 1 FOR NEW."end" - NEW.start) INTO length, words
                    FROM archive_textversion t
                    JOIN archive_textversion o ON o.article_id = t.article_id AND o.id <> t.id
                    WHERE t.id = NEW.text_version_id AND o.id = sought.text_version_id;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'a passage is found again in another text of its article only'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW."end" > length OR (NEW.method = 'exact' AND words <> sought.exact) THEN
                        RAISE EXCEPTION 'the text does not have these words at % to %', NEW.start, NEW."end"
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=values(Whereabouts)), name="found_again_state_known"),
            models.CheckConstraint(
                condition=models.Q(method__in=["", *values(FoundBy)]), name="found_again_method_known"
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=[Whereabouts.FOUND, Whereabouts.REVIEW]) & _SPAN & ~models.Q(method=""))
                | (models.Q(state__in=[Whereabouts.SEVERAL, Whereabouts.GONE], method="") & _NO_SPAN),
                name="found_again_somewhere_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=1),
                name="found_again_score_from_0_to_1",
            ),
            models.UniqueConstraint(fields=["passage", "text_version"], name="found_again_once_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} in text {self.text_version_id}: {self.state}"


class FoundVerdict(Created):
    """What an editor says of a passage that was looked for; the last one counts. Immutable.

    ``start`` and ``end`` are given when the editor places it, in code points of the text that it was looked for in.
    """

    found = models.ForeignKey(FoundAgain, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "verdict on a passage found again"
        verbose_name_plural = "verdicts on passages found again"
        ordering = ["found", "id"]
        triggers = [
            *append_only("Verdicts"),
            pgtrigger.Trigger(
                name="check_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("length", "integer")],
                func="""
                    SELECT t.length INTO length FROM archive_textversion t
                    JOIN archive_foundagain f ON f.text_version_id = t.id WHERE f.id = NEW.found_id;
                    IF NEW."end" > length THEN
                        RAISE EXCEPTION 'the text ends before %', NEW."end" USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=values(Verdict)), name="found_verdict_known"),
            models.CheckConstraint(
                condition=(models.Q(verdict=Verdict.PLACED) & _SPAN) | (~models.Q(verdict=Verdict.PLACED) & _NO_SPAN),
                name="found_verdict_placed_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.CONFIRMED) | ~models.Q(reason=""), name="found_verdict_with_reason"
            ),
            models.CheckConstraint(condition=models.Q(created_by__isnull=False), name="found_verdict_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.found_id}: {self.verdict}"
