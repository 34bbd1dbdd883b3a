"""What came of a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.models import Article, Capture, TextVersion


class Outcome(StrEnum):
    ADDED = "added"
    NEW_CAPTURE = "new capture"
    ALREADY_THERE = "already there"
    REFUSED = "refused"
    PASSED_OVER = "passed over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The outcome for what stands at `locator`, and the rows that hold it; `reason` says why it was refused.

    Of an article that was already there, `capture` and `text_version` are the earlier ones with the same text, and
    `filled_in` names the fields that were empty and that this record knew. `notes` say what was doubtful in reading the
    record; `unknown` why it has no date or no source, by their names (`archive.readers.record.METADATA`).
    """

    outcome: Outcome
    locator: str
    article: Article | None = None
    capture: Capture | None = None
    text_version: TextVersion | None = None
    reason: str = ""
    filled_in: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)
