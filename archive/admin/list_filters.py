"""Filters of the editors' lists: the newest years, gaps to fill, and choices too many for a list of links."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet
from django.forms import Media, ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.models import Article, ArticleRow, TextVersion
from archive.text_standing import standing_flag
from archive.typed_numbers import typed_number
from archive.work import in_vain, unread

GAPS = {
    "source": (_("Source not known"), Q(source=None)),
    "date": (_("Date not known"), Q(published_on=None)),
    "language": (_("Language not known"), Q(language="")),
    "title": (_("Title taken from the opening words"), Q(metadata_origin__title="opening words")),
}


def flagged_texts() -> QuerySet[TextVersion]:
    """Texts that are believed to be no article, of articles that have no better one."""
    texts = TextVersion.objects.alias(standing=standing_flag())
    better = texts.filter(article=OuterRef("article"), standing="")
    return texts.exclude(standing="").filter(~Exists(better))


class WorkToDo(admin.SimpleListFilter):
    """Articles of which something is unknown, or that nobody has read yet."""

    title = _("work to do")
    parameter_name = "todo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        gaps = [(key, label) for key, (label, _gap) in GAPS.items()]
        return [
            ("any", gettext("Anything not known")),
            *gaps,
            ("unread", gettext("Unread")),
            ("in_vain", gettext("Nothing here")),
            ("flagged", gettext("Perhaps no article")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        if value in GAPS:
            return queryset.filter(GAPS[value][1])
        if value == "any":
            return queryset.filter(Q(*(gap for _label, gap in GAPS.values()), _connector=Q.OR))
        if value == "flagged":
            return queryset.filter(Exists(flagged_texts().filter(article=OuterRef("pk"))))
        if value == "unread":
            return queryset.filter(pk__in=unread().values("pk"))
        if value == "in_vain":
            return queryset.filter(Exists(in_vain()))
        return queryset


class YearPublished(admin.SimpleListFilter):
    """Years from the newest article to the oldest, read off the ends of an index."""

    title = _("year of publication")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        dated = (
            ArticleRow.objects.filter(published_on__isnull=False).order_by("sort_on").values_list("sort_on", flat=True)
        )
        oldest, newest = dated.first(), dated.last()
        if oldest is None or newest is None:
            return []
        return [(str(year), str(year)) for year in range(newest.year, oldest.year - 1, -1)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value() or ""
        return queryset.filter(published_on__year=int(value)) if value.isdecimal() and len(value) == 4 else queryset


class Language(admin.SimpleListFilter):
    """The languages that editors meet, without counting all articles for the list."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("en", gettext("English")),
            ("ar", gettext("Arabic")),
            ("other", gettext("Other")),
            ("none", gettext("Not known")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        match self.value():
            case "en" | "ar" as code:
                return queryset.filter(Q(language=code) | Q(language__startswith=f"{code}-"))
            case "none":
                return queryset.filter(language="")
            case "other":
                return queryset.exclude(Q(language="") | Q(language__startswith="en") | Q(language__startswith="ar"))
        return queryset


class AutocompleteFilter(admin.ListFilter):
    """A filter by a related row that is typed, not picked from a list of all of them.

    Subclasses name the model's foreign key ``field_name``; ``title`` heads the filter.
    """

    template = "admin/autocomplete_filter.html"
    field_name: str

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        given = params.pop(self.field_name, [])
        if given:
            self.used_parameters[self.field_name] = given[-1]
        self.field = cast(ForeignKey, model._meta.get_field(self.field_name))
        self.admin_site = model_admin.admin_site
        self.others = [
            (key, value) for key, values in request.GET.lists() for value in values if key != self.field_name
        ]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [self.field_name]

    @property
    def value(self) -> int | None:
        return typed_number(self.used_parameters.get(self.field_name, ""))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value is None else queryset.filter(**{f"{self.field_name}_id": self.value})

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One entry: the input, and what the form must carry along."""
        widget = AutocompleteSelect(self.field, self.admin_site, attrs={"id": f"filter-{self.field_name}"})
        widget.choices = cast(ModelChoiceField, self.field.formfield()).choices
        yield {
            "input": widget.render(self.field_name, self.value, {"aria-label": self.title}),
            "others": [(key, value) for key, value in self.others if key != "p"],
            "clear": changelist.get_query_string(remove=[self.field_name]) if self.value is not None else "",
        }

    @staticmethod
    def media(model: type[Model], field_name: str, site: admin.AdminSite) -> Media:
        return AutocompleteSelect(model._meta.get_field(field_name), site).media


class SourceFilter(AutocompleteFilter):
    title = _("source")
    field_name = "source"
