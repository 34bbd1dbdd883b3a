"""A list as pictures, each with its table: the map and the timeline. They take the parameters of the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.lists.tidy import tidied
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.views import frames
from incidents.views.incident_list import cached


@require_safe
@tidied(IncidentFilters)
@cached
def town_map(request: HttpRequest) -> HttpResponse:
    listing = IncidentListing(read_incidents(request.GET))
    context = {"listing": listing, "frames": [frames.of_map(listing)] if listing.is_readable else []}
    return render(request, "incidents/map.html", context)


@require_safe
@tidied(IncidentFilters)
@cached
def timeline(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/timeline.html", {"listing": IncidentListing(read_incidents(request.GET))})
