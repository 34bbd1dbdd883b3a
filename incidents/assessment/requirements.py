"""What stops an incident from being published."""

from collections.abc import Iterable
from typing import NamedTuple

from incidents.terms import NUMBERED, Aspect

from .inputs import ClaimView
from .weighing import weigh

_WHAT = frozenset({Aspect.FACILITY, Aspect.FACILITY_TYPE, Aspect.WEAPON, Aspect.DAMAGE, *NUMBERED})


class Missing(NamedTuple):
    """`key` for machines; `message` for the editor; `claim` is the id of the claim that it is about, if it is."""

    key: str
    message: str
    claim: int | None = None


def missing(claims: Iterable[ClaimView]) -> list[Missing]:
    """Rule `publishing`: empty when nothing is missing. Keys: `occurred`, `place`, `what`, `unsupported`."""
    claims = list(claims)
    decided = {aspect for aspect in {claim.aspect for claim in claims} if _is_decided(claims, aspect)}
    found = []
    if Aspect.OCCURRED not in decided:
        found.append(Missing(Aspect.OCCURRED.value, "No claim says when it happened."))
    if Aspect.PLACE not in decided:
        found.append(Missing(Aspect.PLACE.value, "No claim says where it happened."))
    if not decided & _WHAT:
        found.append(
            Missing("what", "No claim says what was hit, with what, or what came of it for people and buildings.")
        )
    for claim in claims:
        if not claim.passage and not claim.judgement.strip():
            message = f"Claim {claim.id} ({claim.aspect}) cites no passage and gives no judgement."
            found.append(Missing("unsupported", message, claim.id))
    return found


def _is_decided(claims: Iterable[ClaimView], aspect: str) -> bool:
    return bool(weigh(claim for claim in claims if claim.aspect == aspect).deciding)
