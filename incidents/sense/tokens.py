"""A folded text as words and numerals."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\d{1,3}(?:[,٬]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:-by)?")
_SEPARATORS = re.compile(r"[,٬]")
_ARABIC = re.compile("[\u0600-\u06ff]")
# And, for, in, as, the: written on to the word that follows.
_PREFIX = re.compile(r"^(?:[وف]?[بلك]?(?:ال)?|[وف]?لل)(?=\w\w)")


class Token(NamedTuple):
    """A word with the forms that it may have without what is written on to it, or a numeral with its value."""

    start: int
    end: int
    text: str
    value: int | None
    forms: tuple[str, ...]

    @property
    def is_joined(self) -> bool:
        """Whether it begins with the Arabic “and”, as far as can be told."""
        return self.text.startswith("و")


class Number(NamedTuple):
    """A number said by the tokens from ``first`` to ``last``."""

    first: int
    last: int
    value: int


def tokens(text: str) -> list[Token]:
    """The words and numerals of a text that `archive.text.folding.fold` has folded."""
    return [token(match) for match in _TOKEN.finditer(text)]


def token(match: re.Match[str]) -> Token:
    word = match[0]
    if word[0].isdecimal():
        digits = _SEPARATORS.sub("", word)
        return Token(*match.span(), word, int(digits) if len(digits) < 10 else None, ())
    return Token(*match.span(), word, None, forms_of(word))


def forms_of(word: str) -> tuple[str, ...]:
    if not _ARABIC.match(word):
        return (word,)
    forms = [word]
    if (prefix := _PREFIX.match(word)) and prefix[0]:
        forms.append(word[prefix.end() :])
    if word[0] in "وف" and len(word) > 3:
        forms.append(word[1:])
    # مدنيا: the accusative of مدني
    forms += [form[:-1] for form in forms if form.endswith("ا") and len(form) > 3]
    return tuple(dict.fromkeys(forms))
