"""Bytes that came from elsewhere, given out so that nothing in them can run."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

TYPE = "application/octet-stream"


def download(data: bytes, name: str) -> HttpResponse:
    """Return bytes as a file to be kept: no browser shows, guesses or runs it."""
    return HttpResponse(data, content_type=TYPE, headers=_headers(name))


def streamed(request: HttpRequest, pieces: Iterator[bytes], name: str, *, size: int) -> HttpResponseBase:
    """Return the same of bytes that come in pieces, ``size`` in all; what fails before the first is raised here.

    What fails later ends the connection before all has been sent, and clients notice.
    """
    headers = {**_headers(name), "Content-Length": str(size)}
    if request.method == "HEAD":
        return HttpResponse(content_type=TYPE, headers=headers)
    first = next(pieces, b"")
    return StreamingHttpResponse(_beginning_with(first, pieces), content_type=TYPE, headers=headers)


def _beginning_with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
