"""What others call an incident: rows of its change form, and the data sets that they are of."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import HIDDEN, VERSION
from archive.admin.locked_admin import LockedAdmin, LockedForm, LockedInline
from archive.models import User
from incidents import curation
from incidents.errors import InvalidError
from incidents.models import IdentifierScheme, Incident, IncidentIdentifier

PUBLIC = IdentifierScheme.objects.filter(is_public=True)


class IdentifierForm(LockedForm):
    """A new identifier, or one that stands: that one can only be ended, by a reason."""

    scheme = forms.ModelChoiceField(PUBLIC, label=_("data set"), to_field_name="slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["scheme"].disabled = self.fields["value"].disabled = True
        else:
            self.fields["end_reason"].disabled = True

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if self.instance.pk:
            return value
        try:
            value = curation.clean_identifier(value)
        except InvalidError as refusal:
            raise forms.ValidationError(refusal.errors["value"]) from None
        scheme = self.cleaned_data.get("scheme")
        if scheme and (other := curation.incident_known_as(scheme, value)):
            told = gettext("It stands on %(code)s already: end it there first.")
            raise forms.ValidationError(told % {"code": other.code})
        return value


class IdentifierInline(LockedInline):
    model = IncidentIdentifier
    form = IdentifierForm
    verbose_name = _("identifier")
    verbose_name_plural = _("What other data sets call it; readers see it from the next edition on")
    fields = ["scheme", "value", "end_reason", *HIDDEN]
    extra = 0
    can_delete = False
    classes = ["collapse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[IncidentIdentifier]:
        identifiers: QuerySet[IncidentIdentifier] = super().get_queryset(request)
        return identifiers.filter(ended_at=None, scheme__is_public=True)


def save_identifiers(formset: Any, *, incident: Incident, by: User) -> None:
    """Write what was added and ended."""
    for form in formset.forms:
        if not form.has_changed():
            continue
        given = form.cleaned_data
        if not form.instance.pk:
            curation.add_identifier(incident, by=by, scheme=given["scheme"], value=given["value"])
        elif reason := given.get("end_reason", "").strip():
            curation.end_identifier(form.instance, by=by, seen=given[VERSION], reason=reason)
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []


@admin.register(IdentifierScheme)
class IdentifierSchemeAdmin(LockedAdmin):
    """A data set keeps its short name for ever: files and editions have it."""

    search_fields = ["slug", "name_en", "name_ar"]
    list_display = ["name_en", "name_ar", "slug", "is_public"]
    list_filter = ["is_public"]
    fields = ["name_en", "name_ar", "slug", "address", "is_public"]

    def get_readonly_fields(self, request: HttpRequest, obj: IdentifierScheme | None = None) -> list[str]:
        return ["slug"] if obj else []
