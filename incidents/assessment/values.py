"""Facilities, their types, actors and weapons: what is named, by whom, and against whose word."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .claims import ClaimView, Vocabulary, Voice
from .facts import ValueFact, Values
from .weighing import Weighed, ids, is_said_together, most_specific, weigh


def assess_values(claims: Iterable[ClaimView]) -> Values:
    """Every value named, the asserted first, else in the order of the claims."""
    weighed = weigh(claims)
    named = (*weighed.deciding, *weighed.outranked, *weighed.against)
    items = [_assess_value(value, weighed) for value in dict.fromkeys(claim.value for claim in named)]
    return Values(tuple(sorted(items, key=lambda item: not item.is_asserted)))


def _assess_value(value: object, weighed: Weighed) -> ValueFact:
    deciding, outranked, against = (
        [claim for claim in claims if claim.value == value]
        for claims in (weighed.deciding, weighed.outranked, weighed.against)
    )
    return ValueFact(
        value=value if isinstance(value, int) else str(value),
        asserted_by=_voices([*deciding, *outranked]),
        disputed_by=_voices(claim for claim in against if claim.stance == "disputes"),
        denied_by=_voices(claim for claim in against if claim.stance == "denies"),
        claims=ids(deciding),
        against=ids(against),
        alternatives=ids(outranked),
    )


def _voices(claims: Iterable[ClaimView]) -> tuple[Voice, ...]:
    return tuple(dict.fromkeys(claim.voice for claim in claims))


def assess_actors(claims: Sequence[ClaimView], vocabulary: Vocabulary) -> Values:
    """Rule `actors_several` on top of who is named."""
    values = assess_values(claims)
    known = [str(item.value) for item in values.asserted if item.value not in vocabulary.unknown_actors]
    several = most_specific(known, vocabulary.actor_ancestors)
    is_contested = len(several) > 1 and not is_said_together(
        several, weigh(claims).deciding, vocabulary.actor_ancestors
    )
    return Values(values.items, is_contested)


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
