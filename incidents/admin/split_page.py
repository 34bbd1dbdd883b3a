"""Splitting an incident: chosen claims go to another one; and taking that back."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import VERSION
from incidents import curation
from incidents.admin.confirming import ActionForm, ConfirmView
from incidents.desk.pickers import PickerField
from incidents.models import Claim, EditorialEvent, Incident
from incidents.terms import CLOSED

CHANGED = _("One of the chosen claims was changed or removed meanwhile: look at it again, and choose.")


class SplitForm(ActionForm):
    """A chosen claim is named by its id and the version that was shown."""

    claims = forms.MultipleChoiceField(
        label=_("Claims that speak of the other attack"), widget=forms.CheckboxSelectMultiple, required=False
    )
    into = PickerField("incident", label=_("An incident that is there (a new draft, if none is named)"))
    working_title = forms.CharField(label=_("Working title of the new draft"), max_length=200, required=False)
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    field_order = ["claims", "into", "working_title", "reason"]

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, incident=incident, **kwargs)
        self.known = {key_of(claim): claim for claim in incident.claims.with_evidence().order_by("pk")}
        choices: Any = self.fields["claims"]
        choices.choices = [(key, line(claim)) for key, claim in self.known.items()]
        choices.error_messages["invalid_choice"] = CHANGED

    @property
    def chosen(self) -> list[tuple[Claim, int]]:
        keys = set(self.cleaned_data["claims"])  # a hostile form may name one twice
        return [(claim, claim.lock_version) for key, claim in self.known.items() if key in keys]


def key_of(claim: Claim) -> str:
    return f"{claim.public_id}:{claim.lock_version}"


def line(claim: Claim) -> str:
    words = claim.passage.exact if claim.passage else claim.judgement
    return gettext("%(claim)s – “%(words)s”") % {"claim": claim, "words": words[:160]}


class SplitView(ConfirmView):
    form_class = SplitForm
    heading = _("Split")
    verb = _("Carry them over")
    explanation = _(
        "Carry claims that speak of another attack to an incident of their own. Here they end; editions that have them "
        "keep them. Readers see the difference once each incident is published again. It can be undone."
    )

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status in CLOSED:
            status = str(self.incident.get_status_display()).lower()
            return [gettext("It is %(status)s: restore it first.") % {"status": status}]
        number = self.incident.claims.count()
        return [] if number > 1 else [gettext("It has no two claims: there is nothing to split.")]

    def get_initial(self) -> dict[str, Any]:
        wanted = set(self.request.GET.getlist("claim"))
        chosen = [key_of(claim) for claim in self.incident.claims.all() if claim.public_id in wanted]
        return {"claims": chosen}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        self.other = curation.split(
            self.incident,
            claims=form.chosen,
            by=self.editor,
            reason=given["reason"],
            working_title=given["working_title"],
            into=given["into"],
            seen=given[VERSION],
        )
        number = len(form.chosen)
        told = ngettext(
            "%(number)s claim carried from %(code)s to %(other)s.",
            "%(number)s claims carried from %(code)s to %(other)s.",
            number,
        )
        return told % {"number": number, "code": self.incident.code, "other": self.other.code}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if other := getattr(self, "other", None):
            return HttpResponseRedirect(reverse("admin:incidents_incident_change", args=[other.pk]))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "needs_scripts": True}


class UniteForm(ActionForm):
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))


class UniteView(ConfirmView):
    """Takes a split back, the one whose event is named by ``split`` in the address."""

    template_name = "admin/incident_unite.html"
    form_class = UniteForm
    heading = _("Undo a split")
    verb = _("Put them back")
    explanation = _("The claims stand again where they were, as they were, and end where they were carried.")

    @cached_property
    def event(self) -> EditorialEvent:
        wanted = self.request.GET.get("split", "")
        found = [event for event in curation.every_split_of(self.incident) if str(event.pk) == wanted]
        if not found:
            raise Http404
        return found[0]

    @property
    def obstacles(self) -> list[str]:
        return curation.uniting_obstacles(self.event)

    def act(self, form: Any) -> str:
        back = curation.unite(self.event, by=self.editor, reason=form.cleaned_data["reason"])
        return gettext("The claims are back at %(code)s.") % {"code": back.code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = curation.plan_uniting(self.event)
        return {**super().get_context_data(**kwargs), "event": self.event, "return_plan": plan}
