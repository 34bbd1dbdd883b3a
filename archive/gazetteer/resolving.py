"""A spelling → the places it may mean; a query → its names' other spellings.

Spellings on record are looked up in the database, and so is likeness (`archive.gazetteer.likeness`).
"""

from collections.abc import Iterator
from typing import NamedTuple

from archive.gazetteer.index import Name, bearers, namesakes, of_places, sounding
from archive.gazetteer.likeness import alike
from archive.mentions.cue_words import STOP_NAMES
from archive.models import Place
from archive.names import name_key, script_of, skeleton
from archive.names.alike import with_known
from archive.names.place_words import COUNTRY, describe
from archive.names.reading import Reading
from archive.names.spelling_index import OFFICIAL, PART, TRUSTED, Candidate, Resolution, SpellingIndex, query_keys
from archive.names.surroundings import NOWHERE, Context

__all__ = ["Answer", "Expansion", "PlaceMatch", "expansions", "resolve", "spelt"]

MAX_WORDS_OF_A_NAME = 5
MAX_SPELLINGS = 16
MAX_PLACES = 3  # of one ambiguous name in a query
_SHORTEST_EXPANDED = 3
_LONGEST_QUERY = 1_000  # code points
_HOME_LANGUAGES = frozenset({"en", "eng", "ar", "ara"})


class PlaceMatch(NamedTuple):
    """A place that a spelling may mean, with a score of 0 to 1."""

    place: Place
    score: float


class Answer(NamedTuple):
    """What `resolve` found, best first; ``is_certain`` when the first may be taken without asking."""

    query: str
    matches: list[PlaceMatch]
    is_certain: bool


class Expansion(NamedTuple):
    """A place name in a query: `start` to `end` in code points, as typed, what it may mean, how else it is spelt."""

    start: int
    end: int
    typed: str
    places: tuple[Place, ...]
    spellings: tuple[str, ...]


def resolve(name: str, limit: int = 5, context: Context = NOWHERE) -> Answer:
    """Places that a spelling, or a P-code, may mean; one that no table has answers by likeness, never as certain.

    Not certain is a name that a governorate and its capital share, or several villages. The seat of a unit stands
    before that unit, and a district's before a village of its name; words such as `province` or `ريف` say which
    level is meant. A ``context`` (P-codes around the name) puts the place that lies there first.
    """
    query = " ".join(name.replace("\x00", " ").split())[:_LONGEST_QUERY]
    places = Place.objects
    if by_code := places.filter(pcode=query.upper()).first():
        return Answer(name, [PlaceMatch(by_code, 1.0)], is_certain=True)
    known = bearers(query_keys(query))
    index, _ = of_places(known | namesakes(known) | sounding(describe(query).name) if known else known)
    resolution = index.on_record(query, limit, context)
    if resolution is None or index.is_part_known(query):
        candidates = resolution.candidates if resolution else []
        resolution = Resolution(with_known(_alike(query, limit, context), candidates, limit), is_certain=False)
    found = places.in_bulk([candidate.place_id for candidate in resolution.candidates])
    matches = [PlaceMatch(found[place_id], score) for place_id, _, score in resolution.candidates if place_id in found]
    return Answer(name, matches, resolution.is_certain)


def _alike(query: str, limit: int, context: Context) -> list[Candidate]:
    """Places like a name in no table; `town of` and the like are no part of it."""
    described = describe(query)
    name = described.name if described.is_unit_named else query
    return alike([name], limit, context)[name]


def spelt(place: Place, typed: str) -> Expansion:
    """A place's name as somebody misspelt it, with the spellings worth searching."""
    index, names = of_places([place.pk])
    return _expansion(index, names, {place.pk: 1.0}, (0, len(typed), typed))._replace(places=(place,))


def expansions(query: str) -> list[Expansion]:
    """The place names in a query that are on record, with their other spellings in both scripts; none overlap.

    The longest name wins. Everyday words that are the name of some village are left alone.
    """
    runs = [(start, end, key) for start, end, key in _runs(query[:_LONGEST_QUERY]) if key not in STOP_NAMES]
    index, names = of_places(bearers({key for _, _, key in runs}))
    found: list[Expansion] = []
    for start, end, key in runs:
        known = {i: score for i, score in index.known([key]).items() if index.units[i].level != COUNTRY}
        if known and not any(start < other.end and other.start < end for other in found):
            found.append(_expansion(index, names, known, (start, end, query[start:end])))
    places = Place.objects.in_bulk({i for expansion in found for i in expansion.places})
    return [each._replace(places=tuple(places[i] for i in each.places)) for each in sorted(found) if each.spellings]


def _runs(query: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of a query that may be a name, the longest first: where they stand, and their keys."""
    reading = Reading(query)
    stretches: list[tuple[int, int]] = []
    for first in range(len(reading.words)):
        for last in range(first, min(first + MAX_WORDS_OF_A_NAME, len(reading.words))):
            if last > first and not reading.words[last].is_joined:
                break
            stretches.append((first, last))
    for first, last in sorted(stretches, key=lambda stretch: (stretch[0] - stretch[1], stretch)):
        start, end = reading.span(first, last, 0)
        key = name_key(query[start:end])
        if len(key) >= _SHORTEST_EXPANDED:
            yield start, end, key


def _expansion(
    index: SpellingIndex, names: list[Name], known: dict[int, float], stretch: tuple[int, int, str]
) -> Expansion:
    """What a name stands for. Its places' ids stand for them until they are fetched."""
    typed = stretch[2]
    candidates = [candidate.place_id for candidate in index.rank(known).candidates[:MAX_PLACES]]
    first = candidates[0]
    namesakes = {i for i in candidates if i != first and not index.is_related(first, i)}
    written = {_as_searched(typed)}
    spellings: list[str] = []
    for name in sorted(names, key=lambda name: _likely_first(name, first)):
        # A namesake may have quite other names besides: only those that sound like what was typed are meant.
        is_meant = name.place_id in candidates and (
            name.place_id not in namesakes or skeleton(name.name) == skeleton(typed)
        )
        if is_meant and _is_good_to_search(index, name) and _as_searched(name.name) not in written:
            written.add(_as_searched(name.name))
            spellings.append(name.name)
    return Expansion(*stretch, tuple(candidates), tuple(spellings[:MAX_SPELLINGS]))  # type: ignore[arg-type]


def _likely_first(name: Name, first: int) -> tuple[bool, bool, bool]:
    return name.quality not in (OFFICIAL, PART), name.language not in _HOME_LANGUAGES, name.place_id != first


def _is_good_to_search(index: SpellingIndex, name: Name) -> bool:
    """Whether a spelling is worth searching: foreign exonyms and noise of the sources would find other things."""
    if len(name.key) < _SHORTEST_EXPANDED or name.key in STOP_NAMES:
        return False
    if name.quality in TRUSTED:
        return True
    is_described = bool(describe(name.name).levels)  # "Idlib Province" is found as Idlib
    is_transcript = script_of(name.name) == "Latn" and name.name.islower()  # letter by letter: kfr nbl
    is_own = name.language in _HOME_LANGUAGES or index.sounds_official(name.place_id, name.key)
    return is_own and not is_described and not is_transcript


def _as_searched(name: str) -> tuple[str, ...]:
    """Two spellings with the same words find the same texts; the article makes no difference."""
    return tuple(word.letters for word in Reading(name).words if not word.is_article)
