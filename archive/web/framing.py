"""Pages that other sites may show in a frame of theirs: they alone (docs/adr/0054-embeds.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from archive.read_by_key import ReadByKey

View = Callable[..., HttpResponseBase]
# Such a page has no script and no form, so nothing in it can be done by a click that another page led astray.
POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "script-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


def frameable(view: View) -> View:
    """Let any site show the answer of a view in a frame, also that there is nothing at its address."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "embed/absent.html", status=404)
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
        return response

    framed: View = csp_replace(POLICY)(answer)
    return framed


@dataclass(frozen=True, slots=True)
class Frame(ReadByKey):
    """A frame for another site's page: ``address`` is whole, lengths are CSS pixels, ``name`` tells choices apart."""

    address: str
    title: str
    width: int
    height: int
    name: str = ""

    @property
    def code(self) -> str:
        """The HTML to paste there."""
        return render_to_string("embed/frame.html", {"frame": self}).strip()
