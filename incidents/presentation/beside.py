"""Two incidents side by side, aspect by aspect, each claim with its words: for whoever asks whether they are one."""

from dataclasses import dataclass
from typing import Any

from incidents.models import Claim, Incident
from incidents.models.choices import ASPECTS


@dataclass(frozen=True, slots=True)
class Row:
    """What the claims of two incidents say of one aspect."""

    aspect: str
    heading: Any
    here: list[Claim]
    there: list[Claim]


def beside(here: Incident, there: Incident) -> list[Row]:
    """The aspects that either speaks of, in the order of the vocabulary; one query."""
    claims = list(Claim.objects.filter(incident__in=[here, there]).with_evidence().order_by("pk"))
    rows = []
    for aspect, heading in ASPECTS:
        of_aspect = [claim for claim in claims if claim.aspect == aspect]
        if of_aspect:
            sides = [[claim for claim in of_aspect if claim.incident_id == side.pk] for side in (here, there)]
            rows.append(Row(aspect, heading, *sides))
    return rows
