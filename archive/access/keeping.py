"""What editors type is kept in their browser until it is saved (docs/adr/0021-what-is-typed-is-kept.md).

The server's part: the key that only the person who typed has, and the word that something was saved.
"""

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages import SUCCESS, get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from archive.models import User

FIELD = "kept_as"  # what a form sends beside its own fields: under which name the browser keeps what is in it
COOKIE = "saved_as"  # the names of those that are saved, until a page has read it
MOST = 20  # names in the cookie
LONGEST = 40  # characters of a name
KEPT_DAYS = 14  # for which a browser keeps what was typed and not saved


class Keys(NamedTuple):
    """``person`` tells people apart and says nothing of them; ``key`` (256 bits, base 64) opens what they typed."""

    person: str
    key: str


def keys_of(user: User) -> Keys:
    """The keys of somebody who is signed in: the same for as long as `SECRET_KEY` is.

    They do not follow the password: Django hashes it anew at a sign-in, which is when they are needed.
    """
    digests = [salted_hmac(f"archive.keeping.{what}", str(user.pk), algorithm="sha256") for what in Keys._fields]
    return Keys(digests[0].hexdigest()[:16], base64.b64encode(digests[1].digest()).decode())


def sent_as(request: HttpRequest) -> str:
    """The name that a form was sent under, "" where the browser keeps nothing of it."""
    name = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return name if name.isascii() and name.isalnum() and len(name) <= LONGEST else ""


class Messages(FallbackStorage):
    """Django's messages, which also know whether this request has told a success."""

    has_told_success = False

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        super().add(level, message, extra_tags)
        self.has_told_success |= level == SUCCESS


class TellsWhatIsSaved:
    """Tell the browser, by a cookie that its scripts read, which of the forms that it keeps is saved.

    Saved is what leads to another page with a message of success, or fills in the form that opened this one. A refusal,
    a sign-in page and an answer that never arrives all leave it kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_editors = request.path_info.startswith(f"{settings.SESSION_COOKIE_PATH}/")
        if is_editors and (name := sent_as(request)) and is_saved(request, response):
            tell(request, response, name)
        return response


def is_saved(request: HttpRequest, response: HttpResponse) -> bool:
    if "popup_response_data" in (getattr(response, "context_data", None) or {}):
        return True
    is_elsewhere = 300 <= response.status_code < 400
    return is_elsewhere and getattr(get_messages(request), "has_told_success", False)


def tell(request: HttpRequest, response: HttpResponse, name: str) -> None:
    told = [one for one in request.COOKIES.get(COOKIE, "").split("-") if one.isalnum() and one != name]
    response.set_cookie(
        COOKIE,
        "-".join([*told, name][-MOST:]),
        max_age=KEPT_DAYS * 86_400,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
