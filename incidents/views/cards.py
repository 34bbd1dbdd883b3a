"""Cards as PNG: what previews show of an address that is shared."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import exports
from archive.web import pixels
from incidents.cards import of_pages
from incidents.cards.card import Card
from incidents.lists.chart.filters import read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import PublishedIncident
from incidents.views import frames
from incidents.views.incident_list import cached
from incidents.views.record_resolver import edition_of, of_record
from incidents.views.visible_editions import VisibleEditions


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    return drawn(of_pages.of_site())


@require_safe
@of_record("card", machine=True)
def edition_card(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponseBase:
    """Draw what readers may see of one edition today. The page of the current one shares that of its number."""
    seen = VisibleEditions.of(row, edition_of(row, number))
    [content] = seen.contents
    return seen.answer(request, lambda: drawn(of_pages.of_record(content)))


@require_safe
@cached
def list_card(request: HttpRequest) -> HttpResponseBase:
    filters = read_incidents(request.GET)
    return exports.refusal(filters) or drawn(of_pages.of_list(IncidentListing(filters)))


@require_safe
@cached
def map_card(request: HttpRequest) -> HttpResponseBase:
    filters = read_incidents(request.GET)
    if refused := exports.refusal(filters):
        return refused
    listing = IncidentListing(filters)
    return drawn(of_pages.of_list(listing, title=frames.map_title(listing)))


@require_safe
@cached
def chart_card(request: HttpRequest) -> HttpResponseBase:
    listing = ChartListing(read_chart(request.GET))
    listing.is_readable  # noqa: B018 (looks at its size, too)
    return exports.refusal(listing.filters) or drawn(of_pages.of_chart(listing))


def drawn(card: Card) -> HttpResponse:
    try:
        picture = pixels.png(render_to_string("cards/card.svg", {"card": card}))
    except pixels.NoFontError:
        said = _("This server has no fonts to draw pictures with.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture, content_type="image/png")
