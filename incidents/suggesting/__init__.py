"""What a report may say of attacks, read by rules and vocabularies: suggestions for an editor, never claims. Pure.

A `Reader` is made once of `Vocabularies` and reads any number of reports. Each suggestion names the rule that it
follows from (`RULES`) and the words that say it.
"""

from .reader import Reader
from .rows import row
from .rules import RULES, RULES_AR
from .values import (
    Attack,
    KnownFacility,
    Mentioned,
    Named,
    Reading,
    Report,
    Struck,
    Suggestion,
    Value,
    Vocabularies,
    key_of,
)

__all__ = [
    "RULES",
    "RULES_AR",
    "Attack",
    "KnownFacility",
    "Mentioned",
    "Named",
    "Reader",
    "Reading",
    "Report",
    "Struck",
    "Suggestion",
    "Value",
    "Vocabularies",
    "key_of",
    "row",
]
