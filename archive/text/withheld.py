"""Words that readers may not see: where they stand in a text, and the text without them.

Words are the same whatever their case, vowel marks, digits, and the hyphens, white space and other signs between their
letters (`archive.text.folding`), and within an address with its percent signs. Long ones are found inside other words
too, short ones as words of their own, in Arabic with the particles and endings that are written onto them: “and Ali” is
Ali.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from archive.text.folding import fold

LONG = 5  # letters from which on words are found inside others
FEWEST = 2  # letters and digits that words need
MOST = 300  # code points
_PARTICLES = "(?:[وف]?(?:ال|لل|[بكل](?:ال)?)?)"
# Between letters: signs, those that nobody sees too, and white space; never what stands for withheld words.
_SIGNS = r"(?:[^\w\s█]|_)*"
_ANYTHING = r"(?:[^\w█]|_)*"
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\S+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
Sign = Callable[[str], str]  # kind → what stands for words of it


class Withheld(NamedTuple):
    """Words that may not be seen, and of what kind they are (a term of `archive.terms.WithheldKind`).

    ``but`` are longer names in which they may be seen.
    """

    words: str
    kind: str
    but: tuple[str, ...] = ()


class Span(NamedTuple):
    """Where withheld words stand in a text, in code points."""

    start: int
    end: int
    kind: str


def has_enough(words: str) -> bool:
    """Whether these words can be withheld: there is something in them to look for."""
    return len(letters(words)) >= FEWEST


def letters(words: str) -> str:
    """What is looked for of words: the same for all that are found alike."""
    return "".join(_WORD.findall(fold(words).text))


def spans(text: str, withheld: Iterable[Withheld]) -> list[Span]:
    """Return where any of these words stand, sorted and apart; of those that touch, the kind of the first."""
    withheld = list(withheld)
    if not text or not withheld:
        return []
    folded = fold(text)
    found = [
        Span(*_whole(text, *folded.span(*_found(match))), one.kind)
        for one in withheld
        for match in _matches(one, folded.text)
    ]
    found += _within_addresses(text, withheld)
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _matches(one: Withheld, folded: str) -> Iterator[re.Match[str]]:
    """Where the words of one stand, but for where they are part of a name in which they may be seen."""
    found = list(_pattern(one.words).finditer(folded))
    seen = [_found(match) for name in one.but for match in _pattern(name).finditer(folded)] if found else []
    for match in found:
        start, end = _found(match)
        if not any(first <= start and end <= last for first, last in seen):
            yield match


def _found(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a match stand, without the particles before them."""
    return match.span("words" if match["words"] is not None else "inside")


def _within_addresses(text: str, withheld: Sequence[Withheld]) -> list[Span]:
    """Addresses that have the words behind percent signs, each as a whole."""
    if "%" not in text:
        return []
    found = []
    for token in _TOKEN.finditer(text):
        if "%" in token[0] and (plain := unquote(token[0])) != token[0] and (inside := spans(plain, withheld)):
            found.append(Span(*token.span(), inside[0].kind))
    return found


def holds(text: str, withheld: Sequence[Withheld]) -> bool:
    """Whether a name, an address or a line has any of these words, also written as part of an address."""
    if not withheld or not text:
        return False
    return bool(spans(text, withheld))


class Masked:
    """A text as readers see it: a sign stands for each stretch that is withheld.

    ``text`` is that text; `at` says where a place of the original is in it. Both are cheap where nothing is withheld.
    """

    def __init__(self, text: str, found: Sequence[Span], sign: Sign) -> None:
        self.original = text
        self.spans = list(found)
        self._signs = [sign(span.kind) for span in self.spans]
        self.text = self.between(0, len(text)) if self.spans else text

    def between(self, start: int, end: int) -> str:
        """Return the words from ``start`` to ``end`` of the original; a stretch that is cut is withheld as a whole."""
        parts, place = [], start
        for span, sign in zip(self.spans, self._signs, strict=True):
            if span.end <= start or span.start >= end:
                continue
            parts += [self.original[place : max(place, span.start)], sign]
            place = span.end
        return "".join([*parts, self.original[place:end]]) if place < end else "".join(parts)

    def at(self, place: int, *, is_end: bool = False) -> int:
        """Return where a place of the original is in ``text``; one within a stretch moves to its edge."""
        shift = 0
        for span, sign in zip(self.spans, self._signs, strict=True):
            if place >= span.end:
                shift += len(sign) - (span.end - span.start)
            elif place > span.start:
                return span.start + shift + (len(sign) if is_end else 0)
            else:
                break
        return place + shift

    def origin(self, place: int, *, is_end: bool = False) -> int:
        """Return which place of the original a place of ``text`` is; one within a sign is the edge of its stretch."""
        shift = 0
        for span, sign in zip(self.spans, self._signs, strict=True):
            begins = span.start + shift
            if place <= begins:
                break
            if place < begins + len(sign):
                return span.end if is_end else span.start
            shift += len(sign) - (span.end - span.start)
        return min(place - shift, len(self.original))


def one_sign(kind: str) -> str:
    """What stands for withheld words where positions are counted: one code point, however long they are."""
    return "█"


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks that belong to its last letter, which folding leaves out."""
    while end < len(text) and not text[end].isspace() and fold(text[end]).text == "":
        end += 1
    return start, end


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    """Long words wherever their letters follow each other, whatever signs stand between these; words whose letters are
    parted by white space that was not given, and short ones, from the beginning of a word to the end of one."""
    parts = _WORD.findall(fold(words).text)
    if not parts:
        return re.compile(r"(?!)(?P<words>)")
    close, apart = (_ANYTHING.join(_part(part, between) for part in parts) for between in (_SIGNS, _ANYTHING))
    before = rf"(?<![^\W_]){_PARTICLES if _ARABIC.search(words) else ''}"
    bounded = rf"{before}(?P<words>{apart})(?![^\W_])"
    if len("".join(parts)) < LONG:
        return re.compile(bounded)
    return re.compile(rf"{bounded}|(?P<inside>{close})")


def _part(part: str, between: str) -> str:
    """The letters of a word with what may stand between them; in Arabic with لل for ال and the alif of an ending."""
    letters = [re.escape(letter) for letter in part]
    if not _ARABIC.search(part):
        return between.join(letters)
    if part.startswith("ال") and len(part) > 2:
        letters = [f"(?:{letters[0]}{between}{letters[1]}|ل{between}ل)", *letters[2:]]
    return f"{between.join(letters)}(?:{between}ا(?![^\\W_]))?"
