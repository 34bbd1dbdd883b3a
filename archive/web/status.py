"""Is the site alive, and fit to serve? For what watches it, by name or address, before anything else is looked at."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from archive import monitoring
from archive.monitoring import metrics
from archive.web.faults import RETRY_AFTER
from archive.web.middleware import refused

HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}


class Status:
    """Answer the addresses of this module at once: a load balancer asks by address, which no ALLOWED_HOSTS names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return refused_here()
        return answer(request)


def refused_here() -> HttpResponse:
    answer = refused(["GET", "HEAD"])
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of anybody."""
    return JsonResponse({"alive": True}, headers=HEADERS)


def readiness(request: HttpRequest) -> HttpResponse:
    """Say whether readers are served (200, or 503), and what an administrator should look at.

    With ``strict=yes`` all of it counts, for a monitor that sees nothing but the status. Details are for monitors.
    """
    found = list(monitoring.checks())
    is_strict = request.GET.get("strict") == "yes"
    is_ready = all(one.holds for one in found if one.is_serving or is_strict)
    told = {
        "ready": is_ready,
        "failing": {one.name: one.reason for one in found if one.is_serving and not one.holds},
        "warnings": {one.name: one.reason for one in found if not one.is_serving and not one.holds},
        "holding": [one.name for one in found if one.holds],
    }
    if is_monitor(request):
        told["details"] = {one.name: one.detail for one in found if one.detail}
    headers = HEADERS if is_ready else {**HEADERS, "Retry-After": RETRY_AFTER}
    response = JsonResponse(told, status=200 if is_ready else 503, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # as a fault: it is asked every few seconds
    return response


def figures(request: HttpRequest) -> HttpResponse:
    """Give figures to Prometheus, where that is switched on, and to monitors alone; to others there is no such page."""
    if not settings.METRICS or not is_monitor(request):
        return HttpResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8", headers=HEADERS)
    return HttpResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE, headers=HEADERS)


def is_monitor(request: HttpRequest) -> bool:
    return monitoring.is_monitor(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


ANSWERS = {"/healthz": health, "/readyz": readiness, "/metrics": figures}
