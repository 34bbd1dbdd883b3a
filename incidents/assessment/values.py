"""Facilities, their types, actors and weapons: what is named, by whom, and against whose word."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from incidents.terms import Stance

from .facts import Actors, OneOfFact, ValueFact, Values
from .inputs import ClaimView, OneOf, Vocabulary, Voice
from .weighing import Ancestors, Weighed, ids, is_said_together, most_specific, weigh


def assess_values(claims: Iterable[ClaimView]) -> Values:
    """Every value named, the asserted first, else in the order of the claims."""
    return Values(_assess_each(weigh(claims)))


def _assess_each(weighed: Weighed) -> tuple[ValueFact, ...]:
    named = (*weighed.deciding, *weighed.outranked, *weighed.against)
    values = dict.fromkeys(claim.value for claim in named if not isinstance(claim.value, OneOf))
    items = [_assess_value(value, weighed) for value in values]
    return tuple(sorted(items, key=lambda item: not item.is_asserted))


def _assess_value(value: object, weighed: Weighed) -> ValueFact:
    deciding, outranked, against = (
        [claim for claim in claims if claim.value == value]
        for claims in (weighed.deciding, weighed.outranked, weighed.against)
    )
    return ValueFact(
        value=value if isinstance(value, int) else str(value),
        asserted_by=_voices([*deciding, *outranked]),
        disputed_by=_voices(claim for claim in against if claim.stance == Stance.DISPUTES),
        denied_by=_voices(claim for claim in against if claim.stance == Stance.DENIES),
        claims=ids(deciding),
        against=ids(against),
        alternatives=ids(outranked),
    )


def _voices(claims: Iterable[ClaimView]) -> tuple[Voice, ...]:
    return tuple(dict.fromkeys(claim.voice for claim in claims))


def assess_actors(claims: Sequence[ClaimView], vocabulary: Vocabulary) -> Actors:
    """Rules `actors_several` and `actors_one_of` on top of who is named."""
    weighed, above = weigh(claims), vocabulary.actor_ancestors
    items = _assess_each(weighed)
    known = [str(item.value) for item in items if item.is_asserted and item.value not in vocabulary.unknown_actors]
    several = most_specific(known, above)
    alone = [claim for claim in weighed.deciding if not isinstance(claim.value, OneOf)]
    is_contested = len(several) > 1 and not is_said_together(several, alone, above)
    one_of = _assess_one_of(weighed)
    return Actors(items, is_contested or _is_excluded(one_of, weighed.deciding, vocabulary), one_of)


def _assess_one_of(weighed: Weighed) -> tuple[OneOfFact, ...]:
    """What claims that count say of several actors together, each set of them once."""
    found: dict[OneOf, list[ClaimView]] = {}
    for claim in weighed.deciding:
        if isinstance(claim.value, OneOf):
            found.setdefault(claim.value, []).append(claim)
    spoken_against = {claim.value for claim in weighed.against}
    return tuple(
        OneOfFact(
            actors=value.actors,
            disputed=tuple(actor for actor in value.actors if actor in spoken_against),
            claims=ids(deciding),
            against=ids(claim for claim in weighed.against if claim.value in value.actors),
        )
        for value, deciding in found.items()
    )


def _is_excluded(one_of: Sequence[OneOfFact], deciding: Sequence[ClaimView], vocabulary: Vocabulary) -> bool:
    """Whether another statement names only actors that have nothing to do with any of the several."""
    statements = {claim.id: claim.statement for claim in deciding}
    for fact in one_of:
        own = {statements[claim] for claim in fact.claims}
        for claim in deciding:
            named = claim.value.actors if isinstance(claim.value, OneOf) else (str(claim.value),)
            is_other = vocabulary.unknown_actors.isdisjoint((*fact.actors, *named)) and claim.statement not in own
            above = vocabulary.actor_ancestors
            if is_other and not any(_related(one, other, above) for one in fact.actors for other in named):
                return True
    return False


def _related(one: str, other: str, above: Ancestors) -> bool:
    return one == other or one in above.get(other, ()) or other in above.get(one, ())


def assess_facility_types(claims: Iterable[ClaimView], facilities: Values, vocabulary: Vocabulary) -> Values:
    """The types claimed, and the types of the asserted facilities with the claims of those facilities."""
    types = {str(item.value): item for item in assess_values(claims).items}
    for facility in facilities.asserted:
        slug = vocabulary.facility_types.get(facility.value)
        if slug is not None:
            known = types.get(slug) or ValueFact(value=slug)
            types[slug] = replace(
                known,
                claims=(*known.claims, *facility.claims),
                asserted_by=tuple(dict.fromkeys((*known.asserted_by, *facility.asserted_by))),
                is_derived=True,
            )
    return Values(tuple(sorted(types.values(), key=lambda item: not item.is_asserted)))
