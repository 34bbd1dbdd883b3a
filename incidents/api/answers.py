"""What the API answers with: JSON, and pages with their count and the addresses of the pages around."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from archive import exports
from archive.lists.listing import Listing

SIZE = 100
VOCABULARY_SIZE = 1_000


def answer(document: Any) -> HttpResponse:
    return HttpResponse(exports.as_json(document), content_type="application/json")


def page(request: HttpRequest, listing: Listing, results: Iterable[Any]) -> HttpResponse:
    """Answer with one page of a list."""
    found = listing.page
    return answer(
        {
            "count": listing.count.number,
            "next": address(request, listing.next_query) if found.after else None,
            "previous": address(request, listing.previous_query) if found.before else None,
            "results": list(results),
        }
    )


def address(request: HttpRequest, query: str) -> str:
    return request.build_absolute_uri(f"{request.path}?{query}")


def keyed_page(request: HttpRequest, key: str, following: Iterator[dict[str, Any]], count: int) -> HttpResponse:
    """Answer with one page of rows in the order of a public key: `next` begins after the last one's."""
    rows = list(islice(following, VOCABULARY_SIZE + 1))
    shown = rows[:VOCABULARY_SIZE]
    more = address(request, urlencode({"after": shown[-1][key]})) if len(rows) > len(shown) else None
    return answer({"count": count, "next": more, "results": shown})
