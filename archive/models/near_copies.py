"""Reports that say much the same in the same words: copies, and rewritten copies, of one another."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from archive.models.base import Created, append_only
from archive.models.texts import TextVersion


class TextSketch(models.Model):
    """What a text is found by among texts that share much of it; follows from the text alone, made by `archive.copies`.

    ``bands`` are numbers: texts that share much have one in common. ``firsts`` tell how much, about; ``size`` is how
    many runs of words the text has. ``rules`` says how they were made. A text with too few words has no sketch.
    """

    text_version = models.OneToOneField(TextVersion, models.PROTECT, primary_key=True, related_name="sketch")
    bands = ArrayField(models.BigIntegerField())
    firsts = models.BinaryField()
    size = models.PositiveIntegerField()
    rules = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "text sketches"
        ordering = ["text_version"]
        indexes = [GinIndex(fields=["bands"], name="text_sketch_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.text_version_id}"


class NearCopy(Created):
    """That two texts of different articles share much, as it was noticed when the later came in. Append-only.

    ``shared`` is the share of ``text`` that stands in ``other`` too, ``shared_of_other`` the share of ``other`` that
    stands in ``text``: of their runs of words. Nothing follows from it: editors are told, readers are not.
    """

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="near_earlier")
    other = models.ForeignKey(TextVersion, models.PROTECT, related_name="near_later")
    shared = models.FloatField()
    shared_of_other = models.FloatField()

    class Meta:
        verbose_name_plural = "near copies"
        ordering = ["id"]
        triggers = append_only("Near copies")
        constraints = [
            models.UniqueConstraint(fields=["text", "other"], name="near_copy_once"),
            models.CheckConstraint(condition=Q(other__lt=F("text")), name="near_copy_in_order"),
            models.CheckConstraint(
                condition=Q(shared__gt=0, shared__lte=1, shared_of_other__gt=0, shared_of_other__lte=1),
                name="near_copy_is_of_shares",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.other_id}"
