"""Form fields that the admin of several models shares, and what forms do with what was sent."""

import re
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.dates.names import ascii_digits
from archive.lists.parameter_fields import INVISIBLE

THOUSANDS = re.compile(r"[0-9]{1,3}([,٬][0-9]{3})+")
SEPARATORS = re.compile("[,٬]")


def data_of(field: forms.Field, key: str, value: Any) -> dict[str, list[str]]:
    """A stored value as a form would send it under ``key``: names of inputs and what each holds.

    A widget of several inputs says it itself (``data_of``).
    """
    widget = field.widget
    if hasattr(widget, "data_of"):
        return cast(dict[str, list[str]], widget.data_of(key, value))
    if isinstance(widget, forms.CheckboxInput):
        return {key: ["on"]} if value else {}
    prepared = field.prepare_value(value)
    if isinstance(prepared, list | tuple):
        return {key: [str(item) for item in prepared]}
    shown = prepared if isinstance(widget, forms.Select | forms.RadioSelect) else widget.format_value(prepared)
    return {key: ["" if shown is None else str(shown)]}


def replace_data(form: forms.BaseForm, **values: object) -> None:
    """Change what a form was sent, for the page on which it comes back; the request keeps what it had."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data


def plain(value: Any) -> Any:
    """Typed text with the digits of any script as ASCII digits, without marks of direction."""
    return ascii_digits(INVISIBLE.sub("", value)) if isinstance(value, str) else value


class CountField(forms.IntegerField):
    """A whole number in the digits of any script, as ٢٣ or 1,200: browsers take none but ASCII in number boxes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        typed = plain(value)
        if isinstance(typed, str) and THOUSANDS.fullmatch(typed.strip()):
            typed = SEPARATORS.sub("", typed)
        return super().to_python(typed)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a text box knows no least and greatest number; the field refuses them


class DayField(forms.DateField):
    """A day, its digits in any script."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value))


class TimeField(forms.TimeField):
    """A time of day in hours and minutes, its digits in any script."""

    input_formats = ["%H:%M"]
    widget = forms.TimeInput(format="%H:%M")
    default_error_messages = {"invalid": _("Write a local time of day in hours and minutes, as 21:30.")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value))


class LinesField(forms.CharField):
    """A list of names, one a line."""

    widget = forms.Textarea

    def __init__(self, *, base_field: Any = None, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "cols": 40, "dir": "auto"})
        kwargs["help_text"] = kwargs.get("help_text") or _("One a line, in any script.")
        super().__init__(**kwargs)
        self.longest = getattr(base_field, "max_length", None) or 200

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if any(len(line) > self.longest for line in value):
            told = gettext("A name has at most %(number)s characters.")
            raise forms.ValidationError(told % {"number": self.longest})
