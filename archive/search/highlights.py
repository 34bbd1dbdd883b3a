"""Where in a text the words of a query stand, as they are written there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from archive.search.lexicon import lexemes
from archive.search.tsquery import Phrase
from archive.search.words import SURFACE, fold, words

Span = tuple[int, int]
REACH = 40  # code points that a word of a phrase takes in the text, with what stands between


def spans(texts: Sequence[str], phrases: Iterable[Phrase]) -> list[list[Span]]:
    """For each text the spans, in code points, of what was searched for; at most one query for all texts.

    A word is found in whatever form it has the same lexeme, a phrase where its words follow each other.
    """
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_first[phrase[0][1]].append(phrase)
    if not by_first:
        return [[] for _ in texts]
    written = [set(SURFACE.findall(text)) for text in texts]
    folded = {surface: fold(surface) for surface in set().union(*written)}
    known = lexemes({word for group in folded.values() for word in group})
    begins = {
        surface: phrases
        for surface, group in folded.items()
        if (phrases := [phrase for word in group for phrase in by_first.get(known[word], ())])
    }
    return [
        [] if begins.keys().isdisjoint(surfaces) else list(_found(text, begins, known))
        for text, surfaces in zip(texts, written, strict=True)
    ]


def _found(text: str, begins: Mapping[str, list[Phrase]], known: Mapping[str, str]) -> Iterable[Span]:
    for match in SURFACE.finditer(text):
        for phrase in begins.get(match[0], ()):
            if len(phrase) == 1:
                yield match.span()
            elif end := _end_of_phrase(text, match.start(), phrase, known):
                yield match.start(), end


def _end_of_phrase(text: str, start: int, phrase: Phrase, known: Mapping[str, str]) -> int | None:
    """Where the phrase ends that may begin with the word at `start`."""
    first, last = phrase[0][0], phrase[-1][0]
    here = list(words(text[start : start + REACH * (last - first + 2)]))
    stems = [known.get(word.word, "") for word in here]
    for index, word in enumerate(here):
        if word.start > 0 or index + last - first >= len(here):
            break
        if all(stems[index + at - first] == lexeme for at, lexeme in phrase):
            return start + here[index + last - first].end
    return None
