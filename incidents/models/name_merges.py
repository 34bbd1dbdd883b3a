"""That two facilities, actors or speakers were found to be one: what merging them did, and that it was taken back."""

from django.db import models
from django.db.models import Q

from archive.models.base import Created, append_only
from archive.terms import values
from incidents.models.choices import NAME_KINDS
from incidents.terms import NameKind


class NameMerge(Created):
    """One merge, and why. Append-only, never public; ``merged`` and ``survivor`` are primary keys of one model.

    ``carried`` is what it changed, so that undoing needs no guess. Keys: ``claims``, each with its key (``claim``), the
    key of the one that replaced it (``successor``, null where it was changed in place), the columns before and after
    (``was``, ``became``; both empty where it ended because another says the same); ``names`` that became other names;
    ``children`` and ``speakers``, keys of the actors and speakers that belonged to a merged actor.
    """

    kind = models.CharField(max_length=10, choices=NAME_KINDS)
    merged = models.BigIntegerField()
    survivor = models.BigIntegerField()
    reason = models.TextField()
    carried = models.JSONField()

    class Meta:
        ordering = ["id"]
        triggers = append_only("Merges of names")
        indexes = [models.Index(fields=["kind", "merged"], name="name_merge_merged")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=values(NameKind)), name="name_merge_kind_known"),
            models.CheckConstraint(condition=~Q(merged=models.F("survivor")), name="name_merge_of_two"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="name_merge_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.merged} {self.survivor}"


class NameMergeUndone(Created):
    """That a merge was taken back, and why; once. Append-only, never public."""

    merge = models.OneToOneField(NameMerge, models.PROTECT, related_name="undone")
    reason = models.TextField()

    class Meta:
        ordering = ["id"]
        triggers = append_only("Merges of names")
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="name_merge_undone_has_reason")]

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.reason}"
