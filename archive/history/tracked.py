"""Rows whose history triggers keep: who changed which field, from what to what."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.history.changes import Head, with_neighbours
from archive.history.entries import Entry
from archive.row_history import ENDING, REMOVAL, WHOLES, FieldChange, in_words, told_fields

ACTIONS: Mapping[str, Any] = {
    "insert": _("made"),
    "update": _("changed"),
    REMOVAL: _("removed"),
    "ended": _("removed"),
    "replaced": _("replaced"),
    "stands": _("restored"),
}
# What the context of an event says beside who it was.
WHY, RESTORED = "reason", "restored"
ENDS = (REMOVAL, "ended", "replaced")
BEGINNINGS = ("insert", "stands")
CHANGES = ("update",)


@dataclass(frozen=True)
class TrackedLine:
    """``events`` are those that belong here, of one event model; ``what`` is what such a row is called.

    ``of`` are columns of a row's event that must be so (`{"incident_id": 3}`): an event counts when they are, or were
    before it.
    """

    slug: str
    label: Any
    what: Any
    events: QuerySet
    of: Mapping[str, Any] = field(default_factory=dict)
    is_restored: bool = False  # whether earlier states of its rows can be restored
    maker: str = "created_by_id"  # the column of who made a row, where nothing else tells

    labels: ClassVar[Mapping[str, Any]] = {}
    untold: ClassVar[Collection[str]] = ()
    related: ClassVar[Collection[str]] = ()

    def heads(self) -> list[Head]:
        """Every event, in the order in which they were written; one query."""
        context = ("pgh_context_id", "pgh_context__metadata")
        columns = ("pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_label", self.maker, *context, *self.of)
        rows = list(self.events.order_by("pgh_id").values_list(*columns))
        said = {row[0]: row[7:] for row in rows}
        heads = with_neighbours(self.head(row) for row in rows)
        ours = tuple(self.of.values())
        return [head for head in heads if ours in (said[head.key], said.get(head.before or 0))]

    def head(self, columns: Any) -> Head:
        key, row, at, label, maker, context, metadata, *_ours = columns
        told = metadata or {}
        by = told.get("user") or (maker if label == "insert" else 0) or 0
        why, restored = str(told.get(WHY) or ""), str(told.get(RESTORED) or "")
        return Head(self.slug, key, row, at, by, why, restored, context, label, is_state=self.is_restored)

    def told(self, heads: Collection[Head]) -> dict[int, Entry]:
        """Entries by the keys of events; those that say nothing are left out."""
        wanted = {head.key for head in heads} | {head.before for head in heads if head.before}
        events = {event.pgh_id: event for event in self.with_related(self.events.model._default_manager, wanted)}
        words = self.prepare(list(events.values()))
        entries = {
            head.key: self.entry(head, events[head.key], events.get(head.before or 0), words)
            for head in heads
            if head.key in events
        }
        return {key: entry for key, entry in entries.items() if entry is not None}

    def with_related(self, events: Any, keys: Collection[int]) -> QuerySet:
        related = [*(one.name for one in self.fields() if one.is_relation), *self.related]
        found: QuerySet = events.filter(pgh_id__in=keys)
        return found.select_related(*related) if related else found

    def prepare(self, events: list[Any]) -> Any:
        """Whatever the words of these events need to know; read once."""
        return None

    def entry(self, head: Head, event: Any, before: Any, words: Any) -> Entry | None:
        act = self.act(head, event, before)
        changes = tuple(self.changes(event, before, act, words))
        if act == "update" and not changes:
            return None
        return Entry(
            kind=self.slug,
            what=str(self.what),
            action=str(self.action(act, event, words)),
            name=self.name(event, words),
            changes=changes,
            reason=str(getattr(event, "end_reason", "")) if act in ENDS else "",
            row=f"{self.slug}.{event.pgh_obj_id}" if self.is_restored else "",
            state=self.state(head, act),
            href=self.href(event, head),
            is_end=act in ENDS,
            is_beginning=act in BEGINNINGS,
        )

    def state(self, head: Head, act: str) -> str:
        """The event after which the row was as somebody may want it again: before it ended, where it did."""
        if act in ENDS:
            return f"{self.slug}.{head.before}" if head.before else ""
        return "" if head.is_last else head.name

    def href(self, event: Any, head: Head) -> str:
        """Where the row is to be seen as it is now."""
        return ""

    def act(self, head: Head, event: Any, before: Any) -> str:
        """What was done: what the trigger says, but for rows that end without being deleted."""
        if before is None or bool(getattr(before, "ended_at", None)) == bool(getattr(event, "ended_at", None)):
            return head.label
        if event.ended_at is None:
            return "stands"
        return "replaced" if getattr(event, "superseded_by_id", None) else "ended"

    def action(self, act: str, event: Any, words: Any) -> Any:
        return ACTIONS.get(act, act)

    def name(self, event: Any, words: Any) -> str:
        """Which row it is, in words that the fields do not say."""
        return ""

    def fields(self) -> list[models.Field]:
        return [one for one in told_fields(self.events.model) if one.name not in self.untold]

    def changes(self, event: Any, before: Any, act: str, words: Any) -> Iterator[FieldChange]:
        for told in self.fields():
            if told.name in ENDING or (told.name in WHOLES and (before is None or act not in CHANGES)):
                continue
            is_whole = before is None or act in ENDS or act == "stands"
            if is_whole and getattr(event, told.name) is False:
                continue  # what is not so goes without saying, of a row that is told as a whole
            new = self.value(event, told, words)
            old = self.value(before, told, words) if before is not None else ""
            if act in ENDS:
                old, new = new, ""
            elif act == "stands":
                old = ""
            if old != new:
                yield FieldChange(str(self.labels.get(told.name, told.verbose_name)), old, new)

    def value(self, event: Any, told: models.Field, words: Any) -> str:
        """The value of a field in words."""
        return in_words(event, told)
