"""TimeMap and TimeGate (RFC 7089): the copies of an address, and the one nearest to a moment."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date
from django.views.decorators.http import require_safe

from archive import addresses
from archive.articles import mementos
from archive.articles.mementos import LINK_FORMAT, Memento
from archive.models import Article
from archive.source_urls import UnusableUrlError
from archive.web.citations import linked
from archive.web.linking import Link

NO_DATE = "Accept-Datetime is no date such as “Thu, 28 Nov 2019 12:00:00 GMT”.\n"


class UnusableRequestError(Exception):
    """What was asked cannot be read; the message says what can."""


@require_safe
def timemap(request: HttpRequest, url: str) -> HttpResponse:
    """List the copies of an address, oldest first."""
    try:
        article, found = copies(request, url)
    except UnusableRequestError as error:
        return refused(error)
    made = HttpResponse(mementos.timemap(article, found), content_type=LINK_FORMAT)
    return open_to_all(made)


@require_safe
def timegate(request: HttpRequest, url: str) -> HttpResponse:
    """Send the reader to the copy nearest to `Accept-Datetime`, to the newest where none is given."""
    try:
        wanted = asked_for(request)
        article, found = copies(request, url)
    except UnusableRequestError as error:
        return refused(error)
    chosen = mementos.nearest(found, wanted) if wanted else found[-1]
    response = HttpResponse(status=302, headers={"Location": chosen.address})
    patch_vary_headers(response, ["accept-datetime"])
    timemap_link = Link(addresses.whole("timemap", article.url), "timemap", LINK_FORMAT)
    return open_to_all(linked(response, [Link(article.url, "original"), timemap_link]))


def asked_for(request: HttpRequest) -> datetime | None:
    """Return the moment of `Accept-Datetime`, None without it. Raises UnusableRequestError."""
    given = request.headers.get("Accept-Datetime")
    if given is None:
        return None
    try:
        return datetime.fromtimestamp(parse_http_date(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UnusableRequestError(NO_DATE) from error


def copies(request: HttpRequest, url: str) -> tuple[Article, list[Memento]]:
    """Return the article at an address and its copies, at least one. Raises Http404, UnusableRequestError.

    The query of the request belongs to the address.
    """
    query = request.META.get("QUERY_STRING", "")
    try:
        article = mementos.article_at(f"{url}?{query}" if query else url)
    except UnusableUrlError as error:
        raise UnusableRequestError(f"{error}\n") from error
    found = mementos.mementos_of(article) if article else []
    if not article or not found:
        raise Http404
    return article, found


def refused(error: Exception) -> HttpResponse:
    return open_to_all(HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8"))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read it, as all formats for machines."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
