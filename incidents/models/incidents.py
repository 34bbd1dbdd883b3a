"""One attack, or a series told as one, as editors judge it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from archive.models import Editable, Passage
from archive.models.base import append_only, fixed, incident_code, no_delete, tracked
from archive.terms import values
from incidents.models.choices import ACTIONS, SCOPES, STATUSES
from incidents.querysets import IncidentQuerySet
from incidents.terms import CLOSED, OPEN, Action, Scope, Status

CLOSED_VALUES = [status.value for status in CLOSED]


def editions_fit_status(operation: pgtrigger.Operation, incident: str) -> pgtrigger.Trigger:
    """Return the trigger that looks, when a transaction ends, whether an incident has the editions that it says.

    What is published has an edition; what is a draft or in review has none. ``incident`` is its id.
    """
    return pgtrigger.Trigger(
        name="editions_fit_status",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        declare=[("said", "text")],
        func=f"""
            SELECT i.status INTO said FROM incidents_incident i WHERE i.id = NEW.{incident};
            IF said IN ({", ".join(f"'{status}'" for status in OPEN)}) AND (said = 'published') <>
               EXISTS (SELECT 1 FROM incidents_edition e WHERE e.incident_id = NEW.{incident}) THEN
                RAISE EXCEPTION 'what is published has an edition, what is a draft has none: % is %',
                    NEW.{incident}, said USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (the name of our own column)
    )


def rows_fit_edition(operation: pgtrigger.Operation, incident: str) -> pgtrigger.Trigger:
    """Return the trigger that looks, when a transaction ends, whether readers' rows are those of the newest edition.

    Lists, exports and citations of an incident that was ever published follow each edition and each change of its
    status. ``incident`` is its id.
    """
    return pgtrigger.Trigger(
        name="rows_fit_edition",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        declare=[("lacking", "text")],
        func=f"""
            lacking := rows_lacking(NEW.{incident});
            IF lacking IS NOT NULL THEN
                RAISE EXCEPTION 'readers would not see the newest edition of incident %: %', NEW.{incident}, lacking
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


@tracked
class Incident(Editable):
    """What editors work on. It states nothing by itself: its facts follow from its claims, readers see its editions.

    A code is opaque, has a check character and is never used again: incidents are never deleted.
    ``submission`` is what a reviewer has to look at, ``sent_back`` what a reviewer answered; never both.
    """

    code = models.CharField(max_length=12, unique=True, default=incident_code, editable=False)
    scope = models.CharField(max_length=10, choices=SCOPES, default=Scope.ATTACK.value)
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.DRAFT.value, editable=False)
    working_title = models.CharField(
        max_length=200, blank=True, help_text="For editors, until there are facts to make a title of."
    )
    note = models.TextField("internal note", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )
    closed_at = models.DateTimeField("withdrawn or merged at", null=True, blank=True, editable=False)
    closed_reason = models.TextField("public reason", blank=True, editable=False)
    submission = models.OneToOneField(
        "incidents.Submission", models.PROTECT, null=True, blank=True, editable=False, related_name="waiting"
    )
    sent_back = models.OneToOneField(
        "incidents.EditorialEvent", models.PROTECT, null=True, blank=True, editable=False, related_name="waiting"
    )

    objects = IncidentQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["-id"]
        permissions = [("withdraw_incident", "Can withdraw incident")]
        triggers = [
            *Editable.Meta.triggers,
            fixed("code"),
            *no_delete("Incidents", "withdraw or merge it instead"),
            editions_fit_status(pgtrigger.Insert | pgtrigger.UpdateOf("status"), "id"),
            rows_fit_edition(pgtrigger.UpdateOf("status", "closed_at"), "id"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=values(Scope)), name="incident_scope_known"),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[status.value for status in OPEN],
                    merged_into__isnull=True,
                    closed_at__isnull=True,
                    closed_reason="",
                )
                | (
                    models.Q(status=Status.WITHDRAWN.value, merged_into__isnull=True, closed_at__isnull=False)
                    & ~models.Q(closed_reason="")
                )
                | (models.Q(status=Status.MERGED.value, merged_into__isnull=False, closed_at__isnull=False)),
                name="incident_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="incident_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.IN_REVIEW.value, submission__isnull=False, sent_back__isnull=True)
                | models.Q(status=Status.DRAFT.value, submission__isnull=True)
                | models.Q(status=Status.PUBLISHED.value, submission__isnull=True)
                | models.Q(status=Status.PUBLISHED.value, sent_back__isnull=True)
                | models.Q(status__in=CLOSED_VALUES, submission__isnull=True, sent_back__isnull=True),
                name="incident_waits_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.working_title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.code])


@tracked
class SummarySentence(Editable):
    """One sentence of the editors' own summary; it cites at least one passage (checked when published).

    ``cited`` holds the public ids of its passages, kept by a trigger, so that lock and history see them too.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="summary")
    position = models.PositiveSmallIntegerField(default=0)
    text_en = models.TextField("sentence (English)")
    text_ar = models.TextField("sentence (Arabic)", blank=True)
    passages = models.ManyToManyField(Passage, related_name="summary_sentences", blank=True)
    cited = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["incident", "position", "id"]

    def __str__(self) -> str:
        return self.text_en


class SentencePassage(SummarySentence.passages.through):  # type: ignore[name-defined]
    """The table that joins sentences and passages, for its trigger: each change of it is one of the sentence."""

    class Meta:
        proxy = True
        ordering = ["id"]
        triggers = [
            pgtrigger.Trigger(
                name="keep_cited",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    UPDATE incidents_summarysentence s SET cited = COALESCE(
                        (SELECT array_agg(p.public_id ORDER BY p.public_id) FROM archive_passage p
                         JOIN incidents_summarysentence_passages j ON j.passage_id = p.id
                         WHERE j.summarysentence_id = s.id), '{}')
                    WHERE s.id = COALESCE(NEW.summarysentence_id, OLD.summarysentence_id);
                    RETURN NULL;
                """,
            )
        ]


class EditorialEvent(models.Model):
    """What editors did with an incident and why; append-only, written by `incidents.curation`.

    ``made_other`` says of a split that it made the incident that it carried claims to.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="editorial_events")
    action = models.CharField(max_length=20, choices=ACTIONS)
    reason = models.TextField(blank=True)
    edition_number = models.PositiveIntegerField(null=True, blank=True)
    other = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    made_other = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only("Events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=values(Action)),
                name="editorial_event_action_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.action}"
