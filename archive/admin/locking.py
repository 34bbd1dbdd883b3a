"""Optimistic locking for change forms: a stale save is refused, both versions stand side by side, nothing is lost."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive import locking, row_history
from archive.admin.fields import CountField, DayField, TimeField, replace_data
from archive.models import Editable

COUNTS = (models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField)
STALE = "Somebody else saved this meanwhile. Nothing of yours was saved yet, and all of it is still in the form."


@dataclass(frozen=True, slots=True)
class Difference:
    """One field whose stored value is no longer what the form would store, in words."""

    label: str
    entered: str
    stored: str


class LockedForm(forms.ModelForm):
    """Carries the ``lock_version`` that was shown and refuses to save over a newer one.

    After a refusal the form holds what was entered, ``differences`` what is stored now, and saving again, with both
    versions in view, is a decision of the editor. The row stays locked until the request's transaction ends.
    """

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.stored: Editable | None = None
        self.initial.setdefault("lock_version", self.instance.lock_version)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self.refuse_if_stale(cleaned)
        return cleaned

    def refuse_if_stale(self, cleaned: dict[str, Any]) -> None:
        seen = cleaned.get("lock_version")
        try:
            locking.claim(type(self.instance), self.instance.pk, seen=seen if seen is not None else -1)
        except locking.StaleRowError as stale:
            self.stored = stale.current
            self.differences = list(self.differences_from(stale.current, cleaned))
            replace_data(self, lock_version=stale.current.lock_version)
            self.add_error(None, ValidationError(STALE, code="stale"))

    def differences_from(self, stored: Editable, cleaned: dict[str, Any]) -> list[Difference]:
        """What is stored beside what was entered, for each field of the form where the two differ."""
        found = []
        for name, field in self.fields.items():
            if name == "lock_version" or name not in cleaned:
                continue
            entered, current = in_words(stored, name, cleaned[name]), in_words(stored, name, getattr(stored, name))
            if entered != current:
                found.append(Difference(str(field.label or name), entered, current))
        return found

    @property
    def is_stale(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, code="stale")


def in_words(row: models.Model, name: str, value: Any) -> str:
    """A field's value as a person reads it."""
    if hasattr(value, "all"):
        value = value.all()
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(str(item) for item in value)
    field = row._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()))
    return "" if value is None else str(choices.get(value, value))


class LockedAdmin(admin.ModelAdmin):
    """An admin of rows that editors change. Says who made a row; its change form refuses a stale save."""

    form = LockedForm
    change_form_template = "admin/locked_change_form.html"
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"})},
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.TimeField: {"form_class": TimeField},
        **{key: {"form_class": CountField} for key in COUNTS},
    }

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the triggers recorded, by whatever way the row was changed, and not only what this admin did."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "entries": self.history_of(row),
            "object": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return render(request, "admin/row_history.html", context)

    def history_of(self, row: Editable) -> list[row_history.Entry]:
        """What was done to the row, the newest first; empty for models whose history is not kept."""
        events = getattr(row, "events", None)
        return [] if events is None else row_history.of_rows(events.all())[::-1]
