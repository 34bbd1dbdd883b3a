"""The claims of an incident by aspect, for pages on which each value stands beside the words it rests on."""

from collections.abc import Iterable
from itertools import groupby

from archive.terms import values
from incidents.models import Claim
from incidents.models.choices import ASPECTS
from incidents.terms import Aspect

ORDER = {aspect: number for number, aspect in enumerate(values(Aspect))}


def by_aspect(claims: Iterable[Claim]) -> list[tuple[str, str, list[Claim]]]:
    """Aspect, its heading and its claims, in the order of the vocabulary."""
    ordered = sorted(claims, key=lambda claim: (ORDER[claim.aspect], claim.pk))
    headings = dict(ASPECTS)
    return [
        (aspect, str(headings[aspect]), list(rows)) for aspect, rows in groupby(ordered, lambda claim: claim.aspect)
    ]
