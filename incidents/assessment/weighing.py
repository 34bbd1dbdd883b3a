"""Which claims of an aspect decide, which are outranked, which speak against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from incidents.terms import HAPPENED, Rank, Stance

from .inputs import ClaimView, OneOf, When, Where

Ancestors = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Weighed:
    deciding: tuple[ClaimView, ...]
    outranked: tuple[ClaimView, ...]
    against: tuple[ClaimView, ...]


def weigh(claims: Iterable[ClaimView]) -> Weighed:
    """Rules `deprecated`, `preferred`, `preferred_denial` and `denials` for the claims of one aspect or group."""
    live = [claim for claim in claims if claim.rank != Rank.DEPRECATED]
    assertions = [claim for claim in live if claim.stance == Stance.ASSERTS]
    against = [claim for claim in live if claim.stance != Stance.ASSERTS]
    deciding = [claim for claim in assertions if claim.rank == Rank.PREFERRED]
    if not deciding:
        refuted = [
            _subject(claim) for claim in against if claim.stance == Stance.DENIES and claim.rank == Rank.PREFERRED
        ]
        deciding = [claim for claim in assertions if not _is_refuted(claim, refuted)]
    outranked = [claim for claim in assertions if claim not in deciding]
    return Weighed(tuple(deciding), tuple(outranked), tuple(against))


def ids(claims: Iterable[ClaimView]) -> tuple[int, ...]:
    return tuple(claim.id for claim in claims)


def _is_refuted(claim: ClaimView, refuted: Sequence[object]) -> bool:
    """Of several of whom one did it, all must be refuted."""
    if isinstance(claim.value, OneOf):
        return all(actor in refuted for actor in claim.value.actors)
    return _subject(claim) in refuted


def _subject(claim: ClaimView) -> object:
    """What a denial must name to refute an assertion: the same days, place, value or count.

    Of what happened or did not, just that.
    """
    if isinstance(claim.value, When):
        return claim.value.date.lower, claim.value.date.upper
    if claim.aspect in HAPPENED:
        return claim.aspect
    return claim.value.pcode if isinstance(claim.value, Where) else claim.value


def key(claim: ClaimView) -> str:
    """The P-code or slug that a claim names."""
    return claim.value.pcode if isinstance(claim.value, Where) else str(claim.value)


def most_specific(values: Iterable[str], ancestors: Ancestors) -> list[str]:
    """The values that lie above no other, in their order."""
    distinct = list(dict.fromkeys(values))
    above = {ancestor for value in distinct for ancestor in ancestors.get(value, ())}
    return [value for value in distinct if value not in above]


def is_said_together(values: Sequence[str], claims: Iterable[ClaimView], ancestors: Ancestors) -> bool:
    """Whether one statement names all `values`, each by itself or by what lies above it in `ancestors`."""
    statements: dict[tuple[str, str | int], set[str]] = {}
    for claim in claims:
        statements.setdefault(claim.statement, set()).add(key(claim))
    return any(all(said & {value, *ancestors.get(value, ())} for value in values) for said in statements.values())
