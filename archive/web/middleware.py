"""What every request goes through: the reader's language, who may read the formats for machines, reading alone."""

import re
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import translation

from archive.web import editors_language

Handler = Callable[[HttpRequest], HttpResponse]
LONGEST = 7_000  # bytes of a path with its query; the server itself reads 8,190
FORM = re.compile(r"(/[a-z]{2})?/(corrections/report|alerts/(follow|confirm|end))/")
OPEN_SUFFIXES = (".csv", ".json", ".jsonl", ".geojson", ".atom", ".jsonld", ".bib", ".ris", ".parquet")


class LanguageOfRequest:
    """Activate the language that the path begins with (`/ar/…`), else the default; for editors the one they chose."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OpenToOtherSites:
    """Let pages of other sites read the formats for machines (CORS): they are public, and nobody is signed in there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_for_machines(request.path_info):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


class OnlyRead:
    """Refuse to change anything at a public address (405), before any view, check or query: readers only read.

    The forms that they can send, of an error and of alerts, are let through; their views look after themselves.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = methods_of(request.path_info)
        if allowed is None or request.method in ("GET", "HEAD") or (request.method == "POST" and "POST" in allowed):
            return self.get_response(request)
        if request.method in allowed:
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        return refused(allowed)


def refused(allowed: Sequence[str]) -> HttpResponse:
    """Say that an address can only be read, in both languages."""
    text = f"This address can only be read: {', '.join(allowed)}.\nهذا العنوان للقراءة فقط.\n"
    return HttpResponseNotAllowed(allowed, text, content_type="text/plain; charset=utf-8")


class TooLong:
    """Say so (414) when an address is longer than any search needs: 1,000 characters of `q` fit in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = len(request.META.get("QUERY_STRING", "")) + len(request.path_info)
        if length <= LONGEST:
            return self.get_response(request)
        if is_for_machines(request.path_info):
            message = f"The address has {length} characters; at most {LONGEST} are read. Search for fewer words."
            return JsonResponse({"error": message}, status=414)
        return render(request, "414.html", {"length": length, "longest": LONGEST}, status=414)


def language_of(request: HttpRequest) -> str:
    if request.path_info.startswith(editors_language.SIDE):
        return editors_language.chosen(request)
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def methods_of(path: str) -> tuple[str, ...] | None:
    """Return the methods that an address takes; None on the editors' side, where each page says it itself."""
    if path.startswith("/admin/"):
        return None
    if FORM.match(path):
        return ("GET", "HEAD", "POST")
    is_asked_for_methods = path.startswith("/api/") or (path.startswith("/passages/") and path.endswith(".jsonld"))
    return ("GET", "HEAD", "OPTIONS") if is_asked_for_methods else ("GET", "HEAD")


def is_for_machines(path: str) -> bool:
    return (
        path.startswith("/api/")
        or path == "/oembed"
        or (path.endswith(OPEN_SUFFIXES) and not path.startswith("/admin/"))
    )
