"""The sitemap: an index, and files of one kind of page each."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.web import sitemaps
from incidents.sitemap_sections import pages, sections

for_an_hour = cache_control(public=True, max_age=3600)


@require_safe
@for_an_hour
def sitemap_index(request: HttpRequest) -> StreamingHttpResponse:
    """List the sitemaps."""
    return xml(sitemaps.index(list(files())))


def files() -> Iterator[tuple[str, datetime | None]]:
    yield reverse("sitemap", args=["pages", 0]), None
    for section in sections():
        for block, changed in section.blocks():
            yield reverse("sitemap", args=[section.name, block]), changed


@require_safe
@for_an_hour
def sitemap(request: HttpRequest, section: str, block: int) -> StreamingHttpResponse:
    """Give one sitemap."""
    if section == "pages" and block == 0:
        return xml(sitemaps.sitemap(pages()))
    found = next((one for one in sections() if one.name == section), None)
    if found is None or not found.has(block):
        raise Http404
    return xml(sitemaps.sitemap(found.entries(block)))


def xml(parts: Iterator[str]) -> StreamingHttpResponse:
    """Begin only once the first address is read: without the database this is no sitemap, never an empty one."""
    begun = list(islice(parts, 2))
    return StreamingHttpResponse(chain(begun, parts), content_type="application/xml; charset=utf-8")
