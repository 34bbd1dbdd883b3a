"""Carrying out what leads back to an earlier state, through the services that every other change goes through."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from archive.history.tracked import RESTORED, WHY
from archive.locking import acting
from archive.models import Passage, User
from incidents.curation import drafts, identifiers
from incidents.curation.acting import locked, required
from incidents.curation.claim_changes import CHANGEABLE, change_claim, remove_claims
from incidents.curation.claim_values import fields_of
from incidents.curation.earlier_states.of_claims import says
from incidents.curation.earlier_states.plan import FIELDS, SENTENCE, Plan, plan_state
from incidents.curation.earlier_states.steps import Act, Step
from incidents.curation.new_claims import make_claim
from incidents.curation.restoring import restore_claim
from incidents.errors import CurationError, DuplicateClaimError
from incidents.models import Claim, Incident

# Claims go before others come, so that none is there twice meanwhile.
ORDER = (Act.REMOVE, Act.CHANGE, Act.PUT_BACK, Act.ADD)


class ChangedPlanError(CurationError):
    """Restoring would do something else by now than what was shown."""

    def __init__(self) -> None:
        super().__init__(_("It has changed since this page was shown: look at it again."))


def restore_state(incident: Incident, *, by: User, reason: str, to: str, only: str = "", seen: str) -> Plan:
    """Let an incident, or one row of it, say again what it said after a change; return what was done.

    ``to`` and ``only`` as in `plan_state`; ``seen`` is the digest of the plan that the editor was shown. All of it is
    done or nothing, as a new change with ``reason``; published claims are replaced, as ever. Raises `InvalidError` (no
    reason), `ChangedPlanError`, `PermissionDenied`, and `CurationError` that says what is in the way.
    """
    reason = required("reason", reason, _("Say why it is restored: the history keeps it."))
    foreseen = plan_state(incident, to=to, only=only)
    if foreseen is None:
        raise ChangedPlanError
    with pghistory.context(**{WHY: reason, RESTORED: foreseen.at.isoformat()}), acting(by):
        for pk in sorted(foreseen.incidents):
            locked(Incident(pk=pk))
        plan = plan_state(Incident.objects.get(pk=incident.pk), to=to, only=only)
        if plan is None or plan.digest != seen or not plan.incidents <= foreseen.incidents:
            raise ChangedPlanError
        if plan.lacks_right(by):
            raise PermissionDenied
        if plan.obstacles:
            raise CurationError(" ".join(plan.obstacles))
        carry_out(plan, by, reason)
    return plan


def carry_out(plan: Plan, by: User, reason: str) -> None:
    for act in ORDER:
        todo = [step for step in plan.steps if step.act == act]
        while todo:
            todo = try_each(todo, plan.incident, by, reason)


def try_each(steps: Iterable[Step], incident: Incident, by: User, reason: str) -> list[Step]:
    """Do what can be done now; return the rest, which another step has to make room for.

    Raises `DuplicateClaimError` when none could be done.
    """
    waiting: list[Step] = []
    refusal: DuplicateClaimError | None = None
    done = 0
    for step in steps:
        try:
            with transaction.atomic():
                DOING[step.kind](step, incident, by, reason)
            done += 1
        except DuplicateClaimError as error:
            refusal = error
            waiting.append(step)
    if refusal is not None and not done:
        raise refusal
    return waiting


def incident_step(step: Step, incident: Incident, by: User, reason: str) -> None:
    changes = {name: getattr(step.then, name) for name in FIELDS}
    drafts.change_incident(incident, by=by, seen=step.now.lock_version, **changes)


def claim_step(step: Step, incident: Incident, by: User, reason: str) -> None:
    match step.act:
        case Act.REMOVE:
            remove_claims([(step.now, step.now.lock_version)], by=by, reason=reason)
        case Act.ADD:
            make_claim(by=by, **{**said_then(step.then), "incident": incident})
        case Act.CHANGE:
            say_again(step.now, step.then, incident, by, reason)
        case Act.PUT_BACK:
            claim = restore_claim(step.now, by=by, seen=step.now.lock_version)
            if says(claim) != says(step.then):
                say_again(claim, step.then, incident, by, reason)


def say_again(claim: Claim, then: Any, incident: Incident, by: User, reason: str) -> None:
    changes = {**said_then(then), "incident": incident}
    change_claim(claim, by=by, seen=claim.lock_version, reason=reason, **changes)


def said_then(then: Any) -> dict[str, Any]:
    """What an event of a claim says, as the services take it."""
    return {name: getattr(then, name) for name in (*CHANGEABLE, *fields_of(then.aspect))}


def sentence_step(step: Step, incident: Incident, by: User, reason: str) -> None:
    if step.act == Act.REMOVE:
        drafts.remove_sentence(step.now, by=by, seen=step.now.lock_version)
        return
    said = {name: getattr(step.then, name) for name in SENTENCE}
    passages = list(Passage.objects.filter(public_id__in=step.then.cited))
    if step.act == Act.ADD:
        drafts.add_sentence(incident, by=by, passages=passages, **said)
    else:
        drafts.change_sentence(step.now, by=by, seen=step.now.lock_version, passages=passages, **said)


def identifier_step(step: Step, incident: Incident, by: User, reason: str) -> None:
    if step.act == Act.ADD:
        identifiers.add_identifier(incident, by=by, scheme=step.then.scheme, value=step.then.value)
    else:
        identifiers.end_identifier(step.now, by=by, seen=step.now.lock_version, reason=reason)


DOING: Mapping[str, Callable[[Step, Incident, User, str], None]] = {
    "incident": incident_step,
    "claim": claim_step,
    "sentence": sentence_step,
    "identifier": identifier_step,
}
