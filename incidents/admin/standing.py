"""Withdrawing an incident, and restoring one that was withdrawn or merged."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import VERSION
from incidents import curation
from incidents.admin.confirming import ConfirmView
from incidents.terms import CLOSED


class WithdrawView(ConfirmView):
    permission = "incidents.withdraw_incident"  # in an emergency nobody waits for a reviewer
    heading = _("Withdraw")
    verb = _("Withdraw it")
    explanation = _(
        "Readers will find a page at its address that gives today's date and the reason; lists, search and exports "
        "leave it out. Its editions are kept. A draft is put aside. It can be restored."
    )
    is_grave = True

    @property
    def obstacles(self) -> list[str]:
        status = str(self.incident.get_status_display()).lower()
        told = gettext("It is %(status)s already.") % {"status": status}
        return [told] if self.incident.status in CLOSED else []

    def act(self, form: Any) -> str:
        curation.withdraw(
            self.incident, by=self.editor, reason=form.cleaned_data["reason"], seen=form.cleaned_data[VERSION]
        )
        return gettext("%(code)s is withdrawn.") % {"code": self.incident.code}


class RestoreView(ConfirmView):
    template_name = "admin/incident_restore.html"
    heading = _("Restore")
    verb = _("Restore it")
    explanation = _("It becomes again what it was: published, if it has an edition, or else a draft.")

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status not in CLOSED:
            return [gettext("It is neither withdrawn nor merged.")]
        return curation.restoring_obstacles(self.incident)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = {"return_plan": curation.plan_return(self.incident), "survivor": self.incident.merged_into}
        return {**super().get_context_data(**kwargs), **plan}

    def act(self, form: Any) -> str:
        restored = curation.restore(
            self.incident, by=self.editor, reason=form.cleaned_data["reason"], seen=form.cleaned_data[VERSION]
        )
        status = str(restored.get_status_display()).lower()
        return gettext("%(code)s is %(status)s again.") % {"code": restored.code, "status": status}
