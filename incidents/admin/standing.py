"""Withdrawing, restoring and merging an incident."""

from typing import Any

from archive.admin.guarding import VERSION
from incidents import curation
from incidents.admin.confirming import ConfirmView, ReasonForm
from incidents.desk.pickers import PickerField
from incidents.errors import MergeError
from incidents.terms import CLOSED


class WithdrawView(ConfirmView):
    heading = "Withdraw"
    verb = "Withdraw it"
    explanation = (
        "Readers will find a page at its address that gives today's date and the reason; lists, search and exports "
        "leave it out. Its editions are kept. A draft is put aside. It can be restored."
    )
    is_grave = True

    @property
    def obstacles(self) -> list[str]:
        status = self.incident.get_status_display().lower()
        return [f"It is {status} already."] if self.incident.status in CLOSED else []

    def act(self, form: Any) -> str:
        curation.withdraw(
            self.incident, by=self.editor, reason=form.cleaned_data["reason"], seen=form.cleaned_data[VERSION]
        )
        return f"{self.incident.code} is withdrawn."


class RestoreView(ConfirmView):
    heading = "Restore"
    verb = "Restore it"
    explanation = "It becomes again what it was: published, if it has an edition, or else a draft."

    @property
    def obstacles(self) -> list[str]:
        return [] if self.incident.status in CLOSED else ["It is neither withdrawn nor merged."]

    def act(self, form: Any) -> str:
        restored = curation.restore(
            self.incident, by=self.editor, reason=form.cleaned_data["reason"], seen=form.cleaned_data[VERSION]
        )
        return f"{restored.code} is {restored.get_status_display().lower()} again."


class MergeForm(ReasonForm):
    survivor = PickerField("incident", label="The incident that stays", required=True)
    field_order = ["survivor", "reason"]


class MergeView(ConfirmView):
    template_name = "admin/incident_action.html"
    form_class = MergeForm
    heading = "Merge into another"
    verb = "Merge it"
    explanation = (
        "Say that this is the same attack as another. Readers of this one's address are sent to the other, for ever; "
        "its claims and editions stay here. It can be restored."
    )
    is_grave = True

    @property
    def obstacles(self) -> list[str]:
        status = self.incident.get_status_display().lower()
        return [f"It is {status} already."] if self.incident.status in CLOSED else []

    def act(self, form: Any) -> str:
        try:
            survivor = curation.merge(
                self.incident,
                into=form.cleaned_data["survivor"],
                by=self.editor,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data[VERSION],
            )
        except MergeError as refusal:
            raise MergeError(f"{refusal} Choose another, or publish that one first.") from refusal
        return f"{self.incident.code} is merged into {survivor.code}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "needs_scripts": True}
