"""Lists that readers follow by e-mail."""

from functools import partial

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from archive.codes import new_code
from archive.models.choices import FOLLOWED, RHYTHMS
from archive.terms import Followed, Rhythm, values

LONGEST_QUERY = 2_000  # characters
alert_reference = partial(new_code, 16)


class Alert(models.Model):
    """A list that a reader follows by e-mail: asked for, then confirmed; deleted when it ends. Nothing keeps a history
    of it.

    ``query`` are the parameters of the list. ``sealed`` is the e-mail address, encrypted with the archive's key, and
    ``digest`` a keyed digest of it, by which it is found again. ``token`` is the digest of the word that confirms it.

    What changed before ``told_until`` has been told. ``claimed_until`` is the end of the last period of which a mail
    was begun: no second one is ever begun (`archive.alerts.sending`). ``refusals`` counts how often the mail server of
    the reader refused for good, one after the other.
    """

    reference = models.CharField(max_length=20, unique=True, default=alert_reference, editable=False)
    kind = models.CharField(max_length=10, choices=FOLLOWED)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    rhythm = models.CharField(max_length=10, choices=RHYTHMS)
    sealed = models.TextField()
    digest = models.CharField(max_length=64)
    token = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=values(Followed)), name="alert_kind_known"),
            models.CheckConstraint(condition=Q(rhythm__in=values(Rhythm)), name="alert_rhythm_known"),
            models.CheckConstraint(condition=Q(language__regex=r"^[a-z]{2,3}$"), name="alert_language_is_a_code"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="alert_digest_is_one"),
            models.CheckConstraint(condition=~Q(sealed__contains="@") & ~Q(sealed=""), name="alert_address_is_sealed"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("query"), LONGEST_QUERY), name="alert_query_within_bounds"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, told_until=None, claimed_until=None)
                | Q(confirmed_at__isnull=False, told_until__isnull=False),
                name="alert_tells_once_confirmed",
            ),
            models.UniqueConstraint(
                fields=["digest", "kind", "query"], condition=Q(confirmed_at=None), name="alert_asked_for_once"
            ),
            models.UniqueConstraint(
                fields=["digest", "kind", "query"],
                condition=Q(confirmed_at__isnull=False),
                name="alert_followed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["token"], condition=~Q(token=""), name="alert_token"),
            models.Index(fields=["told_until"], condition=Q(told_until__isnull=False), name="alert_told_until"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="alert_asked_at"),
        ]

    def __str__(self) -> str:
        return self.reference
