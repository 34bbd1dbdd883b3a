"""Change forms of rows that editors change: each under the one lock of `archive.admin.guarding`, with its history."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from archive import versions
from archive.admin import history_page
from archive.admin.conflicts import Conflict
from archive.admin.form_fields import CountField, DayField, TimeField
from archive.admin.guarding import HIDDEN, Guarded
from archive.models import Editable

COUNTS = (models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField)


class LockedForm(Guarded, forms.ModelForm):
    """A model's form under the lock. The row stays locked until the request's transaction ends."""

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data

    @property
    def guarded(self) -> Editable | None:
        row: Editable = self.instance
        return row if row.pk else None


class LockedFormSet(BaseInlineFormSet):
    """Rows of a part, each under its own lock; one that was removed meanwhile still has its form."""

    def _existing_object(self, pk: Any) -> Any:
        assert self.model is not None
        found = super()._existing_object(pk)  # type: ignore[misc]
        if found is not None or pk is None:
            return found
        last = versions.newest(self.model, pk)
        if last is None or getattr(last, self.fk.attname) != self.instance.pk:
            return None
        names = [field.attname for field in self.model._meta.concrete_fields]
        return self.model(**{name: getattr(last, name) for name in names})

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        assert self.model is not None
        pk = self.model._meta.pk.name
        if form.instance.pk and form.instance._state.adding:  # removed meanwhile: its key is no row's any more
            form.fields[pk] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=form.instance.pk)

    def show_all(self) -> None:
        """Let the page show every form that was sent, also those of rows that were removed meanwhile.

        Django pairs forms with the rows that are stored, and leaves out what is over.
        """
        if self.is_bound:
            self._queryset = [form.instance for form in self.initial_forms]

    def clean(self) -> None:
        super().clean()
        # Django does not look at the errors of rows that are to be removed.
        if any(form.conflict is not None and form.removes for form in cast(list[LockedForm], self.forms)):
            raise forms.ValidationError(gettext("A row that you want to remove was changed meanwhile."), code="stale")


class LockedInline(admin.StackedInline):
    """A part of a change form whose rows are `Editable` themselves."""

    form = LockedForm
    formset = LockedFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        shown = [name for name in self.fields or () if name not in HIDDEN]
        return super().get_formset(request, obj, **{"fields": shown, **kwargs})


def conflict_context(found: list[Conflict], *, form_id: str, submit: str = "again", verb: str = "") -> dict[str, Any]:
    """What the top of a page shows of conflicts: ``form_id`` is that of the form which decides them; ``submit`` and
    ``verb`` are the name and the words of the button that sends it.
    """
    return {
        "conflicts": found,
        "must_choose": any(conflict.asks for conflict in found),
        "conflict_form": form_id,
        "conflict_submit": submit,
        "conflict_verb": verb or gettext("Save with these choices"),
    }


class LockedAdmin(admin.ModelAdmin):
    """An admin of rows that editors change. Says who made a row; its change form refuses a stale save."""

    form = LockedForm
    change_form_template = "admin/locked_change_form.html"
    history_template = "admin/history.html"
    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget(attrs={"dir": "auto"})},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"})},
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.TimeField: {"form_class": TimeField},
        **{key: {"form_class": CountField} for key in COUNTS},
    }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what has an address or a history stays: it is corrected, withdrawn or merged instead

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put what must be decided at the top of the page."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        for formset in formsets:
            if isinstance(formset, LockedFormSet):
                formset.show_all()
        forms_ = [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
        found = [form.conflict for form in forms_ if getattr(form, "conflict", None) is not None]
        more = conflict_context(found, form_id=f"{self.opts.model_name}_form", submit="_continue")
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if change and not form.changed_data:
            return
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
        shown = self.history_context(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History of %(what)s") % {"what": shown.get("shown_name", row)},
            **shown,
            "object": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return render(request, self.history_template, context)

    def history_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return history_page.context(request, history_page.of_row(row))
