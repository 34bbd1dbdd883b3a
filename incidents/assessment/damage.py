"""What became of what was struck: rule `damage`."""

from collections.abc import Iterable, Iterator
from itertools import product

from archive.terms import values
from incidents.terms import DAMAGE_APART, Damage

from .facts import DamageFact
from .inputs import ClaimView, Harm
from .weighing import Weighed, ids, weigh

_WORST_FIRST = values(Damage)


def assess_damage(claims: Iterable[ClaimView]) -> tuple[DamageFact, ...]:
    """Facilities in the order of their claims, of each the worst state first."""
    by_facility: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by_facility.setdefault(_harm(claim).facility, []).append(claim)
    return tuple(fact for facility, said in by_facility.items() for fact in _assess_facility(facility, weigh(said)))


def _harm(claim: ClaimView) -> Harm:
    assert isinstance(claim.value, Harm)  # ClaimView checks it
    return claim.value


def _assess_facility(facility: str, weighed: Weighed) -> Iterator[DamageFact]:
    asserted = {_harm(claim).damage for claim in weighed.deciding}
    is_contested = any(frozenset(pair) in DAMAGE_APART for pair in product(asserted, repeat=2))
    named = {_harm(claim).damage for claim in (*weighed.deciding, *weighed.outranked, *weighed.against)}
    for damage in sorted(named, key=_WORST_FIRST.index):
        deciding, outranked, against = (
            [claim for claim in claims if _harm(claim).damage == damage]
            for claims in (weighed.deciding, weighed.outranked, weighed.against)
        )
        yield DamageFact(
            facility=facility,
            damage=damage,
            claims=ids(deciding),
            against=ids(against),
            alternatives=ids(outranked),
            is_contested=is_contested,
        )
