"""Whether the site is well."""

from django.db.utils import Error
from django.http import HttpRequest, JsonResponse

from archive.web.faults import RETRY_AFTER, ask_database


def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers: 200 if so, 503 if not."""
    try:
        ask_database()
    except Error:
        return JsonResponse({"database": "does not answer"}, status=503, headers={"Retry-After": RETRY_AFTER})
    return JsonResponse({"database": "answers"})
