"""What the operator of an archive says of it, in words that administrators write."""

from django.db import models
from django.db.models import Q

from archive.models.base import Editable, fixed, tracked
from archive.models.choices import ABOUT_PARTS
from archive.terms import AboutPart, values

LONGEST = 6_000


@tracked
class AboutText(Editable):
    """One part of the page about the archive, in both languages. Where nothing is written, the page says so."""

    part = models.CharField(max_length=20, unique=True, choices=ABOUT_PARTS, editable=False)
    text_en = models.TextField("text (English)", blank=True, max_length=LONGEST)
    text_ar = models.TextField("text (Arabic)", blank=True, max_length=LONGEST)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["id"]
        verbose_name = "text about the archive"
        verbose_name_plural = "texts about the archive"
        triggers = [*Editable.Meta.triggers, fixed("part")]
        constraints = [models.CheckConstraint(condition=Q(part__in=values(AboutPart)), name="about_text_part_known")]

    def __str__(self) -> str:
        return str(self.get_part_display())
