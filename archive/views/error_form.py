"""The one form that readers can send: an error in something that they see. It sets no cookie and asks for none."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive import reported_errors
from archive.access.limits import client_of
from archive.reported_errors import Subject, TooManyError
from archive.reported_errors.forms import ErrorForm
from archive.terms import Spoken

LARGEST = 100_000  # bytes of a form: two fields of 4,000 characters in percent-encoding, and room
REFUSED = 422
URLENCODED = "application/x-www-form-urlencoded"


@sensitive_post_parameters("problem", "proposal", "email")
@csrf_exempt  # nobody is signed in here; `is_of_ours` keeps other sites from sending it in their readers' name
@require_http_methods(["GET", "HEAD", "POST"])
def report(
    request: HttpRequest, kind: str = Spoken.ARCHIVE.value, key: str = "", number: int | None = None
) -> HttpResponse:
    """Show the form for something that readers see, or take it; what they do not see answers as what never existed."""
    if request.method == "POST" and (refusal := refused(request)):
        return refusal
    subject = reported_errors.find(kind, key, number)
    if subject is None:
        raise Http404
    form = ErrorForm(subject, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return taken(request, subject, form)
    return page(request, subject, form, status=REFUSED if form.errors else 200)


def taken(request: HttpRequest, subject: Subject, form: ErrorForm) -> HttpResponse:
    words = {name: form.cleaned_data[name] for name in ("problem", "proposal", "email")}
    try:
        made = reported_errors.report(subject, **words, address=client_of(request))
    except TooManyError as refusal:
        form.add_error(None, str(refusal))
        response = page(request, subject, form, status=429)
        response.headers["Retry-After"] = str(refusal.seconds)
        return response
    response = HttpResponseRedirect(reverse("correction", args=[made.reference]))
    response.status_code = 303
    return response


def page(request: HttpRequest, subject: Subject, form: ErrorForm, *, status: int) -> HttpResponse:
    return render(request, "archive/error_form.html", {"subject": subject, "form": form}, status=status)


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
