"""Addresses that a form makes hold every field; readers are sent to what they asked for alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase

from archive.lists.filters import ListFilters

View = Callable[..., HttpResponseBase]


def tidied(filters: type[ListFilters]) -> Callable[[View], View]:
    """Redirect an address with empty parameters to the same one without them, and without what holds anyhow."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if all(value.strip() for values in request.GET.lists() for value in values[1]):
                return view(request, *args, **kwargs)
            query = tidy(request.GET, filters).urlencode()
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)

        return answer

    return decorate


def tidy(given: QueryDict, filters: type[ListFilters]) -> QueryDict:
    """The parameters without blanks and without the values that hold where nothing is given."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        known = filters.base_filters.get(name)
        default = getattr(known.field, "default", None) if known else None
        if rest := [value for value in values if value.strip() and value != default]:
            kept.setlist(name, rest)
    return kept
