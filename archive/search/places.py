"""Place names in a query, and how else they are spelt."""

from collections.abc import Sequence
from typing import NamedTuple


class Expansion(NamedTuple):
    """A place name in a query: as it was typed, which place it is taken for, and its other spellings."""

    typed: str
    place: str
    spellings: tuple[str, ...]


def expansions(runs: Sequence[str]) -> list[Expansion]:
    """The place names in stretches of a query that are plain enough to be searched in every spelling."""
    return []
