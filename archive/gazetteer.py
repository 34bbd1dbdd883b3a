"""A spelling → the places it may mean; a text → the places it mentions; a query → its names' other spellings.

Spellings on record are looked up in the database. What needs all of them at once, likeness and mentions, reads an
index that each process builds at its first use and again when spellings are added or a gazetteer is loaded.
"""

from collections.abc import Collection, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection

from archive.letters import fold_characters
from archive.mention_words import STOP_NAMES
from archive.mentions import MentionFinder, Span
from archive.names import fold, fold_keys, script_of
from archive.place_words import COUNTRY, describe
from archive.spellings import EXACT, FUZZY, OFFICIAL, PART, Candidate, Spelling, SpellingIndex, Unit

if TYPE_CHECKING:
    from archive.models import Place

MAX_WORDS_OF_A_NAME = 5
MAX_SPELLINGS = 12
MAX_PLACES = 3  # of one ambiguous name in a query
_SHORTEST_EXPANDED = 3
_LONGEST_QUERY = 300  # code points; no name is longer
_HOME_LANGUAGES = frozenset({"en", "eng", "ar", "ara"})
_SEARCHED_LANGUAGES = frozenset({"und", *_HOME_LANGUAGES})


class PlaceMatch(NamedTuple):
    """A place that a spelling may mean, with a score of 0 to 1."""

    place: "Place"
    score: float


class Answer(NamedTuple):
    """What `resolve` found, best first; ``is_certain`` when the first may be taken without asking."""

    query: str
    matches: list[PlaceMatch]
    is_certain: bool


class Expansion(NamedTuple):
    """A place name in a query: ``start`` to ``end`` in code points, as typed, what it may mean, how else it is spelt."""

    start: int
    end: int
    typed: str
    places: tuple["Place", ...]
    spellings: tuple[str, ...]


def resolve(name: str, limit: int = 5) -> Answer:
    """Places that a spelling, or a P-code, may mean; one that no table has answers by likeness, never as certain.

    A name that a governorate and its capital share is not certain, nor one of several villages; the seat of a district
    stands before a village of the same name, and words such as `province` or `ريف` say which level is meant.
    """
    query = " ".join(name.replace("\x00", " ").split())[:_LONGEST_QUERY]
    places = apps.get_model("archive", "Place").objects
    if by_code := places.filter(pcode=query.upper()).first():
        return Answer(name, [PlaceMatch(by_code, 1.0)], is_certain=True)
    resolution = _index_of(_bearers(_keys(query))).resolve(query, limit)
    candidates = resolution.candidates or whole_index().alike(query, limit)
    found = places.in_bulk([candidate.place_id for candidate in candidates])
    matches = [PlaceMatch(found[place_id], score) for place_id, _, score in candidates if place_id in found]
    return Answer(name, matches, resolution.is_certain)


def find_mentions(text: str) -> list[Span]:
    """The places that a text mentions, in its order: spans in code points, each with its candidates best first."""
    return _cached().finder.find(text)


def expansions(query: str) -> list[Expansion]:
    """The place names in a query that are on record, and their other spellings in both scripts; none overlap.

    The longest name wins. A single word must be the name of a place that it would also be taken for in a text.
    """
    runs = _runs(query[:_LONGEST_QUERY])
    index = _index_of(_bearers({fold(typed) for _, _, typed in runs} - STOP_NAMES))
    found: list[Expansion] = []
    for start, end, typed in runs:
        if any(start < other.end and other.start < end for other in found):
            continue
        known = index.known_literally(fold(typed)) if fold(typed) not in STOP_NAMES else {}
        worth = {place_id: score for place_id, score in known.items() if index.units[place_id].level != COUNTRY}
        if worth and (expansion := _expansion(index, worth, start, end, typed)):
            found.append(expansion)
    return sorted(found)


def whole_index() -> SpellingIndex:
    """All spellings, from the process's cache."""
    return _cached().index


class _Cache(NamedTuple):
    stamp: tuple[Any, ...]
    index: SpellingIndex
    finder: MentionFinder
