"""The one way from the claims of an incident to its facts."""

from collections.abc import Iterable

from archive.terms import values
from incidents.terms import NUMBERED, Aspect, Scope

from .counts import assess_counts
from .damage import assess_damage
from .facts import Facts
from .inputs import ClaimView, Vocabulary
from .location import assess_places
from .occurred import assess_occurred
from .values import assess_actors, assess_facility_types, assess_values


def assess(claims: Iterable[ClaimView], vocabulary: Vocabulary | None = None, *, scope: str = Scope.ATTACK) -> Facts:
    """The facts that follow from `claims` of one incident by RULES. The order of claims decides nothing but order."""
    if scope not in values(Scope):
        raise ValueError(f"Unknown scope {scope!r}.")
    vocabulary = vocabulary or Vocabulary()
    by_aspect: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by_aspect.setdefault(claim.aspect, []).append(claim)

    def of(aspect: str) -> list[ClaimView]:
        return by_aspect.get(aspect, [])

    facilities = assess_values(of(Aspect.FACILITY))
    return Facts(
        occurred=assess_occurred(of(Aspect.OCCURRED), scope),
        places=assess_places(of(Aspect.PLACE), scope, vocabulary.ancestors),
        facilities=facilities,
        facility_types=assess_facility_types(of(Aspect.FACILITY_TYPE), facilities, vocabulary),
        actors=assess_actors(of(Aspect.ACTOR), vocabulary),
        weapons=assess_values(of(Aspect.WEAPON)),
        counts={aspect: assess_counts(of(aspect)) for aspect in NUMBERED},
        damage=assess_damage(of(Aspect.DAMAGE)),
    )
