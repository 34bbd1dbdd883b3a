"""Who is to work on an incident, and by which words editors sort incidents. None of it is ever public."""

from django.conf import settings
from django.db import models

from archive.models.base import tracked
from archive.models.work import SAYS_SOMETHING, Given
from incidents.models.incidents import Incident


@tracked
class IncidentAssignment(Given):
    """Who is to work on an incident; one person at a time."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="assignment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assigned_incidents")

    def __str__(self) -> str:
        return f"{self.incident_id} for {self.user_id}"


@tracked
class IncidentTag(Given):
    """A word by which editors sort incidents, in small letters."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="tags")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "incident"], name="incident_tag_once"),
            models.CheckConstraint(condition=models.Q(name__regex=SAYS_SOMETHING), name="incident_tag_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
