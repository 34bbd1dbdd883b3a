"""Following a list by e-mail: asking, confirming, ending. No account, no cookie, and the same answer to everybody."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from archive import alerts
from archive.access.limits import client_of
from archive.models.choices import RHYTHMS
from archive.sent_forms import TooManyError
from archive.terms import Rhythm
from archive.web.reader_forms import ReaderForm
from archive.web.reader_posts import REFUSED, refused

View = Callable[..., HttpResponse]
READ_OR_SENT = ["GET", "HEAD", "POST"]


class AlertForm(ReaderForm):
    """Where to, and how often."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={
            "required": _("Write the e-mail address that the alerts go to."),
            "invalid": _("This is not an e-mail address: it looks like name@example.org."),
        },
        help_text=_("It is kept encrypted, used for nothing else, and deleted when you end the alert."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=RHYTHMS, initial=Rhythm.DAILY.value, widget=forms.RadioSelect
    )


def private(view: View) -> View:
    """Let nobody keep the page, nor learn from a link on it where it was: the address itself is a key."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@sensitive_variables("form", "cleaned")
@sensitive_post_parameters("email")
@csrf_exempt  # nobody is signed in here; `refused` keeps other sites from sending it in their readers' name
@require_http_methods(READ_OR_SENT)
def follow(request: HttpRequest, followed: str) -> HttpResponse:
    """Show the form for a list, or take it. The list is what the query of the address says, as on the list's page."""
    if request.method == "POST" and (refusal := refused(request)):
        return refusal
    kind = alerts.kind_of(followed)
    if kind is None:
        raise Http404
    if not alerts.is_on():
        return no_mail(request)
    shown = kind.read(request.META.get("QUERY_STRING", ""))
    form = AlertForm(f"archive.alerts {followed}", request.POST if request.method == "POST" else None)
    context = {"followed": shown, "form": form, "list_url": with_query(reverse(kind.page), shown.query)}
    if request.method != "POST" or shown.problems or not form.is_valid():
        return render(request, "archive/alert_form.html", context, status=REFUSED if form.is_bound else 200)
    try:
        alerts.ask_for(
            followed,
            query=shown.query,
            language=get_language() or "en",
            rhythm=form.cleaned_data["rhythm"],
            email=form.cleaned_data["email"],
            address=client_of(request),
        )
    except TooManyError as refusal:
        form.add_error(None, str(refusal))
        response = render(request, "archive/alert_form.html", context, status=429)
        response.headers["Retry-After"] = str(refusal.seconds)
        return response
    response = HttpResponseRedirect(reverse("alert_asked"))
    response.status_code = 303
    return response


def no_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/alerts_off.html", status=404)


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens next: the same to everybody."""
    if not alerts.is_on():
        return no_mail(request)
    return render(request, "archive/alert_asked.html")


@csrf_exempt  # the word in the address is what allows it
@require_http_methods(READ_OR_SENT)
@private
def confirm(request: HttpRequest, word: str) -> HttpResponse:
    """Show one button: programs that look through mail follow links, and must confirm nothing. Or confirm."""
    alert = alerts.confirm(word) if request.method == "POST" else alerts.find_asked(word)
    kind = alerts.kind_of(alert.kind) if alert else None
    if alert is None or kind is None:
        return render(request, "archive/alert_too_old.html", status=410)
    context = {
        "alert": alert,
        "title": kind.read(alert.query).title,
        "list_url": with_query(reverse(kind.page), alert.query),
        "is_on": alerts.is_on(),
    }
    return render(request, "archive/alert_confirm.html", context)


@csrf_exempt  # mail programs send this for their reader (RFC 8058); the word in the address is what allows it
@require_http_methods(READ_OR_SENT)
@private
def end(request: HttpRequest, word: str) -> HttpResponse:
    """Show one button, or end the alert: at once, whatever is sent, without a redirect (RFC 8058)."""
    if request.method == "POST":
        if not alerts.end(word):
            raise Http404
        return render(request, "archive/alert_ended.html")
    if not alerts.is_of_ours(word):
        raise Http404
    alert = alerts.find_by_end(word)
    kind = alerts.kind_of(alert.kind) if alert else None
    if alert is None or kind is None:
        return render(request, "archive/alert_ended.html")
    return render(request, "archive/alert_end.html", {"alert": alert, "title": kind.read(alert.query).title})
