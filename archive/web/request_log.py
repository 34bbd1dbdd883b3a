"""The outermost middleware: gives each request an id, and writes a line when its answer has been sent."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from archive import logs
from archive.access.proxies import read_address
from archive.monitoring import metrics

HEADER = "X-Request-ID"
FORM = re.compile(r"[A-Za-z0-9_.:-]{8,64}\Z")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
OUTSIDE = (settings.STATIC_URL, "/healthz", "/readyz", "/metrics")  # answered before any address is looked up
# Parameters of addresses that are secret, or free words; the line has the pattern of the address instead.
KEPT_QUIET = frozenset({"word", "url", "token", "uidb64"})
logger = logging.getLogger("archive.requests")


class RequestLog:
    """Of who asks nothing is written; of what is asked the method and the path, without its query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        name = id_of(request)
        logs.request_id.set(name)
        response = self.get_response(request)
        response.headers[HEADER] = name
        sent = Sent(response)

        def close() -> None:
            write(request, response, seconds=time.monotonic() - began, sent=sent.bytes)
            logs.request_id.set("")

        response._resource_closers.append(close)  # type: ignore[attr-defined]
        return response


class Sent:
    """Knows the bytes of a body; counts them where it is sent in pieces and does not say how long it is."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.bytes = 0
        if isinstance(response, HttpResponse):
            self.bytes = len(response.content)
        elif response.has_header("Content-Length"):
            self.bytes = int(response.headers["Content-Length"])
        elif isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = self.counted(response.streaming_content)  # type: ignore[arg-type]

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.bytes += len(piece)
            yield piece


def write(request: HttpRequest, response: HttpResponseBase, *, seconds: float, sent: int) -> None:
    method = request.method if request.method in METHODS else "?"
    match = request.resolver_match
    metrics.count(
        address=match.view_name if match else "none", method=method, status=response.status_code, seconds=seconds
    )
    fields = {
        "method": method,
        "path": shown_path(request, response.status_code),
        "status": response.status_code,
        "ms": round(seconds * 1_000),
        "bytes": 0 if method == "HEAD" else sent,
    }
    logger.info("request", extra={logs.FIELDS: fields})


def shown_path(request: HttpRequest, status: int) -> str:
    """The path where it is an address of the site's, the pattern where a part of it is secret; else nothing of it."""
    match = request.resolver_match
    if match is None:
        is_known = request.path.startswith(OUTSIDE) and status in (200, 304, 503)
        return request.path if is_known else "?"
    return f"/{match.route}" if KEPT_QUIET & match.kwargs.keys() else request.path


def id_of(request: HttpRequest) -> str:
    """The id that a trusted web server in front gave, or a new one: what anybody could send might name somebody."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if FORM.match(given) and settings.TRUSTED_PROXIES.trust(read_address(request.META.get("REMOTE_ADDR", ""))):
        return given
    return secrets.token_hex(8)
