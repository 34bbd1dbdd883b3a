"""Merging a facility, actor or speaker into another: first what will happen, then the button."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from archive.admin.form_fields import replace_data
from archive.admin.guarding import VERSION, SeenForm
from archive.admin.locked_admin import conflict_context
from archive.locking import StaleRowError
from archive.models import Editable, User
from incidents import name_merges
from incidents.admin.confirming import show_refusal
from incidents.desk.claim_pages import render_page
from incidents.desk.long_lists import Part, part_of
from incidents.desk.permission import editors_only
from incidents.desk.pickers import LOOKUPS, PickerField
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError, NameMergeError
from incidents.models import Claim
from incidents.models.claims import shown
from incidents.name_merges import PERMISSION, NamePlan
from incidents.standing_names import MODELS, Name, fetch_alternatives, kind_of

FORM_ID = "merge-form"
SHOWN = "shown"
LIKE = 12
WHY: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 2, "dir": "auto"}), "max_length": 1000}


class WhyForm(SeenForm, forms.Form):
    """Something that is done with a name as it was shown, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("It stays in the history. Readers never see it."), **WHY
    )

    def __init__(self, *args: Any, row: Name, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    @property
    def guarded(self) -> Editable:
        return self.row


class MergeForm(WhyForm):
    """``shown`` stands for the two as the page showed them: nothing else is merged by this form."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    plan: NamePlan | None = None

    def __init__(self, *args: Any, row: Name, chosen: Name | None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["survivor"] = PickerField(
            kind_of(row), label=gettext_lazy("The one that stays"), required=True, initial=chosen
        )
        self.order_fields(["survivor", "although", "reason"])
        if (survivor := self.sent_survivor if self.is_bound else chosen) is not None:
            self.foresee(survivor)

    def foresee(self, survivor: Name) -> None:
        """Show what will happen, and ask what has to be asked."""
        try:
            self.plan = name_merges.plan_merge(self.row, into=survivor)
        except NameMergeError:
            return
        self.initial[SHOWN] = self.plan.digest
        if self.plan.is_far:
            label = gettext_lazy("Why they are one although their places are far apart")
            self.fields["although"] = forms.CharField(label=label, **WHY)
            self.order_fields(["survivor", "although", "reason"])

    @cached_property
    def sent_survivor(self) -> Name | None:
        """The one that the form chose, whatever else is wrong with it: it decides what is asked."""
        field = self.fields["survivor"]
        try:
            found: Name | None = field.clean(field.widget.value_from_datadict(self.data, {}, "survivor"))
        except forms.ValidationError:
            return None
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if survivor := cleaned.get("survivor"):
            try:
                self.plan = name_merges.plan_merge(self.row, into=survivor)
            except NameMergeError as refusal:
                self.plan = None
                self.add_error("survivor", str(refusal))
        if self.plan and self.plan.digest != cleaned.get(SHOWN):
            replace_data(self, shown=self.plan.digest)
            self.add_error(None, _("This is what will happen. Nothing is done yet: look, and confirm below."))
        return cleaned


@require_http_methods(["GET", "POST"])
@editors_only(PERMISSION)
def merge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What merging would do, and the button; ``?into=`` is the key of the one that stays."""
    row = found(kind, pk)
    chosen: Any = LOOKUPS[kind].get(request.GET.get("into", ""))
    form = MergeForm(request.POST or None, row=row, chosen=chosen)
    if request.method == "POST" and form.is_valid() and (done := tried(form, lambda: merged(form, editor(request)))):
        messages.success(request, done)
        return HttpResponseRedirect(change_page(form.plan.survivor if form.plan else row))
    context = {
        "title": _("Merge: %(name)s") % {"name": shown(row)},
        "row": row,
        "kind": kind,
        "plan": form.plan,
        "parts": parts_of(request, form.plan) if form.plan else {},
        "like": [] if form.plan or row.merged_into_id else alike(row),
        "verb": _("Merge it") if form.plan else _("Show what will happen"),
        "obstacle": _("It is merged already.") if row.merged_into_id else "",
    }
    return answer(request, "incidents/desk/merge_names.html", row, form, context)


def parts_of(request: HttpRequest, plan: NamePlan) -> dict[str, Part]:
    """The long lists of what will happen."""
    lists = {"changed": plan.changed, "replaced": plan.replaced, "doubles": plan.doubles}
    claims = {name: claims_part(request, name, [one.claim for one in rows]) for name, rows in lists.items()}
    return {**claims, "published": part_of(request, "published", plan.published)}


def claims_part(request: HttpRequest, name: str, claims: Sequence[Claim]) -> Part:
    part = part_of(request, name, claims)
    fetch_alternatives(part.rows)
    return part


def found(kind: str, pk: int) -> Name:
    if kind not in MODELS:
        raise Http404
    rows: QuerySet[Any] = MODELS[kind]._default_manager.select_related("merged_into")
    row: Name = get_object_or_404(rows, pk=pk)
    return row


def merged(form: MergeForm, by: User) -> str:
    said = form.cleaned_data
    done = name_merges.merge(
        form.row,
        into=said["survivor"],
        by=by,
        reason=said["reason"],
        although=said.get("although", ""),
        seen=said[VERSION],
        seen_plan=said[SHOWN],
    )
    survivor = form.plan.survivor if form.plan else said["survivor"]
    return _("“%(row)s” is merged into “%(survivor)s”; claims that name that one now: %(number)s.") % {
        "row": shown(form.row),
        "survivor": shown(survivor),
        "number": len(done.carried["claims"]),
    }


def tried(form: forms.Form, act: Callable[[], str]) -> str:
    """What to tell of what was done; empty when the form says why it was not."""
    try:
        return act()
    except StaleRowError:
        form.full_clean()  # somebody was faster between the check and the lock: check again
    except CurationError as refusal:
        show_refusal(form, refusal)
    return ""


def alike(row: Name) -> list[Name]:
    """Others of a like name, to begin with."""
    return name_merges.alike(row)[:LIKE]


def answer(request: HttpRequest, template: str, row: Name, form: WhyForm, context: dict[str, Any]) -> HttpResponse:
    conflict = form.conflict if form.is_bound else None
    more = {
        "form": form,
        "form_id": FORM_ID,
        "opts": row._meta,
        "change_page": change_page(row),
        "needs_scripts": True,
        **conflict_context([conflict] if conflict else [], form_id=FORM_ID, verb=context["verb"]),
    }
    return render_page(request, template, {**more, **context}, REFUSED if form.is_bound else 200)


def change_page(row: Name) -> str:
    return reverse(f"admin:incidents_{row._meta.model_name}_change", args=[row.pk])
