"""What must never change unseen between two copies of the same words: numbers, and whether something is denied.

Reads generously: a word that may be a negation counts as one. A review too many costs a look, one too few a fact.
"""

import re
from collections import Counter
from collections.abc import Iterator

from archive.text.drift_words import (
    ARABIC_NEGATIONS,
    ARABIC_NEGATIONS_WITH_AND,
    ENGLISH_NEGATIONS,
    ENGLISH_STEMS,
    NUMBER_WORDS,
)
from archive.text.folding import fold
from archive.text.graphemes import whole_words
from archive.text.sentences import sentences

__all__ = ["drifts", "negations", "numbers"]

REACH = 400  # code points on either side in which a sentence is looked for
NEIGHBOURS = 2  # words beside a quote whose numbers may be its own: “[14] people were hurt”
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
# Auxiliaries that are typed without their apostrophe: “didnt”.
_CONTRACTED = re.compile(r"(?:n't|^(?:do|does|did|is|was|were|are|has|have|had|ca|could|wo|would|should|must|need)nt)$")
_STEM = re.compile(rf"(?:{'|'.join(ENGLISH_STEMS)})")
_ARABIC = re.compile("[\u0620-\u06ff]")
# Question, and, for, in, as, the: written on to the word that follows.
_PREFIXES = [re.compile(pattern) for pattern in ("[وف]", "ا?[وف]?[بلك]?(?:ال)?", "[وف]?لل")]
_OPPOSITES = ("un", "non", "dis", "in", "im", "ir", "il")


def drifts(before: str, before_span: tuple[int, int], after: str, after_span: tuple[int, int]) -> bool:
    """Whether numbers or negations differ between `before[start:end]` and `after[start:end]`, code points.

    Numbers are compared in the words, with two words on either side; negations in the words, and in the sentences
    that hold them: “it is not true that …” may stand well before.
    """
    old, new = _Surroundings(before, *before_span), _Surroundings(after, *after_span)
    return (
        old.numbers != new.numbers
        or _said_of(old.words) != _said_of(new.words)
        or _kinds(old.sentence) != _kinds(new.sentence)
        or _are_turned_round(old.sentence, new.sentence)
    )


class _Surroundings:
    """The words of a span, and the words of the sentences that it touches."""

    def __init__(self, text: str, start: int, end: int) -> None:
        first = max(0, start - REACH)
        around = text[first : end + REACH]
        touched = [
            (first + one, first + other)
            for one, other in sentences(around)
            if first + one < end and first + other > start
        ]
        begin = min([start, *(one for one, _ in touched)])
        stop = max([end, *(other for _, other in touched)])
        # A span may cut a word or a number: “4 beds” of “14 beds”.
        start, end = whole_words(text, start, end)
        self.words = _tokens(text[start:end])
        self.sentence = _tokens(text[begin:start]) + self.words + _tokens(text[end:stop])
        beside = _tokens(text[begin:start])[-NEIGHBOURS:] + self.words + _tokens(text[end:stop])[:NEIGHBOURS]
        self.numbers = list(numbers(beside))


def numbers(tokens: list[str]) -> Iterator[str]:
    """The numbers among folded words, in their order, in digits or in words as they stand."""
    for token in tokens:
        if token[0].isdigit():
            yield token
        elif number := next((form for form in _forms(token) if form in NUMBER_WORDS), None):
            yield number


def negations(tokens: list[str]) -> Iterator[tuple[int, str]]:
    """The negations among folded words: the place of each, and which it is; all forms of “not” are one."""
    for place, token in enumerate(tokens):
        if negation := _negation(token):
            yield place, negation


def _negation(token: str) -> str:
    if _ARABIC.match(token):
        if token in ARABIC_NEGATIONS_WITH_AND or (token[1:] in ARABIC_NEGATIONS_WITH_AND and token[0] in "وف"):
            return token.lstrip("وف")
        return next((form for form in _forms(token) if form in ARABIC_NEGATIONS), "")
    if token in ("not", "cannot") or _CONTRACTED.search(token):
        return "not"
    if token in ENGLISH_NEGATIONS:
        return token
    stem = _STEM.match(token)
    return stem[0] if stem else ""


def _said_of(tokens: list[str]) -> list[tuple[str, str]]:
    """Each negation with the word after it: “not killed but hurt” is other than “killed but not hurt”."""
    return [(negation, tokens[place + 1] if place + 1 < len(tokens) else "") for place, negation in negations(tokens)]


def _kinds(tokens: list[str]) -> Counter[str]:
    return Counter(negation for _, negation in negations(tokens))


def _are_turned_round(before: list[str], after: list[str]) -> bool:
    """Whether a word became its opposite: “confirmed” and “unconfirmed”, “harmed” and “unharmed”."""
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return any(
        opposite + word in others
        for one, others in ((gone, come), (come, gone))
        for word in one
        for opposite in _OPPOSITES
    )


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_THOUSANDS.sub("", fold(text).text))


def _forms(token: str) -> list[str]:
    """An Arabic word as it is and without what is written on to it; any other word as it is."""
    if not _ARABIC.match(token):
        return [token]
    forms = [token]
    for prefix in _PREFIXES:
        if (match := prefix.match(token)) and len(token) - match.end() >= 2:
            forms.append(token[match.end() :])
    forms += [form[:-1] for form in forms if form.endswith("ا") and len(form) > 3]  # the accusative
    return forms
