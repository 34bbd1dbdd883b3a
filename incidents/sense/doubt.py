"""What is odd about an incident, in words for its editor."""

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """``subject`` is the kind and public id of what would be mended: a claim, an article, a facility, an aspect.

    ``about`` is the very thing that was found odd. Its `key` changes with it, so that an answer to one warning never
    counts for another, nor for the same claim once it says something else.
    """

    rule: str
    message: str
    subject: tuple[str, str]
    about: tuple[str | int | None, ...]

    @property
    def key(self) -> str:
        """The rule and 16 hexadecimal digits of what it is about."""
        said = json.dumps([self.rule, *self.about], ensure_ascii=False)
        return f"{self.rule}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
