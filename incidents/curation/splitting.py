"""One incident that turns out to be two attacks: chosen claims go to another incident, and back."""

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy

from archive import locking
from archive.locking import StaleRowError, acting
from archive.models import User
from incidents.curation.acting import record_event, required
from incidents.curation.carrying import carried_by, carry, changed_since, foresee, obstacles, put_back
from incidents.curation.drafts import create_incident
from incidents.curation.merging import locked_pair
from incidents.curation.standing import ReturnPlan, withdraw
from incidents.errors import ClosedIncidentError, CurationError, EndedClaimError, InvalidError, SplitError
from incidents.models import Claim, EditorialEvent, Incident
from incidents.terms import CLOSED, Action, Status

TAKEN_BACK = gettext_lazy("It was taken back already.")


def split(
    incident: Incident,
    *,
    claims: Sequence[tuple[Claim, int]],
    by: User | None,
    reason: str,
    working_title: str = "",
    into: Incident | None = None,
    seen: int | None = None,
) -> Incident:
    """Carry chosen claims, each with the `lock_version` that was shown, to a new draft, or to ``into``; return that.

    They end here, with the reason, and are continued there; editions of this incident keep them. `unite` takes it back.
    Raises `SplitError` when none or all of the claims of the incident are chosen or ``into`` is the incident itself,
    `EndedClaimError`, `ClosedIncidentError`, `StaleRowError` and `InvalidError` (no reason).
    """
    reason = required("reason", reason)
    with acting(by):
        other = into or create_incident(by=by, scope=incident.scope, working_title=working_title)
        if other.pk == incident.pk:
            raise SplitError(gettext("They are claims of this incident: choose another."))
        current, other = locked_pair(incident.pk, other.pk)
        if seen is not None and current.lock_version != seen:
            raise StaleRowError(current)
        for each in (current, other):
            if each.status in CLOSED:
                raise ClosedIncidentError(each)
        chosen = list({claim.pk: standing(claim, seen, current) for claim, seen in claims}.values())
        refuse_split(current, chosen)
        event = record_event(current, Action.SPLIT, by=by, reason=reason, other=other, made_other=into is None)
        why = gettext("Carried to %(code)s: %(reason)s") % {"code": other.code, "reason": reason}
        carry(foresee(chosen, other), to=other, event=event, by=by, reason=why)
    return other


def standing(claim: Claim, seen: int, incident: Incident) -> Claim:
    current = locking.lock_row(Claim, claim.pk, seen=seen)
    if current.ended_at is not None:
        raise EndedClaimError(current)
    if current.incident_id != incident.pk:
        raise StaleRowError(current)
    return current


def refuse_split(incident: Incident, chosen: Sequence[Claim]) -> None:
    if not chosen:
        raise SplitError(gettext("Choose the claims that speak of another attack."))
    if incident.claims.count() == len(chosen):
        raise SplitError(
            gettext("Some claims must stay. If all of them speak of another attack, merge the incident into it.")
        )


def every_split_of(incident: Incident) -> list[EditorialEvent]:
    """The splits that carried claims away from this incident, or to it, also those taken back; the newest first."""
    away = incident.editorial_events.filter(action=Action.SPLIT)
    here = EditorialEvent.objects.filter(action=Action.SPLIT, other=incident)
    return list((away | here).select_related("incident", "other").order_by("-pk"))


def splits_of(incident: Incident) -> list[EditorialEvent]:
    """As `every_split_of`, without those that were taken back."""
    return [event for event in every_split_of(incident) if is_in_force(event)]


def is_in_force(event: EditorialEvent) -> bool:
    """Whether the claims that it carried are still replaced by those that continue them."""
    return any(claim.superseded_by_id == successor.pk for claim, successor in carried_by(event))


def uniting_obstacles(event: EditorialEvent) -> list[str]:
    """Why a split cannot be taken back now; empty when it can."""
    other = event.other
    assert other is not None
    if not is_in_force(event):
        return [str(TAKEN_BACK)]
    closed = [row for row in (event.incident, other) if row.status in CLOSED]
    found = [str(ClosedIncidentError(row)) for row in closed]
    return found + obstacles(event, other)


def plan_uniting(event: EditorialEvent) -> ReturnPlan:
    """What `unite` would put back."""
    return ReturnPlan([claim for claim, _ in carried_by(event)], changed_since(event))


def unite(event: EditorialEvent, *, by: User | None, reason: str) -> Incident:
    """Take a split back: its claims stand again as they were, and end where they were carried. Return the incident.

    An incident that this split made, that was never published and has nothing left, is withdrawn.
    Raises `CurationError` that says what is in the way, and `InvalidError` (no reason).
    """
    reason = required("reason", reason)
    if event.action != Action.SPLIT or event.other is None:
        raise InvalidError({"event": gettext("This was no split.")})
    with acting(by):
        current, other = locked_pair(event.incident_id, event.other.pk)
        event.incident, event.other = current, other
        if not is_in_force(event):
            raise SplitError(str(TAKEN_BACK))
        if blocking := uniting_obstacles(event):
            raise CurationError(" ".join(blocking))
        why = gettext("Back to %(code)s: %(reason)s") % {"code": current.code, "reason": reason}
        put_back(event, at=other, reason=why)
        record_event(current, Action.RESTORED, by=by, reason=reason, other=other)
        is_empty = not other.claims.exists() and not other.summary.exists()
        if event.made_other and other.status == Status.DRAFT and is_empty:
            told = gettext("Its claims went back to %(code)s: %(reason)s")
            withdraw(other, by=by, reason=told % {"code": current.code, "reason": reason})
    return current
