"""The record of an uncertain date, and the error that says why there is none."""

from dataclasses import dataclass
from datetime import date


class DateError(ValueError):
    """A date that cannot be read. The message says what to write instead; `code` is for translation,
    `suggestions` are EDTF strings that may have been meant."""

    def __init__(self, message: str, *, code: str = "unreadable", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """`lower` and `upper` are the strict first and last day, both included; None where that end is open."""

    edtf: str
    lower: date | None
    upper: date | None
    is_approximate: bool = False
    is_uncertain: bool = False

    def __str__(self) -> str:
        return self.edtf
