"""What was struck."""

import pgtrigger
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


def find_general_place() -> pgtrigger.Trigger:
    """Return the trigger that keeps the place that readers learn in step with the place and with what they may know."""
    return pgtrigger.Trigger(
        name="find_general_place",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="NEW.general_place_id := CASE WHEN NEW.is_generalised THEN general_place(NEW.place_id) END; RETURN NEW;",
    )


@tracked
class Facility(Aliased, Editable):
    """A hospital, school, market, … in a place; may be struck many times. Its own coordinates are never published.

    One that was found to be another (``merged_into``) keeps its row and its address, which leads there.

    While ``is_generalised`` readers learn only the district, here and of every incident whose editions name it
    (docs/adr/0045-places-are-generalised.md); ``general_place`` is that district, kept by a trigger.
    ``generalised_changed_at`` is when that last began or ended; empty where it never did.
    """

    public_id = models.CharField(max_length=12, unique=True, default=facility_code, editable=False)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)
    facility_type = models.ForeignKey(FacilityType, models.PROTECT, related_name="facilities")
    place = models.ForeignKey(Place, models.PROTECT, related_name="facilities")
    is_generalised = models.BooleanField("readers learn only the district", default=False, editable=False)
    generalised_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    general_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, editable=False, related_name="facilities_somewhere_in_it"
    )
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
            find_general_place(),
        ]
        permissions = [("generalise_facility", "Can let readers learn only the district of a facility")]
        indexes = [
            models.Index(
                fields=["generalised_changed_at"],
                condition=models.Q(generalised_changed_at__isnull=False),
                name="facility_ever_generalised",
            )
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

    @property
    def public_place(self) -> Place:
        """The place that readers learn: its own, or the district above."""
        return self.general_place or self.place
