"""What was carried from one incident to another when they were merged or split."""

from django.db import models

from archive.models.base import append_only
from incidents.models.claims import Claim
from incidents.models.incidents import EditorialEvent


class Transfer(models.Model):
    """That an event (merged, split) carried a claim, or a sentence of the summary, to another incident. Append-only.

    The carried ``claim`` ended; ``successor``, a claim of the other incident, says the same. It was made for that,
    unless it said so already (``was_there``). The same of a ``sentence`` and its ``sentence_copy``: bare keys, as a
    sentence of a draft may be removed. The first transfers do not know their ``sentence``.
    """

    event = models.ForeignKey(EditorialEvent, models.PROTECT, related_name="transfers")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="departures")
    successor = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="arrivals")
    was_there = models.BooleanField(default=False)
    sentence = models.BigIntegerField(null=True)
    sentence_copy = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        ordering = ["id"]
        triggers = append_only("Transfers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    claim__isnull=False, successor__isnull=False, sentence__isnull=True, sentence_copy__isnull=True
                )
                | models.Q(claim__isnull=True, successor__isnull=True, sentence_copy__isnull=False),
                name="transfer_of_a_claim_or_a_sentence",
            ),
            models.UniqueConstraint(fields=["event", "claim"], name="transfer_once_a_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id or self.sentence_copy}"
