"""The middleware that lets public pages be read from a replica (docs/adr/0064-readers-from-replicas.md).

Everything that may write, or that shows somebody what they have just written, is answered from the primary: the
editors' side, the forms of readers with what becomes of them, and for half a minute the public pages in the browser of
an editor who has saved something. A page that a replica fails to answer is made once more, from the primary.
"""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.postgresql import replicas
from archive.web.faults import what_failed
from archive.web.public_caching import PRIVATE

logger = logging.getLogger(__name__)
# What readers send, and where they are told what became of it.
OF_READERS_OWN = re.compile(r"(/[a-z]{2})?/(corrections|alerts)/.")
WROTE = "wrote"  # the cookie of editors who have just saved something; readers get none
WROTE_SECONDS = 30


class FromReplicas:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not (settings.REPLICAS or settings.CACHES_IN_FRONT):
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        replicas.end_reading()  # nobody may have closed the answer before
        replica = replicas.chosen() if may_be_behind(request) else None
        if replica is None:
            return remembered(request, self.get_response(request))
        replicas.begin_reading(replica)
        try:
            response = self.get_response(request)
        except BaseException:
            replicas.end_reading()
            raise
        if (failure := what_failed(request)) is None:
            response._resource_closers.append(replicas.end_reading)  # type: ignore[attr-defined]
            return response
        logger.warning("Read from the primary, as the replica %s failed: %s", replica, failure)
        if connection.connection is None or connection.connection.broken:
            replicas.failed(replica)
        replicas.end_reading()
        return self.get_response(request)


def may_be_behind(request: HttpRequest) -> bool:
    """Whether the answer may be some seconds old: it is read only, and not by somebody who has just written."""
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(PRIVATE):
        return False
    return not OF_READERS_OWN.match(request.path_info) and WROTE not in request.COOKIES


def remembered(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Let who has saved something on the editors' side see it on the public pages too."""
    if request.method == "POST" and request.path_info.startswith(PRIVATE):
        response.set_cookie(
            WROTE, "1", max_age=WROTE_SECONDS, httponly=True, secure=settings.IS_ENCRYPTED, samesite="Lax"
        )
    return response
