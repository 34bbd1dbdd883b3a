"""What every reader gives, whatever the format: one record an article, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# How a value was found. Of several, the first of this list is taken.
FILE = "file"  # a column, a key, front matter
SIDECAR = "sidecar"  # the NAME.toml beside the file
MAPPING = "mapping"  # a constant of the mapping file
TEXT = "text"  # the headline or dateline of the text
ARGUMENT = "argument"  # --source, --published, --url, --language
OPENING_WORDS = "opening words"  # a title made of the first words, for want of a headline
GUESSED = "guessed"  # a language told by its common words
UNREADABLE = "unreadable"  # something is stated that cannot be read as a date or an address; left empty
UNKNOWN = "unknown"

METADATA = ("title", "source", "published", "language", "url", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as a reader found it.

    `text` is normalised (`archive.text.normalise`) and holds at least one letter or digit. `raw` is what was received:
    the bytes of the file, of the line (JSONL), or the row with all its fields as UTF-8 JSON (CSV).
    `published` is an ISO 8601 or EDTF level 0–1 date; "" is not known, as for the other strings.
    `locator` names the file, and the row or line counted from 1: `reports.csv:12`.
    `extractor` names the reader and the version of its rules; the same bytes give the same text as long as it stays.
    `derived` tells for each name of `METADATA` how its value was found: one of the constants above.
    """

    title: str = ""
    source: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    text: str
    raw: bytes
    media_type: str
    locator: str
    encoding: str
    extractor: str
    derived: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that cannot be imported: where it is, and why, as a clause for people to read."""

    locator: str
    reason: str
