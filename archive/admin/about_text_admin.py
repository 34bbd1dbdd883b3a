"""The texts of the page about the archive: a row for each part, none is added or removed."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from archive import about_texts
from archive.admin.locked_admin import LockedAdmin
from archive.models import AboutText


@admin.register(AboutText)
class AboutTextAdmin(LockedAdmin):
    list_display = ["part", "is_written", "updated_at"]
    ordering = ["id"]
    fields = ["instead", "text_en", "text_ar"]
    readonly_fields = ["instead"]
    formfield_overrides = {
        **LockedAdmin.formfield_overrides,
        models.TextField: {"widget": Textarea(attrs={"rows": 10, "cols": 80, "dir": "auto"})},
    }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_change_permission(request):
            about_texts.make_rows()
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("written"), boolean=True)
    def is_written(self, row: AboutText) -> bool:
        return bool((row.text_en + row.text_ar).strip())

    @admin.display(description=_("what readers see while nothing is written"))
    def instead(self, row: AboutText) -> str:
        return about_texts.unsaid(about_texts.AboutPart(row.part))
