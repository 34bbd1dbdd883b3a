"""When the archive was verified, and what was found."""

from django.db import models

from archive.models.base import append_only


class Verification(models.Model):
    """One run of `manage.py verify`, written when it is over. Immutable.

    ``counts`` is how many of each kind were looked at, ``findings`` the first thousand things that differ, each
    ``{"name", "problem"}``, ``finding_count`` how many there were. ``is_whole`` says that everything was looked at;
    otherwise the next run goes on after ``reached_kind`` and ``reached_key``.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_whole = models.BooleanField()
    counts = models.JSONField(default=dict)
    finding_count = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    reached_kind = models.CharField(max_length=20, blank=True)
    reached_key = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        triggers = append_only("Verifications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("began_at")), name="verification_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}: {self.finding_count} findings"
