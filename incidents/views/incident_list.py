"""The list of incidents: page, files and feed, the same set in each."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import addresses, exports
from archive.articles import article_feed
from archive.lists.tidy import tidied
from archive.models import GazetteerFile, Source
from archive.web import caching
from archive.web.atom import SIZE as FEED_SIZE
from archive.web.atom import atom
from incidents.formats import follow_the_money, geojson, licences, listed_rows
from incidents.formats.incident_feed import incident_entries
from incidents.formats.tables import ROW
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import Actor, FacilityType, Weapon

cached = caching.by_state_of(Source, GazetteerFile, Actor, FacilityType, Weapon)
JSON_SIZE = 1_000  # records of one JSON document


@require_safe
@tidied(IncidentFilters)
@cached
def incidents(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/list.html", {"listing": IncidentListing(read_incidents(request.GET))})


@require_safe
@cached
def incidents_csv(request: HttpRequest) -> HttpResponseBase:
    options = exports.CsvOptions(request.GET)
    columns, marked = listed_rows.CSV_COLUMNS, options.is_marked
    return exports.file_of(
        read_incidents(options.rest),
        lambda rows: exports.csv_file("incidents.csv", columns, listed_rows.records(rows), is_marked=marked),
        options,
    )


@require_safe
@cached
def incidents_xlsx(request: HttpRequest) -> HttpResponseBase:
    """A workbook in the language of the address; not of any length."""
    filters = read_incidents(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(filters)
    licence = f"{licences.RECORDS.title} ({licences.RECORDS.path})"
    about = [*exports.about_sheet(listing, "incidents"), (_("Licence"), licence)]
    made = exports.refusal_of_size(listing.count.number) or exports.spreadsheet_file(
        "incidents.xlsx",
        ROW,
        listed_rows.records(exports.ordered_set(filters)),
        exports.Book(sheet=_("Incidents"), about=about),
    )
    return exports.with_readings(made, filters)


@require_safe
@cached
def incidents_parquet(request: HttpRequest) -> HttpResponseBase:
    filters = read_incidents(request.GET)
    about = {**exports.about_file(IncidentListing(filters), "incidents"), "licence": licences.RECORDS.name}
    return exports.file_of(
        filters, lambda rows: exports.parquet_file("incidents.parquet", ROW, listed_rows.records(rows), about)
    )


@require_safe
@cached
def incidents_jsonl(request: HttpRequest) -> HttpResponseBase:
    return exports.file_of(
        read_incidents(request.GET), lambda rows: exports.jsonl_file("incidents.jsonl", listed_rows.records(rows))
    )


@require_safe
@cached
def incidents_json(request: HttpRequest) -> HttpResponseBase:
    """One document of at most 1,000 records; `next` is the address of the following ones."""
    filters = read_incidents(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(filters, size=JSON_SIZE)
    following = f"{settings.SITE_URL}{request.path}?{listing.next_query}" if listing.next_query else None
    records = listed_rows.records_of(listing.page.rows)
    made = exports.json_file(records, count=listing.count.number, following=following)
    return exports.with_readings(made, filters)


@require_safe
@cached
def incidents_atom(request: HttpRequest) -> HttpResponseBase:
    """The 50 incidents of the set that were published or changed last."""
    filters = read_incidents(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(read_incidents(article_feed.in_order(request.GET, "updated")), size=FEED_SIZE)
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


@require_safe
@cached
def incidents_ftm(request: HttpRequest) -> HttpResponseBase:
    """The whole set as entities of FollowTheMoney."""
    return exports.file_of(
        read_incidents(request.GET), lambda found: follow_the_money.ftm_file("incidents.ftm.json", found)
    )
