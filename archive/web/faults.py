"""What is answered while the database is away, or bytes of a capture cannot be had: 503 and when to ask again, in the
format that was asked for.
"""

import logging
import sys
from collections.abc import Callable

import psycopg
from django.db import connection
from django.db.utils import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views import defaults

from archive.capture_bytes import UnavailableError
from archive.web.middleware import is_for_machines

AWAY = (OperationalError, InterfaceError, UnavailableError)
RETRY_AFTER = "15"  # seconds
FAILED = "archive.database_failed"  # of a request: why the database could not answer it
MESSAGE = "The database does not answer at the moment. Nothing is lost; please ask again in a moment."
OF_BYTES = (
    "The bytes of a capture cannot be read at the moment. All else is here; please ask again later. If this lasts, "
    "please tell the archive."
)
logger = logging.getLogger(__name__)


def ask_database() -> None:
    """Raise one of `AWAY` if the database does not answer: for pages that lead to what needs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def is_of_replica(exception: BaseException | None) -> bool:
    """Whether something was to be written that a replica cannot write."""
    return isinstance(exception, InternalError) and isinstance(
        exception.__cause__, psycopg.errors.ReadOnlySqlTransaction
    )


def what_failed(request: HttpRequest) -> str | None:
    """Return why the database could not answer the request; None where it could."""
    failure: str | None = request.META.get(FAILED)
    return failure


class Away:
    """Answer 503 when a view cannot reach the database (it was never there, or was lost in the middle), or bytes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AWAY):
            return away(request, exception)
        if is_of_replica(exception):
            request.META[FAILED] = str(exception)
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what no view caught: in a middleware too the database may be lost."""
    exception = sys.exc_info()[1]
    return away(request, exception) if isinstance(exception, AWAY) else defaults.server_error(request)


def away(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_of_bytes = isinstance(exception, UnavailableError)
    reason = str(exception).strip().partition("\n")[0]
    if not is_of_bytes:
        request.META[FAILED] = reason
    logger.error("%s: %s", "No bytes of a capture" if is_of_bytes else "The database is away", reason)
    message = OF_BYTES if is_of_bytes else MESSAGE
    response: HttpResponse
    if request.path_info.startswith("/api/") or request.path_info.endswith((".json", ".jsonld", ".geojson")):
        response = JsonResponse({"error": message}, status=503)
    elif is_for_machines(request.path_info) or request.path_info.endswith((".xml", ".txt")):
        response = HttpResponse(f"{message}\n", status=503, content_type="text/plain; charset=utf-8")
    else:
        page = loader.render_to_string("503.html", {"is_of_bytes": is_of_bytes})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
