"""Events put into the changes that they were parts of, and changes into the order in which they were made. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

MADE, REMOVED = "insert", "delete"
TICK = timedelta(microseconds=1)
# How long after the beginning of a transaction it may still write down what it was for.
MEANWHILE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Head:
    """Of an event what puts it into its place: ``key`` is its own, ``row`` that of what changed.

    ``at`` is when its transaction began, ``context`` what django-pghistory knows it by; rows that are only ever written
    (comments, editions) have the time of the row and no context. ``by`` is 0 where no person is known. ``label`` is
    what the trigger says (insert, update, delete), ``before`` the key of the event that the row had before, if it had
    one; ``is_last``: it has none after it.
    """

    line: str
    key: int
    row: int
    at: datetime
    by: int = 0
    why: str = ""
    restored: str = ""
    context: UUID | None = None
    label: str = ""
    before: int | None = None
    is_last: bool = False
    is_state: bool = False  # leaves a state that can be restored
    is_written: bool = False  # not by a trigger
    is_joining: bool = True  # of what is only written: may be a part of what triggers saw

    @property
    def name(self) -> str:
        return f"{self.line}.{self.key}"


@dataclass(slots=True)
class Change:
    """What one person did at once: one transaction. ``order`` puts changes into the order in which they were made."""

    at: datetime
    by: int
    order: datetime
    heads: list[Head] = field(default_factory=list)

    @property
    def why(self) -> str:
        return next((head.why for head in self.heads if head.why), "")

    @property
    def restored(self) -> str:
        return next((head.restored for head in self.heads if head.restored), "")

    @property
    def name(self) -> str:
        """A name that stays: that of an event of it which left a state to restore; empty when there is none."""
        return next((head.name for head in self.heads if head.is_state), "")


def in_order(heads: Iterable[Head]) -> list[Change]:
    """The changes, the first first."""
    every = list(heads)
    seen = [head for head in every if not head.is_written]
    written = [head for head in every if head.is_written]
    found: dict[object, Change] = {}
    for head, order in with_order(seen):
        change = found.setdefault((head.context, head.at), Change(head.at, head.by, order))
        change.heads.append(head)
        change.by = change.by or head.by
        change.order = max(change.order, order)
    changes = list(found.values())
    return sorted([*changes, *alone(written, changes)], key=lambda change: change.order)


def with_order(heads: Collection[Head]) -> Iterable[tuple[Head, datetime]]:
    """Each event with a moment that puts it after those which were written before it.

    A transaction that began earlier may have written later, when it had to wait; the keys of a table tell.
    """
    last: dict[str, tuple[datetime, UUID | None, datetime]] = {}
    for head in sorted(heads, key=lambda one: (one.line, one.key)):
        before = last.get(head.line)
        if before is None:
            order = head.at
        elif (head.context, head.at) == before[1:]:
            order = before[0]
        else:
            order = max(head.at, before[0] + TICK)
        last[head.line] = (order, head.context, head.at)
        yield head, order


def alone(written: Iterable[Head], changes: Sequence[Change]) -> list[Change]:
    """What was only written: put into the change that it was a part of, and otherwise a change by itself."""
    of_person: Mapping[int, list[Change]] = defaultdict(list)
    for change in changes:
        of_person[change.by].append(change)
    rest = []
    for head in written:
        near = [one for one in of_person.get(head.by, ()) if one.at <= head.at <= one.at + MEANWHILE]
        if head.is_joining and near:
            max(near, key=lambda one: one.at).heads.append(head)
        else:
            rest.append(Change(head.at, head.by, head.at, [head]))
    return rest


def state_after(changes: Sequence[Change], name: str) -> dict[tuple[str, int], Head] | None:
    """The last event of each row, by line and row, as things stood after the change that has the event ``name``.

    None where no change has it.
    """
    state: dict[tuple[str, int], Head] = {}
    for change in changes:
        for head in sorted(change.heads, key=lambda one: one.key):
            if not head.is_written:
                state[head.line, head.row] = head
        if any(head.name == name for head in change.heads):
            return state
    return None


def with_neighbours(heads: Iterable[Head]) -> list[Head]:
    """Heads of one line, each with the event before it on the same row, and whether it is the row's last."""
    ordered = sorted(heads, key=lambda one: one.key)
    last = {head.row: head.key for head in ordered}
    before: dict[int, int] = {}
    found = []
    for head in ordered:
        found.append(replace(head, before=before.get(head.row), is_last=last[head.row] == head.key))
        before[head.row] = head.key
    return found


def in_one(heads: Iterable[Head]) -> list[Head]:
    """Heads of one line and one change, with those of one row as one: from before the first to after the last."""
    first: dict[int, Head] = {}
    last: dict[int, Head] = {}
    for head in sorted(heads, key=lambda one: one.key):
        first.setdefault(head.row, head)
        last[head.row] = head
    return [replace(head, before=first[row].before, label=label_of(first[row], head)) for row, head in last.items()]


def label_of(first: Head, last: Head) -> str:
    return first.label if first.label == MADE and last.label != REMOVED else last.label
