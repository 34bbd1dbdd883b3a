"""Places: found by any spelling, read here; they come from the gazetteer."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin.locked_admin import LockedAdmin
from archive.admin.paginator import BoundedPaginator
from archive.gazetteer import autocomplete
from archive.models import Place, PlaceLabel, PlaceName


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
    verbose_name_plural = _("spellings")
    fields = ["name", "script", "source", "quality", "is_official"]
    ordering = ["-is_official", "script", "name"]
    extra = 0


@admin.register(PlaceLabel)
class PlaceLabelAdmin(LockedAdmin):
    """What editors call a place: the one thing about places that is decided here."""

    list_display = ["place", "label_en", "label_ar", "reason"]
    list_select_related = ["place"]
    search_fields = ["place__pcode", "label_en", "label_ar"]
    fields = ["place", "label_en", "label_ar", "reason"]
    autocomplete_fields = ["place"]

    def get_readonly_fields(self, request: HttpRequest, obj: PlaceLabel | None = None) -> list[str]:
        return ["place"] if obj else []


@admin.register(Place)
class PlaceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["label_en", "label_ar", "name_en", "pcode", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["pcode"]  # any spelling: see get_search_results
    search_help_text = _("A name in any spelling, English or Arabic, or a P-code")
    fields = [
        *("pcode", "level", "name_en", "name_ar", "label_en", "label_ar"),
        *("chosen_en", "reported_en", "preferred_en", "chosen_ar", "reported_ar", "preferred_ar"),
        *("parent", "lat", "lon"),
    ]
    inlines = [SpellingInline]
    ordering = ["level", "label_en", "pk"]
    paginator = BoundedPaginator
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        return (autocomplete.places(search_term, queryset) if search_term else queryset), False
