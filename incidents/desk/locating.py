"""Where the words of a form stand in a text: by their positions, or searched for as a pasted quote."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.models import Passage, TextVersion
from archive.text import anchors

CONTEXT = 60
FOUND = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
NOT_THERE = _("This text does not have these words, nor any like them. Paste them as they stand in the text.")
SEVERAL = _("These words stand in several places. Which one is meant?")
NEARLY = _("The text has not quite these words. Is this the passage?")


@dataclass(frozen=True, slots=True)
class Located:
    """Code points, start included, end excluded, with the words as the editor has them."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where the words may be, in its context."""

    start: int
    end: int
    before: str
    exact: str
    after: str

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class NotLocated:
    message: Any
    candidates: list[Candidate] = field(default_factory=list)


def locate(
    text_version: TextVersion, quote: str, *, start: int | None, end: int | None, passage: str, found: str
) -> Located | NotLocated:
    """Return the span that was selected or chosen, else that of a passage with these words, else search for them.

    Selected positions are taken as sent: `archive.passages.mark` compares them with the text.
    """
    text = text_version.text
    if match := FOUND.fullmatch(found):
        first, last = int(match[1]), int(match[2])
        return Located(first, last, text[first:last])
    if start is not None and end is not None:
        return Located(start, end, quote)
    if passage:
        known = Passage.objects.filter(public_id=passage, text_version=text_version, exact=quote).first()
        if known:
            return Located(known.start, known.end, known.exact)
    return search(text, quote)


def search(text: str, quote: str) -> Located | NotLocated:
    """Find a pasted quote; one certain place is taken, any other is for the editor to choose."""
    match anchors.find_quote(text, quote):
        case anchors.Match(start, end, "exact" | "folded"):
            return Located(start, end, text[start:end])
        case anchors.Match(start, end):
            return NotLocated(NEARLY, [candidate(text, start, end)])
        case anchors.Ambiguous(matches):
            return NotLocated(SEVERAL, [candidate(text, match.start, match.end) for match in matches])
    return NotLocated(NOT_THERE)


def candidate(text: str, start: int, end: int) -> Candidate:
    return Candidate(start, end, text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
