"""Pages for what went wrong, in the reader's words."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here: a page, or JSON where the API was asked."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": "Not found."}, status=404)
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20}, status=413)
    return render(request, "400.html", status=400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose cross-site check failed: most often it lay open too long, or cookies are off."""
    return render(request, "403_csrf.html", status=403)
