"""Places: found by any spelling, read here; they come from the gazetteer."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.admin.paging import BoundedPaginator
from archive.gazetteer import lookups
from archive.models import Place, PlaceName


class ReadOnly:
    """A part of the admin that shows and never writes."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


class SpellingInline(ReadOnly, admin.TabularInline):
    model = PlaceName
    verbose_name_plural = "spellings"
    fields = ["name", "script", "source", "quality", "is_official"]
    ordering = ["-is_official", "script", "name"]
    extra = 0


@admin.register(Place)
class PlaceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name_en", "name_ar", "pcode", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["pcode"]  # any spelling: see get_search_results
    search_help_text = "A name in any spelling, English or Arabic, or a P-code"
    fields = ["pcode", "level", "name_en", "name_ar", "parent", "lat", "lon"]
    inlines = [SpellingInline]
    ordering = ["level", "name_en", "pk"]
    paginator = BoundedPaginator
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        return (lookups.places(search_term, queryset) if search_term else queryset), False
