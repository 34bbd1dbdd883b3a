"""Bytes that came from elsewhere, given out so that nothing in them can run."""

from django.http import HttpResponse


def download(data: bytes, name: str) -> HttpResponse:
    """Return bytes as a file to be kept: no browser shows, guesses or runs it."""
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
