"""From what was typed to what is searched: lexemes, other spellings of places, one condition in SQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeVar

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from archive.search import highlights, pairs, tsquery
from archive.search.expansions import Expansion, all_expansions
from archive.search.guesses import guesses
from archive.search.lexicon import lexemes
from archive.search.synonyms import MOST_VARIANTS, compounds, others
from archive.search.syntax import MAX_LENGTH, MAX_TERMS, Notice, Syntax, Term, read
from archive.search.tsquery import Phrase
from archive.search.words import words
from archive.text.excerpts import Span

Row = TypeVar("Row", bound=Model)
SHOWN = 60  # code points of a term in a message
PAIRED = ("vector",)  # columns whose vectors hold pairs
MAX_NAME = 5  # words of a place name
Placed = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Query:
    """What is searched for: as `tsquery` what must be there (`wanted`, "" where nothing must) and what must not.

    `problem` says why not, when something was typed; `notices` what was left out or understood otherwise;
    `phrases` are what is highlighted.
    """

    typed: str = ""
    wanted: str = ""
    excluded: str = ""
    problem: str = ""
    notices: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.wanted or self.excluded)

    @property
    def notation(self) -> str:
        """The whole condition as a `tsquery`; "" where there is nothing to search."""
        parts = [self.wanted, tsquery.without(self.excluded) if self.excluded else ""]
        return "" if self.is_empty else tsquery.every([part for part in parts if part])

    def filter(self, queryset: QuerySet[Row], column: str = "vector") -> QuerySet[Row]:
        """The rows that match; all of them when nothing was typed, none when it could not be searched."""
        if self.problem:
            return queryset.none()
        return queryset.filter(**{column: _condition(self.notation, column)}) if self.notation else queryset

    def parts(self, queryset: QuerySet[Row], column: str = "vector") -> Iterator[tuple[QuerySet[Row], bool]]:
        """What must be there and what (True) must not, each as rows that have it: an index finds no rows without."""
        if self.problem:
            yield queryset.none(), False
        if self.wanted:
            yield queryset.filter(**{column: _condition(self.wanted, column)}), False
        if self.excluded:
            yield queryset.filter(**{column: _condition(self.excluded, column)}), True

    def best(self, queryset: QuerySet[Row], column: str = "vector") -> Iterator[QuerySet[Row]]:
        """Sets of rows among which the best matches are, the best set first; rows in them need not match at all."""
        if self.wanted and not self.problem:
            for notation in pairs.about(self.wanted):
                yield queryset.filter(**{column: tsquery.TsQuery(notation)})

    def rank(self, column: str = "vector") -> SearchRank:
        """How well a row matches, for ordering: titles before names before text, long texts put in proportion."""
        return SearchRank(F(column), tsquery.TsQuery(self.notation), normalization=1)

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each text the spans to highlight, in code points."""
        return highlights.spans(texts, self.phrases)


def parse(typed: str, expand: bool = True) -> Query:
    """Read a query; anything can be typed, nothing raises. At most one query for stems, and those of the gazetteer.

    With `expand`, place names are searched in every known spelling as well, misspelt ones too.
    """
    syntax = read(typed)
    if not syntax.groups:
        problem = _("There are no words to search for in “%(text)s”.") if typed.strip() else ""
        return Query(typed, problem=problem % {"text": _shown(typed)} if problem else "")
    found = all_expansions(syntax.runs()) if expand else []
    found += guesses(syntax.runs(quoted=False), found) if expand else []
    return _Builder(typed, syntax, found, expand=expand).build()


