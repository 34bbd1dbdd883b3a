"""From drafts to what readers see, and back: publishing, withdrawing, restoring, merging."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from archive.locking import StaleRowError, acting
from archive.models import User
from incidents.curation.acting import locked, locked_open, record_event, required
from incidents.curation.current_facts import facts_of, missing_in
from incidents.curation.passage_citations import cite, latest
from incidents.curation.published_rows import refresh_rows
from incidents.curation.warning import settle
from incidents.errors import ClosedIncidentError, CurationError, MergeError, NothingChangedError, NotReadyError
from incidents.evidence import gather
from incidents.models import Edition, Incident
from incidents.record.whole import IncidentRecord
from incidents.record.writing import content_of, digest
from incidents.terms import CLOSED, Action, Status

# What two editions may differ in and still say the same.
CIRCUMSTANCES = ("version", "published_at", "note")


def publish(
    incident: Incident,
    *,
    by: User | None,
    note: str,
    seen: int | None = None,
    kept: Mapping[str, str] | None = None,
) -> Edition:
    """Make the next edition of what the claims say now, with a public note on what is new.

    ``kept`` answers warnings that stand: their keys, and why it is right as it is (never public). Raises
    `UnansweredError` (lists the warnings that nobody answered), `NotReadyError` (lists what is missing),
    `NothingChangedError`, `ClosedIncidentError`, `InvalidError` (no note), and `archive.locking.StaleRowError` when
    ``seen`` is not the incident's `lock_version` any more.
    """
    note = required("note", note)
    with acting(by):
        current = locked_open(incident, seen)
        evidence = gather(current)
        if lacking := missing_in(evidence):
            raise NotReadyError(lacking)
        before = latest(current)
        number = before.number + 1 if before else 1
        now = timezone.now()
        facts = facts_of(evidence)
        content = content_of(evidence, facts, number=number, published_at=now, note=note)
        if before and says(before.content) == says(content):
            raise NothingChangedError(before.number)
        settle(current, evidence, facts, by=by, reasons=kept or {})
        edition = Edition.objects.create(
            incident=current,
            number=number,
            published_at=now,
            published_by=by,
            note=note,
            content=content,
            sha256=digest(content),
        )
        move(current, Status.PUBLISHED)
        record_event(current, Action.PUBLISHED, by=by, reason=note, edition_number=number)
    return edition


def says(content: IncidentRecord) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in CIRCUMSTANCES}


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
    """Bring a withdrawn or merged incident back as it was: published if it has an edition, else a draft."""
    reason = required("reason", reason)
    with acting(by):
        current = locked(incident, seen)
        if current.status not in CLOSED:
            raise CurationError(f"{current.code} is neither withdrawn nor merged.")
        record_event(current, Action.RESTORED, by=by, reason=reason, other=current.merged_into)
        move(current, Status.PUBLISHED if latest(current) else Status.DRAFT)
    return current


def merge(incident: Incident, *, into: Incident, by: User | None, reason: str, seen: int | None = None) -> Incident:
    """Say that two incidents are the same attack: readers of ``incident`` are sent to ``into``, or to where that was
    merged itself. Return the survivor. Claims stay where they are.

    Raises `MergeError` when the survivor would be the incident itself, is withdrawn, or is not published while the
    incident is; `ClosedIncidentError`; `InvalidError` (no reason); `StaleRowError` as `publish` does.
    """
    reason = required("reason", reason)
    with acting(by):
        survivor = survivor_of(into)
        # In the order of their keys, so that two merges never wait for each other.
        rows = {
            row.pk: row
            for row in Incident.objects.select_for_update(of=("self",))
            .filter(pk__in=[incident.pk, survivor.pk])
            .order_by("pk")
        }
        current, survivor = rows[incident.pk], rows[survivor.pk]
        if seen is not None and current.lock_version != seen:
            raise StaleRowError(current)
        if current.status in CLOSED:
            raise ClosedIncidentError(current)
        refuse_merge(current, survivor)
        move(current, Status.MERGED, closed_at=timezone.now(), reason=reason, into=survivor)
        record_event(current, Action.MERGED, by=by, reason=reason, other=survivor)
    return survivor


def survivor_of(incident: Incident) -> Incident:
    """Follow merges to the incident that still stands; one that was never merged is its own."""
    while incident.merged_into is not None:
        incident = incident.merged_into
    return incident


def refuse_merge(incident: Incident, survivor: Incident) -> None:
    if survivor.pk == incident.pk:
        raise MergeError("An incident cannot be merged into itself.")
    if survivor.status in CLOSED:
        raise MergeError(f"{survivor.code} is {survivor.get_status_display().lower()}.")
    if incident.status == Status.PUBLISHED and survivor.status != Status.PUBLISHED:
        raise MergeError(f"{survivor.code} is not published: readers of {incident.code} would find nothing.")


def move(
    incident: Incident,
    status: str,
    *,
    closed_at: datetime | None = None,
    reason: str = "",
    into: Incident | None = None,
) -> None:
    """Change the status and all that readers' lists and passages say of it."""
    incident.status = status
    incident.closed_at = closed_at
    incident.closed_reason = reason
    incident.merged_into = into
    incident.save(update_fields=["status", "closed_at", "closed_reason", "merged_into", "updated_at"])
    refresh_rows([incident.pk])
    cite(incident)
