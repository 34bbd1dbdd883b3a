"""What editors answered to warnings before publishing."""

from django.conf import settings
from django.db import models

from archive.models.base import append_only
from incidents.models.incidents import Incident


class WarningAnswer(models.Model):
    """Why an editor keeps what a rule of `incidents.sense` warns of. Append-only, and never public.

    ``key`` stands for the very thing that was warned of: once a claim says something else, the answer counts no more.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="warning_answers")
    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    warning = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only("Answers")
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__regex=r"\S"), name="warning_answer_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(rule="") & models.Q(key__startswith=models.F("rule")),
                name="warning_answer_key_is_of_its_rule",
            ),
        ]
        indexes = [models.Index(fields=["incident", "key"], name="warning_answer_incident_key")]

    def __str__(self) -> str:
        return self.key
