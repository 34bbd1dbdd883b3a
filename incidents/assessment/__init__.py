"""From claims to facts, by fixed rules: `assess` follows RULES, and the method page prints RULES. No Django here."""

from .assessing import assess
from .claims import (
    ASPECTS,
    GROUPS,
    PARTS,
    RANKS,
    SCOPES,
    STANCES,
    ClaimView,
    Count,
    OneOf,
    Vocabulary,
    Voice,
    When,
    Where,
)
from .facts import Actors, CountFact, Counts, Facts, OccurredFact, OneOfFact, PlaceFact, Places, ValueFact, Values
from .publishing import Missing, missing
from .rules import RULES, Rule

__all__ = [
    "ASPECTS",
    "GROUPS",
    "PARTS",
    "RANKS",
    "RULES",
    "SCOPES",
    "STANCES",
    "Actors",
    "ClaimView",
    "Count",
    "CountFact",
    "Counts",
    "Facts",
    "Missing",
    "OccurredFact",
    "OneOf",
    "OneOfFact",
    "PlaceFact",
    "Places",
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
