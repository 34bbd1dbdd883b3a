"""What changed from one edition to another, field by field, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.localisation import localised
from incidents.presentation.fact_sections import HEADINGS
from incidents.record.differences import differences
from incidents.record.whole import IncidentRecord
from incidents.terms import NUMBERED

LABELS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "scope": pgettext_lazy("fact", "Told as"),
    "occurred": HEADINGS["occurred"],
    "places": HEADINGS["place"],
    "facilities": HEADINGS["facility"],
    "facility_types": HEADINGS["facility_type"],
    "actors": HEADINGS["actor"],
    "weapons": HEADINGS["weapon"],
    **{aspect: HEADINGS[aspect] for aspect in NUMBERED},
    "damage": HEADINGS["damage"],
    "summary": gettext_lazy("Summary"),
    "identifiers": gettext_lazy("In other data sets"),
    "evidence": gettext_lazy("Statements"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what only the older edition says, and what only the newer one says; either may be empty.

    Lines that are ``composed`` of several parts run in the direction of the page: in them all that runs against it is
    set apart, so that no part of theirs tells which way they run.
    """

    label: str
    before: list[str]
    after: list[str]
    composed: bool = False


def changes_between(before: IncidentRecord, after: IncidentRecord) -> list[Change]:
    """Return what differs between two editions (as readers may see them), in the order of the page."""
    return [
        Change(
            str(LABELS.get(field, field)),
            [localised(*shown) for shown in removed],
            [localised(*shown) for shown in added],
            composed=field == "evidence",
        )
        for field, removed, added in differences(before, after)
    ]


def note_of(content: Mapping[str, Any]) -> str:
    """The editors' note on an edition, or on a part of one, in the reader's language if it was written in it."""
    return localised(content["note"], content.get("note_ar", ""))
