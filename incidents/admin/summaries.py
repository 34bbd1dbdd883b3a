"""The optional summary: the editors' own sentences, each citing passages of the incident."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Field, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import CountField
from archive.admin.guarding import HIDDEN, VERSION
from archive.admin.locked_admin import LockedForm, LockedInline
from archive.models import Passage, User
from incidents import curation
from incidents.models import Incident, SummarySentence


class SentenceForm(LockedForm):
    """Compares the passages by the ids that the row, and each event of it, keeps of them."""

    def value_of(self, row: Any, name: str) -> Any:
        if name == "passages":
            return list(Passage.objects.filter(public_id__in=row.cited))
        return super().value_of(row, name)

    def column_of(self, name: str) -> str:
        return "cited" if name == "passages" else super().column_of(name)


class SummaryInline(LockedInline):
    model = SummarySentence
    form = SentenceForm
    verbose_name = _("sentence")
    verbose_name_plural = _("Summary in the editors' own words (optional); each sentence cites passages")
    fields = ["position", "text_en", "text_ar", "passages", *HIDDEN]
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
        claimed = Q(claims__incident=incident or 0, claims__ended_at=None)
        cited = Q(summary_sentences__incident=incident or 0)  # its claim may have gone since
        kwargs["queryset"] = Passage.objects.filter(claimed | cited).distinct()
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def save_summary(formset: Any, *, incident: Incident, by: User) -> None:
    """Carry out what the formset asks for through the services."""
    for form in formset.forms:
        if form.is_dropped or not form.has_changed():
            continue
        if form.removes:
            if form.instance.pk:
                curation.remove_sentence(form.instance, by=by, seen=form.cleaned_data[VERSION])
        elif form.instance.pk and not form.puts_back:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            curation.change_sentence(form.instance, by=by, seen=form.cleaned_data[VERSION], **changes)
        else:
            given = {name: form.cleaned_data[name] for name in ("text_en", "text_ar", "passages")}
            position = form.cleaned_data["position"] or None  # as the form comes: behind the others
            curation.add_sentence(incident, by=by, position=position, **given)
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
