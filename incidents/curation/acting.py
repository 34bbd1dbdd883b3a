"""What every service does around its work: the incident locked, and what was done to it written down."""

from collections.abc import Iterable

from django.utils.translation import gettext

from archive import locking
from archive.models import User
from incidents.errors import ClosedIncidentError, InvalidError
from incidents.models import EditorialEvent, Incident
from incidents.terms import CLOSED, Status


def locked(incident: Incident, seen: int | None = None) -> Incident:
    """Return the incident as it is now, locked until the transaction ends: editors of one incident take turns.

    Raises `archive.locking.StaleRowError` when ``seen`` is given and is not its ``lock_version`` any more.
    """
    if seen is not None:
        return locking.lock_row(Incident, incident.pk, seen=seen)
    return Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)


def locked_unmerged(incident: Incident, seen: int | None = None) -> Incident:
    """As `locked`; raises `ClosedIncidentError` when it is merged. A withdrawn one may be mended and restored."""
    current = locked(incident, seen)
    if current.status == Status.MERGED:
        raise ClosedIncidentError(current)
    return current


def locked_all_unmerged(pks: Iterable[int]) -> None:
    """Lock several incidents in the order of their keys, so that two editors never wait for each other.

    Raises `ClosedIncidentError` when one of them is merged.
    """
    for pk in sorted(pks):
        locked_unmerged(Incident(pk=pk))


def locked_open(incident: Incident, seen: int | None = None) -> Incident:
    """As `locked`; raises `ClosedIncidentError` when it is withdrawn or merged."""
    current = locked(incident, seen)
    if current.status in CLOSED:
        raise ClosedIncidentError(current)
    return current


def required(field: str, value: str, message: str = "") -> str:
    """Return the text without white space around it; raises `InvalidError` when nothing is left."""
    if not value.strip():
        raise InvalidError({field: message or gettext("This must be filled in: readers see it.")})
    return value.strip()


def record_event(
    incident: Incident,
    action: str,
    *,
    by: User | None,
    reason: str = "",
    edition_number: int | None = None,
    other: Incident | None = None,
    made_other: bool = False,
) -> EditorialEvent:
    """Write what was done and why into the append-only table of events."""
    return EditorialEvent.objects.create(
        incident=incident,
        action=action,
        reason=reason,
        edition_number=edition_number,
        other=other,
        made_other=made_other,
        by=by,
    )
