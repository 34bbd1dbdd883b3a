"""From claims to facts, by fixed rules: `assess` follows RULES, and the method page prints RULES. No Django here."""

from .assessing import assess
from .facts import (
    Actors,
    CountFact,
    Counts,
    DamageFact,
    Facts,
    OccurredFact,
    OneOfFact,
    PlaceFact,
    Places,
    PointFact,
    ValueFact,
    Values,
)
from .inputs import (
    ASPECTS,
    ClaimView,
    Count,
    Harm,
    KnownPoint,
    LocalTime,
    OneOf,
    Vocabulary,
    Voice,
    When,
    Where,
)
from .method import RULES, Rule
from .requirements import Missing, missing

__all__ = [
    "ASPECTS",
    "RULES",
    "Actors",
    "ClaimView",
    "Count",
    "CountFact",
    "Counts",
    "DamageFact",
    "Facts",
    "Harm",
    "KnownPoint",
    "LocalTime",
    "Missing",
    "OccurredFact",
    "OneOf",
    "OneOfFact",
    "PlaceFact",
    "Places",
    "PointFact",
    "Rule",
    "ValueFact",
    "Values",
    "Vocabulary",
    "Voice",
    "When",
    "Where",
    "assess",
    "missing",
]
