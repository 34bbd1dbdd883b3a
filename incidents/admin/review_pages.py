"""Submitting an incident for review, sending it back, and what a reviewer is shown of it."""

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import VERSION
from archive.models import User
from incidents import curation, previews
from incidents.admin.claims_beside_words import by_aspect
from incidents.admin.confirming import ActionForm, ConfirmView
from incidents.admin.history import done_since
from incidents.admin.warnings import WarningsForm, lines
from incidents.errors import ClosedIncidentError, NotSubmittedError
from incidents.models import Incident
from incidents.record.differences import Difference, differences
from incidents.terms import CLOSED

WRITTEN = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class SubmitForm(WarningsForm, ActionForm):
    must_answer = False  # the reviewer may

    comment = forms.CharField(
        label=_("Comment for the reviewer"),
        required=False,
        widget=WRITTEN,
        help_text=_("What to look at, what you were not sure of, what was mended. Optional; readers never see it."),
    )


class SendBackForm(ActionForm):
    comment = forms.CharField(
        label=_("What is to be mended"), widget=WRITTEN, help_text=_("Its editor reads it. Readers never see it.")
    )


class SubmitView(ConfirmView):
    template_name = "admin/incident_submit.html"
    form_class = SubmitForm
    permission = "incidents.change_incident"
    heading = _("Submit for review")
    verb = _("Submit for review")
    explanation = _(
        "Somebody who made nothing of it reads it beside the words it rests on, and publishes it or sends it back. "
        "Work on it may go on meanwhile."
    )

    @cached_property
    def preview(self) -> previews.Preview:
        return previews.preview(self.incident)

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status in CLOSED:
            return [str(ClosedIncidentError(self.incident))]
        found = [item.message for item in curation.keeps_from_review(self.preview.missing)]
        if not self.preview.has_changes:
            found.append(gettext("Nothing has changed since the last edition."))
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "unanswered": self.preview.unanswered}

    @transaction.atomic
    def act(self, form: Any) -> str:
        given = form.cleaned_data
        if form.reasons:
            curation.keep(self.incident, by=self.editor, reasons=form.reasons)
        curation.submit(self.incident, by=self.editor, comment=given["comment"], seen=given[VERSION])
        return gettext("%(code)s is in review.") % {"code": self.incident.code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = {} if self.incident.status in CLOSED else lines(self.preview, context["form"])
        waits = [item.message for item in self.preview.missing if not curation.keeps_from_review([item])]
        return {**context, **review_context(self.incident, self.preview, to=self.editor), **shown, "waits": waits}


class SendBackView(ConfirmView):
    form_class = SendBackForm
    heading = _("Send back")
    verb = _("Send it back")
    explanation = _("It is no longer in review. Who submitted it finds it, with your comment, among what came back.")

    @property
    def obstacles(self) -> list[str]:
        return [] if self.incident.submission else [str(NotSubmittedError(self.incident))]

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        curation.send_back(self.incident, by=self.editor, comment=given["comment"], seen=given[VERSION])
        return gettext("%(code)s is sent back.") % {"code": self.incident.code}


def comments_on(incident: Incident) -> dict[str, Any]:
    """The threads of an incident, and where they are answered."""
    threads = curation.threads(incident)
    return {
        "threads": threads,
        "resolved_count": sum(not thread.is_open for thread in threads),
        "comments_url": reverse("desk:comments", args=[incident.code]),
    }


def review_context(incident: Incident, preview: previews.Preview, *, to: User) -> dict[str, Any]:
    """Each value beside its words, what was submitted, what changed since, and how warnings were answered."""
    edition = preview.edition
    known = {claim["id"] for claim in edition.content["claims"]} if edition else set()
    return {
        **comments_on(incident),
        "preview": preview,
        "aspects": by_aspect(preview.evidence.claims),
        "fresh": {claim.public_id for claim in preview.evidence.claims} - known if edition else set(),
        "submission": incident.submission,
        "sent_back": incident.sent_back,
        "changed_since": changed_since(incident, preview, to=to),
        "is_one_person": settings.ONE_PERSON_ARCHIVE,
        "submit_url": reverse("admin:incidents_incident_submit", args=[incident.pk]),
        "send_back_form": SendBackForm(incident=incident, auto_id="send_back_%s") if incident.submission else None,
        "send_back_url": reverse("admin:incidents_incident_send_back", args=[incident.pk]),
    }


def changed_since(incident: Incident, preview: previews.Preview, *, to: User) -> dict[str, Any]:
    """What the draft says otherwise than when it was submitted, and who did it; empty when it says the same."""
    submission = incident.submission
    if submission is None or submission.sha256 == preview.digest:
        return {}
    told: list[tuple[str, Difference]] = [
        (str(previews.NAMES[found.field]), found) for found in differences(submission.content, preview.content)
    ]
    return {"differences": told, "done": done_since(incident, submission.at, to=to)}
