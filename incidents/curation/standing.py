"""Whether an incident stands: withdrawing it, and bringing back what was withdrawn, merged or split off."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from archive.locking import StaleRowError, acting
from archive.models import User
from incidents.curation.acting import locked, locked_open, record_event, required
from incidents.curation.carrying import carried_by, changed_since, obstacles, put_back, put_identifiers_back
from incidents.curation.moving import move
from incidents.curation.passage_citations import latest
from incidents.errors import CurationError
from incidents.models import Claim, EditorialEvent, Incident
from incidents.terms import CLOSED, Action, Status


def withdraw(incident: Incident, *, by: User | None, reason: str, seen: int | None = None) -> Incident:
    """Take an incident away from readers, who are told when and why; a draft is put aside.

    Raises `InvalidError` (no reason), `ClosedIncidentError`, and `StaleRowError` as `publish` does.
    """
    reason = required("reason", reason)
    with acting(by):
        current = locked_open(incident, seen)
        move(current, Status.WITHDRAWN, closed_at=timezone.now(), reason=reason)
        record_event(current, Action.WITHDRAWN, by=by, reason=reason)
    return current


def restore(incident: Incident, *, by: User | None, reason: str, seen: int | None = None) -> Incident:
    """Bring a withdrawn or merged incident back as it was: published if it has an edition, else a draft.

    What a merge carried to the survivor comes back: the claims stand again as they were, what continued them there
    ends; what was claimed at the survivor besides stays there. Raises `CurationError` that says what is in the way,
    `InvalidError` (no reason) and `StaleRowError`.
    """
    reason = required("reason", reason)
    with acting(by):
        survivor = Incident.objects.values_list("merged_into", flat=True).get(pk=incident.pk)
        lock_in_order(incident.pk, survivor)
        current = locked(incident, seen)
        if current.status not in CLOSED:
            raise CurationError(gettext("%(code)s is neither withdrawn nor merged.") % {"code": current.code})
        if current.merged_into_id != survivor:
            raise StaleRowError(current)
        if blocking := restoring_obstacles(current):
            raise CurationError(" ".join(blocking))
        if (event := merging_event(current)) and current.merged_into:
            why = gettext("%(code)s was restored: %(reason)s") % {"code": current.code, "reason": reason}
            put_back(event, at=current.merged_into, reason=why)
            put_identifiers_back(event, at=current.merged_into, by=by, reason=why)
        record_event(current, Action.RESTORED, by=by, reason=reason, other=current.merged_into)
        move(current, Status.PUBLISHED if latest(current) else Status.DRAFT)
    return current


def lock_in_order(*pks: int | None) -> None:
    list(Incident.objects.select_for_update(of=("self",)).filter(pk__in=[pk for pk in pks if pk]).order_by("pk"))


def merging_event(incident: Incident) -> EditorialEvent | None:
    """The event by which a merged incident was merged; None when it is not."""
    if incident.status != Status.MERGED:
        return None
    return incident.editorial_events.filter(action=Action.MERGED).order_by("pk").last()


def restoring_obstacles(incident: Incident) -> list[str]:
    """Why a closed incident cannot be restored now; empty when it can."""
    event, survivor = merging_event(incident), incident.merged_into
    if event is None or survivor is None or not event.transfers.exists():
        return []
    if survivor.status == Status.MERGED and survivor.merged_into:
        told = gettext("%(code)s was merged into %(other)s since: restore %(code)s first.")
        return [told % {"code": survivor.code, "other": survivor.merged_into.code}]
    return obstacles(event, survivor)


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What restoring a merged incident puts back: ``claims`` as they were; of these, those ``changed`` meanwhile."""

    claims: list[Claim]
    changed: list[Claim]


def plan_return(incident: Incident) -> ReturnPlan | None:
    """What `restore` would put back; None where a merge carried nothing."""
    event = merging_event(incident)
    claims = [claim for claim, _ in carried_by(event)] if event else []
    return ReturnPlan(claims, changed_since(event)) if event and claims else None
