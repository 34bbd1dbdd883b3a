"""What is looked at before a form of readers is read: nobody is signed in, so no token against forged requests is there
to be compared.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

LARGEST = 100_000  # bytes of a form: two fields of 4,000 characters in percent-encoding, and room
REFUSED = 422  # the status of a form that is to be mended
URLENCODED = "application/x-www-form-urlencoded"


def refused(request: HttpRequest) -> HttpResponse | None:
    """Return why a form is not even read: too large, of another kind, or sent by a page of another site."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or request.content_type != URLENCODED:
        said, status = _("More was sent than the form takes. Shorten it; files cannot be sent. Nothing was saved."), 413
    elif not is_of_ours(request):
        said, status = _("This form is sent from a page of the archive only. Open it here and send it again."), 403
    else:
        return None
    return render(request, "archive/error_refused.html", {"said": said}, status=status)


def is_of_ours(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form, as far as the browser tells."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site and site not in ("same-origin", "none"):
        return False
    if not origin:
        return True
    return urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
