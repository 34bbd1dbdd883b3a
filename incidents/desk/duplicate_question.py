"""What the desk asks when a new facility or term may be one that is there already."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import ngettext

from archive.localisation import in_order
from archive.typed_numbers import typed_number, typed_numbers
from incidents.errors import LikelyDuplicateError
from incidents.models import Facility
from incidents.models.vocabulary import Term
from incidents.proposals import KINDS, kind_of
from incidents.standing_names import standing

NEW = "new"


class Known(NamedTuple):
    """One that is there: its key in the form, its name, where it is and how many incidents name it."""

    key: str
    label: str
    detail: str


class DuplicateQuestionForm(forms.Form):
    """Two hidden answers for each kind: which one is meant (its key, or ``new``), and which ones were looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicates: Mapping[str, list[Known]] = {}
        for kind in ("facility", *KINDS):
            for name, length in (("same", 20), ("looked_at", 400)):
                answer = forms.CharField(required=False, widget=forms.HiddenInput, max_length=length)
                self.fields[f"{kind}_{name}"] = answer

    def named_new(self, kind: str) -> str:
        """The field with the name of a new one of that kind."""
        return "facility_new_en" if kind == "facility" else f"{kind}_new"

    def ask(self, refusal: LikelyDuplicateError) -> None:
        """Show what is there; everything that was entered stays."""
        first = refusal.found[0]
        kind = "facility" if isinstance(first, Facility) else kind_of(first)
        self.duplicates = {kind: [known(row) for row in refusal.found]}
        self.add_error(self.named_new(kind), str(refusal))

    def looked_at(self, kind: str) -> list[int]:
        """The keys of those that the editor was shown, once a new one is wanted all the same."""
        if self.cleaned_data.get(f"{kind}_same") != NEW:
            return []
        return typed_numbers(self.cleaned_data.get(f"{kind}_looked_at", ""))

    def same_facility(self) -> Facility | None:
        """The one that is there, if the editor says that it is meant."""
        found = Facility.objects.filter(pk=typed_number(self.cleaned_data.get("facility_same")) or 0).first()
        return standing(found) if found else None

    def same_term(self, kind: str) -> Any:
        """As `same_facility`, of a vocabulary."""
        return KINDS[kind].every.usable().filter(pk=typed_number(self.cleaned_data.get(f"{kind}_same")) or 0).first()


def known(row: Any) -> Known:
    where = [row.facility_type.name, str(row.place)] if isinstance(row, Facility) else []
    standing = [row.get_standing_display()] if isinstance(row, Term) and not row.is_accepted else []
    number = ngettext("%(number)s incident", "%(number)s incidents", row.incident_count) % {
        "number": row.incident_count
    }
    name = " · ".join(filter(None, in_order(row.name_en, row.name_ar)))
    return Known(str(row.pk), name, " · ".join([*where, *standing, number]))
