"""Dividing the work on incidents: who has which, and by which words they are sorted."""

from collections.abc import Collection, Iterable

from archive.locking import acting
from archive.models import User
from archive.work import cleaned_tag
from incidents.models import Incident, IncidentAssignment, IncidentTag


def assign_incidents(incidents: Collection[int], *, to: User | None, by: User) -> None:
    """Give incidents (their keys) to somebody, or to nobody; whoever had them has them no more."""
    rows = Incident.objects.select_for_update(of=("self",)).filter(pk__in=incidents).order_by("pk")
    with acting(by):
        found = [incident.pk for incident in rows.only("pk")]
        IncidentAssignment.objects.filter(incident__in=found).delete()
        if to is not None:
            given = [IncidentAssignment(incident_id=pk, user=to, by=by) for pk in found]
            IncidentAssignment.objects.bulk_create(given)


def tag_incidents(incidents: Collection[int], *, name: str, by: User) -> None:
    """Sort incidents by a word; those that have it keep it. Raises `archive.work.WorkError`."""
    tag = cleaned_tag(name)
    rows = [IncidentTag(incident_id=pk, name=tag, by=by) for pk in incidents]
    with acting(by):
        IncidentTag.objects.bulk_create(rows, ignore_conflicts=True)


def untag_incidents(incidents: Collection[int], *, name: str, by: User) -> None:
    with acting(by):
        IncidentTag.objects.filter(incident__in=incidents, name=cleaned_tag(name)).delete()


def incident_tags(limit: int = 200) -> Iterable[str]:
    return IncidentTag.objects.order_by("name").values_list("name", flat=True).distinct()[:limit]
