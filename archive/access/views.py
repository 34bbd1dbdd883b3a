"""The pages of the second step: give a token, set a second factor up, see to it later."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import django_otp
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from archive.access import limits, second_factor
from archive.access.forms import EnrolForm, TokenForm
from archive.access.second_factor import Standing
from archive.models import User

View = Callable[..., HttpResponse]
KEY = "second_factor_key"  # of the session: a secret that is being set up
PROVED = "second_factor_proved"  # of the session: when a token was given to replace the device
PROOF_SECONDS = 600
PAGES = {Standing.TOKEN: "admin:second_factor_enter", Standing.ENROL: "admin:second_factor_enrol"}
WRONG = _("That code is not right. It changes every half minute and can be used once: take the next one.")


def page_for(request: HttpRequest, found: Standing) -> str:
    """The address of the page that somebody must go through, and where it leads on to."""
    wanted = request.GET.get("next", "")
    return f"{reverse(PAGES[found])}?{urlencode({'next': wanted})}" if wanted else reverse(PAGES[found])


def people_only(view: View) -> View:
    """Let in who has given the password of an account of the editors' side; the others sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (request.user.is_active and getattr(request.user, "is_staff", False)):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request)

    return never_cache(require_http_methods(["GET", "POST"])(guarded))


@people_only
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for a token, then go on to where somebody was going."""
    if second_factor.standing(request.user) is not Standing.TOKEN:
        return HttpResponseRedirect(next_of(request))
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and accept(request, form):
        left = second_factor.codes_left(person(request))
        if left < second_factor.CODES // 2:
            told = ngettext(
                "You have %(number)s recovery code left. Make new ones under “Second factor”.",
                "You have %(number)s recovery codes left. Make new ones under “Second factor”.",
                left,
            )
            messages.warning(request, told % {"number": left})
        return HttpResponseRedirect(next_of(request))
    return page(request, "enter", gettext("One more step"), form=form)


@people_only
def enrol(request: HttpRequest) -> HttpResponse:
    """Set a second factor up: for who has none yet, or has just given a token to replace it."""
    user = person(request)
    if second_factor.has_device(user) and not is_proved(request):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    key = request.session.setdefault(KEY, second_factor.new_key())
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request, user):
            return HttpResponse(status=429)
        if made := second_factor.enrol(user, key, form.cleaned_data["token"]):
            device, codes = made
            let_in(request, device)
            return codes_page(request, codes)
        limits.note_failure(request, user)
        more = gettext("If it stays wrong, the clock of the phone may be.")
        form.add_error("token", f"{WRONG} {more}")
    picture = {"qr": second_factor.qr_code(user, key), "secret": second_factor.secret_text(key)}
    return page(
        request,
        "enrol",
        gettext("Set up a second factor"),
        form=form,
        is_required=second_factor.is_required(),
        **picture,
    )


@people_only
def manage(request: HttpRequest) -> HttpResponse:
    """Replace or remove the device, or make new recovery codes; each asks for a token."""
    user = person(request)
    if not second_factor.has_device(user):
        return HttpResponseRedirect(reverse(PAGES[Standing.ENROL]))
    if second_factor.standing(user) is not Standing.IN:
        return HttpResponseRedirect(f"{reverse(PAGES[Standing.TOKEN])}?{urlencode({'next': request.path})}")
    form = TokenForm(request.POST or None)
    is_required = second_factor.is_required()
    act = ACTS.get(request.POST.get("act", ""))
    if act and form.is_valid() and not (act is remove and is_required) and accept(request, form):
        return act(request, user)
    left = second_factor.codes_left(user)
    return page(request, "manage", gettext("Second factor"), form=form, is_required=is_required, left=left)


def renew(request: HttpRequest, user: User) -> HttpResponse:
    return codes_page(request, second_factor.new_codes(user))


def replace(request: HttpRequest, user: User) -> HttpResponse:
    request.session[PROVED] = int(time.time())
    request.session.pop(KEY, None)
    return HttpResponseRedirect(reverse(PAGES[Standing.ENROL]))


def remove(request: HttpRequest, user: User) -> HttpResponse:
    second_factor.forget(user)
    messages.success(request, gettext("The second factor is removed: the password alone lets you in now."))
    return HttpResponseRedirect(reverse("admin:index"))


ACTS: dict[str, Callable[[HttpRequest, User], HttpResponse]] = {"renew": renew, "replace": replace, "remove": remove}


def accept(request: HttpRequest, form: TokenForm) -> bool:
    """Look at the token of a form; if it is right, whoever gave it is in. Otherwise the form says why not."""
    user = person(request)
    if not limits.may_try(request, user):
        return False
    verdict = second_factor.verify(user, form.cleaned_data["token"])
    if verdict.device:
        let_in(request, verdict.device)
        return True
    if verdict.wait:
        told = gettext("After a wrong code the next one is looked at in %(seconds)s s. Try again then.")
        form.add_error("token", told % {"seconds": verdict.wait})
    else:
        limits.note_failure(request, user)
        form.add_error("token", WRONG)
    return False


def let_in(request: HttpRequest, device: Any) -> None:
    """The session is that of somebody who has given a token, under a new key."""
    request.session.cycle_key()
    for name in (KEY, PROVED):
        request.session.pop(name, None)
    django_otp.login(request, device)
    limits.forget_failures(request, person(request))


def is_proved(request: HttpRequest) -> bool:
    """Whether a token was given in the last ten minutes to replace the device."""
    is_in = second_factor.standing(request.user) is Standing.IN
    return is_in and time.time() - request.session.get(PROVED, 0) < PROOF_SECONDS


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show recovery codes this once: they are in this answer alone, which no cache keeps (`never_cache`)."""
    return page(request, "codes", gettext("Your recovery codes"), codes=codes)


def next_of(request: HttpRequest) -> str:
    """Where somebody was going, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("admin:index")


def person(request: HttpRequest) -> User:
    user = request.user
    assert user.is_authenticated
    return user


def page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    common = {**admin.site.each_context(request), "title": title, "next": next_of(request)}
    return render(request, f"admin/access/{name}.html", {**common, **context})
