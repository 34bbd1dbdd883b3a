"""Fields that read the parameters of addresses: what cannot be read says what the field takes."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import dates

SHOWN = 60  # code points of a value in a message
MAX_VALUES = 20
MAX_NUMBER = 2**31 - 1

# What `dates.parse_bound` refuses, by the code of its error.
DATE_PROBLEMS = {
    "unreadable": gettext_lazy(
        "“%(value)s” is not a date here: write YYYY, YYYY-MM or YYYY-MM-DD, such as 2019-11-25."
    ),
    "impossible": gettext_lazy(
        "“%(value)s” does not exist: write YYYY, YYYY-MM or YYYY-MM-DD with a real day, such as 2019-11-25."
    ),
}

# Marks of direction and the like, which dates copied from Arabic texts (those of our hints, too) bring along.
INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
UNREAD = "\ufffd"  # what stands where a byte or a character could not be read, as it does in texts that were decoded
_BLANKS = re.compile("[\t-\r\x1c-\x1f\x85]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)  # not to be had in XML, or seen
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_PLUS_READ_AS_SPACE = re.compile(r" (?=\d\d:?\d\d$)")


def shown(value: str) -> str:
    """A value as a message repeats it: one short line."""
    line = " ".join(legible(str(value)).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def legible(value: str) -> str:
    """A value that pages, SVG and XML can repeat: control characters are blanks, or stand as what was not read."""
    return _CONTROLS.sub(UNREAD, _BLANKS.sub(" ", value))


def legible_params(params: QueryDict) -> QueryDict:
    """Parameters with legible names and values; the same ones where all are so already."""
    found = [(legible(name), legible(str(value))) for name, values in params.lists() for value in values]
    if found == [(name, value) for name, values in params.lists() for value in values]:
        return params
    read = QueryDict(mutable=True)
    for name, value in found:
        read.appendlist(name, value)
    return read


class DayField(forms.CharField):
    """`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or what people write → the first day of it, or with `is_end` the last."""

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        text = INVISIBLE.sub("", text)
        try:
            return dates.read_bound(text, end=self.is_end)[0]
        except dates.DateError as error:
            raise ValidationError(str(DATE_PROBLEMS[error.code]) % {"value": shown(text)}) from error


def written_otherwise(value: str) -> tuple[str, bool] | None:
    """A day that is not written as `YYYY-MM-DD` or a part of it; True where its month may be meant first."""
    text = INVISIBLE.sub("", value).strip()
    try:
        dates.parse_bound(text, end=False)
        return None
    except dates.DateError:
        return text, dates.read_bound(text, end=False)[1]


class MomentField(forms.CharField):
    """A day or a date-time of ISO 8601 → a date-time in UTC; without a zone it is read as UTC."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            text = INVISIBLE.sub("", text)
            if not _DAY.match(text):
                raise ValueError(text)
            moment = datetime.fromisoformat(_PLUS_READ_AS_SPACE.sub("+", text))
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            message = _("“%(value)s” is not a moment: write 2019-11-25 or 2019-11-25T14:05:00Z.")
            raise ValidationError(message % {"value": shown(text)}) from error


class NumberField(forms.IntegerField):
    """A whole number from zero up."""

    default_error_messages = {"invalid": gettext_lazy("Write a whole number, such as 10.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MAX_NUMBER, **kwargs)
        self.widget = forms.TextInput({"inputmode": "numeric"})


class OneOfField(forms.ChoiceField):
    """One of a few words; the first is what holds when nothing is given."""

    def __init__(self, *, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.words = dict(choices)
        self.default = choices[0][0]

    def clean(self, value: Any) -> Any:
        return super().clean(value) or self.default

    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            allowed = ", ".join(self.words)
            message = _("“%(value)s” is not a choice here: it takes %(choices)s.")
            raise ValidationError(message % {"value": shown(value), "choices": allowed})


class SeveralField(forms.MultipleChoiceField):
    """Values of a parameter that may be repeated; each is looked up by `look_up`, all at once.

    `look_up` maps the values that are known to what they stand for; the others are named in the error (`unknown`, with
    a place for the `value`).
    """

    widget = forms.SelectMultiple

    def __init__(self, *, look_up: Callable[[Sequence[str]], dict[str, Any]], unknown: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.look_up = look_up
        self.unknown = unknown

    def clean(self, value: Any) -> Any:
        values = distinct(value or [])
        if len(values) > MAX_VALUES:
            raise ValidationError(_("At most %(number)s values can be given.") % {"number": MAX_VALUES})
        if not values:
            return []
        found = self.look_up([text for text in values if UNREAD not in legible(text)])
        missing = [text for text in values if text not in found]
        if missing:
            raise ValidationError([self.message(text) for text in missing])
        return [found[text] for text in values]

    def message(self, value: str) -> str:
        return str(self.unknown) % {"value": shown(value)}


def distinct(values: Iterable[str]) -> list[str]:
    """Values without blanks and repetitions, in their order."""
    return list(dict.fromkeys(text for value in values if (text := str(value).strip())))


class WordsField(forms.CharField):
    """What somebody searches for; anything can be typed that can be read."""

    widget = forms.SearchInput({"dir": "auto", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        text = legible(str(value or ""))
        if UNREAD in text:
            message = _("“%(value)s” has a character that cannot be read, here shown as �: write the words without it.")
            raise ValidationError(message % {"value": shown(text)})
        return str(super().to_python(text))


class LanguageField(forms.CharField):
    """A language by its code (BCP 47): `en`, `ar`."""

    hint = "en, ar, …"

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).lower()
        if text and not _LANGUAGE.fullmatch(text):
            message = _("“%(value)s” is not a language: write its code, such as en or ar.")
            raise ValidationError(message % {"value": shown(text)})
        return text


class TermsField(SeveralField):
    """Terms of a vocabulary by their slugs → the terms. The vocabulary is read once, when it is first needed."""

    def __init__(
        self,
        *,
        queryset: Callable[[], QuerySet],
        unknown: Any,
        moved: Callable[[Sequence[str]], dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        """``moved`` finds the terms that slugs which are no more lead to."""
        super().__init__(look_up=self.chosen, unknown=unknown, choices=self.options, **kwargs)
        self.queryset = queryset
        self.moved = moved
        self.terms: list[Any] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "TermsField":
        copied: TermsField = super().__deepcopy__(memo)
        copied.terms = None
        copied.look_up = copied.chosen
        copied.choices = copied.options
        return copied

    def every(self) -> list[Any]:
        if self.terms is None:
            self.terms = sorted(self.queryset(), key=lambda term: str(term.name))
        return self.terms

    def options(self) -> list[tuple[str, str]]:
        return [(term.slug, term.name) for term in self.every()]

    def chosen(self, slugs: Sequence[str]) -> dict[str, Any]:
        known = {term.slug: term for term in self.every()}
        found = {slug: known[slug] for slug in slugs if slug in known}
        gone = [slug for slug in slugs if slug not in known]
        return {**found, **(self.moved(gone) if self.moved and gone else {})}
