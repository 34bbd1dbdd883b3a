"""Passages in later copies of their articles: they are looked for, shown with what became of them, and judged."""

from archive.following.looking import TOOL, follow
from archive.following.verdicts import FollowingError, StaleVerdictError, decide
from archive.following.whereabouts import OUTCOMES, Followed, Outcome, followed_in, followed_passages, to_look_at

__all__ = [
    "OUTCOMES",
    "TOOL",
    "Followed",
    "FollowingError",
    "Outcome",
    "StaleVerdictError",
    "decide",
    "follow",
    "followed_in",
    "followed_passages",
    "to_look_at",
]
