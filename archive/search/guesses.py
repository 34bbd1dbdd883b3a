"""Names in a query that no table has, read by likeness as what the archive tells of: places, and others.

A wrong reading is worse than none. So a word is read so only if hardly a text has it as it was typed, if it is not
quoted, and if what it is most like is something that texts tell of. `docs/searching.md` says the rule.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet, Value

from archive import gazetteer
from archive.mentions.cue_words import LOCATIVES, PLACE_NOUNS, STOP_NAMES
from archive.models import ArticleRow, Place
from archive.names import name_key, skeleton
from archive.names.place_words import COUNTRY, LEVELS_OF, SUBDISTRICT
from archive.names.spelling_index import Candidate
from archive.search.expansions import Expansion
from archive.search.lexicon import lexemes
from archive.search.tsquery import TsQuery, phrase
from archive.search.words import Word, words

FEWEST = 3  # texts of one kind: a word that more of them have is a word of the texts, not a slip
TAKEN = 0.85  # likeness from which on a name is taken for what was meant
NEEDED = {1: 1.0, 2: 1.0, 3: 0.83}  # by consonants: of two too many names are alike, of three only what sounds the same
SURE = 0.93  # and from which on the seat of a unit is meant, even if no text tells of it
NEAR = 0.05  # among places no farther than this behind the likeliest, the one that texts tell of is meant
MOST_WORDS = 3  # of one name
MOST_RARE = 8  # words of one query that are looked up
MOST_STRETCHES = 16
MOST_NEAR = 5
MOST_OTHERS = 3
SHORTEST = 4  # letters
Scored = TypeVar("Scored", "Alike", Candidate)
_DESCRIBING = LOCATIVES | PLACE_NOUNS | frozenset(LEVELS_OF)


def _articles() -> QuerySet[Any]:
    return ArticleRow.objects.published()


_texts: list[Callable[[], QuerySet[Any]]] = [_articles]


def searches(rows: Callable[[], QuerySet[Any]]) -> None:
    """Let a higher layer name rows that readers search: with `vector` and `place_ids`, only those they may see."""
    _texts.append(rows)


class Alike(NamedTuple):
    """What a misspelt name is like, from 0 to 1: its name in the reader's language, the spellings worth searching."""

    score: float
    name: str
    spellings: tuple[str, ...]


_likeners: list[Callable[[Sequence[str]], Mapping[str, Sequence[Alike]]]] = []


def likens_names(finder: Callable[[Sequence[str]], Mapping[str, Sequence[Alike]]]) -> None:
    """Let a higher layer say what misspelt names are like among its own, the likeliest first; texts tell of all."""
    _likeners.append(finder)


class Stretch(NamedTuple):
    """Words of a query, one after the other, that may be one name: ``typed`` as they were written, in which run."""

    typed: str
    words: tuple[Word, ...]
    run: int
    is_known: bool = False  # made of names that are known one by one

    def overlaps(self, other: "Stretch") -> bool:
        first, last = self.words[0].position, self.words[-1].position
        return self.run == other.run and first <= other.words[-1].position and other.words[0].position <= last


def guesses(runs: Sequence[str], known: Sequence[Expansion]) -> list[Expansion]:
    """The names in stretches of a query that are like one on record; what is ``known`` is left alone.

    Three queries at most for the words, four for likeness, and four for each name that is read.
    """
    taken = {tuple(word.word for word in words(one.typed)) for one in known}
    candidates = list(_stretches(runs, taken))
    rare = _rare(
        {word.word for stretch in candidates for word in stretch.words} - {one for key in taken for one in key}
    )
    candidates = [one for one in candidates if one.is_known or rare.intersection(word.word for word in one.words)][
        :MOST_STRETCHES
    ]
    if not candidates:
        return []
    typed = [one.typed for one in candidates]
    named = [liken(typed) for liken in _likeners]
    others = {one: [alike for found in named for alike in found.get(one, ())] for one in typed}
    return list(_read(candidates, gazetteer.alike(typed), others))


def _stretches(runs: Sequence[str], taken: set[tuple[str, ...]]) -> Iterator[Stretch]:
    """The longest first; none that is a known name, or that holds a part of one."""
    found: list[Stretch] = []
    for number, run in enumerate(runs):
        placed = tuple(words(run))
        common = lexemes([word.word for word in placed])
        covered = _covered(placed, taken)
        for first in range(len(placed)):
            for last in range(first, min(first + MOST_WORDS, len(placed))):
                inside = placed[first : last + 1]
                names = set(covered[first : last + 1])
                is_new = (None in names or len(names) > 1) and not _cuts(covered, first, last)
                if is_new and all(_may_belong(word, common) for word in inside):
                    typed = run[inside[0].start : inside[-1].end]
                    found.append(Stretch(typed, inside, number, None not in names))
    yield from sorted(found, key=lambda one: -len(one.words))


