"""Where in a text the words of a query stand, as they are written there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive.search.lexicon import lexemes
from archive.search.tsquery import Phrase
from archive.search.words import Word, words

Span = tuple[int, int]


def spans(texts: Sequence[str], phrases: Iterable[Phrase]) -> list[list[Span]]:
    """For each text the spans, in code points, of what was searched for; at most one query for all texts.

    A word is found in whatever form it has the same lexeme, a phrase where its words follow each other.
    """
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_first[phrase[0][1]].append(phrase)
    if not by_first:
        return [[] for _ in texts]
    cut = [list(words(text)) for text in texts]
    known = lexemes({word.word for text in cut for word in text})
    return [_found(text, [known[word.word] for word in text], by_first) for text in cut]


def _found(text: list[Word], stems: list[str], by_first: dict[str, list[Phrase]]) -> list[Span]:
    found: list[Span] = []
    for index, stem in enumerate(stems):
        for phrase in by_first.get(stem, ()):
            last = index + phrase[-1][0] - phrase[0][0]
            if last < len(stems) and all(stems[index + at - phrase[0][0]] == lexeme for at, lexeme in phrase):
                found.append((text[index].start, text[last].end))
    return found
