"""Does what an incident is about to say make sense? Named rules that warn an editor before publishing. Pure.

A warning never changes a fact. It is mended, or kept with a written reason, before the incident is published.
"""

from .doubt import Doubt
from .matter import Later, Matter, Placed, Report, Speaking, Struck
from .numbers import says
from .rules import RULES, warnings

__all__ = ["RULES", "Doubt", "Later", "Matter", "Placed", "Report", "Speaking", "Struck", "says", "warnings"]
