"""Who says what a sentence says: the speakers of a vocabulary, and people and bodies that none has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .attack_words import DENIES, SAID, words
from .known_phrases import phrases_of
from .lexicon import Hit, Lexicon
from .values import Vocabularies
from .wording import Sentence

_SAYING = SAID | DENIES
_ACCORDING = words("according بحسب حسب وفق وفقا نقلا")
_TOLD = words("told tells telling quoted quoting citing via")
_PRONOUNS = words("he she they it")
_ITS_OWN = words("group statement monitor organisation organization charity directorate official spokesman source")
_NEAR = 12  # words between a speaker and “said”
_LIST = words("and or a an the local s by و")
_NAME_LINK = words("al el abdel abdul abu bin ibn de von")
_NO_NAME = words(
    "the a an on in at after before but and earlier later meanwhile monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december"
)
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """The words that name who says it, and the slug of a speaker whom the vocabulary has; both empty: the report."""

    speaker: str = ""
    words: str = ""


REPORT = Voice()


class VoiceFinder:
    def __init__(self, vocabularies: Vocabularies) -> None:
        self._known = Lexicon(phrases_of("speakers", vocabularies.speakers))
        self.actor_of = {speaker.slug: speaker.actor for speaker in vocabularies.speakers if speaker.actor}

    def find(self, sentence: Sentence, before: Sequence[Voice] = ()) -> list[Voice]:
        """The voices of a sentence, none for the report's own; ``before`` are those of the sentences before it, which
        “he said” takes up."""
        saying = [place for place in range(len(sentence.words)) if not _SAYING.isdisjoint(sentence.forms(place))]
        if not saying:
            return []
        hits = list(self._known.find(sentence))
        spoken = {
            hit.meaning: Voice(hit.meaning, sentence.exact(hit.first, hit.last))
            for hit in reversed(hits)
            if _speaks(sentence, hit, saying, hits)
        }
        return list(spoken.values())[::-1] or self._other(sentence, saying, before)

    @staticmethod
    def _other(sentence: Sentence, saying: Sequence[int], before: Sequence[Voice]) -> list[Voice]:
        """Who “he said” takes up, or somebody by name."""
        for place in saying[:4]:
            if before and _is_taken_up(sentence, place):
                return list(before)
            if sentence.word(place - 1) in _PRONOUNS:  # of somebody who is not named here, perhaps the report
                continue
            if name := next(_named(sentence, place), None):
                return [Voice("", name)]
        return []


def _speaks(sentence: Sentence, hit: Hit[str], saying: Sequence[int], hits: Sequence[Hit[str]]) -> bool:
    """Whether a speaker's name is of who says it: before or behind a verb of saying, not whom it was told to."""
    if _is_told(sentence, hit.first):
        return False
    return any(_is_subject(sentence, hit, place, hits) for place in saying)


def _is_told(sentence: Sentence, first: int) -> bool:
    return any(sentence.word(first - step) in _TOLD for step in (1, 2))


def _is_subject(sentence: Sentence, hit: Hit[str], place: int, hits: Sequence[Hit[str]]) -> bool:
    if hit.first <= place <= hit.last:
        return True
    if not _ACCORDING.isdisjoint(sentence.forms(place)):
        return 0 < hit.first - place <= 4 or _goes_on(sentence, place, hit, hits)
    if place > hit.last:
        gap = range(hit.last + 1, place)
        if gap and sentence.word(place - 1) in _PRONOUNS:  # “army helicopters, it says, dropped”: another says it
            return False
        return len(gap) <= _NEAR and not any(_is_end(sentence, at) for at in gap)
    gap = range(place + 1, hit.first)
    if _is_arabic(sentence.word(place)):
        return len(gap) <= 3
    return len(gap) <= 3 and not any(sentence.word(at) in ("that", "on", "in", "to", "of", "by") for at in gap)


def _goes_on(sentence: Sentence, place: int, hit: Hit[str], hits: Sequence[Hit[str]]) -> bool:
    """“According to A and B”: the second."""
    earlier = next((other for other in hits if place < other.first < hit.first), None)
    return earlier is not None and all(
        not _LIST.isdisjoint(sentence.forms(at)) for at in range(earlier.last + 1, hit.first)
    )


def _is_end(sentence: Sentence, place: int) -> bool:
    return sentence.word(place) in ("that", "by", "against", "killed", "were", "on")


def _is_arabic(word: str) -> bool:
    return bool(re.match("[\u0600-\u06ff]", word))


def _named(sentence: Sentence, place: int) -> Iterator[str]:
    """The capitalised name beside a verb of saying: “Oqba Barish, a lawyer, told”, “said Rami Abdel Rahman”."""
    following = _capitals(sentence, place + 1, 1)
    if following and sentence.word(place) not in _TOLD:
        yield sentence.exact(*following)
    for at in range(place - 1, max(-1, place - _NEAR), -1):
        if _is_name(sentence, at) and (run := _capitals(sentence, at, -1)):
            yield sentence.exact(*run)
            return


def _capitals(sentence: Sentence, place: int, step: int) -> tuple[int, int] | None:
    """A run of two to six words of a name, from or up to a word."""
    at = place
    while _is_name(sentence, at) and abs(at - place) < _LONGEST_NAME:
        at += step
    first, last = sorted((place, at - step))
    return (first, last) if abs(at - place) > 1 else None


def _is_name(sentence: Sentence, place: int) -> bool:
    word = sentence.word(place)
    if not word or word in _NO_NAME or word[0].isdecimal():
        return False
    return sentence.is_capital(place) or (word in _NAME_LINK and sentence.word(place + 1) != "")


def _is_taken_up(sentence: Sentence, place: int) -> bool:
    """“He said”, “the group said”, “the statement said”."""
    before = {sentence.word(place - 1), sentence.word(place + 1)}
    return bool(before & _PRONOUNS or before & _ITS_OWN)
