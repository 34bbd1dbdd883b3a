"""Forms that do what their page shows, and nothing else: when it would be something else by now, they show it again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.admin import conflicts
from archive.admin.conflicts import Conflict
from archive.admin.form_fields import replace_data
from archive.history import ToldChange
from archive.models import Editable
from archive.row_history import FieldChange
from archive.versions import Touch


class ShownForm(forms.Form):
    """``shown`` stands for what the page showed, ``began`` for when: nothing else may be done by this form."""

    conflict: Conflict | None = None
    changed: Any = _("It has changed since this page was shown. This is what would be done now: look again.")

    shown = forms.CharField(widget=forms.HiddenInput)
    began = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def began_at(self) -> datetime | None:
        return getattr(self, "cleaned_data", {}).get("began")

    def refuse(self, shown: str, *, row: Editable, done: list[ToldChange]) -> None:
        """Say that it is not what was shown, and who did what since; it is now what ``shown`` stands for."""
        told = [FieldChange(what, "", said) for change in done for what, said in change.lines]
        last = Touch(done[0].by, done[0].at) if done else None
        self.conflict = Conflict(conflicts.row_label(row), last, told=told)
        self.add_error(None, self.changed)
        replace_data(self, shown=shown, began=timezone.now().isoformat())
