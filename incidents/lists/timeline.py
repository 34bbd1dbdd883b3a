"""Incidents through time, as the timeline draws them and its table tells them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from django.http import QueryDict

from archive.lists import histogram
from archive.lists.facets import Links, days_query
from archive.lists.filter_words import in_words
from archive.lists.histogram import Unit
from archive.lists.spans import EVER, NEVER, Spans
from archive.read_by_key import ReadByKey
from incidents.lists import bar_axes
from incidents.lists.bar_axes import Column, Line

ISO = {"year": 4, "month": 7, "day": 10}


@dataclass(frozen=True, slots=True)
class TimeBar(ReadByKey):
    """One bar: ``name`` in words, ``short`` for the axis, where ``label`` says (`bar_axes.labels`).

    ``query`` lists what may have been then, ``certain_query`` what certainly was.
    """

    name: str
    short: str
    certain: int
    possible: int
    query: str
    certain_query: str
    column: Column
    label: str

    @property
    def total(self) -> int:
        return self.certain + self.possible


class Timeline(ReadByKey):
    """The days of incidents from ``first`` to ``last``; where an end is not given, from or to what they name."""

    def __init__(self, spans: Spans, params: QueryDict, first: date | None = None, last: date | None = None) -> None:
        self.spans = spans
        self.links = Links(params, "from", "to")
        self.certain_links = Links(params, "from", "to", "match")
        self.is_certain_only = params.get("match") == "certain"
        self.ends = histogram.reach(spans, first, last)

    @property
    def unit(self) -> Unit:
        return histogram.unit_for(*self.ends) if self.ends else "year"

    @cached_property
    def bars(self) -> list[TimeBar]:
        if not self.ends:
            return []
        first, last = self.ends
        found = histogram.count_bars(self.spans, first=first, last=last, unit=self.unit)
        if self.is_certain_only:
            found = [replace(bar, possible=0) for bar in found]
        drawn = bar_axes.columns([(bar.certain, bar.possible) for bar in found])
        return [
            TimeBar(
                name=in_words(bar.start, bar.end),
                short=bar.start.isoformat()[: ISO[self.unit]],
                certain=bar.certain,
                possible=bar.possible,
                query=self.links.joined(days_query(bar.start, bar.end)),
                certain_query=self.certain_links.joined(f"{days_query(bar.start, bar.end)}&match=certain"),
                column=column,
                label=label,
            )
            for bar, column, label in zip(found, drawn, bar_axes.labels(len(found)), strict=True)
        ]

    @property
    def total(self) -> int:
        return len(self.spans)

    @property
    def filled(self) -> list[TimeBar]:
        """The bars that have anything, for the table."""
        return [bar for bar in self.bars if bar.total]

    @property
    def lines(self) -> list[Line]:
        return bar_axes.lines(max((bar.total for bar in self.bars), default=1))

    @property
    def has_possible(self) -> bool:
        return any(bar.possible for bar in self.bars)

    @cached_property
    def open_ended(self) -> int:
        """How many have no beginning or no end: they may lie in every bar towards that side."""
        return int(np.count_nonzero((self.spans.lower <= NEVER) | (self.spans.upper >= EVER)))
