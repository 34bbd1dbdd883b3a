"""Assigning and tagging, one row or many at once, in the lists of the editors' side."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.models import User
from archive.work import LONGEST_TAG, WorkError


def editors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("username")


class Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class DividingForm(ActionForm):
    """Whom to assign to, or which tag, for the actions that want one."""

    assignee = Person(label=pgettext_lazy("assign", "To"), queryset=editors(), required=False, empty_label=_("nobody"))
    tag = forms.CharField(label=_("Tag"), required=False, max_length=LONGEST_TAG)


class AssignedFilter(admin.SimpleListFilter):
    title = _("assigned to")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", gettext("Me")), ("nobody", gettext("Nobody")), ("somebody", gettext("Somebody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "me":
                return queryset.filter(assignment__user=request.user.pk)
            case "nobody":
                return queryset.filter(assignment=None)
            case "somebody":
                return queryset.filter(assignment__isnull=False)
        return queryset


class TagFilter(admin.SimpleListFilter):
    """By a word of the editors; all that are in use, up to 200."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(name, name) for name in model_admin.tags_in_use()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = (self.value() or "").replace("\0", "")
        return queryset.filter(tags__name=value) if value else queryset


class Dividing(admin.ModelAdmin):
    """Mixed into an admin whose rows are divided among editors; subclasses name the services."""

    action_form = DividingForm
    actions = ["assign", "add_tag", "remove_tag"]
    services: tuple[Callable[..., None], Callable[..., None], Callable[..., None]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("tags")

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *more: Any, **named: Any
    ) -> HttpResponse | None:
        """Say what is wrong with whom or which tag was given: the admin would say that no action is chosen."""
        errors = self.given(request).errors
        if request.POST.get("action") in ("assign", "add_tag", "remove_tag") and set(errors) & {"assignee", "tag"}:
            wrong = gettext("Choose somebody of the list. Nothing was changed.")
            if "assignee" not in errors:
                told = gettext("A tag is %(number)s letters at most. Nothing was changed.")
                wrong = told % {"number": LONGEST_TAG}
            messages.error(request, wrong)
            return HttpResponseRedirect(request.get_full_path())
        answer: HttpResponse | None = super().response_action(request, queryset, *more, **named)
        return answer

    @admin.action(description=_("Assign to …"), permissions=["change"])
    def assign(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        form = self.given(request)
        to, chosen = form.cleaned_data.get("assignee"), keys(queryset)
        self.services[0](chosen, to=to, by=request.user)
        number, who = len(chosen), to.shown_name if to else ""
        told = ngettext("%(number)s assigned to %(who)s.", "%(number)s assigned to %(who)s.", number)
        if not to:
            told = ngettext("%(number)s assigned to nobody.", "%(number)s assigned to nobody.", number)
        messages.success(request, told % {"number": number, "who": who})

    @admin.action(description=_("Add the tag"), permissions=["change"])
    def add_tag(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.tagged(request, queryset, lambda chosen, name: self.services[1](chosen, name=name, by=request.user))

    @admin.action(description=_("Remove the tag"), permissions=["change"])
    def remove_tag(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.tagged(request, queryset, lambda chosen, name: self.services[2](chosen, name=name, by=request.user))

    def tagged(
        self, request: HttpRequest, queryset: QuerySet[Any], act: Callable[[Collection[int], str], None]
    ) -> None:
        chosen, name = keys(queryset), request.POST.get("tag", "")
        try:
            act(chosen, name)
        except WorkError as refusal:
            messages.error(request, str(refusal))
        else:
            number = len(chosen)
            messages.success(
                request, ngettext("Done for %(number)s.", "Done for %(number)s.", number) % {"number": number}
            )

    def given(self, request: HttpRequest) -> DividingForm:
        form = self.action_form(request.POST)
        form.fields["action"].choices = self.get_action_choices(request)  # type: ignore[attr-defined]
        form.is_valid()
        return form

    @admin.display(description=pgettext_lazy("who has it, and tags", "work"))
    def division(self, row: Any) -> str:
        """Who has it and its tags, in one narrow column."""
        assignment = getattr(row, "assignment", None)
        parts = [assignment.user.shown_name] if assignment else []
        return " · ".join([*parts, *(tag.name for tag in row.tags.all())])


def keys(queryset: QuerySet[Any]) -> list[int]:
    return list(queryset.order_by().values_list("pk", flat=True))
