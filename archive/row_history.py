"""What one event of a row that editors change says, field by field, in words; and whose it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import dates
from archive.models import User
from archive.text.difference import Piece, compare

# What changes with every change, and what pghistory keeps of the event itself.
UNTOLD = frozenset(
    {"id", "public_id", "created_at", "created_by", "updated_at", "lock_version", "ancestors", "occurred"}
    | {"submission", "sent_back"}  # told by the events of editors
)
WHOLES = frozenset({"incident"})  # what a row is part of: told when that changes
REMOVAL = "delete"
ENDING = ("ended_at", "end_reason", "superseded_by")


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def sides(self) -> tuple[list[Piece], list[Piece]]:
        """What it said and what it says, each in pieces that tell which words differ."""
        found = compare(self.before, self.after) if self.before and self.after else None
        if found is None:
            return [Piece("same", self.before)], [Piece("same", self.after)]
        pieces = found.brief()
        return [one for one in pieces if one.kind != "added"], [one for one in pieces if one.kind != "removed"]


def changes_between(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields that differ between two events of a row."""
    for field in told_fields(type(after)):
        if before is None and field.name in WHOLES:
            continue
        old, new = in_words(before, field) if before else "", in_words(after, field)
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)


def told_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.fields if field.name not in UNTOLD and not field.name.startswith("pgh_")]


def in_words(event: Any, field: models.Field) -> str:
    if field.choices:
        return str(getattr(event, f"get_{field.name}_display")())
    value = getattr(event, field.name)
    return "" if value in (None, {}) else said(value)


def said(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case time():
            return f"{value:%H:%M}"
        case date():  # and moments, which no row that is told has
            return dates.describe(dates.parse(value.isoformat()[:10]), get_language() or "en")
        case User():
            return value.shown_name
        case list():
            return ", ".join(map(str, value))
    return str(value)


def user_id(event: Any) -> int:
    context = event.pgh_context
    return (context.metadata or {}).get("user") or 0 if context else 0


def user_names(events: Iterable[Any]) -> dict[int, str]:
    ids = {user_id(event) for event in events}
    return {user.pk: user.shown_name for user in User.objects.filter(pk__in=ids)}
