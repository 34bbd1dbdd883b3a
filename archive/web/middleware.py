"""What every request goes through: the reader's language, and who may read the formats for machines."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
OPEN_SUFFIXES = (".csv", ".json", ".jsonl", ".geojson", ".atom", ".jsonld", ".bib", ".ris")


class LanguageFromPath:
    """Activate the language that the path begins with (`/ar/…`), else the default one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
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


def is_for_machines(path: str) -> bool:
    return path.startswith("/api/") or (path.endswith(OPEN_SUFFIXES) and not path.startswith("/admin/"))
