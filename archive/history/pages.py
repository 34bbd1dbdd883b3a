"""A screenful of a history: the changes that somebody wants to see, the newest first, told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from archive.history.changes import Change, Head, in_one, in_order
from archive.history.entries import Entry, Mask
from archive.models import User

SIZE = 30  # changes on a page


class Line(Protocol):
    """Events of one kind; ``slug`` names it in addresses, ``label`` in the choice of kinds."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> Any: ...

    def heads(self) -> list[Head]: ...
    def told(self, heads: Collection[Head]) -> dict[int, Entry]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """``person`` is a user's key (0: what commands did; None: everybody), ``kind`` the slug of a line, or empty."""

    person: int | None = None
    kind: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class ToldChange:
    """``name`` is what the state after it is known by, empty where there is none to restore."""

    at: datetime
    by: str
    why: str
    restored: datetime | None
    entries: list[Entry]
    name: str
    is_newest: bool

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was done, and what it said and by whom, one line each."""
        by = _("by %(who)s") % {"who": self.by} if self.by else ""
        return [
            (f"{entry.what} {entry.name} {entry.action}", " · ".join(filter(None, [entry.in_short, by])))
            for entry in self.entries
        ]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """``people`` are those who did any of it, with their keys; ``has_commands``: some was done by nobody in person."""

    changes: list[ToldChange]
    people: list[tuple[int, str]]
    has_commands: bool
    kinds: list[tuple[str, Any]]
    wanted: Wanted
    pages: int


def page(lines: Sequence[Line], wanted: Wanted, *, mask: Mask) -> HistoryPage:
    """Tell the changes of one page. Queries: one a line, one more for each that has something on the page, and one for
    people; a line may need some of its own, as many for one event as for all.
    """
    every = in_order(head for line in lines for head in line.heads())
    found = [change for change in reversed(every) if is_wanted(change, wanted)]
    pages = max(1, -(-len(found) // SIZE))
    number = min(max(1, wanted.number), pages)
    shown = found[(number - 1) * SIZE : number * SIZE]
    names = names_of(every)
    entries = told(lines, shown, wanted.kind)
    newest = next((change for change in reversed(every) if change.name), None)
    return HistoryPage(
        changes=[
            tell(change, [entry.masked(mask) for entry in entries[index]], names, mask, is_newest=change is newest)
            for index, change in enumerate(shown)
            if entries[index]
        ],
        people=sorted(names.items(), key=lambda item: item[1]),
        has_commands=any(not change.by for change in every),
        kinds=[(line.slug, line.label) for line in lines],
        wanted=Wanted(wanted.person, wanted.kind, number),
        pages=pages,
    )


def is_wanted(change: Change, wanted: Wanted) -> bool:
    is_theirs = wanted.person is None or change.by == wanted.person
    return is_theirs and (not wanted.kind or any(head.line == wanted.kind for head in change.heads))


def told(lines: Sequence[Line], shown: Sequence[Change], kind: str) -> list[list[Entry]]:
    """The entries of each change, line by line in their order."""
    of_line: dict[str, list[tuple[int, Head]]] = defaultdict(list)
    for index, change in enumerate(shown):
        for line in lines:
            if not kind or line.slug == kind:
                heads = in_one(head for head in change.heads if head.line == line.slug)
                of_line[line.slug] += [(index, head) for head in heads]
    entries: list[list[Entry]] = [[] for _change in shown]
    for line in lines:
        placed = of_line.get(line.slug, [])
        if not placed:
            continue
        found = line.told([head for _index, head in placed])
        for index, head in sorted(placed, key=lambda item: item[1].key):
            if head.key in found:
                entries[index].append(found[head.key])
    return entries


def tell(change: Change, entries: list[Entry], names: dict[int, str], mask: Mask, *, is_newest: bool) -> ToldChange:
    return ToldChange(
        at=change.at,
        by=names.get(change.by, ""),
        why=mask(change.why),
        restored=parse_datetime(change.restored) if change.restored else None,
        entries=entries,
        name=change.name,
        is_newest=is_newest,
    )


def names_of(changes: Iterable[Change]) -> dict[int, str]:
    """What those are called who did any of it; one query."""
    ids = {change.by for change in changes if change.by}
    return {user.pk: user.shown_name for user in User.objects.filter(pk__in=ids)}


def told_after(lines: Sequence[Line], moment: datetime, *, mask: Mask) -> list[ToldChange]:
    """What was done since, the newest first."""
    every = in_order(head for line in lines for head in line.heads())
    shown = [change for change in reversed(every) if change.at > moment]
    names, entries = names_of(shown), told(lines, shown, "")
    return [
        tell(change, [entry.masked(mask) for entry in entries[index]], names, mask, is_newest=False)
        for index, change in enumerate(shown)
        if entries[index]
    ]
