"""What the index holds beside single words, so that it answers by itself what else needed the texts.

- ``mill roof``: two words that follow each other; ``mill 3 roof``: with two words between that are too common to be
  searched for. A phrase of two such words is one entry of the index, however common they are.
- ``^mill``: a word that the text is about: of its title, or of a passage that a record cites, or said often. The best
  matches of a common word are among these.
- ``~``: the vector has no such entries (it was too long, or it is from before there were any): its phrases are read.

Words hold letters, digits and marks only, so that none of these is a word.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from archive.search.tsquery import Phrase, every

MAX_GAP = 4  # in words: two words further apart are found by their positions
_BETWEEN = ("", " ", *(f" {gap} " for gap in range(2, MAX_GAP + 1)))  # what is written between the words, by their gap
OFTEN = 3  # times that a word is said in a part by which the text is about it
UNPAIRED = "~"
_PHRASE = re.compile(r"\('[^']*'(?: <\d+> '[^']*')+\)")
_TERM = re.compile(rf"{_PHRASE.pattern}|'[^']*'")
_LEXEME = re.compile(r"<(\d+)> '([^']*)'|'([^']*)'")


def entries(part: Sequence[str], known: Mapping[str, str], *, is_heading: bool) -> dict[str, None]:
    """Return the entries of the words of one part of a text, which is cut where positions end, in their order.

    ``is_heading``: the text is about each of its words.
    """
    placed = [(place, lexeme) for place, word in enumerate(part) if (lexeme := known[word])]
    found: dict[str, None] = {}
    for (at, first), (place, second) in pairwise(placed):
        gap = place - at
        if gap <= MAX_GAP:
            found[first + _BETWEEN[gap] + second] = None
    said = Counter([lexeme for _place, lexeme in placed])
    found.update((f"^{lexeme}", None) for lexeme, times in said.items() if is_heading or times >= OFTEN)
    return found


def by_pairs(notation: str) -> str:
    """Return a `tsquery` for a vector that holds pairs: each phrase in it is looked up by them.

    Between words of a phrase then stand only such as are too common to be searched for, as in what was typed.
    """
    return _PHRASE.sub(lambda match: _by_pairs(_read(match[0]), match[0]), notation)


def about(notation: str) -> tuple[str, ...]:
    """Return conditions, the strictest first, under which the best matches of a `tsquery` stand.

    First that the text is about all that is asked for, then that it is about any word of it; none where what must not
    be there is one of several alternatives.
    """
    if "!" in notation:
        return ()
    every_word = _TERM.sub(lambda match: every([f"'^{lexeme}'" for _gap, lexeme in _read(match[0])]), notation)
    lexemes = list(dict.fromkeys(re.findall(r"'\^[^']*'", every_word)))
    any_word = " | ".join(lexemes)
    return (every_word,) if len(lexemes) == 1 else (every_word, any_word)


def _read(notation: str) -> Phrase:
    """Read the notation of a phrase: `(gap to the one before, lexeme)`."""
    return tuple((int(gap or 0), after or first) for gap, after, first in _LEXEME.findall(notation))


def _by_pairs(phrase: Phrase, notation: str) -> str:
    neighbours = pairwise(phrase)
    pairs = [first + _BETWEEN[gap] + second for (_, first), (gap, second) in neighbours if 0 < gap <= MAX_GAP]
    if not pairs:
        return notation
    found = every([f"'{one}'" for one in dict.fromkeys(pairs)])
    if len(phrase) == 2:  # one pair is the whole phrase
        return f"({found} | '{UNPAIRED}' & {notation})"
    return f"(({found} | '{UNPAIRED}') & {notation})"
