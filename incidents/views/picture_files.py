"""Charts and maps as files: what cannot be read is refused, SVG becomes PNG by fonts of this server."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from archive import exports
from archive.web import pixels
from incidents.lists.incident_listing import IncidentListing


def svg(content: str, name: str, listing: IncidentListing) -> HttpResponse:
    return _picture(content, "image/svg+xml", f"{name}.svg", listing)


def png(content: str, name: str, listing: IncidentListing) -> HttpResponse:
    """Draw an SVG as pixels; 503 where there are no fonts for it."""
    try:
        drawn = pixels.png(content)
    except pixels.NoFontError:
        said = _("This server has no fonts to draw pictures with. The same is there as SVG.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return _picture(drawn, "image/png", f"{name}.png", listing)


def _picture(content: str | bytes, content_type: str, name: str, listing: IncidentListing) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return exports.with_readings(response, listing.filters)


def refusal(listing: IncidentListing, options: exports.CsvOptions | None = None) -> HttpResponse | None:
    """What is wrong with the parameters, or with the size of what they ask for; None when all is well."""
    listing.is_readable  # noqa: B018 (looks at both)
    return exports.refusal(listing.filters, options)
