"""Dated releases of the data set: what each holds, and what was withheld when it was made."""

from django.db import models
from django.urls import reverse

from archive.models.base import append_only


class Release(models.Model):
    """The data set as it was on a day, as files that never change. Immutable.

    ``files`` are `{"name", "size", "sha256"}` in the order of the checksums, ``archive`` the same of the zip that has
    them all; they lie in the storage of captures under ``folder``. ``counts`` are rows by table. ``differences`` say
    by table how many rows came, changed and went since the release before; empty for the first one.

    ``last_article`` and ``last_edition`` are the highest keys that it may hold, ``kept_back`` by kind the keys of what
    readers could not see then. By these `incidents.releases.standing` knows what has been withheld since.
    """

    name = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    note = models.TextField("public note", blank=True)
    folder = models.CharField(max_length=40, unique=True)
    archive = models.JSONField()
    files = models.JSONField()
    counts = models.JSONField()
    differences = models.JSONField(default=dict, blank=True)
    last_article = models.BigIntegerField()
    last_edition = models.BigIntegerField()
    kept_back = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        triggers = append_only("Releases")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^\d{4}-\d\d-\d\d(-[1-9]\d*)?$"), name="release_named_by_day"
            ),
            models.CheckConstraint(condition=models.Q(folder__regex=r"^[0-9a-z]+$"), name="release_folder_plain"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("release", args=[self.name])
