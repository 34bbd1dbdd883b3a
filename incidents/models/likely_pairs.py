"""Pairs of incidents that may be one attack, as they were noticed, and what editors said of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from archive.models.base import Created, append_only
from incidents.models.incidents import Incident
from incidents.querysets import LikelyPairQuerySet


class LikelyPair(Created):
    """Two incidents that were likely one attack when the later was made from a data set. Append-only, never public.

    ``score`` and ``reasons`` are those of `incidents.attack_likeness`. That they are one is said by merging them; that
    they are two, by a `PairVerdict`.
    """

    earlier = models.ForeignKey(Incident, models.PROTECT, related_name="pairs_with_later")
    later = models.ForeignKey(Incident, models.PROTECT, related_name="pairs_with_earlier")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=300), default=list)

    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        triggers = append_only("Pairs")
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="likely_pair_once"),
            models.CheckConstraint(condition=Q(earlier__lt=F("later")), name="likely_pair_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="likely_pair_score_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} {self.later_id}"


class PairVerdict(Created):
    """An editor's word that the two are not the same attack, and why; one a pair. Append-only, never public."""

    pair = models.OneToOneField(LikelyPair, models.PROTECT, related_name="verdict")
    reason = models.TextField()

    class Meta:
        ordering = ["id"]
        triggers = append_only("Verdicts")
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="pair_verdict_has_reason")]

    def __str__(self) -> str:
        return f"{self.pair_id}: {self.reason}"
