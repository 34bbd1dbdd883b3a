"""Long lists of a page, a hundred rows at a time: each list has a number of its own in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

MOST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list of ``count``, from ``first`` to ``last``; ``before`` and ``after`` lead to the others."""

    name: str
    rows: list[Any]
    first: int
    last: int
    count: int
    before: str
    after: str
    is_asked: bool


def part_of(request: HttpRequest, name: str, rows: Sequence[Any]) -> Part:
    page = Paginator(rows, MOST).get_page(request.GET.get(name))

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}#{name}"

    return Part(
        name=name,
        rows=list(page.object_list),
        first=page.start_index(),
        last=page.end_index(),
        count=page.paginator.count,
        before=address(page.number - 1) if page.has_previous() else "",
        after=address(page.number + 1) if page.has_next() else "",
        is_asked=name in request.GET,
    )
