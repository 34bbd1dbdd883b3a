"""Addresses that editors want in the archive, and what became of each."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from archive.models.articles import Article
from archive.models.choices import FETCH_STATES
from archive.models.texts import Capture
from archive.terms import FetchState, values

PENDING = [FetchState.WAITING, FetchState.FETCHING]
NOWHERE = [*PENDING, FetchState.FAILED]  # there is no capture


class FetchRequest(models.Model):
    """An address that an editor asked for. It tells how far the fetch is; what came in is told by capture and log.

    ``attempt`` counts from 1: whoever works on an earlier one than this writes nothing here any more. ``message`` is
    the step that is being done, the reason of a failure, or what is odd about the page. ``changed_at`` is the moment of
    the last step. An address that is waiting or being fetched cannot be asked for a second time.
    """

    address = models.CharField(max_length=2_000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="fetch_requests")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=FETCH_STATES, default=FetchState.WAITING)
    message = models.TextField(blank=True)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="fetch_requests")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="fetch_requests")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=values(FetchState)), name="fetch_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=NOWHERE, article__isnull=True, capture__isnull=True)
                | (~models.Q(state__in=NOWHERE) & models.Q(article__isnull=False, capture__isnull=False)),
                name="fetch_leads_to_a_capture",
            ),
            models.UniqueConstraint(
                fields=["address"], condition=models.Q(state__in=PENDING), name="fetch_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.state}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING
