"""What a file says of the list that it is of: whose, which filters, how many rows, made when, where it is found."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import addresses
from archive.lists.listing import Listing


def about_file(listing: Listing, name: str) -> dict[str, str]:
    """Return it for programs. ``name`` is that of the page of the list; the list may be one that cannot be read."""
    return {
        "title": f"{settings.SITE_NAME}: {listing.sentence}",
        "list": address(listing, name),
        "created": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
        "fields": addresses.whole("data"),
    }


def about_sheet(listing: Listing, name: str) -> list[tuple[str, str]]:
    """Return it for people, in their language: headings with their words."""
    return [
        (_("Archive"), f"{_(settings.SITE_NAME)}, {settings.SITE_URL}"),
        (_("List"), listing.sentence),
        (_("Rows"), f"{listing.count.number:,}"),
        (_("Made"), f"{timezone.now():%Y-%m-%d %H:%M} UTC"),
        (_("The same list, as it is now"), address(listing, name)),
        (_("What the fields mean"), settings.SITE_URL + addresses.path("data", language=get_language() or "")),
        (_("How to read it"), _("Empty means not known, never zero. Lists are joined by a semicolon and a space.")),
    ]


def address(listing: Listing, name: str) -> str:
    path = settings.SITE_URL + addresses.path(name, language=get_language() or "")
    return f"{path}?{listing.export_query}" if listing.export_query else path
