"""What editors propose and administrators decide on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.choices import STANDINGS
from archive.terms import Standing, values


class Proposable(models.Model):
    """Is proposed by an editor before it counts, or accepted from the beginning.

    What was proposed stays as a row whatever becomes of it, with who decided, when, and why. Once accepted it may be
    named in editions, and so it stays accepted, unless it is merged into another, which can be undone (a trigger).
    """

    standing = models.CharField(
        max_length=10,
        choices=STANDINGS,
        default=Standing.ACCEPTED.value,
        db_default=Standing.ACCEPTED.value,
        editable=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    decision = models.TextField("reason of the decision", blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="keep_accepted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="IF OLD.standing <> 'proposed' AND NEW.standing <> OLD.standing "
                "AND (OLD.standing, NEW.standing) NOT IN (('accepted', 'merged'), ('merged', 'accepted')) THEN "
                "RAISE EXCEPTION '% was decided on: its standing stays', TG_TABLE_NAME "
                "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
            )
        ]

    @property
    def is_accepted(self) -> bool:
        return self.standing == Standing.ACCEPTED

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.standing == Standing.PROPOSED


def decided(name: str) -> list[models.CheckConstraint]:
    """Return what the database checks of a decision; ``name`` begins the names of the constraints."""
    return [
        models.CheckConstraint(condition=Q(standing__in=values(Standing)), name=f"{name}_standing_known"),
        models.CheckConstraint(
            condition=~Q(standing="proposed") | Q(decided_at__isnull=True), name=f"{name}_undecided_while_proposed"
        ),
        models.CheckConstraint(
            condition=~Q(standing="refused") | Q(decided_at__isnull=False, decision__regex=r"\S"),
            name=f"{name}_refused_with_reason",
        ),
    ]
