"""The cards of the site's pages, in the reader's language, from what readers may see of them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from archive.lists.filters import ListFilters
from archive.localisation import localised
from archive.templatetags.pages import day
from archive.text.bidi import set_apart
from incidents.cards.card import MAP_SIZE, Card
from incidents.formats.edition_document import permalink
from incidents.lists.chart.listing import ChartListing
from incidents.lists.filter_sentence import counted
from incidents.lists.incident_listing import IncidentListing
from incidents.maps import small
from incidents.maps.small import SmallMap
from incidents.presentation import fact_wording
from incidents.presentation.description import where
from incidents.record.whole import IncidentRecord

MOST_PANELS = 2
ROOM = {"pixels": MAP_SIZE[0], "ratio": MAP_SIZE[0] / MAP_SIZE[1]}


def of_site() -> Card:
    lede = _(
        "News articles and reports tell of attacks on towns, hospitals, schools and markets. Here each attack is one "
        "record, and every fact in it stands beside the published words that it rests on."
    )
    return Card(_(settings.SITE_NAME), [lede], foot=[shown(settings.SITE_URL)])


def of_record(content: IncidentRecord) -> Card:
    """Its title, date and place, with the version."""
    title = localised(content.get("title_en") or "", content.get("title_ar") or "")
    when = fact_wording.occurred(content["occurred"]) if content["occurred"] else ""
    said = [when, *where(content)] if when not in title else where(content)
    version = _("version %(number)s, %(date)s") % {
        "number": content["version"],
        "date": day(content["published_at"]),
    }
    return Card(
        title,
        [pgettext("list of names", ", ").join(said)],
        kicker=fact_wording.scope(content["scope"]),
        foot=[version, shown(permalink(content))],
        place=small.of_record(content, **ROOM),
    )


def of_list(listing: IncidentListing, *, title: str = "") -> Card:
    """The filters in words, and how many there are."""
    number = counted(listing.filters.value("scope"), listing.count.number)
    return Card(
        title or listing.sentence,
        [number],
        foot=[shown(settings.SITE_URL + reverse("incidents"))],
        place=place_of(listing.filters),
    )


def place_of(filters: ListFilters) -> SmallMap | None:
    """Where the place, or the facility, is that alone was asked for."""
    towns, facilities = filters.value("town") or [], filters.value("facility") or []
    asked = [*towns, *(facility.public_place for facility in facilities)]
    return small.of_place(asked[0], **ROOM) if len(asked) == 1 else None


def of_chart(listing: ChartListing) -> Card:
    """The chart itself where it has few panels, else what is seen in it."""
    panels = listing.chart.panels
    is_drawn = len(panels) == 1 or (len(panels) == MOST_PANELS and panels[0].is_narrow)
    names = [panel.name for panel in panels if panel.name]
    said = [" · ".join(names)] if is_drawn else listing.seen
    return Card(
        listing.title,
        [one for one in said if one],
        foot=[shown(settings.SITE_URL + reverse("charts"))],
        chart=listing.chart if is_drawn else None,
    )


def shown(address: str) -> str:
    """An address as people write it."""
    parts = urlsplit(address)
    return set_apart(parts.netloc + parts.path.rstrip("/"), "rtl" if get_language_bidi() else "ltr")