def _covered(placed: Sequence[Word], taken: set[tuple[str, ...]]) -> list[int | None]:
    """For each word the known name that it belongs to, by the position of its first word."""
    covered: list[int | None] = [None] * len(placed)
    longest = max((len(key) for key in taken), default=0)
    for first in range(len(placed)):
        for size in range(min(longest, len(placed) - first), 0, -1):
            if covered[first] is None and tuple(word.word for word in placed[first : first + size]) in taken:
                covered[first : first + size] = [first] * size
    return covered


def _cuts(covered: Sequence[int | None], first: int, last: int) -> bool:
    """Whether a known name lies partly inside."""
    before = first > 0 and covered[first] is not None and covered[first - 1] == covered[first]
    after = last + 1 < len(covered) and covered[last] is not None and covered[last + 1] == covered[last]
    return before or after


def _may_belong(word: Word, common: Any) -> bool:
    return bool(common[word.word]) and word.word not in _DESCRIBING and not any(c.isdigit() for c in word.word)


def _rare(asked: set[str]) -> set[str]:
    """The words that hardly a text has. One query."""
    ordered = sorted(word for word in asked if len(word) >= SHORTEST and name_key(word) not in STOP_NAMES)[:MOST_RARE]
    known = lexemes(ordered)
    ordered = [word for word in ordered if known[word]]
    conditions = [Q(vector=TsQuery(phrase(((0, known[word]),)))) for word in ordered]
    return {word for word, number in zip(ordered, _counted(conditions, FEWEST + 1), strict=True) if number <= FEWEST}


def _counted(conditions: Sequence[Q], most: int) -> list[int]:
    """For each condition how many rows of one table meet it, up to ``most``, in the table where most do. One query."""
    parts = [
        rows().filter(condition).order_by().values_list(Value(f"{number} {table}"))[:most]
        for number, condition in enumerate(conditions)
        for table, rows in enumerate(_texts)
    ]
    if not parts:
        return []
    counts = Counter(part for (part,) in parts[0].union(*parts[1:], all=True))
    return [max(counts[f"{number} {table}"] for table in range(len(_texts))) for number in range(len(conditions))]


def _read(
    candidates: Sequence[Stretch],
    likely: Mapping[str, Sequence[Candidate]],
    named: Mapping[str, Sequence[Alike]],
) -> Iterator[Expansion]:
    """The names among the stretches: none overlap, and texts tell of each place, or it is the seat of a unit."""
    near = {one: _near(one, likely[one.typed]) for one in candidates}
    places = _worth_reading({one.place_id: one.score for found in near.values() for one in found})
    read: list[Stretch] = []
    for stretch in candidates:
        meant = [one for one in near[stretch] if one.place_id in places]
        others = _near(stretch, sorted(named[stretch.typed], key=lambda one: -one.score))
        if (meant or others) and not any(one.overlaps(stretch) for one in read):
            read.append(stretch)
            yield _expansion(stretch.typed, meant, others, places)


def _expansion(
    typed: str, meant: Sequence[Candidate], others: Sequence[Alike], places: Mapping[int, Place]
) -> Expansion:
    """What a name is read as: the place, unless something else is clearly more like it; the rest stands beside it."""
    names = [places[one.place_id].name for one in meant]
    if meant and not (others and others[0].score > meant[0].score + NEAR):
        names += [one.name for one in others]
        spellings: Sequence[str] = gazetteer.spelt(places[meant[0].place_id], typed).spellings
    else:
        names = [*(one.name for one in others), *names]
        spellings = [spelling for one in others if one.name == names[0] for spelling in one.spellings]
    first, *rest = dict.fromkeys(names)
    return Expansion(typed, first, tuple(dict.fromkeys(spellings)), is_guess=True, others=tuple(rest)[:MOST_OTHERS])


def _worth_reading(scores: Mapping[int, float]) -> dict[int, Place]:
    """The places that texts tell of, and units with a seat whose name is surely meant. Two queries."""
    ids = sorted(scores)
    numbers = _counted([Q(place_ids__contains=[pk]) for pk in ids], 1)
    told = {pk for pk, number in zip(ids, numbers, strict=True) if number}
    places = Place.objects.exclude(level=COUNTRY).in_bulk(ids)
    return {
        pk: place for pk, place in places.items() if pk in told or (place.level <= SUBDISTRICT and scores[pk] >= SURE)
    }


def _near(stretch: Stretch, found: Sequence[Scored]) -> list[Scored]:
    """What a name may be taken for, likeliest first."""
    best = found[0].score if found else 0.0
    needed = SURE if stretch.is_known else NEEDED.get(len(skeleton(stretch.typed)), TAKEN)
    return [one for one in found if best >= needed and one.score >= best - NEAR][:MOST_NEAR]
