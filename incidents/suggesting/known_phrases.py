"""What reports call the terms of the vocabularies, beside the names that these have: `phrases.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from .values import Named

_FILE = Path(__file__).with_name("phrases.toml")


@cache
def known_phrases(kind: str) -> Mapping[str, Sequence[str]]:
    """Phrases by slug, of `actors`, `weapons`, `facility_types` or `speakers`."""
    with _FILE.open("rb") as file:
        return tomllib.load(file)[kind]


def phrases_of(kind: str, terms: Sequence[Named]) -> Iterator[tuple[str, str]]:
    """Every phrase for a term with its slug. Its own names come first: of the same words they are what holds."""
    for term in terms:
        yield from ((name, term.slug) for name in term.names)
    for term in terms:
        yield from ((phrase, term.slug) for phrase in known_phrases(kind).get(term.slug, ()))
