"""Who is said to have done it, with what, and who says so."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from archive.models.base import tracked
from archive.terms import values
from incidents.models.choices import ACTOR_KINDS
from incidents.models.vocabulary import Aliased, Term
from incidents.terms import ActorKind

ACCEPTED = {"standing": "accepted"}  # what a term that readers see may point to


def keep_alternatives() -> pgtrigger.Trigger:
    """Return the trigger that refuses to delete an actor that a claim, ended or not, names as one of several."""
    return pgtrigger.Trigger(
        name="keep_alternatives",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="""
            IF EXISTS (SELECT 1 FROM incidents_claim c WHERE OLD.slug = ANY (c.one_of_actors)) THEN
                RAISE EXCEPTION 'actor % is named by a claim as one of several', OLD.slug
                    USING ERRCODE = 'foreign_key_violation';
            END IF;
            RETURN OLD;
        """,
    )


@tracked
class Actor(Aliased, Term):
    """A state's forces, a group, a coalition, unknown; may be part of a parent. A filter on the parent includes it.

    ``ancestors`` holds the ids of its parents, the topmost first.
    """

    kind = models.CharField(max_length=10, choices=ACTOR_KINDS)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", limit_choices_to=ACCEPTED
    )
    ancestors = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    class Meta(Term.Meta):
        abstract = False
        triggers = [*Term.Meta.triggers, keep_alternatives()]
        # Of terms of all kinds, and of spellings.
        permissions = [
            ("propose_term", "Can propose terms"),
            ("accept_term", "Can decide on proposed terms"),
            ("merge_names", "Can merge facilities, actors and speakers"),
        ]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=values(ActorKind)), name="actor_kind_known"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="actor_not_its_own_parent"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


@tracked
class Weapon(Term):
    """What was used: air strike, barrel bomb, artillery, … ``plural_*`` serve titles."""

    plural_en = models.CharField("plural (English)", max_length=200)
    plural_ar = models.CharField("plural (Arabic)", max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", limit_choices_to=ACCEPTED
    )

    class Meta(Term.Meta):
        abstract = False


@tracked
class Speaker(Aliased, Term):
    """Who makes a claim inside a report: an organisation or an office, never a witness by name.

    A claim without a speaker is the report's own.
    """

    actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speakers",
        limit_choices_to=ACCEPTED,
        help_text="The actor it speaks for.",
    )

    class Meta(Term.Meta):
        abstract = False
