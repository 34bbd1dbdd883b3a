"""Where it happened."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from archive.points import metres
from archive.terms import values
from incidents.terms import Precision, Scope

from .facts import PlaceFact, Places, PointFact
from .inputs import ClaimView, KnownPoint, Where
from .weighing import Ancestors, Weighed, ids, is_said_together, key, most_specific, weigh


def assess_places(claims: Iterable[ClaimView], scope: str, ancestors: Ancestors) -> Places:
    weighed = weigh(claims)
    pcodes = most_specific(map(key, weighed.deciding), ancestors)
    together = len(pcodes) < 2 or scope != Scope.ATTACK or is_said_together(pcodes, weighed.deciding, {})
    return Places(
        items=tuple(_assess_place(pcode, pcodes, weighed, scope, ancestors) for pcode in pcodes),
        pcode=_common(pcodes, ancestors),
        claims=ids(weighed.deciding),
        against=ids(weighed.against),
        alternatives=ids(weighed.outranked),
        is_contested=not together,
    )


def _assess_place(pcode: str, pcodes: Sequence[str], weighed: Weighed, scope: str, ancestors: Ancestors) -> PlaceFact:
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
        point=_assess_point(
            [claim for claim in weighed.deciding if _below(claim, pcodes, ancestors) == [pcode]], scope
        ),
        claims=ids(claim for claim in weighed.deciding if key(claim) in branch),
        against=ids(claim for claim in weighed.against if key(claim) == pcode),
        alternatives=ids(claim for claim in weighed.outranked if key(claim) == pcode),
    )


def _below(claim: ClaimView, pcodes: Sequence[str], ancestors: Ancestors) -> list[str]:
    """Those of the places that the claim names, itself or by what lies above them."""
    return [pcode for pcode in pcodes if key(claim) in (pcode, *ancestors.get(pcode, ()))]


def _assess_point(claims: Iterable[ClaimView], scope: str) -> PointFact | None:
    """Rule `place_point`: the most exact point, where any two lie within the wider of what they are known to.

    Of equally exact ones the southernmost, whatever the order of claims. Those of a series may lie apart.
    """
    given = {claim.id: claim.value.point for claim in claims if isinstance(claim.value, Where) and claim.value.point}
    if not given:
        return None
    agree = all(is_same_point(one, other) for one, other in combinations(set(given.values()), 2))
    is_contested = not agree and scope == Scope.ATTACK
    return PointFact(point=min(given.values()) if agree else None, claims=tuple(given), is_contested=is_contested)


def is_same_point(one: KnownPoint, other: KnownPoint) -> bool:
    return metres((one.lat, one.lon), (other.lat, other.lon)) <= max(one.within_m, other.within_m)


def _common(pcodes: Sequence[str], ancestors: Ancestors) -> str:
    """The lowest unit that holds all; a unit is the lower, the more lie above it."""
    if len(pcodes) == 1:
        return pcodes[0]
    branches = [set(ancestors.get(pcode, ())) for pcode in pcodes]
    shared = set.intersection(*branches) if branches else set()
    return max(sorted(shared), key=lambda pcode: len(ancestors.get(pcode, ())), default="")
