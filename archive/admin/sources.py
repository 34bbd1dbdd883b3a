"""Who publishes."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from archive.admin.locking import LockedAdmin
from archive.models import Source


@admin.register(Source)
class SourceAdmin(LockedAdmin):
    list_display = ["name_en", "name_ar", "kind", "text_policy", "homepage"]
    list_filter = ["kind", "text_policy"]
    search_fields = ["name_en", "name_ar", "slug", "homepage"]
    fields = ["name_en", "name_ar", "slug", "kind", "homepage", "text_policy", "licence", "note"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        return ["slug"] if obj else []  # a slug is part of public addresses

    def get_prepopulated_fields(self, request: HttpRequest, obj: Source | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name_en"]}
