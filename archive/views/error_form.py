"""The one form that readers can send: an error in something that they see. It sets no cookie and asks for none."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive import reported_errors
from archive.access.limits import client_of
from archive.reported_errors import Subject, TooManyError
from archive.reported_errors.forms import ErrorForm
from archive.terms import Spoken
from archive.web.reader_posts import REFUSED, refused


@sensitive_post_parameters("problem", "proposal", "email")
@csrf_exempt  # nobody is signed in here; `refused` keeps other sites from sending it in their readers' name
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
