"""Actors, weapons, kinds of facility and speakers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from archive.admin.form_fields import LinesField
from archive.admin.locked_admin import LockedAdmin
from incidents import lookups, naming
from incidents.admin.duplicate_check import DuplicateCheckForm
from incidents.admin.merged_names import MergeableAdmin
from incidents.models import Actor, FacilityType, Speaker, Weapon
from incidents.models.vocabulary import Term


class TermAdmin(LockedAdmin):
    """A term keeps its slug for ever: it is part of public addresses."""

    search_fields = ["name_en", "name_ar", "slug"]
    list_display = ["name_en", "name_ar", "slug", "standing"]
    list_filter = ["standing"]
    formfield_overrides = {**LockedAdmin.formfield_overrides, ArrayField: {"form_class": LinesField}}

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Term | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name_en"]}


class ActorForm(DuplicateCheckForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent and self.instance.pk in (parent.pk, *parent.ancestors):
            self.add_error("parent", forms.ValidationError(gettext("That one is this actor itself, or part of it.")))
        return cleaned


@admin.register(Actor)
class ActorAdmin(MergeableAdmin, TermAdmin):
    form = ActorForm
    list_display = ["name_en", "name_ar", "kind", "parent", "slug", "standing"]
    list_filter = ["standing", "kind"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_ar", "slug", "aliases"]
    autocomplete_fields = ["parent"]
    fields = ["name_en", "name_ar", "slug", "kind", "parent", "aliases", "looked_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change or "parent" in form.changed_data:
            naming.place_in_tree(obj)


@admin.register(Weapon)
class WeaponAdmin(TermAdmin):
    list_display = ["name_en", "name_ar", "parent", "slug", "standing"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    fields = ["name_en", "plural_en", "name_ar", "plural_ar", "slug", "parent"]


@admin.register(FacilityType)
class FacilityTypeAdmin(TermAdmin):
    fields = ["name_en", "plural_en", "name_ar", "plural_ar", "slug"]


@admin.register(Speaker)
class SpeakerAdmin(MergeableAdmin, TermAdmin):
    form = DuplicateCheckForm
    list_display = ["name_en", "name_ar", "actor", "slug", "standing"]
    list_select_related = ["actor"]
    autocomplete_fields = ["actor"]
    fields = ["name_en", "name_ar", "slug", "actor", "aliases", "looked_at"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        return lookups.speakers(search_term, queryset), False
