"""Names in a query, of places and of what higher layers know, and how else they are spelt."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from archive import gazetteer


class Expansion(NamedTuple):
    """A name in a query: as it was typed, what it may mean, and the other spellings.

    ``is_guess``: it is on no list of names and was read by its likeness; ``others`` are other places that it is like.
    """

    typed: str
    place: str
    spellings: tuple[str, ...]
    is_guess: bool = False
    others: tuple[str, ...] = ()


_finders: list[Callable[[Sequence[str]], Iterable[Expansion]]] = []


def finds_names(finder: Callable[[Sequence[str]], Iterable[Expansion]]) -> None:
    """Let a higher layer find its names in stretches of a query; a place of the same name goes before."""
    _finders.append(finder)


def all_expansions(runs: Sequence[str]) -> list[Expansion]:
    """The names in stretches of a query; of several with the same words the last holds."""
    named = [one for finder in _finders for one in finder(runs) if one.spellings]
    return [*named, *expansions(runs)]


def expansions(runs: Sequence[str]) -> list[Expansion]:
    """The place names in stretches of a query that are plain enough to be searched in every spelling."""
    found = {one.typed: one for one in gazetteer.expansions("\n".join(runs))}
    return [
        Expansion(typed, " / ".join(dict.fromkeys(place.name for place in one.places)), one.spellings)
        for typed, one in found.items()
        if one.spellings
    ]
