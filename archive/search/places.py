"""Place names in a query, and how else they are spelt."""

from collections.abc import Sequence
from typing import NamedTuple

from archive import gazetteer


class Expansion(NamedTuple):
    """A place name in a query: as it was typed, which places it may mean, and their other spellings."""

    typed: str
    place: str
    spellings: tuple[str, ...]


def expansions(runs: Sequence[str]) -> list[Expansion]:
    """The place names in stretches of a query that are plain enough to be searched in every spelling."""
    found = {one.typed: one for one in gazetteer.expansions("\n".join(runs))}
    return [
        Expansion(typed, " / ".join(dict.fromkeys(place.name for place in one.places)), one.spellings)
        for typed, one in found.items()
        if one.spellings
    ]
