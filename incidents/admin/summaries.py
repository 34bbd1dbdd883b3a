"""The optional summary: the editors' own sentences, each citing passages of the incident."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Field
from django.http import HttpRequest

from archive.admin.fields import CountField
from archive.models import Passage, User
from incidents import curation
from incidents.models import Incident, SummarySentence


class SummaryInline(admin.StackedInline):
    model = SummarySentence
    verbose_name = "sentence"
    verbose_name_plural = "Summary in the editors' own words (optional); each sentence cites passages"
    fields = ["position", "text_en", "text_ar", "passages"]
    extra = 0
    formfield_overrides = {models.PositiveSmallIntegerField: {"form_class": CountField}}
    classes = ["collapse"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("text_en", "text_ar"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only passages that claims of this incident rest on can be cited."""
        incident = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        kwargs["queryset"] = Passage.objects.filter(claims__incident=incident or 0).distinct()
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def save_summary(formset: Any, *, incident: Incident, by: User) -> None:
    """Carry out what the formset asks for through the services."""
    for form in formset.deleted_forms:
        if form.instance.pk:
            curation.remove_sentence(form.instance, by=by)
    for form in formset.forms:
        if form in formset.deleted_forms or not form.has_changed():
            continue
        given = form.cleaned_data
        if form.instance.pk:
            curation.change_sentence(form.instance, by=by, **{name: given[name] for name in form.changed_data})
        else:
            curation.add_sentence(
                incident, by=by, text_en=given["text_en"], text_ar=given["text_ar"], passages=given["passages"]
            )
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
