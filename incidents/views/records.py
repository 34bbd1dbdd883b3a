"""The page of an incident, of each of its editions, and of what changed between them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from archive.localisation import localised
from archive.templatetags.pages import day
from incidents import records
from incidents.exports.documents import document_of
from incidents.models import Edition, Incident, PublishedIncident
from incidents.presentation import record as record_page
from incidents.presentation.changes import changes_between
from incidents.presentation.reports import cited_reports, summary_sentences
from incidents.views.doors import edition_of, of_record


@of_record("incident")
def incident(request: HttpRequest, row: PublishedIncident) -> HttpResponse:
    """Show the current edition."""
    content = records.redacted(row.edition.content)
    return render(request, "incidents/incident.html", page_of(row, row.edition, content))


@of_record("edition")
def edition(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponse:
    """Show one edition as it was published; above it, whether a newer one exists and what has changed since."""
    shown = edition_of(row, number)
    content, newest = records.redacted_all([shown.content, row.edition.content])
    context = page_of(row, shown, content)
    if row.state == PublishedIncident.State.MERGED:
        context["survivor"] = row.incident.merged_into
    elif number < row.edition.number:
        context["newer"] = row.edition
        context["changes"] = changes_between(content, newest)
    return render(request, "incidents/incident.html", context)


@of_record("changes")
def changes(request: HttpRequest, row: PublishedIncident) -> HttpResponse:
    """List every edition, newest first, with what it changed; and the incidents that were merged into this one."""
    editions = list(Edition.objects.filter(incident_id=row.pk))
    history: list[dict[str, Any]] = []
    before = None
    for one, content in zip(editions, records.redacted_all(one.content for one in editions), strict=True):
        history.append({"edition": one, "changes": changes_between(before, content) if before else []})
        before = content
    context = {
        "row": row,
        "content": before or {},
        "history": history[::-1],
        "merged_from": Incident.objects.filter(merged_into_id=row.pk, row__isnull=False).order_by("closed_at"),
    }
    return render(request, "incidents/changes.html", context)


@of_record("incident_json", machine=True)
def incident_json(request: HttpRequest, row: PublishedIncident) -> JsonResponse:
    """Give the current edition as JSON."""
    return as_json(row.edition)


@of_record("edition_json", machine=True)
def edition_json(request: HttpRequest, row: PublishedIncident, number: int) -> JsonResponse:
    """Give one edition as JSON."""
    return as_json(edition_of(row, number))


def as_json(edition: Edition) -> JsonResponse:
    return JsonResponse(document_of(edition), json_dumps_params={"ensure_ascii": False})


def page_of(row: PublishedIncident, edition: Edition, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "row": row,
        "edition": edition,
        "content": content,
        "sections": record_page.sections(content),
        "summary": summary_sentences(content),
        "reports": cited_reports(content),
        "permalink": permalink(content["code"], edition.number),
        "citation_line": newsroom_line(content),
    }


def newsroom_line(content: dict[str, Any]) -> str:
    """Return a plain citation that names the version and its date; the permalink follows it on the page."""
    return gettext("“%(title)s”, %(site)s, record %(code)s, version %(number)s, %(date)s.") % {
        "title": localised(content.get("title_en") or "", content.get("title_ar") or ""),
        "site": gettext(settings.SITE_NAME),
        "code": content["code"],
        "number": content["version"],
        "date": day(content["published_at"]),
    }


def permalink(code: str, number: int) -> str:
    """Return the whole address of an edition, the same whatever language the reader came in."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("edition", args=[code, number])
