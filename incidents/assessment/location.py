"""Where it happened."""

from collections.abc import Iterable, Sequence

from archive.terms import values
from incidents.terms import Precision, Scope

from .facts import PlaceFact, Places
from .inputs import ClaimView, Where
from .weighing import Ancestors, Weighed, ids, is_said_together, key, most_specific, weigh


def assess_places(claims: Iterable[ClaimView], scope: str, ancestors: Ancestors) -> Places:
    weighed = weigh(claims)
    pcodes = most_specific(map(key, weighed.deciding), ancestors)
    together = len(pcodes) < 2 or scope != Scope.ATTACK or is_said_together(pcodes, weighed.deciding, {})
    return Places(
        items=tuple(_assess_place(pcode, weighed, ancestors) for pcode in pcodes),
        pcode=_common(pcodes, ancestors),
        claims=ids(weighed.deciding),
        against=ids(weighed.against),
        alternatives=ids(weighed.outranked),
        is_contested=not together,
    )


def _assess_place(pcode: str, weighed: Weighed, ancestors: Ancestors) -> PlaceFact:
    """Claims of a unit above the place support it, but say nothing of how precise it is."""
    branch = {pcode, *ancestors.get(pcode, ())}
    precisions = [
        claim.value.precision
        for claim in weighed.deciding
        if isinstance(claim.value, Where) and claim.value.pcode == pcode
    ]
    return PlaceFact(
        pcode=pcode,
        precision=min(precisions, key=values(Precision).index),
        claims=ids(claim for claim in weighed.deciding if key(claim) in branch),
        against=ids(claim for claim in weighed.against if key(claim) == pcode),
        alternatives=ids(claim for claim in weighed.outranked if key(claim) == pcode),
    )


def _common(pcodes: Sequence[str], ancestors: Ancestors) -> str:
    """The lowest unit that holds all; a unit is the lower, the more lie above it."""
    if len(pcodes) == 1:
        return pcodes[0]
    branches = [set(ancestors.get(pcode, ())) for pcode in pcodes]
    shared = set.intersection(*branches) if branches else set()
    return max(sorted(shared), key=lambda pcode: len(ancestors.get(pcode, ())), default="")
