"""What somebody may have meant whose words find nothing: like words of titles, names of places, a date.

Every suggestion is tried: only what finds something with the other filters as they are is offered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.db import connection
from django.utils.translation import get_language, pgettext
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from archive import dates, gazetteer, search
from archive.lists.selection import Selection
from archive.names import name_key

MOST_WORDS, LONGEST_DATE = 12, 3  # words of a query in which a date is looked for, and of a date
MOST_TERMS = 6  # words of a query that are looked at
MOST_TRIED = 8
MOST_OFFERED = 3
SHORTEST = 4  # code points
LENGTHS_DIFFER = 2  # code points
WHOLE = 75  # likeness in percent from which on a name stands for all the words, none of which may be dropped
FARTHEST = 0.34  # letters that differ, as a share of the word


@dataclass(frozen=True, slots=True)
class Meant:
    """What finds something: as a reader reads it, how many it finds, and the parameters that ask for it."""

    words: str
    found: int
    params: Mapping[str, str]


def did_you_mean(selection: Selection, titles: str) -> list[Meant]:
    """Try other words in place of those that find nothing; ``titles`` is SQL for a column of texts, written in code."""
    typed = selection.filters.value("q") or ""
    found: dict[str, int] = {}
    for words in list(dict.fromkeys(candidates(typed, selection, titles)))[:MOST_TRIED]:
        if count := len(selection.with_values(q=words)):
            found[words] = count
    meant = [Meant(words, count, {"q": words}) for words, count in found.items()]
    return [*dated(typed, selection), *meant][:MOST_OFFERED]


def dated(typed: str, selection: Selection) -> Iterator[Meant]:
    """The words with a date among them taken out, and what happened then: “Kafranbel Nov 2019”."""
    words = typed.split()
    if len(words) > MOST_WORDS or selection.filters.given("from") or selection.filters.given("to"):
        return
    for length, start in product(range(LONGEST_DATE, 0, -1), range(len(words))):
        part, rest = words[start : start + length], " ".join(words[:start] + words[start + length :])
        if len(part) < length or not any(letter.isdigit() for word in part for letter in word):
            continue
        try:
            first, last = (dates.read_bound(" ".join(part), end=end)[0] for end in (False, True))
        except dates.DateError:
            continue
        if count := len(selection.with_values(q=rest, **{"from": first, "to": last})):
            when = dates.describe(dates.between(first, last), get_language() or "en")
            params = {"q": rest, "from": first.isoformat(), "to": last.isoformat()}
            yield Meant(pgettext("list of names", ", ").join([*([rest] if rest else []), when]), count, params)
        return


def candidates(typed: str, selection: Selection, titles: str) -> Iterator[str]:
    terms = [word for word in re.findall(r"[^\W\d_]+", typed) if len(word) >= SHORTEST][:MOST_TERMS]
    if len(terms) > 1:
        names = (match.place.name for match in gazetteer.resolve(typed).matches[:2])
        yield from (name for name in names if fuzz.ratio(name_key(typed), name_key(name)) >= WHOLE)
    alone = selection.filters.without(*(name for name in selection.filters.base_filters if name != "after"))
    words: frozenset[str] = frozenset()
    for term in terms:
        if search.parse(term).problem or selection.of(alone.with_values(q=term)):
            continue
        others = {other.lower() for other in terms if other != term}
        places = [match.place.name for match in gazetteer.resolve(term).matches[:2]]
        words = words or words_of(titles)
        for other in (*alike(term, words), *(name for name in places if others.isdisjoint(name.lower().split()))):
            yield other.join(re.split(rf"\b{re.escape(term)}\b", typed, maxsplit=1))


def alike(term: str, words: Iterable[str]) -> list[str]:
    """Return up to three of the words that are spelt like a term, the nearest first."""
    asked = term.lower()
    near = process.extract_iter(
        asked, words, scorer=DamerauLevenshtein.normalized_distance, processor=None, score_cutoff=FARTHEST
    )
    ranked = sorted((distance, word) for word, distance, _place in near if distance and is_as_long(word, asked))
    return [word for _distance, word in ranked[:3]]


def is_as_long(word: str, other: str) -> bool:
    return abs(len(word) - len(other)) <= LENGTHS_DIFFER


def words_of(titles: str) -> frozenset[str]:
    """Return all words of the titles, in small letters."""
    with connection.cursor() as cursor:
        cursor.execute(titles)
        return frozenset(re.findall(r"\w+", " ".join(title for (title,) in cursor.fetchall()).lower()))
