"""Administrative units, towns and neighbourhoods, with every known spelling of their names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from archive.localisation import localised
from archive.models.base import Editable, tracked


class Place(models.Model):
    """An administrative unit or a populated place, with its official P-code.

    ``ancestors`` holds the ids of all units above it, country first; the parent comes from the code table,
    never from a drawn polygon. ``lat`` and ``lon`` are degrees (WGS 84) of the place's reference point.
    """

    class Level(models.IntegerChoices):
        COUNTRY = 0, pgettext_lazy("place", "country")
        GOVERNORATE = 1, pgettext_lazy("place", "governorate")
        DISTRICT = 2, pgettext_lazy("place", "district")
        SUBDISTRICT = 3, pgettext_lazy("place", "sub-district")
        COMMUNITY = 4, pgettext_lazy("place", "community")
        NEIGHBOURHOOD = 5, pgettext_lazy("place", "neighbourhood")

    pcode = models.CharField("P-code", max_length=20, unique=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    name_en = models.CharField("name (English)", max_length=200)
    name_ar = models.CharField("name (Arabic)", max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    ancestors = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["level", "name_en"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__range=(0, 5)), name="place_level_known"),
            models.CheckConstraint(
                condition=models.Q(level=0, parent__isnull=True) | models.Q(level__gt=0, parent__isnull=False),
                name="place_only_countries_have_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="place_point_whole_and_on_earth",
            ),
        ]
        indexes = [GinIndex(fields=["ancestors"], name="place_ancestors_gin")]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.pcode})"

    def get_absolute_url(self) -> str:
        return reverse("town", args=[self.pcode])

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)


@tracked
class PlaceName(Editable):
    """One spelling of a place's name. ``folded`` is `archive.names.fold` of it; ``skeleton`` serves likeness only."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    skeleton = models.CharField(max_length=200, editable=False)
    script = models.CharField(max_length=4, help_text="ISO 15924: Latn, Arab, …")
    language = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=40)
    quality = models.CharField(max_length=20, help_text="official, exact, alias, …")
    is_official = models.BooleanField(default=False)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="place_name_once_a_place"),
            models.CheckConstraint(condition=~models.Q(folded=""), name="place_name_folded_not_empty"),
        ]
        indexes = [
            models.Index(fields=["folded"], name="place_name_folded"),
            GinIndex(fields=["skeleton"], name="place_name_skeleton_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["folded"], name="place_name_folded_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class GazetteerFile(models.Model):
    """A gazetteer file that was loaded: its digest makes a second load a no-op and stamps caches of names."""

    name = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
