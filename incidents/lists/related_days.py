"""How far apart incidents are in days, as related incidents say it: certainly, possibly, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import ngettext, pgettext

from archive.lists.integers import Rows
from archive.lists.spans import EPOCH, EVER, NEVER, Mask, Spans
from archive.localisation import grouped

MOST_DAYS = 60  # that are said as so many days
MOST_POSSIBLE = 31  # days on which something may have happened for that to relate it to others by its day


@dataclass(frozen=True, slots=True)
class Asked:
    """Those that share days with one: the rows, and how a list is asked for them."""

    first: date
    last: date
    match: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The days of one incident, which stands at a place among all, beside those of the others."""

    spans: Spans
    own: int

    def shared(self) -> Iterator[Asked]:
        """Who certainly was on its day, where that is one; then who may have been, where it may have been on few."""
        spans = self.spans
        if (day := self.day_of(self.own)) is not None:
            number = spans.certain_lower[self.own]
            yield Asked(day, day, "certain", rows((spans.certain_lower == number) & (spans.certain_upper == number)))
        if self.is_short(self.own):
            first, last = (EPOCH + timedelta(days=int(end[self.own])) for end in (spans.lower, spans.upper))
            yield Asked(first, last, "possible", rows(spans.possibly_within(first, last)))

    def day_of(self, place: int) -> date | None:
        """The one day on which something certainly happened."""
        first, last = int(self.spans.certain_lower[place]), int(self.spans.certain_upper[place])
        return EPOCH + timedelta(days=first) if first == last and NEVER < first < EVER else None

    def is_short(self, place: int) -> bool:
        return bool(self.lengths()[place] <= MOST_POSSIBLE)

    def lengths(self) -> np.ndarray:
        """On how many days each may have happened."""
        return self.spans.upper.astype(np.int64) - self.spans.lower.astype(np.int64) + 1

    def are_near(self) -> Mask:
        """Which may have happened on few days only: a year that holds a day says next to nothing of it."""
        return np.asarray(self.lengths() <= MOST_POSSIBLE)

    def are_possible(self, places: np.ndarray) -> Mask:
        """Which of those at these places are not certain to have been on the very day of this one."""
        day = self.day_of(self.own)
        if day is None:
            return np.ones(len(places), dtype=bool)
        of = self.spans.of(places)
        number = self.spans.certain_lower[self.own]
        return np.asarray((of.certain_lower != number) | (of.certain_upper != number))

    def apart(self, place: int) -> str:
        """“on the same day”, “3 days later”, “possibly on the same day”; nothing where that is not known, or far."""
        own, other = self.day_of(self.own), self.day_of(place)
        if own is None or other is None:
            return pgettext("related incidents", "possibly on the same day") if self.may_meet(place) else ""
        number = (other - own).days
        if abs(number) > MOST_DAYS:
            return ""
        if number == 0:
            return pgettext("related incidents", "on the same day")
        shown = {"number": grouped(abs(number))}
        if number > 0:
            return ngettext("%(number)s day later", "%(number)s days later", number) % shown
        return ngettext("%(number)s day earlier", "%(number)s days earlier", -number) % shown

    def may_meet(self, place: int) -> bool:
        spans, own = self.spans, self.own
        overlap = spans.lower[place] <= spans.upper[own] and spans.lower[own] <= spans.upper[place]
        return bool(overlap) and self.is_short(own) and self.is_short(place)


def rows(mask: Mask) -> Rows:
    return Rows(np.flatnonzero(mask).tolist())
