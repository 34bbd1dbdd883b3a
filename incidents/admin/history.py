"""The page of an incident's history, under the button that Django's admin has for it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from archive import history as histories
from archive import withheld
from archive.admin import history_page
from archive.history import ToldChange
from archive.history.entries import Mask
from archive.intake.withholding import PERMISSION as MAY_SEE_WITHHELD
from archive.models import User
from incidents import history
from incidents.models import Incident
from incidents.terms import Status


def history_of(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    """What the page shows; the queries do not grow with the history."""
    mask = mask_for(request.user, incident)
    may_restore = incident.status != Status.MERGED and request.user.has_perm("incidents.change_incident")
    return {
        **history_page.context(request, history.lines_of(incident), mask=mask),
        "shown_name": mask(str(incident)),
        "restore_url": reverse("admin:incidents_incident_restore_state", args=[incident.pk]) if may_restore else "",
    }


def mask_for(user: Any, incident: Incident) -> Mask:
    """What a reader without the right to withhold sees of words that are withheld."""
    words = [] if user.has_perm(MAY_SEE_WITHHELD) else history.words_about(incident)
    return (lambda text: withheld.masked(text, words)) if words else history_page.as_it_is


def done_since(incident: Incident, moment: datetime, *, to: User) -> list[ToldChange]:
    """What was done since then, the newest first."""
    return histories.told_after(history.lines_of(incident), moment, mask=mask_for(to, incident))
