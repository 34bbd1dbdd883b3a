"""Whether the site is well."""

from django.db.utils import Error
from django.http import HttpRequest, JsonResponse

from archive.verifying import last_verification
from archive.web.faults import RETRY_AFTER, ask_database


def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers, 200 if so, 503 if not, and what the last `verify` found."""
    try:
        ask_database()
        last = last_verification()
    except Error:
        return JsonResponse({"database": "does not answer"}, status=503, headers={"Retry-After": RETRY_AFTER})
    verified = last and {
        "at": last.ended_at.isoformat(timespec="seconds"),
        "whole": last.is_whole,
        "findings": last.finding_count,
    }
    return JsonResponse({"database": "answers", "verified": verified})
