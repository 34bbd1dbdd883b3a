"""How fast passwords and tokens may be guessed: by address, and by address and name; never by name alone.

Whoever knows an editor's name cannot shut that editor out from elsewhere, and whoever tries many names from one address
is slowed as well. Counting and forgetting is django-axes'; what is counted together is said here.
"""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from archive.access import second_factor
from archive.access.proxies import client_address, read_address, subscriber
from archive.models import User

WAIT: timedelta = settings.AXES_COOLOFF_TIME
FAILURES = settings.AXES_FAILURE_LIMIT  # of one name from one address
FAILURES_OF_ADDRESS = 2 * FAILURES  # of all names from one address


def client_of(request: HttpRequest) -> str | None:
    """The address that failures are counted for; None where whoever connects has none."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    address = client_address(request.META.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)
    return subscriber(address) if address else None


class Slowing(AxesDatabaseHandler):
    """Counts failures of a name from an address, and of the address; forgets those of who is all the way in."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        of_name, of_address = (failures(attempts) for attempts in self.get_user_attempts(request, credentials))
        return max(of_name, of_address * FAILURES // FAILURES_OF_ADDRESS)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forget nothing before the token: or else a known password would buy any number of guesses."""
        user = getattr(request, "user", None)
        if user is None or second_factor.standing(user) is not second_factor.Standing.IN:
            return 0
        of_name, _of_address = self.filter_user_attempts(request, credentials)
        return int(of_name.delete()[0])


def failures(attempts: QuerySet[Any]) -> int:
    return int(attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0)


def may_try(request: HttpRequest, user: User) -> bool:
    """Whether a token may be tried now; if not, the answer becomes `refusal`, whatever the view returns."""
    credentials = {"username": user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        return True
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = credentials  # type: ignore[attr-defined]
    return False


def note_failure(request: HttpRequest, user: User) -> None:
    """Count a wrong token as a wrong password is counted."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": user.get_username()}, request=request)


def forget_failures(request: HttpRequest, user: User) -> None:
    """Forget the failures of who has given the token."""
    AxesProxyHandler.update_request(request)
    AxesProxyHandler.get_implementation().reset_user_attempts(request, {"username": user.get_username()})


def refusal(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer 429, with when to come back."""
    seconds = seconds_to_wait(client_of(request))
    context = {**admin.site.each_context(request), "title": gettext("Too many attempts"), "minutes": ceil(seconds / 60)}
    response = render(request, "admin/access/slowed.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def seconds_to_wait(address: str | None) -> int:
    """How long until the last failure from an address is forgotten."""
    last = AccessAttempt.objects.filter(ip_address=address).aggregate(at=Max("attempt_time"))["at"]
    return max(1, ceil((last + WAIT - timezone.now()).total_seconds())) if last else 1


def unlock(name_or_address: str) -> int:
    """Forget the failures of a name, wherever they came from, or of an address; return of how many clients.

    A name's tokens may be tried again at once as well.
    """
    address = read_address(name_or_address)
    if address:
        return int(AxesProxyHandler.reset_attempts(ip_address=subscriber(address)))
    second_factor.forget_throttling(name_or_address)
    return int(AxesProxyHandler.reset_attempts(username=name_or_address))
