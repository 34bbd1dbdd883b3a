"""The language of the editors' side: each person's own choice, kept in a cookie that no reader's page is sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

SIDE = f"{settings.SESSION_COOKIE_PATH}/"
COOKIE = "editors_language"
A_YEAR = 31_536_000  # seconds


def chosen(request: HttpRequest) -> str:
    """Return the language that somebody chose for this side; the default one where they chose none that is known."""
    wanted = request.COOKIES.get(COOKIE, "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep ``language``, and go back to the page ``next`` of this side; an unknown language changes nothing."""
    response = HttpResponseRedirect(page_before(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            COOKIE,
            wanted,
            max_age=A_YEAR,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def page_before(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_here = wanted.startswith(SIDE) and "\\" not in wanted and wanted.isprintable()
    is_safe = is_here and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_safe else reverse("admin:index")
