"""What other sites may show in a frame: an incident, current or as one edition, a chart, a map."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.web.framing import frameable
from incidents.formats.edition_document import permalink
from incidents.formats.licences import RECORDS
from incidents.formats.record_citations import canonical
from incidents.lists.chart.filters import read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import IncidentListing
from incidents.lists.map.filters import read_map
from incidents.lists.map.listing import MapListing
from incidents.models import Edition, PublishedIncident
from incidents.presentation import fact_sections
from incidents.record.whole import IncidentRecord
from incidents.terms import Aspect, State
from incidents.views.incident_list import cached
from incidents.views.record_resolver import edition_of, of_record
from incidents.views.visible_editions import VisibleEditions

WITHDRAWN = "embed/withdrawn.html"


@require_safe
@frameable
@of_record("embed_incident", withdrawn=WITHDRAWN)
def embed_incident(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """Show what is current."""
    return framed(request, row, row.edition, reverse("incident", args=[row.code]))


@require_safe
@frameable
@of_record("embed_edition", withdrawn=WITHDRAWN)
def embed_edition(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponseBase:
    """Show one edition, and whether it is still the newest."""
    return framed(request, row, edition_of(row, number), reverse("edition", args=[row.code, number]))


def framed(request: HttpRequest, row: PublishedIncident, edition: Edition, page: str) -> HttpResponseBase:
    seen = VisibleEditions.of(row, edition)
    [content] = seen.contents

    def make() -> HttpResponse:
        return render(request, "embed/incident.html", record_context(row, edition, content, page))

    return seen.answer(request, make, row.edition.number, row.edition.published_at)


def follows(section: fact_sections.Section) -> bool:
    """Whether it says nothing that the facilities in it do not say: the kinds of facility that follow from them."""
    return section.aspect == Aspect.FACILITY_TYPE and not section.quote_count and not section.judgement_count


def record_context(row: PublishedIncident, edition: Edition, content: IncidentRecord, page: str) -> dict[str, Any]:
    return {
        "content": content,
        "sections": [one for one in fact_sections.sections(content) if not follows(one)],
        "survivor": row.state == State.MERGED,
        "newer": row.edition if edition.number < row.edition.number else None,
        "page_url": page,
        "permalink": permalink(content),
        "canonical": canonical(content, newest=row.edition.number),
        "licence": RECORDS,
    }


@require_safe
@frameable
@cached
def embed_charts(request: HttpRequest) -> HttpResponse:
    """Draw what is published now: only editions are kept as they were, not lists of them."""
    return drawn(request, "embed/charts.html", "charts", ChartListing(read_chart(request.GET)))


@require_safe
@frameable
@cached
def embed_map(request: HttpRequest) -> HttpResponse:
    """Draw what is published now."""
    return drawn(request, "embed/map.html", "map", MapListing(read_map(request.GET)))


def drawn(request: HttpRequest, template: str, name: str, listing: IncidentListing) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    page = reverse(name) + (f"?{query}" if query else "")
    today = datetime.now(tz=UTC).date()
    return render(request, template, {"listing": listing, "page_url": page, "today": today, "licence": RECORDS})
