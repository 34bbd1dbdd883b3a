"""The history of a row that editors change, from the events that triggers write: who, when, and which fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import QuerySet

from archive.models import User

# What changes with every change, and what pghistory keeps of the event itself.
UNTOLD = frozenset(
    {"id", "public_id", "created_at", "created_by", "updated_at", "lock_version", "ancestors", "incident", "occurred"}
)
REMOVAL = "delete"
LABELS = {"insert": "made", "update": "changed", REMOVAL: "removed"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: to what, how, when, by whom (empty for a command), and why where somebody wrote it."""

    at: datetime
    by: str
    what: str
    action: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""

    @property
    def is_removal(self) -> bool:
        return self.action == LABELS[REMOVAL]

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
    before: Any = None
    for event in rows:
        changes = tuple(changes_between(before, event))
        label = event.pgh_label
        if label != "update" or changes:
            what = f"{describe} {subject(event)}".strip()
            yield Entry(event.pgh_created_at, names.get(user_id(event), ""), what, LABELS.get(label, label), changes)
        before = event


def subject(event: Any) -> str:
    return str(event.public_id) if hasattr(event, "public_id") else ""


def changes_between(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields that differ; of a new or a removed row those that say something."""
    if after.pgh_label == REMOVAL:
        said = ((field, in_words(after, field)) for field in told_fields(type(after)))
        yield from (FieldChange(str(field.verbose_name), value, "") for field, value in said if value)
        return
    for field in told_fields(type(after)):
        old, new = in_words(before, field) if before else "", in_words(after, field)
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)


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
    return {user.pk: user.get_full_name() or user.username for user in User.objects.filter(pk__in=ids)}
