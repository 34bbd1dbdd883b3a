"""Publishing: what the next edition will say, what it changes, and the note that readers will see."""

from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from archive.admin import conflicts
from archive.admin.conflicts import Conflict
from archive.admin.fields import replace_data
from archive.row_history import FieldChange
from archive.versions import Touch
from incidents import curation, previews
from incidents.admin.confirming import ConfirmView
from incidents.admin.history import history_of
from incidents.models import Incident

CHANGED = "The draft has changed since this page was shown. This is what it says now: look again."


def publish_url(incident: Incident) -> str:
    return reverse("admin:incidents_incident_publish", args=[incident.pk])


class PublishForm(forms.Form):
    """``shown`` stands for what the page showed, ``began`` for when: nothing else may be published by this form."""

    conflict: Conflict | None = None

    note = forms.CharField(
        label="Public note: what is new in this edition",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Readers see it in the list of editions.",
    )
    shown = forms.CharField(widget=forms.HiddenInput)
    began = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        self.incident = incident
        super().__init__(*args, **kwargs)

    def refuse(self, shown: str) -> None:
        """Say that the draft is not what was shown, and who changed it since; it is now what ``shown`` stands for."""
        began = self.cleaned_data["began"]
        entries = [entry for entry in history_of(self.incident) if began and entry.at > began]
        told = [FieldChange(f"{entry.what} {entry.action}", "", entry.in_short) for entry in entries]
        last = Touch(entries[0].by, entries[0].at) if entries else None
        self.conflict = Conflict(conflicts.row_label(self.incident), last, told=told)
        self.add_error(None, CHANGED)
        replace_data(self, shown=shown, began=timezone.now().isoformat())


class PublishView(ConfirmView):
    template_name = "admin/incident_publish.html"
    form_class = PublishForm
    heading = "Publish"
    verb = "Publish"
    explanation = "Readers will see this edition at once, and it can never be changed or removed."

    @cached_property
    def preview(self) -> previews.Preview:
        return previews.preview(self.incident)

    def get_initial(self) -> dict[str, Any]:
        first = "First edition." if self.preview.edition is None else ""
        return {"shown": self.preview.digest, "note": first, "began": timezone.now().isoformat()}

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status in (Incident.Status.WITHDRAWN, Incident.Status.MERGED):
            return [f"It is {self.incident.get_status_display().lower()}: restore it first."]
        found = [item.message for item in self.preview.missing]
        if not self.preview.has_changes:
            found.append("Nothing has changed since the last edition.")
        return found

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        # From here on nobody changes its claims: the services lock the incident too.
        Incident.objects.select_for_update(of=("self",)).get(pk=self.incident.pk)
        if form.cleaned_data["shown"] != self.preview.digest:
            form.refuse(self.preview.digest)
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, form: Any) -> str:
        edition = curation.publish(self.incident, by=self.editor, note=form.cleaned_data["note"])
        return f"Published {self.incident.code} {edition}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "preview": self.preview}
