"""What two people did to one row at once, in three columns: what it said, what it says now, what was entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext

from archive.admin.form_fields import data_of
from archive.models import Editable
from archive.row_history import FieldChange
from archive.versions import Since, Touch

MINE, THEIRS = "mine", "theirs"
LABEL = 60  # characters of a row's name in the heading of its conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field: its three values in words, and who changed it last.

    ``key`` names the field in what the form sends, ``target`` is the id of its input, ``chosen`` what was decided.
    """

    name: str
    label: str
    before: str
    now: str
    entered: str
    touch: Touch | None
    key: str
    target: str = ""
    chosen: str = ""


@dataclass(slots=True)
class Conflict:
    """A row that somebody else changed after a form of it was opened; ``now`` is what it says.

    ``clashes``: changed by both, to be decided. ``taken``: changed by others only. ``kept``: changed here only.
    ``removal``: who removed the row meanwhile; ``choice`` then names the input that decides. ``told``: what others
    changed that the form does not show.
    """

    row: str
    last: Touch | None
    now: Mapping[str, Any] = field(default_factory=dict)
    is_before_known: bool = True
    told: list[FieldChange] = field(default_factory=list)
    clashes: list[Difference] = field(default_factory=list)
    taken: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    removal: Touch | None = None
    choice: str = ""
    chosen: str = ""
    has_nothing_entered: bool = False

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.clashes or self.removal)

    def forget_choices(self) -> None:
        """Ask afresh: what was chosen was chosen on another state of the row."""
        self.chosen = ""
        self.clashes = [replace(clash, chosen="") for clash in self.clashes]


def plain(value: Any) -> Any:
    """A value as far as two of them must be alike to be the same: keys of rows, line ends, space at the ends."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | set | models.QuerySet):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value


def in_words(form_field: forms.Field, value: Any) -> str:
    """A value as a person reads it."""
    choices = () if isinstance(form_field, forms.ModelChoiceField) else getattr(form_field, "choices", ())
    words = {str(key): label for key, label in choices if not isinstance(label, list | tuple)}
    if isinstance(value, list | tuple | models.QuerySet):
        return "\n".join(str(words.get(str(item), item)) for item in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "" if value in (None, "") else str(words.get(str(value), value))


def stored(row: Any, name: str) -> Any:
    """The value of a row, or of an event of it, under a model's field name; None where what it named is gone."""
    try:
        value = getattr(row, name, None)
    except ObjectDoesNotExist:
        return None
    return list(value.all()) if isinstance(value, models.Manager) else value


def entered(form: forms.BaseForm, name: str) -> Any:
    """What was sent for a field, cleaned where it can be."""
    form_field, key = form.fields[name], form.add_prefix(name)
    raw = form_field.widget.value_from_datadict(form.data, form.files, key)
    try:
        return form_field.clean(raw)
    except ValidationError:
        return raw


def put(form: forms.BaseForm, name: str, value: Any) -> None:
    """Let a bound form say ``value``, a stored one, as if it had been sent."""
    key = form.add_prefix(name)
    data = mutable(form)
    data.pop(key, None)
    for part, sent in data_of(form.fields[name], key, value).items():
        data.setlist(part, sent)
    form.data = data


def mutable(form: forms.BaseForm) -> QueryDict:
    if isinstance(form.data, QueryDict):
        return form.data.copy()
    data = QueryDict(mutable=True)
    data.update(form.data)
    return data


Values = Mapping[str, Any]


def sort_fields(
    names: Iterable[str], *, before: Values, shown: Values, now: Values, mine: Values
) -> tuple[list[str], list[str], list[str]]:
    """Return the names of fields that clash, that only others changed, and that only this form changed.

    ``before`` is what the form began with (empty when that is not known), ``shown`` what its editor was last shown as
    the present state: who takes that over has not changed it.
    """
    clashes, taken, kept = [], [], []
    for name in names:
        began, current, wanted = (plain(values.get(name)) for values in (before, now, mine))
        is_mine = wanted != (began if before else current) and (name not in shown or wanted != plain(shown[name]))
        is_theirs = not before or current != began
        if is_mine and is_theirs and wanted != current:
            clashes.append(name)
        elif is_mine and not is_theirs:
            kept.append(name)
        elif is_theirs and not is_mine and wanted != current:
            taken.append(name)
    return clashes, taken, kept


def removal_asked(form: forms.BaseForm, name: str, since: Since) -> Difference:
    """The clash of somebody who wants to remove a row that somebody else has changed."""
    return Difference(
        name=name,
        label=gettext("Remove it"),
        before="",
        now=gettext("Keep it, as it is now"),
        entered=gettext("Remove it all the same"),
        touch=since.last,
        key=form.add_prefix(name),
        target=form[name].id_for_label,
        chosen=str(form.data.get(f"choose-{form.add_prefix(name)}", "")),
    )


def row_label(row: Editable) -> str:
    return gettext("%(kind)s “%(name)s”") % {"kind": row._meta.verbose_name, "name": Truncator(row).chars(LABEL)}
