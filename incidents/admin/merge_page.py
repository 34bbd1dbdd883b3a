"""Merging an incident into another: first what will happen, both side by side, then the button."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import replace_data
from archive.admin.guarding import VERSION
from incidents import curation
from incidents.admin.confirming import ConfirmView, ReasonForm
from incidents.curation import MergePlan
from incidents.desk.pickers import PickerField
from incidents.errors import CurationError, MergeError
from incidents.likeness import likely_same
from incidents.models import Incident
from incidents.presentation.beside import Row, beside
from incidents.terms import CLOSED, Status

SHOWN = "shown"
LOOK = _("This is what will happen. Nothing is done yet: look, and confirm below.")


class MergeForm(ReasonForm):
    """``shown`` stands for the two incidents as the page showed them: nothing else is merged by this form."""

    survivor = PickerField("incident", label=_("The incident that stays"), required=True)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["survivor", "reason"]
    plan: MergePlan | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        survivor = cleaned.get("survivor")
        if survivor is not None and (plan := self.plan_with(survivor)) and plan.digest != cleaned.get(SHOWN):
            if not cleaned.get(SHOWN):
                self.errors.pop("reason", None)  # it is asked for once there is something to give a reason for
            replace_data(self, shown=plan.digest)
            self.add_error(None, LOOK)
        return cleaned

    def plan_with(self, survivor: Incident) -> MergePlan | None:
        try:
            self.plan = curation.plan_merge(self.incident, into=survivor)
        except MergeError as refusal:
            more = gettext("Choose another, or publish that one first.")
            self.add_error("survivor", f"{refusal} {more}")
        except CurationError as refusal:
            self.add_error("survivor", str(refusal))
        return self.plan


class MergeView(ConfirmView):
    template_name = "admin/incident_merge.html"
    form_class = MergeForm
    heading = _("Merge into another")
    explanation = _(
        "Say that this is the same attack as another. Readers of this one's address are sent to the other, for ever. "
        "Its claims are carried on there, and readers see them with the other's next edition; the editions of both "
        "stay. It can be undone."
    )
    is_grave = True

    @property
    def verb(self) -> str:
        return gettext("Merge it") if self.plan else gettext("Show what will happen")

    @property
    def obstacles(self) -> list[str]:
        status = str(self.incident.get_status_display()).lower()
        told = gettext("It is %(status)s already.") % {"status": status}
        return [told] if self.incident.status in CLOSED else []

    @cached_property
    def chosen(self) -> Incident | None:
        """The survivor that the address names."""
        code = self.request.GET.get("survivor", "").replace("\0", "")
        found = Incident.objects.exclude(status=Status.MERGED).exclude(pk=self.incident.pk)
        return found.select_related("row").filter(code=code).first()

    @cached_property
    def bound(self) -> MergeForm:
        """The one form of this request: checked once, asked for often."""
        form: MergeForm = super().get_form()
        return form

    def get_form(self, form_class: Any = None) -> MergeForm:
        return self.bound

    @property
    def plan(self) -> MergePlan | None:
        if self.bound.is_bound:
            self.bound.is_valid()
            return self.bound.plan
        return self.foreseen

    @cached_property
    def foreseen(self) -> MergePlan | None:
        if self.chosen is None or self.obstacles:
            return None
        try:
            return curation.plan_merge(self.incident, into=self.chosen)
        except CurationError:
            return None

    def get_initial(self) -> dict[str, Any]:
        shown = self.foreseen.digest if self.foreseen else ""
        return {"survivor": self.chosen, SHOWN: shown} if self.chosen else {}

    def act(self, form: Any) -> str:
        survivor = curation.merge(
            self.incident,
            into=form.cleaned_data["survivor"],
            by=self.editor,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data[VERSION],
            seen_plan=form.cleaned_data[SHOWN],
        )
        carried = len(self.bound.plan.moved) if self.bound.plan else 0
        self.survivor = survivor
        told = ngettext(
            "%(code)s is merged into %(survivor)s, with %(number)s claim. "
            "Publish %(survivor)s, so that readers see what was carried on.",
            "%(code)s is merged into %(survivor)s, with %(number)s claims. "
            "Publish %(survivor)s, so that readers see what was carried on.",
            carried,
        )
        return told % {"code": self.incident.code, "survivor": survivor.code, "number": carried}

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on to the survivor, where what was carried waits to be published."""
        answer = super().form_valid(form)
        if survivor := getattr(self, "survivor", None):
            return HttpResponseRedirect(reverse("admin:incidents_incident_change", args=[survivor.pk]))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        rows: list[Row] = beside(plan.incident, plan.survivor) if plan else []
        likely = [] if plan or self.obstacles else likely_same(self.incident)
        context = {"needs_scripts": True, "plan": plan, "beside": rows, "likely": likely}
        return {**super().get_context_data(**kwargs), **context}
