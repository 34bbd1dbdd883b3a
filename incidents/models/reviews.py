"""What editors hand to a second pair of eyes."""

from django.conf import settings
from django.db import models

from archive.models.base import append_only
from incidents.models.claims import Claim
from incidents.models.incidents import Incident


class Submission(models.Model):
    """An incident as it was when an editor submitted it for review, with a comment for the reviewer. Append-only.

    ``content`` is what the next edition would have said (`incidents.record`); ``sha256`` stands for it without what
    two editions of the same may differ in. Neither is ever public.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="submissions")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="submissions")
    comment = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        triggers = append_only("Submissions")

    def __str__(self) -> str:
        return f"{self.incident_id} submitted"


class Comment(models.Model):
    """What editors say to each other about an incident, or about one claim of it. Append-only, and never public.

    ``thread`` is the comment that it answers (None begins a thread), ``resolves`` closes the thread; a later answer
    opens it again.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="comments")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="comments")
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    text = models.TextField(blank=True)
    resolves = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only("Comments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S") | models.Q(resolves=True), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(resolves=False) | models.Q(thread__isnull=False), name="comment_resolves_a_thread"
            ),
        ]

    def __str__(self) -> str:
        return self.text
