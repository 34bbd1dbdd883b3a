"""The list of incidents as a feed and as GeoJSON."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive import exports
from archive.articles import article_feed
from archive.web import addresses
from archive.web.atom import SIZE, atom
from incidents.formats import geojson, listed_rows
from incidents.formats.incident_feed import incident_entries
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.views.lists import cached


@require_safe
@cached
def incidents_atom(request: HttpRequest) -> HttpResponseBase:
    """The 50 incidents of the set that were published or changed last."""
    filters = read_incidents(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(read_incidents(article_feed.in_order(request.GET, "updated")), size=SIZE)
    made = atom(
        title=listing.sentence,
        path=article_feed.address(addresses.path("incidents_atom"), listing),
        list_path=article_feed.address(addresses.path("incidents"), listing),
        entries=incident_entries(listing.page.rows),
    )
    return exports.with_readings(made, filters)


@require_safe
@cached
def incidents_geojson(request: HttpRequest) -> HttpResponseBase:
    """The whole set."""
    return exports.file_of(
        read_incidents(request.GET),
        lambda found: geojson.geojson_file("incidents.geojson", listed_rows.records(found)),
    )
