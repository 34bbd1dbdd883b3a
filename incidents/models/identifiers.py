"""What others call an incident, and the data sets whose names these are."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.localisation import localised
from archive.models import Editable
from archive.models.base import fixed, no_delete, tracked
from archive.models.name_field import NameField, no_directions
from incidents.models.incidents import Incident
from incidents.querysets import IdentifierQuerySet

SLUG = r"^[a-z0-9][a-z0-9._-]*$"


@tracked
class IdentifierScheme(Editable):
    """A data set, or a file, whose own names of incidents we keep.

    Readers see the names of a public one; the keys of curation files and of rows that were imported are our own.
    """

    slug = models.CharField(max_length=60, unique=True)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)
    address = models.CharField(
        max_length=300,
        blank=True,
        help_text="The address of one record there, with {} where its identifier stands; may be empty.",
    )
    is_public = models.BooleanField("readers see its identifiers", default=True)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["name_en"]
        triggers = [*Editable.Meta.triggers, fixed("slug"), *no_delete("Schemes", "they name what is kept")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & (Q(is_public=False) | Q(slug__regex=SLUG)),
                name="identifier_scheme_slug_plain",
                violation_error_message=_("Write small letters, digits, points and hyphens."),
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__regex=r"^https?://[^\s{}]+\{\}[^\s{}]*$"),
                name="identifier_scheme_address_has_place",
                violation_error_message=_(
                    "Write an address that begins with https:// and has {} once, after the host."
                ),
            ),
            no_directions("name_en", "name_ar", name="identifier_scheme_names_without_directions"),
        ]

    def __str__(self) -> str:
        return self.name_en

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)


def stay_ended() -> pgtrigger.Trigger:
    """Return the trigger that lets an identifier end once, and never stand again: it is added anew."""
    return pgtrigger.Trigger(
        name="stay_ended",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF OLD.ended_at IS NOT NULL
               AND (NEW.ended_at, NEW.end_reason) IS DISTINCT FROM (OLD.ended_at, OLD.end_reason) THEN
                RAISE EXCEPTION 'an identifier that was ended stays ended: add it anew'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


@tracked
class IncidentIdentifier(Editable):
    """What others call an incident (ACLED, UCDP, …), or the key it has in a curation file.

    It is added and, with a reason, ended; it never says something else. One incident has it at a time.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="identifiers")
    scheme = models.ForeignKey(
        IdentifierScheme, models.PROTECT, to_field="slug", db_column="scheme", related_name="identifiers"
    )
    value = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.TextField("why it no longer holds", blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["scheme_id", "value"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("incident_id", "scheme", "value"),
            stay_ended(),
            *no_delete("Identifiers", "end it with a reason instead"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(ended_at=None), name="incident_identifier_unique"
            ),
            models.CheckConstraint(condition=Q(value__regex=r"\S"), name="incident_identifier_has_value"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & Q(end_reason__regex=r"\S")),
                name="incident_identifier_ended_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["value"], name="incident_identifier_value")]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.value}"
