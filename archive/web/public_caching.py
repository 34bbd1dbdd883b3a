"""The middleware that gives every public answer its place in caches; it stands inside the one that compresses.

Readers have no cookie and no session, so what one of them gets any other may get: shared caches may keep it.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers, get_conditional_response

from archive.web import caching

PRIVATE = ("/admin/",)
POLICIES = {
    200: caching.LIVE,
    301: caching.MOVED,
    302: caching.LIVE,
    304: caching.LIVE,
    308: caching.MOVED,
    404: caching.ABSENT,
    410: caching.LIVE,
}


class PublicCaching:
    """Say how long an answer may be kept; give a page that has no entity tag the digest of its content as one.

    What depends on who asks (it sets a cookie, or varies by it) is kept nowhere, and so is everything in `PRIVATE`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(PRIVATE) or is_personal(response):
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response
        caching.control(response, POLICIES.get(response.status_code, caching.NEVER))
        return compared(request, response)


def is_personal(response: HttpResponseBase) -> bool:
    return bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()


def compared(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the page, or 304 where its tag is the one that the reader has."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.has_header("ETag"):
        return response
    if request.method not in ("GET", "HEAD") or settings.DEBUG:
        return response
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
