"""The one lock of the editors' forms: a save on an older state of a row is refused, and decided field by field."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _

from archive import row_history, versions
from archive.admin import conflicts
from archive.admin.conflicts import MINE, THEIRS, Conflict, Difference
from archive.admin.form_fields import replace_data
from archive.models import Editable
from archive.typed_numbers import typed_number
from archive.versions import Since

VERSION, COMPARED = "lock_version", "compared_with"
HIDDEN = (VERSION, COMPARED)
HIDDEN_LABELS = {VERSION: _("Lock version"), COMPARED: _("Compared with")}
CHOICES = (MINE, THEIRS)
REMOVE = "DELETE"  # what formsets call the box that removes a row
ROW = "row"  # the choice about a row as a whole
STALE = _("Somebody else saved this meanwhile. Nothing of yours was saved yet, and all of it is still in the form.")
Base: Any = forms.BaseForm if TYPE_CHECKING else object


class Guarded(Base):
    """Mixed into a form of a row: carries the version that was shown, and looks for others' changes before its own.

    What only others changed is taken over; what both changed is asked about (``conflict``), until the form comes back
    with a choice for each field, made on the version that is still the present one. What was entered stays entered.
    """

    wants_something = False  # whether sending the form is a change by itself, whatever its fields say
    is_locking = True  # keeps the row locked until the transaction ends; False where a service locks it later
    conflict: Conflict | None = None
    is_dropped = False  # the row was removed meanwhile and stays so
    puts_back = False  # the row was removed meanwhile and the editor wants it back

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HIDDEN:
            self.fields[name] = forms.IntegerField(required=False, widget=forms.HiddenInput, label=HIDDEN_LABELS[name])
        if self.guarded is not None:
            self.initial.setdefault(VERSION, self.guarded.lock_version)

    @property
    def guarded(self) -> Editable | None:
        """The row that the form changes, if it is stored."""
        raise NotImplementedError

    def guarded_names(self) -> list[str]:
        """The fields that are compared: those that the row has too."""
        return [
            name
            for name, field in self.fields.items()
            if not (field.widget.is_hidden or field.disabled) and self.has_column(name)
        ]

    def has_column(self, name: str) -> bool:
        try:
            return self.guarded is not None and bool(self.guarded._meta.get_field(name))
        except FieldDoesNotExist:
            return False

    def value_of(self, row: Any, name: str) -> Any:
        """What a row or an event of it says under the name of a field."""
        return conflicts.stored(row, name)

    def is_gone(self, current: Editable | None) -> bool:
        return current is None

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in HIDDEN]

    def full_clean(self) -> None:
        row = self.guarded
        self.conflict = self.compare(row) if self.is_bound and row is not None else None
        self.__dict__.pop("changed_data", None)  # formsets ask for it first, and what was taken over is no change
        super().full_clean()
        if self.conflict is not None:
            self.add_error(None, ValidationError(STALE, code="stale"))

    def sent(self, name: str) -> int:
        value = typed_number(self.data.get(self.add_prefix(name), ""))
        return -1 if value is None else value

    def choice(self, name: str) -> str:
        return str(self.data.get(f"choose-{self.add_prefix(name)}", ""))

    def was_asked(self, name: str) -> bool:
        return f"asked-{self.add_prefix(name)}" in self.data

    def fetch(self, row: Editable) -> Editable | None:
        rows = type(row)._base_manager.filter(pk=row.pk)
        return (rows.select_for_update(of=("self",)) if self.is_locking else rows).first()

    def said_by(self, row: Any) -> dict[str, Any]:
        return {name: self.value_of(row, name) for name in self.guarded_names()} if row is not None else {}

    def compare(self, row: Editable) -> Conflict | None:
        """Take over what only others changed; return what must be decided first, or None when all is."""
        current = self.fetch(row)
        is_gone = self.is_gone(current)
        if current is not None and not is_gone and (current.pk, current.lock_version) == (row.pk, self.sent(VERSION)):
            return None
        since = versions.since(type(row), row.pk, self.sent(VERSION))
        conflict = self.removal_of(row, since) if is_gone or current is None else self.changes_of(current, since)
        number = current.lock_version if current is not None else since.last_version
        if conflict.has_nothing_entered or (self.sent(COMPARED) == number and self.is_decided(conflict)):
            self.settle(conflict)
            replace_data(self, **{VERSION: number, COMPARED: ""})
            return None
        if self.sent(COMPARED) != number:
            conflict.forget_choices()
        for change in conflict.taken:
            conflicts.put(self, change.name, conflict.now[change.name])
        replace_data(self, **{COMPARED: number})
        return conflict

    def changes_of(self, current: Editable, since: Since) -> Conflict:
        """Sort the fields of a row that is still there."""
        shown = next((event for event in since.events if event.lock_version == self.sent(COMPARED)), None)
        now, before = self.said_by(current), self.said_by(since.before)
        mine = {name: conflicts.entered(self, name) for name in self.guarded_names()}
        found = conflicts.sort_fields(mine, before=before, shown=self.said_by(shown), now=now, mine=mine)
        clashes, taken, kept = ([self.difference(name, before, now, mine, since) for name in names] for names in found)
        label = conflicts.row_label(current)
        conflict = Conflict(label, since.last, now, bool(before), clashes=clashes, taken=taken, kept=kept)
        if self.removes:
            conflict.clashes, conflict.kept = [conflicts.removal_asked(self, REMOVE, since)], []
        conflict.has_nothing_entered = not (conflict.clashes or conflict.kept or self.wants_something)
        return conflict

    def removal_of(self, row: Editable, since: Since) -> Conflict:
        """A row that somebody removed: what was entered into it is to be put back, or dropped."""
        before = self.said_by(since.before or row)
        mine = {name: conflicts.entered(self, name) for name in self.guarded_names()}
        _, _, kept = conflicts.sort_fields(mine, before=before, shown={}, now=before, mine=mine)
        conflict = Conflict(conflicts.row_label(row), since.last, before, removal=since.last)
        conflict.kept = [self.difference(name, before, {}, mine, since) for name in kept]
        conflict.choice, conflict.chosen = f"choose-{self.add_prefix(ROW)}", self.choice(ROW)
        conflict.has_nothing_entered = self.removes or not kept
        return conflict

    @property
    def removes(self) -> bool:
        return REMOVE in self.fields and self.data.get(self.add_prefix(REMOVE), "") != ""

    def is_decided(self, conflict: Conflict) -> bool:
        if conflict.removal:
            return self.choice(ROW) in CHOICES
        return not any(
            self.was_asked(clash.name) and self.choice(clash.name) not in CHOICES for clash in conflict.clashes
        )

    def settle(self, conflict: Conflict) -> None:
        """Let the form say what was decided, as if it had been entered."""
        if conflict.removal:
            self.puts_back = self.choice(ROW) == MINE
            self.is_dropped = not self.puts_back
            if self.is_dropped and REMOVE in self.fields:
                conflicts.put(self, REMOVE, True)
            return
        for name in [change.name for change in conflict.taken]:
            conflicts.put(self, name, conflict.now[name])
        for clash in conflict.clashes:
            if self.choice(clash.name) == THEIRS:
                conflicts.put(self, clash.name, conflict.now.get(clash.name))

    def difference(
        self, name: str, before: dict[str, Any], now: dict[str, Any], mine: dict[str, Any], since: Since
    ) -> Difference:
        field = self.fields[name]
        began, current, entered = (conflicts.in_words(field, said.get(name)) for said in (before, now, mine))
        return Difference(
            name=name,
            label=str(self[name].label or name),
            before=began,
            now=current,
            entered=entered,
            touch=since.who_changed(self.column_of(name)) or since.last,
            key=self.add_prefix(name),
            target=self[name].id_for_label,
            chosen=self.choice(name),
        )

    def column_of(self, name: str) -> str:
        """The attribute of events that changes when the field does."""
        assert self.guarded is not None
        return getattr(self.guarded._meta.get_field(name), "attname", name)


class SeenForm(Guarded):
    """Mixed into a form that does something with a row as it was shown: it shows no field of it, and asks to look again
    when any of them has changed.
    """

    is_locking = False
    wants_something = True

    def guarded_names(self) -> list[str]:
        return []

    def changes_of(self, current: Editable, since: Since) -> Conflict:
        conflict = super().changes_of(current, since)
        conflict.told = list(row_history.changes_between(since.before, since.events[-1])) if since.events else []
        return conflict