class _Builder:
    """Puts one query together: the lexemes of its words and of the spellings, in a single look-up."""

    def __init__(self, typed: str, syntax: Syntax, found: Sequence[Expansion], *, expand: bool) -> None:
        self.typed = typed
        self.expand = expand
        self.syntax = syntax
        self.names = {tuple(word.word for word in words(expansion.typed)): expansion for expansion in found}
        self.spellings = {key: [_placed(name) for name in found.spellings] for key, found in self.names.items()}
        self.compounds = compounds() if expand else {}
        self.known = lexemes(self._words())
        self.used: list[Expansion] = []
        self.common: list[str] = []
        self.phrases: list[Phrase] = []

    def build(self) -> Query:
        conditions = [(condition, is_excluded) for condition, is_excluded in self._conditions() if condition]
        if not conditions:
            problem = _("“%(text)s” is too common to search for: almost every text has it.")
            return Query(self.typed, problem=problem % {"text": _shown(" ".join(self.common))})
        wanted = [condition for condition, is_excluded in conditions if not is_excluded]
        excluded = [condition for condition, is_excluded in conditions if is_excluded]
        return Query(
            self.typed,
            wanted=tsquery.every(wanted) if wanted else "",
            excluded=tsquery.either(excluded) if excluded else "",
            notices=tuple(self._notices()),
            expansions=tuple(dict.fromkeys(self.used)),
            phrases=tuple(dict.fromkeys(self.phrases)),
        )

    def _words(self) -> Iterator[str]:
        for group in self.syntax.groups:
            for term in group:
                yield from (other for _position, word in term.words for other in (word, *others().get(word, ())))
        yield from (word for key in self.compounds for word in key)
        for names in self.spellings.values():
            for name in names:
                yield from (word for _position, word in name)

    def _conditions(self) -> Iterator[tuple[str, bool]]:
        """One condition a group, and whether it must not hold; a name of several words takes their groups together."""
        groups = self.syntax.groups
        index = 0
        while index < len(groups):
            length, key = self._name_at(index)
            if key:
                typed = [condition for group in groups[index : index + length] if (condition := self._term(group[0]))]
                yield tsquery.either([*([tsquery.every(typed)] if typed else []), *self._other_spellings(key)]), False
            elif len(groups[index]) == 1:
                (term,) = groups[index]
                yield self._expanded(term), term.is_excluded
            else:
                yield self._either(groups[index]), False
            index += max(1, length)

    def _name_at(self, index: int) -> tuple[int, tuple[str, ...]]:
        """How many groups from here on are one name or compound, the longest, and its words."""
        together: tuple[str, ...] = ()
        found: tuple[int, tuple[str, ...]] = (0, ())
        for length, group in enumerate(self.syntax.groups[index : index + MAX_NAME], start=1):
            if len(group) > 1 or group[0].is_excluded or group[0].is_quoted:
                break
            together += _plain_words(group[0])
            if together in self.names or together in self.compounds:
                found = length, together
        return found

    def _either(self, group: list[Term]) -> str:
        found = [(condition, term.is_excluded) for term in group if (condition := self._expanded(term))]
        alternatives = [tsquery.without(condition) if is_excluded else condition for condition, is_excluded in found]
        return tsquery.either(alternatives) if alternatives else ""

    def _expanded(self, term: Term) -> str:
        own = self._term(term)
        key = _plain_words(term)
        return tsquery.either([own, *self._other_spellings(key, term.is_excluded)]) if own else ""

    def _term(self, term: Term) -> str:
        phrases = [phrase for words in self._variants(term.words) if (phrase := self._phrase(words))]
        if not phrases:
            self.common.append(term.typed)
            return ""
        if not term.is_excluded:
            self.phrases += phrases
        return tsquery.either([tsquery.phrase(phrase) for phrase in phrases])

    def _variants(self, placed: Placed) -> list[Placed]:
        """The words as typed, and with synonyms in their places; compounds in a longer phrase, too."""
        if not self.expand:
            return [placed]
        written = [placed, *self._compounded(placed)]
        varied = (one for words in written for one in self._with_synonyms(words))
        return list(dict.fromkeys(islice(varied, MOST_VARIANTS)))

    def _compounded(self, placed: Placed) -> Iterator[Placed]:
        """A phrase with each compound in it as one word instead of two, or two instead of one."""
        for index in range(len(placed)):
            for key, ways in self.compounds.items():
                if tuple(word for _position, word in placed[index : index + len(key)]) == key:
                    yield from (_replaced(placed, index, len(key), other) for other in ways)

    def _with_synonyms(self, placed: Placed) -> list[Placed]:
        choices = [[(position, other) for other in (word, *others().get(word, ()))] for position, word in placed]
        return [tuple(words) for words in islice(product(*choices), MOST_VARIANTS)]

    def _other_spellings(self, key: tuple[str, ...], is_excluded: bool = False) -> list[str]:
        written = [tuple(enumerate(other)) for other in self.compounds.get(key, ())]
        if key in self.names:
            self.used.append(self.names[key])
            written += self.spellings[key]
        phrases = [phrase for name in written if (phrase := self._phrase(name))]
        if not is_excluded:
            self.phrases += phrases
        return [tsquery.phrase(phrase) for phrase in phrases]

    def _phrase(self, placed: Placed) -> Phrase:
        return tuple((position, self.known[word]) for position, word in placed if self.known[word])

    def _notices(self) -> Iterator[str]:
        if Notice.CUT in self.syntax.notices:
            yield _("The query is very long: only its first %(terms)s words, of %(length)s characters, were used.") % {
                "terms": MAX_TERMS,
                "length": MAX_LENGTH,
            }
        if Notice.UNBALANCED in self.syntax.notices:
            yield _("A quotation mark is not closed: the words after it were searched one by one.")
        for text in self.syntax.unreadable:
            yield _("“%(text)s” holds no letters or digits and was left out.") % {"text": _shown(text)}
        for text in self.common:
            yield _("“%(text)s” is too common to search for and was left out.") % {"text": _shown(text)}


def _condition(notation: str, column: str) -> tsquery.TsQuery:
    return tsquery.TsQuery(pairs.by_pairs(notation) if column in PAIRED else notation)


def _placed(name: str) -> Placed:
    return tuple((word.position, word.word) for word in words(name))


def _replaced(placed: Placed, index: int, length: int, by: Sequence[str]) -> Placed:
    """A phrase with other words at that place; what follows moves with their number."""
    start = placed[index][0]
    moved = len(by) - length
    after = [(position + moved, word) for position, word in placed[index + length :]]
    return (*placed[:index], *((start + number, word) for number, word in enumerate(by)), *after)


def _plain_words(term: Term) -> tuple[str, ...]:
    return tuple(word for _position, word in term.words)


def _shown(text: str) -> str:
    line = " ".join(text.replace("\x00", "").split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
