"""Errors that readers report, and what editors answered; kept apart: what must be possible to forget."""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from archive.codes import new_code
from archive.models.base import Editable, fixed, no_delete, tracked
from archive.models.choices import ERROR_STATES, SPOKEN
from archive.models.work import SAYS_SOMETHING
from archive.querysets import ReportedErrorQuerySet
from archive.terms import ErrorState, Spoken, values

reference_code = partial(new_code, 10)
LONGEST_WORDS = 4_000  # characters of each field
LONGEST_ANSWER = 600


@tracked
class ReportedError(Editable):
    """That a reader reported an error: of what, and what an editor answered in public.

    ``key`` is what links know the thing by (a code, a public id, a slug, a P-code), ``number`` the version or the text
    that the reader saw. There is no foreign key, so that nothing that a stranger sends holds a row of the archive fast.
    What the reader wrote is in `ReportedWords` and `ReporterAddress`: history keeps this row for ever, and not those.
    """

    reference = models.CharField(max_length=12, unique=True, default=reference_code, editable=False)
    spoken_of = models.CharField(max_length=10, choices=SPOKEN, editable=False)
    key = models.CharField(max_length=120, blank=True, editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    language = models.CharField(max_length=10, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_errors"
    )
    state = models.CharField(max_length=10, choices=ERROR_STATES, default=ErrorState.OPEN.value)
    mended_in = models.PositiveIntegerField("corrected in version", null=True, blank=True)
    answer_en = models.CharField("public answer (English)", max_length=LONGEST_ANSWER, blank=True)
    answer_ar = models.CharField("public answer (Arabic)", max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ReportedErrorQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["-id"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("reference"),
            fixed("spoken_of", "key", "number"),
            *no_delete("Reported errors", "answer it or set it aside instead"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(spoken_of__in=values(Spoken)), name="reported_error_kind_known"),
            models.CheckConstraint(condition=Q(state__in=values(ErrorState)), name="reported_error_state_known"),
            models.CheckConstraint(
                condition=Q(spoken_of=Spoken.ARCHIVE.value, key="", number__isnull=True)
                | (~Q(spoken_of=Spoken.ARCHIVE.value) & Q(key__regex=r"^[-a-zA-Z0-9_]+$")),
                name="reported_error_of_something",
            ),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="reported_error_number_from_one"),
            models.CheckConstraint(
                condition=Q(state=ErrorState.OPEN.value, answered_at__isnull=True)
                | (~Q(state=ErrorState.OPEN.value) & Q(answered_at__isnull=False)),
                name="reported_error_answered_once_closed",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[ErrorState.ACCEPTED.value, ErrorState.DECLINED.value])
                    & (Q(answer_en__regex=SAYS_SOMETHING) | Q(answer_ar__regex=SAYS_SOMETHING))
                )
                | Q(state__in=[ErrorState.OPEN.value, ErrorState.SET_ASIDE.value], answer_en="", answer_ar=""),
                name="reported_error_has_public_answer",
            ),
            models.CheckConstraint(
                condition=Q(mended_in=None)
                | (Q(state=ErrorState.ACCEPTED.value, spoken_of=Spoken.INCIDENT.value) & Q(mended_in__gte=1)),
                name="reported_error_mended_in_version",
            ),
        ]
        indexes = [
            models.Index(fields=["spoken_of", "key"], name="reported_error_of"),
            models.Index(fields=["state", "-answered_at"], name="reported_error_state"),
        ]

    def __str__(self) -> str:
        return self.reference


class OfReport(models.Model):
    """What a reader wrote and what can be forgotten: added and taken away, never changed, and never public."""

    report = models.OneToOneField(ReportedError, models.PROTECT, primary_key=True, related_name="%(class)s")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class ReportedWords(OfReport):
    """What is wrong, and what it should say and how the reader knows, in the reader's words."""

    problem = models.TextField()
    proposal = models.TextField(blank=True)

    class Meta:
        ordering = ["report"]
        verbose_name_plural = "reported words"
        constraints = [
            models.CheckConstraint(condition=Q(problem__regex=SAYS_SOMETHING), name="reported_words_say_something"),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("problem"), LONGEST_WORDS))
                & Q(LessThanOrEqual(Length("proposal"), LONGEST_WORDS)),
                name="reported_words_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.report_id}"


class ReporterAddress(OfReport):
    """Where a reader may be asked back, for editors alone; forgotten some time after the answer."""

    email = models.EmailField()

    class Meta:
        ordering = ["report"]
        verbose_name_plural = "reporter addresses"
        constraints = [models.CheckConstraint(condition=Q(email__contains="@"), name="reporter_address_is_one")]

    def __str__(self) -> str:
        return f"address of {self.report_id}"


class SentForm(models.Model):
    """That a form of a purpose was sent, for as long as it is counted: a keyed digest of where from, or of where to,
    never the address.
    """

    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["at"], name="sent_form_at")]

    def __str__(self) -> str:
        return self.digest[:8]
