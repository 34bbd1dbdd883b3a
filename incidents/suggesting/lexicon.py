"""Phrases of a vocabulary, found among the words of a sentence: the longest at each place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from archive.text.folding import fold
from incidents.sense.tokens import tokens

from .wording import Sentence

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A phrase from the ``first`` word to the ``last``, and what it means."""

    first: int
    last: int
    meaning: T


class Lexicon(Generic[T]):
    """What phrases mean. A word of Arabic is also known with the letters that are written on to it."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase, meaning in phrases:
            words = tuple(token.text for token in tokens(fold(phrase).text))
            if words:
                by_first[words[0]].append((words, meaning))
        self._by_first = {first: sorted(known, key=lambda entry: -len(entry[0])) for first, known in by_first.items()}
        self.firsts = frozenset(self._by_first)  # the words that phrases begin with

    def find(self, sentence: Sentence) -> Iterator[Hit[T]]:
        """The phrases in the order of the sentence, none overlapping."""
        end = -1
        for place, forms in enumerate(sentence.all_forms):
            if place > end and not self.firsts.isdisjoint(forms) and (hit := self.at(sentence, place)):
                yield hit
                end = hit.last

    def at(self, sentence: Sentence, place: int) -> Hit[T] | None:
        """The longest phrase that begins with a word."""
        best: Hit[T] | None = None
        forms = sentence.forms(place)
        if self.firsts.isdisjoint(forms):
            return None
        for form in forms:
            for words, meaning in self._by_first.get(form, ()):
                last = place + len(words) - 1
                if best is not None and last <= best.last:
                    break
                if self._goes_on(sentence, place, words):
                    best = Hit(place, last, meaning)
                    break
        return best

    @staticmethod
    def _goes_on(sentence: Sentence, place: int, words: tuple[str, ...]) -> bool:
        return all(word in sentence.forms(place + step) for step, word in enumerate(words[1:], 1))
