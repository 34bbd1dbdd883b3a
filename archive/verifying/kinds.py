"""What can be looked at, kind by kind."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

PAGE = 50  # rows read at once: a text may have millions of characters


class Finding(NamedTuple):
    """Something that is not what it was: ``name`` as readers know it, ``problem`` a clause."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row. ``look`` gives, in the order of their keys, each row's key and what differs, from the first key
    that is greater than its argument. ``count`` says how many rows there are.
    """

    name: str
    count: Callable[[], int]
    look: Callable[[int], Iterator[tuple[int, list[Finding]]]]


_added: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Let runs look at rows of another application, too. The same name again takes the place of the first."""
    _added[kind.name] = kind


def kinds() -> list[Kind]:
    """Return all kinds in the order in which they are looked at; the log is last."""
    from archive.verifying import checked_captures, checked_manifests, log, texts  # noqa: PLC0415 (made of this)

    return [checked_captures.KIND, texts.KIND, *_added.values(), checked_manifests.KIND, log.KIND]


def paged(rows: "QuerySet[Any]", after: int, *, size: int = PAGE) -> Iterator[Any]:
    """Yield rows in the order of their primary keys, a page at a time, so that memory stays small."""
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:size]):
        yield from page
        last: Model = page[-1]
        after = last.pk


def found(name: str, problems: Iterable[str | None]) -> list[Finding]:
    """Return a finding for each problem that there is."""
    return [Finding(name, problem) for problem in problems if problem]
