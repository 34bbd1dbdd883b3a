"""Charts: a list through time, as a page and as files. They take the parameters of the list, and how it is drawn."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from archive import exports
from archive.lists.tidy import tidied
from incidents.lists.chart.filters import ChartFilters, read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.chart.rows import COLUMNS, records
from incidents.lists.chart.sheet import Sheet
from incidents.views import frames, picture_files
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
    return picture_files.refusal(listing) or picture_files.svg(drawing(listing), "chart", listing)


@require_safe
@cached
def chart_png(request: HttpRequest) -> HttpResponseBase:
    listing = ChartListing(read_chart(request.GET))
    if refused := picture_files.refusal(listing):
        return refused
    return picture_files.png(drawing(listing), "chart", listing)


@require_safe
@cached
def chart_csv(request: HttpRequest) -> HttpResponseBase:
    options = exports.CsvOptions(request.GET)
    listing = ChartListing(read_chart(options.rest))
    if refused := picture_files.refusal(listing, options):
        return refused
    made = exports.csv_file("chart.csv", COLUMNS, records(listing.chart), is_marked=options.is_marked)
    return exports.with_readings(made, listing.filters)


def drawing(listing: ChartListing) -> str:
    return render_to_string("incidents/chart.svg", {"sheet": Sheet(listing)})
