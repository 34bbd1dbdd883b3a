"""Facilities: found by name, alias, type or town in any spelling."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import LinesField
from archive.admin.locked_admin import LockedAdmin
from archive.admin.paginator import BoundedPaginator
from archive.models import User
from incidents import curation, lookups
from incidents.admin.duplicate_check import DuplicateCheckForm
from incidents.admin.merged_names import MergeableAdmin
from incidents.models import Facility, FacilityType
from incidents.standing_names import standing

FIELDS = ["name_en", "name_ar", "facility_type", "place", "aliases", "note", "looked_at"]


class FacilityForm(DuplicateCheckForm):
    def clean_facility_type(self) -> FacilityType:
        """A facility that readers may know gets no kind that they must not know yet."""
        kind: FacilityType = self.cleaned_data["facility_type"]
        if not kind.is_accepted and kind.pk != self.instance.facility_type_id:
            told = gettext("“%(name)s” is %(standing)s: choose one that is accepted.")
            raise forms.ValidationError(told % {"name": kind, "standing": kind.get_standing_display()})
        return kind

    def clean(self) -> dict[str, Any]:
        """No name tells the town of a facility of which readers learn only the district."""
        cleaned = super().clean()
        if self.instance.is_generalised and not self.errors:
            now = Facility(pk=self.instance.pk, place=cleaned["place"], aliases=cleaned.get("aliases") or [])
            now.name_en, now.name_ar = (cleaned.get(name) or "" for name in ("name_en", "name_ar"))
            if telling := curation.names_telling(standing(self.instance), now=now):
                told = gettext("Readers learn only its district, and this tells the town: %(names)s.")
                self.add_error(None, told % {"names": ", ".join(telling)})
        return cleaned


@admin.register(Facility)
class FacilityAdmin(MergeableAdmin):
    form = FacilityForm
    list_display = ["__str__", "name_ar", "facility_type", "place", "public_id", "merged_into"]
    list_filter = ["facility_type"]
    list_select_related = ["place", "facility_type", "merged_into__place"]
    search_fields = ["name_en"]  # and more: see get_search_results
    search_help_text = _("Words of a name, a kind, or a town in any spelling")
    autocomplete_fields = ["place", "facility_type"]
    readonly_fields = ["public_id"]
    formfield_overrides = {**LockedAdmin.formfield_overrides, ArrayField: {"form_class": LinesField}}
    paginator = BoundedPaginator
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Facility | None = None) -> list[Any]:
        return [*FIELDS, "public_id"] if obj else FIELDS

    def save_model(self, request: HttpRequest, obj: Facility, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "place" in form.changed_data:
            curation.follow_place(obj, by=cast(User, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Facility | None = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Facility], search_term: str
    ) -> tuple[QuerySet[Facility], bool]:
        return lookups.facilities(search_term, queryset) if search_term else queryset, False
