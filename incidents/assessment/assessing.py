"""The one way from the claims of an incident to its facts."""

from collections.abc import Iterable

from .claims import SCOPES, ClaimView, Vocabulary
from .counts import assess_counts
from .facts import Facts
from .occurred import assess_occurred
from .places import assess_places
from .values import assess_actors, assess_facility_types, assess_values


def assess(claims: Iterable[ClaimView], vocabulary: Vocabulary | None = None, *, scope: str = "attack") -> Facts:
    """The facts that follow from `claims` of one incident by RULES. The order of claims decides nothing but order."""
    if scope not in SCOPES:
        raise ValueError(f"Unknown scope {scope!r}.")
    vocabulary = vocabulary or Vocabulary()
    by_aspect: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by_aspect.setdefault(claim.aspect, []).append(claim)

    def of(aspect: str) -> list[ClaimView]:
        return by_aspect.get(aspect, [])

    facilities = assess_values(of("facility"))
    return Facts(
        occurred=assess_occurred(of("occurred"), scope),
        places=assess_places(of("place"), scope, vocabulary.ancestors),
        facilities=facilities,
        facility_types=assess_facility_types(of("facility_type"), facilities, vocabulary),
        actors=assess_actors(of("actor"), vocabulary),
        weapons=assess_values(of("weapon")),
        killed=assess_counts(of("killed")),
        injured=assess_counts(of("injured")),
    )
