"""Articles of a flat row that readers see from a day on: kept beside it, and put into it once the day has come.

A row is made when somebody publishes or changes something. That an embargo ends changes nothing that is stored, so the
row has the day, and who reads it compares (`archive.openness`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from archive.openness import today
from incidents.record.redaction import Access
from incidents.record.whole import IncidentRecord

OPENING = "opening"  # of a stored row: article → day, ISO 8601; in no file


def opening(content: IncidentRecord, access: Mapping[str, Access]) -> dict[str, dict[str, str]]:
    """Return what a stored row has besides its columns: nothing where no cited article opens on a day."""
    days = {key: access[key].opens_on for key in sorted(content["articles"]) if key in access}
    found = {key: day.isoformat() for key, day in days.items() if day}
    return {OPENING: found} if found else {}


def opened(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored row as readers see it today: with the articles whose day has come, without the days."""
    shown = {key: value for key, value in record.items() if key != OPENING}
    come = [key for key, day in record.get(OPENING, {}).items() if date.fromisoformat(day) <= today()]
    return {**shown, "articles": sorted({*shown["articles"], *come})} if come else shown
