"""The page of an incident, of each of its editions, and of what changed between them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.reported_errors import shown_answers
from archive.terms import Spoken
from archive.web.citations import linked
from incidents.formats.edition_document import permalink
from incidents.formats.record_citations import citing
from incidents.lists.related import Related
from incidents.maps import small
from incidents.models import Edition, Incident, PublishedIncident
from incidents.presentation import fact_sections as record_page
from incidents.presentation.changes import changes_between, note_of
from incidents.presentation.reports import cited_reports, known_as, summary_sentences
from incidents.record.whole import IncidentRecord
from incidents.terms import State
from incidents.views import frames
from incidents.views.record_resolver import edition_of, links_of, merged_records, of_record
from incidents.views.visible_editions import VisibleEditions

UNFOLDED_QUOTES = 6  # with more, a telephone shows the evidence folded by aspect


@require_safe
@of_record("incident")
def incident(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """Show the current edition."""
    seen = VisibleEditions.of(row, row.edition)
    content = seen.contents[0]
    merged_from, links = merged_records(row), links_of(row)

    def make() -> HttpResponse:
        return page(request, row, row.edition, content, content, merged_from=merged_from, related=Related(row, links))

    state = (told(merged_from), row.listed_at, links)  # type: ignore[attr-defined]
    return seen.since(listed_at(row)).answer(request, make, *state)


def listed_at(row: PublishedIncident) -> datetime:
    """When what lists show last changed, and with it what is related to an incident."""
    return datetime.fromtimestamp((row.listed_at or 0) / 1_000_000, tz=UTC)  # type: ignore[attr-defined]


@require_safe
@of_record("edition")
def edition(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponseBase:
    """Show one edition as it was published; above it, whether a newer one exists and what has changed since."""
    shown = edition_of(row, number)
    seen = VisibleEditions.of(row, shown, row.edition)
    content, newest = seen.contents
    return seen.answer(request, lambda: page(request, row, shown, content, newest))


def told(merged_from: list[Incident]) -> list[tuple[Any, ...]]:
    """What a page says of the records that were merged into its own, for caches."""
    return [(one.code, one.closed_at, one.closed_reason) for one in merged_from]


def page(
    request: HttpRequest,
    row: PublishedIncident,
    edition: Edition,
    content: IncidentRecord,
    newest: IncidentRecord,
    *,
    merged_from: Sequence[Incident] = (),
    related: Related | None = None,
) -> HttpResponse:
    cited = citing(content, newest=row.edition.number)
    sections = record_page.sections(content)
    context: dict[str, Any] = {
        "row": row,
        "edition": edition,
        "content": content,
        "sections": sections,
        "folds_evidence": sum(section.quote_count for section in sections) > UNFOLDED_QUOTES,
        "summary": summary_sentences(content),
        "reports": cited_reports(content),
        "known_as": known_as(content),
        "permalink": permalink(content),
        "small_map": small.of_record(content),
        "citing": cited,
        "merged_from": merged_from,
        "frames": frames.both_of_record(content),
        "related": related,
    }
    if row.state == State.MERGED:
        context["survivor"] = row.incident.merged_into
    elif edition.number < row.edition.number:
        context["newer"] = row.edition
        context["changes"] = changes_between(content, newest)
    return linked(render(request, "incidents/incident.html", context), cited.links)


@require_safe
@of_record("changes")
def changes(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """List every edition, newest first, with what it changed; and the incidents that were merged into this one."""
    editions = list(Edition.objects.filter(incident_id=row.pk))
    merged_from = merged_records(row)
    seen = VisibleEditions.of(row, *editions)
    codes = [row.code, *(one.code for one in merged_from)]
    answered = shown_answers((Spoken.INCIDENT, code) for code in codes)

    def make() -> HttpResponse:
        context = {
            "row": row,
            "content": seen.contents[-1],
            "history": history(editions, seen.contents),
            "merged_from": merged_from,
            "answered": answered,
        }
        return render(request, "incidents/changes.html", context)

    return seen.since(*(one.answered_at for one in answered)).answer(request, make, told(merged_from), answered)


def history(editions: list[Edition], contents: list[IncidentRecord]) -> list[dict[str, Any]]:
    """Return the editions, newest first, each with what it changed in the one before."""
    before: list[IncidentRecord | None] = [None, *contents[:-1]]
    entries = [
        {"edition": edition, "note": note_of(content), "changes": changes_between(older, content) if older else []}
        for edition, content, older in zip(editions, contents, before, strict=True)
    ]
    return entries[::-1]
