"""Histories as tests look at them."""

import re

from archive import history as histories
from archive.history import Entry, Line, ToldChange, Wanted
from incidents import history
from incidents.models import Incident

TAGS = re.compile(r"<[^>]*>")


def told(lines: list[Line], wanted: Wanted | None = None) -> list[ToldChange]:
    """The changes of the first page, the newest first."""
    return histories.page(lines, wanted or Wanted(), mask=lambda text: text).changes


def entries_of(incident: Incident) -> list[Entry]:
    """What was done to an incident and all that belongs to it, the newest first."""
    return [entry for change in told(history.lines_of(incident)) for entry in reversed(change.entries)]


def read(html: str) -> str:
    """The words of a page, those apart that differ put together again."""
    return re.sub(r"\s+", " ", TAGS.sub("", html))
