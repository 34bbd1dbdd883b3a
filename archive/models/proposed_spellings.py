"""Spellings of places that editors propose while they read."""

from django.db import models
from django.db.models import Q

from archive.models.base import Editable, fixed, tracked
from archive.models.name_field import NameField, no_directions
from archive.models.places import Place
from archive.models.proposable import Proposable, decided


@tracked
class ProposedSpelling(Proposable, Editable):
    """How a text spells a place, as an editor says. Once accepted it is a `PlaceName`, by which the place is found.

    ``folded`` is `archive.names.name_key` of it: one proposal for all spellings that are found alike.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="proposed_spellings")
    name = NameField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)

    class Meta(Editable.Meta):
        abstract = False
        verbose_name = "spelling of a place"
        verbose_name_plural = "spellings of places"
        ordering = ["name"]
        triggers = [*Editable.Meta.triggers, *Proposable.Meta.triggers, fixed("place_id")]
        constraints = [
            *decided("proposedspelling"),
            models.UniqueConstraint(fields=["place", "folded"], name="proposed_spelling_once_a_place"),
            models.CheckConstraint(condition=~Q(folded=""), name="proposed_spelling_folded_not_empty"),
            models.CheckConstraint(condition=~Q(standing="merged"), name="proposed_spelling_never_merged"),
            no_directions("name", name="proposed_spelling_without_directions"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.place.label_en})"
