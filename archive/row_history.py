"""The history of a row that editors change, from the events that triggers write: who, when, and which fields."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import models
from django.db.models import QuerySet

from archive.models import User

# What changes with every change, and what pghistory keeps of the event itself.
UNTOLD = frozenset(
    {"id", "public_id", "created_at", "created_by", "updated_at", "lock_version", "ancestors", "occurred"}
    | {"submission", "sent_back"}  # told by the events of editors
)
WHOLES = frozenset({"incident"})  # what a row is part of: told when that changes
REMOVAL = "delete"
LABELS = {"insert": "made", "update": "changed", REMOVAL: "removed"}
ENDING = ("ended_at", "end_reason", "superseded_by")
ENDINGS = {"removed", "replaced"}  # of which the entry says what was said


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Restorable:
    """A row that was removed and may be put back: its public id, and the version that it has now."""

    public_id: str
    seen: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: to what, how, when, by whom (empty for a command), and why where somebody wrote it."""

    at: datetime
    by: str
    what: str
    action: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    restores: Restorable | None = None

    @property
    def is_removal(self) -> bool:
        return self.action in ENDINGS

    @property
    def in_short(self) -> str:
        """What changed, and why, in one line."""
        told = [f"{change.label}: {change.after or change.before or '(empty)'}" for change in self.changes]
        return " · ".join(filter(None, [self.reason, *told, f"by {self.by}" if self.by else ""]))


def of_rows(events: QuerySet, describe: str = "") -> list[Entry]:
    """Entries for the events of one event model, the oldest first within a row; two queries and one a foreign key.

    ``describe`` heads entries of rows that are parts of what is looked at; empty for the row itself.
    """
    related = [field.name for field in told_fields(events.model) if field.is_relation]
    ordered = list(events.select_related("pgh_context", *related).order_by("pgh_obj_id", "pgh_id"))
    names = user_names(ordered)
    return [
        entry
        for _, rows in groupby(ordered, key=lambda event: event.pgh_obj_id)
        for entry in entries_of_row(rows, names, describe)
    ]


def entries_of_row(rows: Iterable[Any], names: dict[int, str], describe: str) -> Iterator[Entry]:
    events = list(rows)
    for before, event in pairwise([None, *events]):
        what = f"{describe} {subject(event)}".strip()
        told = ending(before, event) or (
            LABELS.get(event.pgh_label, event.pgh_label),
            (*changes_between(before, event),),
        )
        action, changes = told
        if event.pgh_label == "update" and not changes and action not in ENDINGS:
            continue
        by, reason = names.get(user_id(event), ""), why(event, action)
        restores = restorable(event) if event is events[-1] else None
        yield Entry(event.pgh_created_at, by, what, action, changes, reason, restores)


def why(event: Any, action: str) -> str:
    """The reason that was written: for a row's end, or for all that a service did together."""
    ended = getattr(event, "end_reason", "") if action in ENDINGS else ""
    context = event.pgh_context
    return ended or str((context.metadata or {}).get("reason") or "" if context else "")


def ending(before: Any, after: Any) -> tuple[str, tuple[FieldChange, ...]] | None:
    """Of a row that ends without being deleted, or stands again: the action, and what it said then."""
    if before is None or not hasattr(after, "ended_at") or bool(before.ended_at) == bool(after.ended_at):
        return None
    if after.ended_at is None:
        return "restored", tuple(said_by(after, ENDING, is_after=True))
    return ("replaced" if getattr(after, "superseded_by_id", None) else "removed"), tuple(said_by(after, ENDING))


def restorable(event: Any) -> Restorable | None:
    """How a row is put back that ended, unless another has replaced it."""
    if getattr(event, "ended_at", None) is None or not hasattr(event, "superseded_by_id"):
        return None
    if event.superseded_by_id or event.pgh_label == REMOVAL:
        return None
    return Restorable(event.public_id, event.lock_version)


def subject(event: Any) -> str:
    return str(event.public_id) if hasattr(event, "public_id") else ""


def changes_between(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields that differ; of a new or a removed row those that say something."""
    if after.pgh_label == REMOVAL:
        yield from said_by(after)
        return
    for field in told_fields(type(after)):
        if before is None and field.name in WHOLES:
            continue
        old, new = in_words(before, field) if before else "", in_words(after, field)
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)


def said_by(event: Any, left_out: Collection[str] = (), *, is_after: bool = False) -> Iterator[FieldChange]:
    """All that a row said, as what is no longer said, or (``is_after``) as what is said from now on."""
    for field in told_fields(type(event)):
        if field.name not in (*WHOLES, *left_out) and (value := in_words(event, field)):
            yield FieldChange(str(field.verbose_name), *(("", value) if is_after else (value, "")))


def told_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.fields if field.name not in UNTOLD and not field.name.startswith("pgh_")]


def in_words(event: Any, field: models.Field) -> str:
    if field.choices:
        return str(getattr(event, f"get_{field.name}_display")())
    value = getattr(event, field.name)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, {}) else str(value)


def user_id(event: Any) -> int:
    context = event.pgh_context
    return (context.metadata or {}).get("user") or 0 if context else 0


def user_names(events: Iterable[Any]) -> dict[int, str]:
    ids = {user_id(event) for event in events}
    return {user.pk: user.shown_name for user in User.objects.filter(pk__in=ids)}
