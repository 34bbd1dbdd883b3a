"""What editors answered to what was suggested at the desk."""

from django.db import models
from django.db.models import Q

from archive.models import TextVersion
from archive.models.base import Created, append_only
from archive.terms import values
from incidents import terms
from incidents.models.choices import SUGGESTION_ANSWERS
from incidents.models.claims import Claim


class SuggestionAnswer(Created):
    """One answer to one suggestion for one text; the latest counts. Append-only, and never public.

    ``key`` stands for what was suggested (`incidents.suggesting.key_of`): suggestions themselves are not stored, but
    read from the text each time. What was accepted became ``claim``.
    """

    text_version = models.ForeignKey(TextVersion, models.PROTECT, related_name="suggestion_answers")
    key = models.CharField(max_length=24)
    answer = models.CharField(max_length=10, choices=SUGGESTION_ANSWERS)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="suggestion_answers")

    class Meta:
        ordering = ["id"]
        triggers = append_only("Answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=values(terms.SuggestionAnswer)), name="suggestion_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer=terms.SuggestionAnswer.ACCEPTED.value, claim__isnull=False)
                | (~Q(answer=terms.SuggestionAnswer.ACCEPTED.value) & Q(claim__isnull=True)),
                name="suggestion_accepted_as_a_claim",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="suggestion_answer_has_key"),
        ]
        indexes = [models.Index(fields=["text_version", "key"], name="suggestion_answer_text_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"
