"""What editors did with an incident as a whole, said to each other about it, and answered to warnings, as entries."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.history import Entry
from incidents.models import Comment, EditorialEvent, Incident, PairVerdict, WarningAnswer
from incidents.terms import Action

ACTS: Mapping[str, Any] = {
    Action.CREATED: pgettext_lazy("an incident", "made"),
    Action.SUBMITTED: gettext_lazy("submitted for review"),
    Action.SENT_BACK: gettext_lazy("sent back"),
    Action.PUBLISHED: pgettext_lazy("an incident", "published"),
    Action.WITHDRAWN: pgettext_lazy("an incident", "withdrawn"),
    Action.RESTORED: pgettext_lazy("an incident", "restored"),
    Action.MERGED: gettext_lazy("merged into %(code)s"),
    Action.SPLIT: gettext_lazy("split: claims went to %(code)s"),
    Action.SHOWN_OTHERWISE: gettext_lazy("readers see it otherwise: what a report or a facility lets out has changed"),
}
# What was done with another incident, and this one had a part in it.
BESIDE: Mapping[str, Any] = {
    Action.MERGED: gettext_lazy("%(code)s was merged into it"),
    Action.RESTORED: gettext_lazy("%(code)s was restored: what had come from there went back"),
    Action.SPLIT: gettext_lazy("claims came from %(code)s, which was split"),
}


def teller(incident: Incident) -> Callable[[EditorialEvent], Entry]:
    def tell(event: EditorialEvent) -> Entry:
        is_ours = event.incident_id == incident.pk
        code = event.incident.code if not is_ours else event.other.code if event.other else ""
        words = ACTS[event.action] if is_ours else BESIDE.get(event.action, ACTS[event.action])
        number = event.edition_number
        what = _("edition %(number)s") % {"number": number} if number else _("incident")
        href = reverse("edition", args=[event.incident.code, number]) if number else ""
        return Entry("review", what, str(words) % {"code": code}, reason=event.reason, href=href, link=_("Read it"))

    return tell


def told_apart(incident: Incident) -> Callable[[PairVerdict], Entry]:
    def tell(row: PairVerdict) -> Entry:
        other = row.pair.later if row.pair.earlier_id == incident.pk else row.pair.earlier
        action = _("not the same attack as %(code)s") % {"code": other.code}
        return Entry("pair", _("incident"), action, reason=row.reason)

    return tell


def commented(row: Comment) -> Entry:
    action = _("resolved") if row.resolves else _("answered") if row.thread_id else _("said")
    about = row.claim.public_id if row.claim else ""
    return Entry("comment", _("comment"), action, about, reason=row.text)


def answered(row: WarningAnswer) -> Entry:
    return Entry("warning", _("warning"), _("kept as it is"), reason=f"{row.warning} {row.reason}")
