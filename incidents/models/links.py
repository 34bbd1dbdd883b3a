"""What editors say two incidents have to do with each other."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from archive.models import Editable, Passage
from archive.models.base import fixed, no_delete, tracked
from archive.terms import values
from incidents.models.choices import LINK_KINDS
from incidents.models.incidents import Incident
from incidents.querysets import LinkQuerySet
from incidents.terms import LinkKind


def stay_as_ended() -> pgtrigger.Trigger:
    """Return the trigger that lets a link end once, and say for ever what it said then."""
    return pgtrigger.Trigger(
        name="stay_as_ended",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF OLD.ended_at IS NOT NULL THEN
                RAISE EXCEPTION 'a link that was ended stays as it was: make it anew'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


@tracked
class IncidentLink(Editable):
    """What ``one`` is to ``other``, as an editor says it, with the reason; the terms are those of `LinkKind`.

    Readers see it beside the current pages of both, while both are published; no edition has it. Its reason may be
    written better; what it links it links for ever, or is ended with a reason. One of a kind stands between two.
    """

    kind = models.CharField("how they belong together", max_length=20, choices=LINK_KINDS)
    one = models.ForeignKey(Incident, models.PROTECT, related_name="links_to", verbose_name="incident")
    other = models.ForeignKey(Incident, models.PROTECT, related_name="links_from", verbose_name="other incident")
    reason = models.TextField("public reason", help_text="Readers see it.")
    reason_ar = models.TextField("public reason (Arabic)", blank=True)
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="incident_links", verbose_name="cited words"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.TextField("why it no longer holds", blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        verbose_name = "link between incidents"
        verbose_name_plural = "links between incidents"
        ordering = ["-id"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("kind", "one_id", "other_id"),
            stay_as_ended(),
            *no_delete("Links", "end it with a reason instead"),
        ]
        constraints = [
            models.UniqueConstraint(
                F("kind"),
                Least("one", "other"),
                Greatest("one", "other"),
                condition=Q(ended_at=None),
                name="incident_link_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=values(LinkKind)), name="incident_link_kind_known"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="incident_link_of_two"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="incident_link_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind=LinkKind.RESPONSE.value) | Q(passage__isnull=False),
                name="incident_link_of_motive_has_words",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & Q(end_reason__regex=r"\S")),
                name="incident_link_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one.code} – {self.other.code}"
