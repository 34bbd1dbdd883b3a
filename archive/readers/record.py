"""What every reader gives, whatever the format: one record an article, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.text import excerpt, normalise
from archive.text.bidi import without_directions

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

LONGEST_REASON = 300
METADATA = ("title", "source", "published", "language", "url", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect on the way to a page: the address that was asked, and what it answered."""

    url: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a copy of a web page came about, as far as it is known (`archive.models.Capture` keeps it).

    `captured_at` has a time zone; `clock` is a term of `archive.terms.Clock` where it is known. `url` is what was
    asked for, `final_url` what answered after `redirects`. `headers` are those of the answer, in their order.
    `payload_*` is of the decoded body, `block_sha256` of the WARC record's block, `file_sha256` of the whole file
    that it came in; hexadecimal, "" where there is none. `warnings` are clauses for people: a digest that does not
    fit, a cut-off body.
    """

    url: str = ""
    final_url: str = ""
    redirects: tuple[Hop, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    captured_at: datetime | None = None
    clock: str = ""
    tool: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    payload_sha256: str = ""
    payload_size: int | None = None
    block_sha256: str = ""
    file_sha256: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is kept of how a text was drawn from a page (`archive.models.TextVersion` keeps it).

    `settings` are those of the extractor, its version among them. `captions` are spans of the text in code points,
    start included, end excluded. `flag` is a term of `archive.terms.NotAnArticle`, "" for an article; `flag_reason`
    says in a clause why. `updated` is the date of update that the page states, ISO 8601, "" if none.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    captions: tuple[tuple[int, int], ...] = ()
    flag: str = ""
    flag_reason: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as a reader found it.

    `text` is normalised (`archive.text.normalise`) and holds at least one letter or digit. `raw` is what was received:
    the bytes of the file or line, or for CSV the row with all its fields as UTF-8 JSON. `published` is an ISO 8601 or
    EDTF level 1 date; "" is not known, as for the other strings; `title` is never empty.
    `file_name` has no folder; `position` is the row or line in the file, counted from 1, "" for a file of one article;
    `locator` is both as shown to people, with the folder: `news/reports.csv:12`.
    `extractor` names the rules that drew the text from the bytes; the same bytes and rules give the same text.
    `notes` are clauses for people about how it was read: an encoding that was guessed, bytes that were damaged.
    `unreadable` holds for each of `METADATA` that is `UNREADABLE` why it is, in a few words.
    `derived` tells for each name of `METADATA` how its value was found: one of the constants above.
    `provenance` and `drawing` say of a web page how the copy came about and how its text was drawn.
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
    notes: tuple[str, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)
    drawing: Drawing = field(default_factory=Drawing)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that cannot be imported: where it is, and why, as a clause for people to read.

    What the file says may be quoted in the reason: it is kept to one line of `LONGEST_REASON` code points.
    """

    locator: str
    reason: str

    def __post_init__(self) -> None:
        line = "".join(c if c.isprintable() else " " for c in without_directions(normalise(self.reason)))
        object.__setattr__(self, "reason", excerpt(line, LONGEST_REASON))


@dataclass(frozen=True, slots=True)
class PassedOver(Refusal):
    """What a file holds beside articles, and nobody misses: pictures, style sheets. Said once, and no failure."""
