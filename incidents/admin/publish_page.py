"""Publishing: what the next edition will say, what it changes, and the note that readers will see."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.shown_form import ShownForm
from archive.copies import copies_among
from archive.models import User
from incidents import curation, previews
from incidents.admin.confirming import ConfirmView
from incidents.admin.history import done_since
from incidents.admin.review_pages import review_context
from incidents.admin.warnings import WarningsForm, lines
from incidents.errors import ClosedIncidentError, CurationError
from incidents.likeness import likely_same
from incidents.models import Incident
from incidents.presentation.beside import beside
from incidents.proposals import Proposed, kind_of
from incidents.terms import CLOSED

CHANGED = _("The draft has changed since this page was shown. This is what it says now: look again.")

# What is proposed as the notes of a first edition, in both languages whatever the editor's own is.
FIRST = {"note": "First edition.", "note_ar": "الإصدار الأول."}


def publish_url(incident: Incident) -> str:
    return reverse("admin:incidents_incident_publish", args=[incident.pk])


class PublishForm(ShownForm, WarningsForm):
    changed = CHANGED

    note = forms.CharField(
        label=_("Public note: what is new in this edition"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Readers see it in the list of editions."),
    )
    note_ar = forms.CharField(
        label=_("The same note in Arabic"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Optional; Arabic pages show it in place of the other."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        self.incident = incident
        super().__init__(*args, **kwargs)

    def refuse_to(self, reader: User, shown: str) -> None:
        began = self.began_at()
        done = done_since(self.incident, began, to=reader) if began else []
        self.refuse(shown, row=self.incident, done=done)


class PublishView(ConfirmView):
    template_name = "admin/incident_publish.html"
    form_class = PublishForm
    heading = _("Review")
    verb = _("Publish")
    explanation = _("Readers will see this edition at once, and it can never be changed or removed.")

    @cached_property
    def preview(self) -> previews.Preview:
        return previews.preview(self.incident)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "unanswered": self.preview.unanswered}

    def get_initial(self) -> dict[str, Any]:
        first = FIRST if self.preview.edition is None else {}
        return {"shown": self.preview.digest, **first, "began": timezone.now().isoformat()}

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status in CLOSED:
            return [str(ClosedIncidentError(self.incident))]
        found = [item.message for item in self.preview.missing]
        if not self.preview.has_changes:
            found.append(gettext("Nothing has changed since the last edition."))
        if refusal := self.refusal:
            found.append(str(refusal))
        return found

    @cached_property
    def refusal(self) -> CurationError | None:
        return curation.what_forbids(self.incident, self.editor)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "keep":
            return self.keep()
        if self.obstacles:
            return self.form_invalid(self.get_form())
        return super().post(request, *args, **kwargs)

    def keep(self) -> HttpResponse:
        """Save the reasons that were written; the note stays as it was typed, and nothing is published."""
        form: PublishForm = self.get_form()
        if form.refused:
            return self.form_invalid(form)
        try:
            kept = curation.keep(self.incident, by=self.editor, reasons=form.reasons)
        except CurationError as refusal:
            messages.error(self.request, str(refusal))
            return self.form_invalid(form)
        saved = ngettext("%(number)s reason saved.", "%(number)s reasons saved.", len(kept)) % {"number": len(kept)}
        messages.success(self.request, saved if kept else gettext("No reason was written."))
        del self.preview
        typed = {name: self.request.POST[name] for name in FIRST if self.request.POST.get(name)}
        initial = {**self.get_initial(), **typed}
        again = PublishForm(initial=initial, incident=self.incident, unanswered=self.preview.unanswered)
        return self.render_to_response(self.get_context_data(form=again))

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        # From here on nobody changes its claims: the services lock the incident too.
        Incident.objects.select_for_update(of=("self",)).get(pk=self.incident.pk)
        if form.cleaned_data["shown"] != self.preview.digest:
            form.refuse_to(self.editor, self.preview.digest)
            return self.form_invalid(form)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say also here that the draft has changed: what is wrong may come of that."""
        form.is_valid()
        if form.conflict is None and form["shown"].value() not in ("", None, self.preview.digest):
            form.refuse_to(self.editor, self.preview.digest)
        return super().form_invalid(form)

    def act(self, form: Any) -> str:
        notes = {name: form.cleaned_data[name] for name in FIRST}
        edition = curation.publish(self.incident, by=self.editor, **notes, kept=form.reasons)
        return gettext("Published %(code)s %(edition)s.") % {"code": self.incident.code, "edition": edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = {} if self.incident.status in CLOSED else lines(self.preview, context["form"])
        undecided = [Proposed(kind_of(term), term) for term in curation.terms_not_accepted(self.preview.evidence)]
        same = [] if self.incident.status in CLOSED else likely_same(self.incident, limit=3)
        likely = [(one, beside(self.incident, one.incident)) for one in same]
        reviewed = review_context(self.incident, self.preview, to=self.editor)
        echoes = copies_among([article.pk for article in self.preview.evidence.articles])
        district = {
            "district_only": self.preview.is_generalised,
            "naming_town": self.preview.reports_naming_town,
            "others_telling": self.preview.facilities_telling_town,
        }
        waiting = {"undecided": undecided, "to_mend": curation.keeps_from_review(self.preview.missing)}
        return {**context, **reviewed, **district, **waiting, "likely": likely, "echoes": echoes, **shown}
