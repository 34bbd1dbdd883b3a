"""What every reader gives, whatever the format: one record an article, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

# How a value was found. Of several, the first of this list is taken.
FILE = "file"  # a column, a key, front matter
SIDECAR = "sidecar"  # the NAME.toml beside the file
MAPPING = "mapping"  # a constant of the mapping file
TEXT = "text"  # the headline or dateline of the text
ARGUMENT = "argument"  # --source, --published, --url, --language
OPENING_WORDS = "opening words"  # a title made of the first words, for want of a headline
GUESSED = "guessed"  # a language told by its common words
UNREADABLE = "unreadable"  # something is stated that cannot be read as a date, a language or an address; left empty
UNKNOWN = "unknown"

METADATA = ("title", "source", "published", "language", "url", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as a reader found it.

    `text` is normalised (`archive.text.normalise`) and holds at least one letter or digit. `raw` is what was received:
    the bytes of the file or line, or for CSV the row with all its fields as UTF-8 JSON. `published` is an ISO 8601 or
    EDTF level 1 date; "" is not known, as for the other strings; `title` is never empty.
    `file_name` has no folder; `position` is the row or line in the file, counted from 1, "" for a file of one article;
    `locator` is both as shown to people, with the folder: `news/reports.csv:12`.
    `extractor` names the rules that drew the text from the bytes; the same bytes and rules give the same text.
    `derived` tells for each name of `METADATA` how its value was found: one of the constants above.
    """

    title: str
    source: str
    published: str
    language: str
    url: str
    authors: tuple[str, ...]
    text: str
    raw: bytes
    media_type: str
    encoding: str
    extractor: str
    file_name: str
    position: str
    locator: str
    derived: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that cannot be imported: where it is, and why, as a clause for people to read."""

    locator: str
    reason: str
