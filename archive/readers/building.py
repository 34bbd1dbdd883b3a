"""The step that all formats share: a text and what is stated about it become a record, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.readers.headlines import find_dateline, find_title
from archive.readers.mapping import ColumnMap
from archive.readers.metadata import Settled, settle
from archive.readers.progress import Progress
from archive.readers.record import ARGUMENT, FILE, GUESSED, MAPPING, SIDECAR, TEXT, Drawing, Provenance, Record, Refusal
from archive.text import guess_language, normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known of a file from outside it: its name, how its path is shown, and who says what about it.

    `encoding` is what the person who imports says of it; "" is nothing.
    """

    file_name: str
    shown: str
    column_map: ColumnMap = field(default_factory=ColumnMap)
    sidecar: Mapping[str, Any] = field(default_factory=dict)
    overrides: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = ""
    progress: Progress = field(default_factory=Progress)

    def locator(self, position: str = "") -> str:
        """The file, and the row or line in it if it has several articles: `reports.csv:12`."""
        return f"{self.shown}:{position}" if position else self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The bytes of one article and how they were read; the fields are those of `Record`."""

    raw: bytes
    media_type: str
    encoding: str
    extractor: str
    position: str = ""
    notes: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    drawing: Drawing = field(default_factory=Drawing)


def build(characters: str, stated: Mapping[str, Any], received: Received, around: Around) -> Record | Refusal:
    """Make the record of one article from its decoded characters and the metadata that the file itself states.

    A title that no one states is the headline of the text, or else its opening words; a language is guessed.
    """
    text = normalise(characters)
    if not any(c.isalnum() for c in text):
        return Refusal(around.locator(received.position), "it has no words")
    settled = _settle(text, stated, around)
    values, derived = settled.values, settled.derived
    if not values["language"] and (language := guess_language(text)):
        values["language"], derived["language"] = language, GUESSED
    return Record(
        **values,
        text=text,
        raw=received.raw,
        media_type=received.media_type,
        encoding=received.encoding,
        extractor=received.extractor,
        file_name=around.file_name,
        position=received.position,
        locator=around.locator(received.position),
        derived=derived,
        notes=received.notes,
        unreadable=settled.unreadable,
        provenance=received.provenance,
        drawing=received.drawing,
    )


def _settle(text: str, stated: Mapping[str, Any], around: Around) -> Settled:
    date_format = around.column_map.date_format
    layers = [(FILE, stated), (SIDECAR, around.sidecar), (MAPPING, around.column_map.constants)]
    settled = settle(layers, date_format=date_format)
    if settled.values["title"] and settled.values["published"] and not around.overrides:
        return settled  # spares long imports the search for what is there
    headline, how = find_title(text)
    layers += [
        (TEXT, {"published": find_dateline(text), "title": headline if how == TEXT else None}),
        (ARGUMENT, around.overrides),
        (how, {"title": headline}),
        (FILE, {"title": around.file_name}),
    ]
    return settle(layers, date_format=date_format)
