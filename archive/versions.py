"""What a row was when somebody began to change it, and who changed it since: read from the events that triggers write.

Each UPDATE counts ``lock_version`` up and writes an event that has it, so the version that a form was shown names the
event that says what the form said.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from archive.models import Editable
from archive.row_history import user_id, user_names

DELETED = "delete"


@dataclass(frozen=True, slots=True)
class Touch:
    """Who did something to a row, and when; ``by`` is empty for a command."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Since:
    """``before`` is the row at a version (None when no such version is known), ``events`` what followed, in order."""

    before: Any
    events: list[Any]
    names: dict[int, str]

    def touch(self, event: Any) -> Touch:
        return Touch(self.names.get(user_id(event), ""), event.pgh_created_at)

    @property
    def last(self) -> Touch | None:
        return self.touch(self.events[-1]) if self.events else None

    @property
    def last_version(self) -> int:
        known = [*self.events, self.before]
        return max(event.lock_version for event in known if event is not None) if any(known) else 0

    def who_changed(self, column: str) -> Touch | None:
        """Who changed a column last; None when nobody did."""
        pairs = zip([self.before, *self.events], self.events, strict=False)
        changed = [
            after for before, after in pairs if before is None or getattr(before, column) != getattr(after, column)
        ]
        return self.touch(changed[-1]) if changed else None


def events_of(model: type[models.Model]) -> type[models.Model]:
    """The model of the events of a tracked model."""
    found: type[models.Model] = model.pgh_event_models["update"]  # type: ignore[attr-defined]
    return found


def since(model: type[Editable], pk: int, version: int) -> Since:
    """What became of a row since it had that ``lock_version``; two queries."""
    rows = events_of(model)._default_manager.filter(pgh_obj_id=pk, lock_version__gte=version)
    ordered = list(rows.select_related("pgh_context").order_by("pgh_id"))
    before, later = split(ordered, version)
    return Since(before, later, user_names(later))


def split(events: list[Any], version: int) -> tuple[Any, list[Any]]:
    seen = [event for event in events if event.lock_version == version and event.pgh_label != DELETED]
    if not seen:
        return None, events
    return seen[0], [event for event in events if event.pgh_id > seen[0].pgh_id]


def newest(model: type[Editable], pk: int) -> Any:
    """The last event of a row, whether it is still there or not; None when there never was one."""
    return events_of(model)._default_manager.filter(pgh_obj_id=pk).order_by("pgh_id").last()
