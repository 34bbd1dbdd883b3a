"""A query in PostgreSQL's own notation, as an expression of the ORM."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, Value

# Lexemes with their relative positions; the gaps between them are words too common to be in the index.
Phrase = tuple[tuple[int, str], ...]


class TsQuery(SearchQuery):
    """A `tsquery` that is complete: PostgreSQL neither stems it nor asks its locale what a letter is."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, notation: str) -> None:
        self.config = None
        self.invert = False
        Func.__init__(self, Value(notation))


def phrase(lexemes: Phrase) -> str:
    """`'deir' <-> 'zor'`. Lexemes hold letters, digits and marks only: none needs escaping."""
    (last, first), *others = lexemes
    pieces = [f"'{first}'"]
    for position, lexeme in others:
        pieces.append(f"<{position - last}> '{lexeme}'")
        last = position
    return f"({' '.join(pieces)})" if others else pieces[0]


def every(parts: Sequence[str]) -> str:
    """All of them, in any order."""
    return _join(" & ", parts)


def either(parts: Sequence[str]) -> str:
    """At least one of them."""
    return _join(" | ", list(dict.fromkeys(parts)))


def without(part: str) -> str:
    """Not this one."""
    return f"!{part}"


def _join(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"
