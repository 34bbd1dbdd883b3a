"""Form fields that the admin of several models shares, and what forms do with what was sent."""

from typing import Any, cast

from django import forms
from django.http import QueryDict


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


class LinesField(forms.CharField):
    """A list of names, one a line."""

    widget = forms.Textarea

    def __init__(self, *, base_field: Any = None, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "cols": 40, "dir": "auto"})
        kwargs["help_text"] = kwargs.get("help_text") or "One a line, in any script."
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
            raise forms.ValidationError(f"A name has at most {self.longest} characters.")
