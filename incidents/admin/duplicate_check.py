"""Forms that make or rename a facility, speaker or actor: they ask when one of a like name is there already."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import replace_data
from archive.admin.locked_admin import LockedForm
from archive.typed_numbers import typed_numbers
from incidents import duplicates
from incidents.errors import LikelyDuplicateError
from incidents.models import Facility

NAMES = ("name_en", "name_ar", "aliases", "place")


class LookedAt(forms.TextInput):
    """A box to tick; ticked, it sends the keys of the rows that were shown."""

    input_type = "checkbox"


class DuplicateCheckForm(LockedForm):
    """Refuses a like name until the box “a new one all the same” is ticked, which stands for the rows shown."""

    looked_at = forms.CharField(
        required=False, widget=forms.HiddenInput, label=_("Make a new one all the same"), max_length=400
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.is_named_anew(cleaned):
            self.refuse_duplicates(cleaned)
        return cleaned

    def is_named_anew(self, cleaned: dict[str, Any]) -> bool:
        """Whether a row is made, or gets another name or place: one that keeps them was asked about before."""
        columns = [name for name in NAMES if name in cleaned]
        return not self.instance.pk or any(getattr(self.instance, name) != cleaned[name] for name in columns)

    def refuse_duplicates(self, cleaned: dict[str, Any]) -> None:
        given = [cleaned.get("name_en", ""), cleaned.get("name_ar", ""), *(cleaned.get("aliases") or [])]
        place = cleaned.get("place") if isinstance(self.instance, Facility) else None
        keys = typed_numbers(cleaned.get("looked_at", ""))
        try:
            duplicates.refuse_duplicates(type(self.instance), given, besides=keys, place=place, but=self.instance.pk)
        except LikelyDuplicateError as refusal:
            lines = [f"{row} ({incidents_in(row.incident_count)})" for row in refusal.found]
            told = gettext("There is one of a like name: %(names)s. Use it, or tick this box.")
            self.add_error("looked_at", told % {"names": "; ".join(lines)})
            self.fields["looked_at"].widget = LookedAt()
            replace_data(self, looked_at=",".join(str(row.pk) for row in refusal.found))


def incidents_in(number: int) -> str:
    return ngettext("%(number)s incident", "%(number)s incidents", number) % {"number": number}
