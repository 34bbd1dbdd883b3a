"""What somebody may have meant whose words find nothing: like words of titles, and names of places.

Every suggestion is tried: only what finds something with the other filters as they are is offered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from archive import gazetteer, search
from archive.lists.selection import Selection
from archive.names import fold

MOST_TERMS = 6  # words of a query that are looked at
MOST_TRIED = 8
MOST_OFFERED = 3
SHORTEST = 4  # code points
ALIKE = 0.25  # of pg_trgm: a first sieve
WHOLE = 75  # likeness in percent from which on a name stands for all the words, none of which may be dropped
FARTHEST = 0.34  # letters that differ, as a share of the word


@dataclass(frozen=True, slots=True)
class Meant:
    """Words that find something, and how many."""

    words: str
    found: int


def did_you_mean(selection: Selection, titles: str) -> list[Meant]:
    """Try other words in place of those that find nothing; ``titles`` is SQL for a column of texts, written in code."""
    typed = selection.filters.value("q") or ""
    found: dict[str, int] = {}
    for words in list(dict.fromkeys(candidates(typed, selection, titles)))[:MOST_TRIED]:
        if count := int(np.count_nonzero(selection.with_values(q=words))):
            found[words] = count
    return [Meant(words, count) for words, count in found.items()][:MOST_OFFERED]


def candidates(typed: str, selection: Selection, titles: str) -> Iterator[str]:
    terms = [word for word in re.findall(r"[^\W\d_]+", typed) if len(word) >= SHORTEST][:MOST_TERMS]
    if len(terms) > 1:
        names = (match.place.name for match in gazetteer.resolve(typed).matches[:2])
        yield from (name for name in names if fuzz.ratio(fold(typed), fold(name)) >= WHOLE)
    alone = selection.filters.without(*(name for name in selection.filters.base_filters if name != "after"))
    for term in terms:
        if search.parse(term).problem or np.any(selection.of(alone.with_values(q=term))):
            continue
        others = {other.lower() for other in terms if other != term}
        places = [match.place.name for match in gazetteer.resolve(term).matches[:2]]
        for other in (*alike(term, titles), *(name for name in places if others.isdisjoint(name.lower().split()))):
            yield other.join(re.split(rf"\b{re.escape(term)}\b", typed, maxsplit=1))


def alike(term: str, titles: str) -> list[str]:
    """Return up to three words of the titles that are spelt like a word, the nearest first."""
    sql = f"""
        SELECT word FROM (SELECT DISTINCT regexp_split_to_table(lower(title), '[^\\w]+') AS word
                          FROM ({titles}) texts(title)) words
        WHERE char_length(word) BETWEEN %(length)s - 2 AND %(length)s + 2 AND similarity(word, %(term)s) > %(alike)s
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, {"term": term.lower(), "length": len(term), "alike": ALIKE})
        distances = {word: DamerauLevenshtein.normalized_distance(word, term.lower()) for (word,) in cursor.fetchall()}
    near = [word for word, distance in distances.items() if 0 < distance <= FARTHEST]
    return sorted(near, key=lambda word: (distances[word], word))[:3]
