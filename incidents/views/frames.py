"""The frames in which other sites show what is here: what their pages paste, and what oEmbed answers."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.localisation import localised
from archive.web.framing import Frame
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import IncidentListing
from incidents.record.whole import IncidentRecord

RECORD_SIZE = (600, 560)
CHART_SIZE = (760, 560)
MAP_SIZE = (760, 640)


def of_record(content: IncidentRecord, *, is_pinned: bool) -> Frame:
    """The frame of an incident: of what is current, or of this edition for ever."""
    code, number = content["code"], content["version"]
    if is_pinned:
        path, name = reverse("embed_edition", args=[code, number]), _("Version %(number)s, for ever")
    else:
        path, name = reverse("embed_incident", args=[code]), _("The current version, whichever that is")
    title = localised(content.get("title_en") or "", content.get("title_ar") or "")
    return Frame(settings.SITE_URL + path, titled(title), *RECORD_SIZE, name % {"number": number})


def both_of_record(content: IncidentRecord) -> list[Frame]:
    return [of_record(content, is_pinned=False), of_record(content, is_pinned=True)]


def of_chart(listing: ChartListing) -> Frame:
    return of_list("embed_charts", listing, listing.title, CHART_SIZE)


def of_map(listing: IncidentListing) -> Frame:
    return of_list("embed_map", listing, map_title(listing), MAP_SIZE)


def map_title(listing: IncidentListing) -> str:
    return _("Map: %(about)s") % {"about": listing.sentence}


def of_list(name: str, listing: IncidentListing, title: str, size: tuple[int, int]) -> Frame:
    """The frame of a picture of a readable list, with the list's parameters."""
    query = listing.query()
    return Frame(f"{settings.SITE_URL}{reverse(name)}{'?' if query else ''}{query}", titled(title), *size)


def titled(title: str) -> str:
    """What a frame is called: assistive software reads it before what is in it."""
    return f"{title} · {_(settings.SITE_NAME)}"
