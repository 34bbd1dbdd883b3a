"""Addresses of what was merged into another: they lead there, for ever."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect


class HasPage(Protocol):
    def get_absolute_url(self) -> str: ...


def moved_to(request: HttpRequest, row: HasPage) -> HttpResponse:
    address, query = row.get_absolute_url(), request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
