"""A list as pictures, each with its table: the map and the timeline. They take the parameters of the list."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from archive.lists.tidy import tidied
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.lists.map.filters import MapFilters, read_map
from incidents.lists.map.listing import MapListing
from incidents.lists.map.sheet import Sheet
from incidents.views import frames, picture_files
from incidents.views.incident_list import cached


@require_safe
@tidied(MapFilters)
@cached
def town_map(request: HttpRequest) -> HttpResponse:
    listing = MapListing(read_map(request.GET))
    context = {"listing": listing, "frames": [frames.of_map(listing)] if listing.is_readable else []}
    return render(request, "incidents/map.html", context)


@require_safe
@cached
def map_svg(request: HttpRequest) -> HttpResponseBase:
    listing = MapListing(read_map(request.GET))
    return picture_files.refusal(listing) or picture_files.svg(drawing(listing), "map", listing)


@require_safe
@cached
def map_png(request: HttpRequest) -> HttpResponseBase:
    listing = MapListing(read_map(request.GET))
    return picture_files.refusal(listing) or picture_files.png(drawing(listing), "map", listing)


def drawing(listing: MapListing) -> str:
    return render_to_string("incidents/map.svg", {"sheet": Sheet(listing)})


@require_safe
@tidied(IncidentFilters)
@cached
def timeline(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/timeline.html", {"listing": IncidentListing(read_incidents(request.GET))})
