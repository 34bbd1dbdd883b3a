"""The numbers of a sentence with what bounds them: “at least 12”, “nearly 200”, “dozens”, “a woman”, طفلان."""

from typing import NamedTuple

from incidents.sense.arabic_numbers import read_arabic
from incidents.sense.english_numbers import read_english
from incidents.sense.number_words import ARABIC_PERSON, ARABIC_TWO, LESS, MORE, MORE_ARABIC, PERSON, VAGUE

from .attack_words import ABOUT, AT_LEAST, UP_TO, words
from .lexicon import Lexicon
from .wording import Sentence

_BOUNDS = Lexicon(
    [
        *((phrase, "least") for phrase in (*AT_LEAST, *MORE, *MORE_ARABIC)),
        *((phrase, "most") for phrase in (*UP_TO, *LESS)),
        *((phrase, "about") for phrase in ABOUT),
    ]
)
_LONGEST_BOUND = 4
_BETWEEN_BOUND_AND_NUMBER = words("a an the another other of about around some total additional further people s")
_NO_COUNT = words("both pair single sole half")
_NO_COUNT_AFTER = words("no every each any aged age")
_UNITS = words(
    "km kilometres kilometers kilometer kilometre miles mile percent year years month months day days hour hours "
    "minute "
    "minutes week weeks am pm gmt meters metres m th st nd rd million billion dollars times tonnes tons c degrees",
    "كم كيلومتر كيلومترا كيلومترات عاما سنة أيام ساعة ساعات بالمئة بالمائة دقيقة أمتار متر أسابيع أشهر سنوات أعوام",
)
_ARTICLES = words("a an another")


class Numeral(NamedTuple):
    """A number from the ``first`` word to the ``last``, ``start`` the first word of what bounds it."""

    start: int
    first: int
    last: int
    low: int | None
    high: int | None
    is_vague: bool
    is_about: bool

    @property
    def value(self) -> int:
        return self.low if self.low is not None else self.high or 0


def find_numerals(sentence: Sentence) -> list[Numeral]:
    """The numbers that may count people, in order; dates, distances and ages are not among them."""
    found = sentence.words
    numbers = sorted([*read_english(found), *read_arabic(found)])
    numerals: dict[int, Numeral] = {}
    taken: set[int] = set()
    for number in numbers:
        covered = range(number.first, number.last + 1)
        taken.update(covered)
        if _may_count(sentence, number.first, number.last):
            numerals[number.first] = _bounded(sentence, number.first, number.last, number.value)
    for place in range(len(found)):
        if place not in taken and (numeral := _without_number(sentence, place, taken)):
            numerals.setdefault(place, numeral)
    return [numerals[place] for place in sorted(numerals)]


def _may_count(sentence: Sentence, first: int, last: int) -> bool:
    token = sentence.words[first]
    if (
        sentence.word(first) in _NO_COUNT
        or sentence.word(first - 1) in _NO_COUNT_AFTER
        or not _UNITS.isdisjoint(sentence.forms(last + 1))
    ):
        return False
    before = sentence.folded.text[max(0, token.start - 1) : token.start]
    after = sentence.folded.text[sentence.words[last].end : sentence.words[last].end + 2]
    is_fraction = before in (".", ":", "$", "/", "€") or (after[:1] in (".", ":", "/") and after[1:].isdecimal())
    return not is_fraction and after[:1] != "%"


def _bounded(sentence: Sentence, first: int, last: int, value: int) -> Numeral:
    low: int | None = value
    high: int | None = value
    bound, start = _bound_before(sentence, first)
    if bound == "least" or sentence.word(last + 1) == "plus" or _is_or_more(sentence, last):
        high = None
    elif bound == "most":
        low = None
    return Numeral(start, first, last, low, high, False, bound == "about")


def _is_or_more(sentence: Sentence, last: int) -> bool:
    after = sentence.folded.text[sentence.words[last].end :][:1]
    return after == "+" or (sentence.word(last + 1), sentence.word(last + 2)) == ("or", "more")


def _bound_before(sentence: Sentence, first: int) -> tuple[str, int]:
    """What bounds a number, and the word at which it begins."""
    end = first
    while end and first - end < 2 and sentence.word(end - 1) in _BETWEEN_BOUND_AND_NUMBER:
        end -= 1
    for stop in dict.fromkeys((first, end)):
        for start in range(max(0, stop - _LONGEST_BOUND), stop):
            hit = _BOUNDS.at(sentence, start)
            if hit is not None and hit.last == stop - 1:
                return hit.meaning, start
    return "", first


def _without_number(sentence: Sentence, place: int, taken: set[int]) -> Numeral | None:
    """“Dozens”, “a woman”, امرأة, طفلان: a word that counts by itself."""
    forms = sentence.forms(place)
    vague = next((VAGUE[form] for form in forms if form in VAGUE), None)
    if vague is not None:
        return Numeral(place, place, place, vague[0], None, True, False)
    if place - 1 in taken or place + 1 in taken:
        return None
    if not ARABIC_TWO.isdisjoint(forms) and not forms[0].startswith("ال"):  # with the article it is a plural
        return Numeral(place, place, place, 2, 2, False, False)
    if not ARABIC_PERSON.isdisjoint(forms):
        return Numeral(place, place, place, 1, 1, False, False)
    if sentence.word(place) in _ARTICLES and any(_is_person(sentence, place + step) for step in (1, 2, 3)):
        return Numeral(place, place, place, 1, 1, False, False)
    return None


def _is_person(sentence: Sentence, place: int) -> bool:
    return sentence.word(place) in PERSON
