"""Who publishes."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from archive import intake
from archive.admin.locked_admin import LockedAdmin, LockedForm
from archive.admin.showing_again import ShowingAgain, refuse_to_show_again
from archive.models import Source, User
from archive.terms import TextPolicy, values


class SourceForm(LockedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_to_show_again(self, "text_policy", tuple(reversed(values(TextPolicy))))
        return cleaned


@admin.register(Source)
class SourceAdmin(ShowingAgain, LockedAdmin):
    form = SourceForm
    list_display = ["name_en", "name_ar", "kind", "text_policy", "homepage"]
    list_filter = ["kind", "text_policy"]
    search_fields = ["name_en", "name_ar", "slug", "homepage"]
    fields = ["name_en", "name_ar", "slug", "kind", "homepage", "text_policy", "licence", "note"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        return ["slug"] if obj else []  # a slug is part of public addresses

    def get_prepopulated_fields(self, request: HttpRequest, obj: Source | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name_en"]}

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """A new source is stored; what is changed goes through the service, so that lists and search follow."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "lock_version"}
        if not change:
            super().save_model(request, obj, form, change)
        elif changes:
            assert isinstance(request.user, User)
            intake.change_source(obj, by=request.user, seen=form.cleaned_data["lock_version"], **changes)
