"""What was struck."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.localisation import localised
from archive.models import Editable, Place
from archive.models.base import facility_code, fixed, no_delete, tracked
from archive.models.name_field import NameField, no_directions
from incidents.models.vocabulary import Aliased, Term, merge_into_standing
from incidents.querysets import FacilityQuerySet


@tracked
class FacilityType(Term):
    """A kind of place that people rely on: hospital, school, market, … ``plural_*`` serve titles."""

    plural_en = models.CharField("plural (English)", max_length=200)
    plural_ar = models.CharField("plural (Arabic)", max_length=200, blank=True)

    class Meta(Term.Meta):
        abstract = False


@tracked
class Facility(Aliased, Editable):
    """A hospital, school, market, … in a place; may be struck many times. Its own coordinates are never published.

    One that was found to be another (``merged_into``) keeps its row and its address, which leads there.
    """

    public_id = models.CharField(max_length=12, unique=True, default=facility_code, editable=False)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)
    facility_type = models.ForeignKey(FacilityType, models.PROTECT, related_name="facilities")
    place = models.ForeignKey(Place, models.PROTECT, related_name="facilities")
    note = models.TextField("internal note", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_here"
    )

    objects = FacilityQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["name_en"]
        verbose_name_plural = "facilities"
        triggers = [
            *Editable.Meta.triggers,
            fixed("public_id"),
            *no_delete("Facilities", "correct it instead"),
            merge_into_standing(),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name_en"),
                "place",
                "facility_type",
                name="facility_once_a_place",
                violation_error_message=_("There is one of this name, kind and place already."),
            ),
            models.CheckConstraint(condition=~models.Q(name_en="", name_ar=""), name="facility_has_name"),
            no_directions("name_en", "name_ar", name="facility_names_without_directions"),
        ]

    def __str__(self) -> str:
        return f"{self.name_en or self.name_ar}, {self.place.label_en}"

    def get_absolute_url(self) -> str:
        return reverse("facility", args=[self.public_id])

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)
