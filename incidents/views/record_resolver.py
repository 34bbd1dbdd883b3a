"""What an incident's address answers: its record, another address, a tombstone, or nothing.

A draft answers as what never existed. A merged incident sends its readers on for ever, in every format; its editions
stay where they were cited. A withdrawn one says when and why.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from archive.models import Stamp
from incidents import curation
from incidents.formats import shown_links
from incidents.models import Edition, Incident, IncidentLink, PublishedIncident
from incidents.record.links import LinkRecord
from incidents.record.same_attack import reasons_seen
from incidents.terms import State

View = Callable[..., HttpResponseBase]
WITHDRAWN = "incidents/withdrawn.html"


def of_record(name: str, *, machine: bool = False, withdrawn: str = WITHDRAWN) -> Callable[[View], View]:
    """Give a view its `PublishedIncident` in place of the code, or answer for it.

    ``name`` is the view's URL name, ``withdrawn`` the template that says that a record is gone.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
            row = find(code)
            if row.state == State.WITHDRAWN:
                return tombstone(request, row.incident, "" if machine else withdrawn)
            if row.state == State.MERGED and "number" not in kwargs:
                return moved(request, name, curation.survivor_of(row.incident).code, **kwargs)
            if row.code != code:
                return moved(request, name, row.code, **kwargs)
            return view(request, row, **kwargs)

        return answer

    return decorate


def find(code: str) -> PublishedIncident:
    """Return what was ever published under this code, in capitals or not; Http404 otherwise.

    ``has_merged`` says whether others were merged into it, ``has_links`` whether editors linked others to it itself,
    ``listed_at`` when lists last changed (`Stamp`).
    """
    merged = Incident.objects.filter(merged_into=OuterRef("pk"))
    links = IncidentLink.objects.standing().filter(Q(one=OuterRef("pk")) | Q(other=OuterRef("pk")))
    listed = Stamp.objects.filter(table=PublishedIncident._meta.db_table).values("value")
    known = PublishedIncident.objects.select_related("incident", "edition")
    rows = known.annotate(has_merged=Exists(merged), has_links=Exists(links), listed_at=Subquery(listed))
    row = rows.filter(code=code.lower()).first()
    if row is None:
        raise Http404
    with_reasons_seen([row.incident])
    return row


def with_reasons_seen(incidents: list[Incident]) -> list[Incident]:
    """Let closed incidents, which nobody saves, say why in the words that readers may see."""
    reasons = reasons_seen({one.code: one.closed_reason for one in incidents})
    for one in incidents:
        one.closed_reason = reasons[one.code]
    return incidents


def edition_of(row: PublishedIncident, number: int) -> Edition:
    """Return one edition of a record; Http404 where it has none of that number."""
    if number == row.edition.number:
        return row.edition
    edition = Edition.objects.filter(incident_id=row.pk, number=number).first()
    if edition is None:
        raise Http404
    return edition


def merged_records(row: PublishedIncident) -> list[Incident]:
    """What was once published and then merged into a record that `find` found, the first merged first."""
    if not row.has_merged:  # type: ignore[attr-defined]
        return []
    return with_reasons_seen([one for one in curation.merged_here(row.incident) if hasattr(one, "row")])


def links_of(row: PublishedIncident) -> list[LinkRecord]:
    """What readers see of the links of a record that `find` found: no query where it can have none."""
    if not (row.has_links or row.has_merged):  # type: ignore[attr-defined]
        return []
    return shown_links.links_of(row.incident)


def moved(request: HttpRequest, name: str, code: str, **kwargs: Any) -> HttpResponse:
    address = reverse(name, kwargs={"code": code, **kwargs})
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def tombstone(request: HttpRequest, incident: Incident, template: str) -> HttpResponse:
    """Answer 410 with the date and the public reason: as a page, or as JSON without a template."""
    if not template:
        closed_at = incident.closed_at.isoformat() if incident.closed_at else None
        gone = {
            "code": incident.code,
            "state": State.WITHDRAWN,
            "withdrawn_at": closed_at,
            "reason": incident.closed_reason,
        }
        return JsonResponse(gone, status=410)
    return render(request, template, {"incident": incident}, status=410)
