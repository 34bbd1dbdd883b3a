"""Filters of the list of incidents that are typed: when it may have happened, and where."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.list_filters import AutocompleteFilter
from incidents import finding
from incidents.models import Claim, Incident

LONGEST = 60  # characters of a date


class PlaceFilter(AutocompleteFilter):
    """Incidents at a place, or in a part of it, by their claims."""

    title = _("place")
    field_name = "place"

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, Claim, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        return queryset if self.value is None else queryset.filter(finding.at_places([self.value]))


class DateFilter(admin.ListFilter):
    """Incidents that may have happened on a day, in a month or a year, written in any way that a date is read."""

    template = "admin/autocomplete_filter.html"
    title = _("date")
    parameter = "on"

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.value = (params.pop(self.parameter, None) or [""])[-1].replace("\0", "").strip()[:LONGEST]
        self.others = [(key, value) for key, values in request.GET.lists() for value in values if key != self.parameter]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        """None where the words are no date: a filter that is not understood never shows all."""
        if not self.value:
            return queryset
        condition = finding.on_date(self.value)
        return queryset.filter(condition) if condition is not None else queryset.none()

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One entry: the input, and what the form must carry along."""
        hint = {"aria-label": self.title, "placeholder": gettext("2016-05, 31 May 2016"), "maxlength": LONGEST}
        yield {
            "input": forms.TextInput().render(self.parameter, self.value, hint),
            "others": [(key, value) for key, value in self.others if key != "p"],
            "clear": changelist.get_query_string(remove=[self.parameter]) if self.value else "",
        }
