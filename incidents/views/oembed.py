"""oEmbed (oembed.com): the address of an incident, a chart or a map → the frame that shows it elsewhere."""

from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.web.framing import Frame
from incidents import curation
from incidents.lists.chart.filters import read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import PublishedIncident
from incidents.record.whole import IncidentRecord
from incidents.terms import State
from incidents.views import frames
from incidents.views.record_resolver import edition_of, find
from incidents.views.visible_editions import VisibleEditions

FORMATS = ("json", "xml")
AGE = 300  # seconds for which consumers may keep an answer, as long as shared caches keep pages
LEAST, MOST = 1, 100_000  # pixels that can be asked for


class NotReadError(ValueError):
    """A parameter of the request that cannot be read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The room that the other page has, in pixels; None where it does not say."""

    width: int | None
    height: int | None

    def within(self, frame: Frame) -> tuple[int, int]:
        return min(frame.width, self.width or MOST), min(frame.height, self.height or MOST)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """400 where the request cannot be read, 501 where its format is unknown, 404 where nothing is to be shown."""
    form = request.GET.get("format", FORMATS[0]).lower()
    if form not in FORMATS:
        return said(501, f"format must be one of: {', '.join(FORMATS)}.")
    try:
        limits = Limits(pixels(request.GET, "maxwidth"), pixels(request.GET, "maxheight"))
    except NotReadError as error:
        return said(400, str(error))
    address = request.GET.get("url", "")
    if not address:
        return said(400, "url is missing: give the address of an incident, a chart or a map of this archive.")
    try:
        answer = answer_of(address, limits)
    except Http404:
        return said(404, "Nothing at this address of this archive can be embedded.")
    return in_form(answer, form)


def pixels(params: QueryDict, name: str) -> int | None:
    text = params.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST)) or int(text) < LEAST:
        raise NotReadError(f"{name} must be a whole number of pixels, at least {LEAST}.")
    return int(text)


def answer_of(address: str, limits: Limits) -> dict[str, Any]:
    """What is said of an address, in the language of its page; Http404 where it is none of ours."""
    path, query = own(address)
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        frame = frame_of(found(path), query)
        width, height = limits.within(frame)
        resized = Frame(frame.address, frame.title, width, height)
        return {
            "version": "1.0",
            "type": "rich",
            "title": frame.title,
            "provider_name": _(settings.SITE_NAME),
            "provider_url": settings.SITE_URL + reverse("home"),
            "cache_age": AGE,
            "html": resized.code,
            "width": width,
            "height": height,
        }


def own(address: str) -> tuple[str, str]:
    """The path and the query of an address of this site, by http or https."""
    try:
        parts, site = urlsplit(address), urlsplit(settings.SITE_URL)
    except ValueError as error:
        raise Http404 from error
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != site.netloc.lower():
        raise Http404
    return parts.path, parts.query


def found(path: str) -> ResolverMatch:
    try:
        return resolve(path)
    except (Resolver404, ValueError) as error:
        raise Http404 from error


def frame_of(match: ResolverMatch, query: str) -> Frame:
    match match.url_name:
        case "incident" | "embed_incident":
            return of_record(match.kwargs["code"], None)
        case "edition" | "embed_edition":
            return of_record(match.kwargs["code"], match.kwargs["number"])
        case "charts" | "embed_charts":
            chart = ChartListing(read_chart(QueryDict(query)))
            return frames.of_chart(chart) if chart.is_readable else nothing()
        case "map" | "embed_map":
            listing = IncidentListing(read_incidents(QueryDict(query)))
            return frames.of_map(listing) if listing.is_readable else nothing()
    return nothing()


def nothing() -> NoReturn:
    raise Http404


def of_record(code: str, number: int | None) -> Frame:
    """The current version of a record, or of the one that it was merged into; or an edition of its own."""
    row = find(code)
    if row.state == State.MERGED and number is None:
        row = find(curation.survivor_of(row.incident).code)
    if row.state == State.WITHDRAWN:
        raise Http404
    return frames.of_record(seen(row, number), is_pinned=number is not None)


def seen(row: PublishedIncident, number: int | None) -> IncidentRecord:
    edition = row.edition if number is None else edition_of(row, number)
    return VisibleEditions.of(row, edition).contents[0]


def in_form(answer: dict[str, Any], form: str) -> HttpResponse:
    if form == "json":
        return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def said(status: int, text: str) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")
