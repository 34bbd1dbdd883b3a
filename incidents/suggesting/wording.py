"""A report as sentences of folded words, each with the way back to the text as it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.text import short_sentences
from archive.text.folding import Folded, fold
from incidents.sense.tokens import Token, tokens

LONGEST_READ = 60_000  # code points of a text; no report is longer, and what follows is not read


@dataclass(frozen=True)
class Sentence:
    """``start`` and ``end`` are code points of the text; ``words`` count from 0 and are spoken of by their number."""

    text: str
    start: int
    end: int
    number: int

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text[self.start : self.end])

    @cached_property
    def words(self) -> list[Token]:
        return tokens(self.folded.text)

    def word(self, place: int) -> str:
        """The folded word at a place, "" beyond both ends."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    @cached_property
    def all_forms(self) -> list[tuple[str, ...]]:
        return [word.forms or (word.text,) for word in self.words]

    def forms(self, place: int) -> Sequence[str]:
        """The forms that the word at a place may have without what is written on to it."""
        return self.all_forms[place] if 0 <= place < len(self.all_forms) else ()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code points of the text from one word to another, both included."""
        start, end = self.folded.span(self.words[first].start, self.words[last].end)
        return self.start + start, self.start + end

    def exact(self, first: int, last: int) -> str:
        start, end = self.span(first, last)
        return self.text[start:end]

    def between(self, first: int, second: int) -> str:
        """What stands between two words that follow each other, folded."""
        return self.folded.text[self.words[first].end : self.words[second].start]

    def place_at(self, position: int) -> int:
        """The number of the word that stands at, or follows, a code point of the text."""
        origins = self.folded.origins
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.start + origins[self.words[middle].end - 1] < position:
                low = middle + 1
            else:
                high = middle
        return low

    def is_capital(self, place: int) -> bool:
        return self.text[self.span(place, place)[0]].isupper()


def read_sentences(text: str) -> list[Sentence]:
    """The sentences of the first `LONGEST_READ` code points, in order."""
    read = text[:LONGEST_READ]
    return [Sentence(text, start, end, number) for number, (start, end) in enumerate(short_sentences(read))]
