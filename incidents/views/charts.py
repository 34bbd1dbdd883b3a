"""Charts: a list through time, as a page and as files. They take the parameters of the list, and how it is drawn."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import exports
from archive.lists.tidy import tidied
from archive.web import pixels
from incidents.lists.chart.filters import ChartFilters, read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.chart.rows import COLUMNS, records
from incidents.lists.chart.sheet import Sheet
from incidents.views import frames
from incidents.views.incident_list import cached


@require_safe
@tidied(ChartFilters)
@cached
def chart(request: HttpRequest) -> HttpResponse:
    listing = ChartListing(read_chart(request.GET))
    context = {"listing": listing, "frames": [frames.of_chart(listing)] if listing.is_readable else []}
    return render(request, "incidents/charts.html", context)


@require_safe
@cached
def chart_svg(request: HttpRequest) -> HttpResponseBase:
    listing = ChartListing(read_chart(request.GET))
    return refusal(listing) or picture(drawing(listing), "image/svg+xml", "chart.svg", listing)


@require_safe
@cached
def chart_png(request: HttpRequest) -> HttpResponseBase:
    listing = ChartListing(read_chart(request.GET))
    if refused := refusal(listing):
        return refused
    try:
        drawn = pixels.png(drawing(listing))
    except pixels.NoFontError:
        said = _("This server has no fonts to draw pictures with. The same chart is there as SVG and CSV.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return picture(drawn, "image/png", "chart.png", listing)


@require_safe
@cached
def chart_csv(request: HttpRequest) -> HttpResponseBase:
    options = exports.CsvOptions(request.GET)
    listing = ChartListing(read_chart(options.rest))
    if refused := refusal(listing, options):
        return refused
    made = exports.csv_file("chart.csv", COLUMNS, records(listing.chart), is_marked=options.is_marked)
    return exports.with_readings(made, listing.filters)


def refusal(listing: ChartListing, options: exports.CsvOptions | None = None) -> HttpResponse | None:
    """What is wrong with the parameters, or with the size of what they ask for; None when all is well."""
    listing.is_readable  # noqa: B018 (looks at both)
    return exports.refusal(listing.filters, options)


def drawing(listing: ChartListing) -> str:
    return render_to_string("incidents/chart.svg", {"sheet": Sheet(listing)})


def picture(content: str | bytes, content_type: str, name: str, listing: ChartListing) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return exports.with_readings(response, listing.filters)
