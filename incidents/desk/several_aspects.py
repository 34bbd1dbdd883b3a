"""Several aspects by the same words: each that is ticked becomes a claim of its own, all by one save or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import CountField
from incidents.models.choices import ASPECTS, GROUPS
from incidents.terms import COUNTED, NUMBERED, Aspect

# Values of an aspect with a number → the end of the names of the fields that have them for one that is said besides.
ENDS = {"count_low": "low", "count_high": "high", "group": "group"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The boxes of one aspect with a number; strikes and the like are of nobody, and have no ``group``."""

    aspect: str
    label: Any
    low: BoundField
    high: BoundField
    group: BoundField | None


@dataclass(frozen=True, slots=True)
class Besides:
    """An aspect that is claimed; ``is_first`` is the one that the form asks for, the others are said besides."""

    aspect: str
    is_first: bool = True

    def field(self, name: str) -> str:
        """The field of the form that has a value of this claim (``count_low``, …)."""
        is_apart = not self.is_first and self.aspect in NUMBERED and name in ENDS
        return f"{self.aspect}_{ENDS[name]}" if is_apart else name


class SeveralAspectsForm(forms.Form):
    """Boxes to tick, and numbers for those of them that have one. Other values stand in the form once."""

    also = forms.MultipleChoiceField(
        label=_("The same words also say"), choices=ASPECTS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in NUMBERED:
            self.fields[f"{aspect}_low"] = CountField(label=_("At least"), required=False, min_value=0)
            self.fields[f"{aspect}_high"] = CountField(label=_("At most"), required=False, min_value=0)
            if aspect in COUNTED:
                self.fields[f"{aspect}_group"] = forms.ChoiceField(label=_("Of whom"), choices=GROUPS, required=False)

    @property
    def also_numbers(self) -> Iterator[Numbers]:
        for aspect, label in ASPECTS:
            if aspect in NUMBERED:
                group = self[f"{aspect}_group"] if aspect in COUNTED else None
                yield Numbers(aspect, label, self[f"{aspect}_low"], self[f"{aspect}_high"], group)

    def forget_several(self) -> None:
        """Leave the boxes out, where one claim alone is spoken of."""
        for one in {"also", *number_fields()} & set(self.fields):
            del self.fields[one]

    def aspects_in(self, cleaned: dict[str, Any]) -> list[Besides]:
        """What is claimed. The first aspect may be ticked again where it has a number, as of another group."""
        first = cleaned.get("aspect", "")
        if not first:
            return []
        ticked = [one for one in cleaned.get("also", ()) if one != first or one in NUMBERED]
        for name in number_fields() - {Besides(one, False).field(value) for one in ticked for value in ENDS}:
            self.errors.pop(name, None)
        return [Besides(first), *(Besides(one, False) for one in ticked)]


def number_fields() -> set[str]:
    return {f"{aspect}_{end}" for aspect in NUMBERED for end in ENDS.values()}


def is_of_facilities(aspects: list[Besides]) -> bool:
    return any(one.aspect in (Aspect.FACILITY, Aspect.DAMAGE) for one in aspects)
