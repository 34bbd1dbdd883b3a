"""Errors that readers reported: a list, and a page on which an editor answers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import reported_errors
from archive.admin.locked_admin import LockedAdmin, LockedForm
from archive.admin.my_work import Found, Item, Section, from_rows, register
from archive.models import ReportedError, ReportedWords, User
from archive.models.reported_errors import LONGEST_ANSWER
from archive.reported_errors import answering
from archive.text import excerpt

ANSWER = ("state", "mended_in", "answer_en", "answer_ar")
FORGET = {"forget_address": "archive.delete_reporteraddress", "forget_words": "archive.delete_reportedwords"}


def answer_field(label: Any) -> dict[str, Any]:
    widget = forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "auto"})
    return {"label": capfirst(label), "max_length": LONGEST_ANSWER, "required": False, "widget": widget}


class AnswerForm(LockedForm):
    """Refuses what `reported_errors.answer` would refuse, beside the field."""

    answer_en = forms.CharField(**answer_field(_("public answer (English)")))
    answer_ar = forms.CharField(**answer_field(_("public answer (Arabic)")))
    forget_address = forms.BooleanField(label=_("Delete the reader's e-mail address now"), required=False)
    forget_words = forms.BooleanField(
        label=_("Delete what the reader wrote, with the address"),
        required=False,
        help_text=_("Where it endangers somebody. The answer stays. It cannot be undone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "assigned_to" in self.fields:
            people: Any = self.fields["assigned_to"]
            people.queryset = User.objects.filter(is_active=True, is_staff=True).order_by("username")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if all(name in cleaned for name in ANSWER):
            for name, message in answering.wrong(self.instance, **{one: cleaned[one] for one in ANSWER}).items():
                self.add_error(name, message)
        return cleaned


@admin.register(ReportedError)
class ReportedErrorAdmin(LockedAdmin):
    form = AnswerForm
    list_display = ["reference", "about", "said", "created_at", "state", "assigned_to"]
    list_filter = ["state", "spoken_of", "language"]
    list_select_related = ["reportedwords", "assigned_to"]
    search_fields = ["reference", "key"]
    ordering = ["-id"]
    list_per_page = 50
    readonly_fields = ["spoken"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportedError]:
        return super().get_queryset(request).select_related("reportedwords", "reporteraddress", "answered_by")

    def get_fieldsets(self, request: HttpRequest, obj: ReportedError | None = None) -> Any:
        forget = [name for name, permission in FORGET.items() if request.user.has_perm(permission)]
        own = [
            (_("What the reader reports"), {"fields": ["spoken"]}),
            (_("Who looks into it"), {"fields": ["assigned_to"]}),
            (
                _("Answer in public"),
                {
                    "fields": list(ANSWER),
                    "description": _(
                        "A sentence or two of your own. Do not repeat what the reader wrote, nor who they are."
                    ),
                },
            ),
        ]
        may_change = self.has_change_permission(request, obj)
        return [*own, (_("Forget"), {"fields": forget, "classes": ["collapse"]})] if forget and may_change else own

    @admin.display(description=_("what is reported"))
    def spoken(self, report: ReportedError) -> str:
        context = {
            "report": report,
            "subject": subject_of(report),
            "words": words_of(report),
            "address": getattr(report, "reporteraddress", None),
        }
        return render_to_string("admin/includes/reported_error.html", context)

    @admin.display(description=_("it is about"))
    def about(self, report: ReportedError) -> str:
        return f"{report.get_spoken_of_display()} {report.key}".strip()

    @admin.display(description=_("what is wrong"))
    def said(self, report: ReportedError) -> str:
        return said_in(report)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the services: they say who answered when."""
        assert isinstance(request.user, User)
        seen, cleaned = form.cleaned_data["lock_version"], form.cleaned_data
        report = ReportedError.objects.get(pk=obj.pk)
        if "assigned_to" in form.changed_data:
            report = reported_errors.assign(report, to=cleaned["assigned_to"], by=request.user, seen=seen)
            seen = report.lock_version
        if set(ANSWER) & set(form.changed_data):
            answer = {name: cleaned[name] for name in ANSWER}
            reported_errors.answer(report, by=request.user, seen=seen, **answer)
        if cleaned.get("forget_words") and request.user.has_perm(FORGET["forget_words"]):
            reported_errors.forget_words(report)
        elif cleaned.get("forget_address") and request.user.has_perm(FORGET["forget_address"]):
            reported_errors.forget_address(report)


def subject_of(report: ReportedError) -> reported_errors.Subject | None:
    """What it speaks of, if readers still see that, as far as the reader saw it."""
    return reported_errors.find(report.spoken_of, report.key, report.number) or reported_errors.find(
        report.spoken_of, report.key
    )


def words_of(report: ReportedError) -> ReportedWords | None:
    return getattr(report, "reportedwords", None)


def said_in(report: ReportedError) -> str:
    words = words_of(report)
    return excerpt(words.problem, 120) if words else gettext("what the reader wrote was deleted")


def waiting(user: User, whose: str, limit: int) -> Found:
    """Reports that nobody has answered, the oldest first: those of the user before the others."""
    rows = ReportedError.objects.waiting().select_related("reportedwords", "assigned_to")
    match whose:
        case "me":
            rows = rows.filter(assigned_to=user)
        case "nobody":
            rows = rows.filter(assigned_to=None)

    def item(report: ReportedError) -> Item:
        about = f"{report.get_spoken_of_display()} {report.key}".strip()
        if report.number:
            about += f" ({report.number})"
        if report.assigned_to:
            about += f" · {report.assigned_to.shown_name}"
        return Item(
            said_in(report), reverse("admin:archive_reportederror_change", args=[report.pk]), about, report.created_at
        )

    return from_rows(rows, item, limit)


register(
    Section(
        "errors",
        _("Errors that readers report"),
        _("No report of an error waits for an answer."),
        "archive.change_reportederror",
        waiting,
        order=12,
        everything=lambda: reverse("admin:archive_reportederror_changelist") + "?state__exact=open",
        is_divided=True,
    )
)
