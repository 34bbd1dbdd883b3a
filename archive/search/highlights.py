"""Where in a text the words of a query stand, as they are written there."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.search.lexicon import lexemes
from archive.search.tsquery import Phrase
from archive.search.words import SURFACE, WITHIN, words, words_of
from archive.text.excerpts import Span

REACH = 40  # code points that a word of a phrase takes in the text, with what stands between
LONGEST = 200  # code points of a word that is looked back over; beyond, the whole text is cut into words
MOST_PIECES = 100_000  # some ten megabytes

Forms = Mapping[str, set[str]]


class Spellings:
    """How lexemes are written in the texts that pages show, remembered: the same words come again and again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pieces: set[str] = set()  # between white space; every word of theirs is known
        self.forms: defaultdict[str, set[str]] = defaultdict(set)

    def of(self, texts: Iterable[str]) -> Forms:
        """Return lexeme → words as written, at least those of these texts; at most one query."""
        pieces = {piece for text in texts for piece in text.split()}
        with self.lock:
            new = pieces - self.pieces
            if len(self.pieces) + len(new) > MOST_PIECES:
                self.pieces, self.forms, new = set(), defaultdict(set), pieces
            folded = {surface: words_of(surface) for piece in new for surface in SURFACE.findall(piece)}
            known = lexemes({word for group in folded.values() for word in group})
            for surface, group in folded.items():
                for word in group:
                    self.forms[known[word]].add(surface)
            self.pieces |= new
            return self.forms


SPELLINGS = Spellings()


def spans(texts: Sequence[str], phrases: Iterable[Phrase]) -> list[list[Span]]:
    """For each text the spans, in code points, of what was searched for; at most two queries for all texts.

    A word is found in whatever form it has the same lexeme, a phrase where its words follow each other.
    """
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_first[phrase[0][1]].append(phrase)
    if not by_first:
        return [[] for _ in texts]
    forms = SPELLINGS.of(texts)
    begins: dict[str, list[Phrase]] = defaultdict(list)
    for lexeme, beginning in by_first.items():
        for surface in list(forms.get(lexeme, ())):
            begins[surface] += beginning
    return [sorted(_found(text, begins)) for text in texts]


def _found(text: str, begins: Mapping[str, Sequence[Phrase]]) -> Iterator[Span]:
    for surface, phrases in begins.items():
        for start, end in _occurrences(text, surface):
            for phrase in phrases:
                if len(phrase) == 1:
                    yield start, end
                elif last := _end_of_phrase(text, start, phrase):
                    yield start, last


def _occurrences(text: str, surface: str) -> Iterator[Span]:
    """Where a word stands as a word of its own, as `SURFACE.finditer` would tell."""
    start = text.find(surface)
    while start >= 0:
        begin = start
        while begin and WITHIN.match(text, begin - 1) and start - begin < LONGEST:
            begin -= 1
        if start - begin == LONGEST:
            yield from (
                match.span() for match in SURFACE.finditer(text) if match[0] == surface and match.start() >= start
            )
            return
        at = next(match for match in SURFACE.finditer(text, begin) if match.end() > start)
        if at.start() == start and at[0] == surface:
            yield at.span()
        start = text.find(surface, max(at.end(), start + 1))


def _end_of_phrase(text: str, start: int, phrase: Phrase) -> int | None:
    """Where the phrase ends that may begin with the word at `start`."""
    first, last = phrase[0][0], phrase[-1][0]
    stop = start + REACH * (last - first + 2)
    here = list(words(text[start:stop]))
    if stop < len(text):
        here = here[:-1]  # it may have been cut
    known = lexemes(word.word for word in here)
    stems = [known[word.word] for word in here]
    for index, word in enumerate(here):
        if word.start > 0 or index + last - first >= len(here):
            break
        if all(stems[index + at - first] == lexeme for at, lexeme in phrase):
            return start + here[index + last - first].end
    return None
