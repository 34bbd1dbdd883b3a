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
from incidents.lists.chart import wording
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.plot import Plot, Tag

ISO = {"year": 4, "month": 7, "day": 10}
FAR = 200.0  # units from the edges, where the first and the last name stand on a telephone


@dataclass(frozen=True, slots=True)
class TimeBar(ReadByKey):
    """One bar: ``name`` in words, ``short`` for the axis, where ``label`` says (`bar_axes.labels`), ``tags`` above it.

    ``query`` lists what may have been then, ``certain_query`` what certainly was. The highest always has its number;
    ``is_highest`` says it of one that has room for its name on a telephone.
    """

    name: str
    short: str
    days: tuple[date, date]
    figure: Figure
    query: str
    certain_query: str
    column: Column
    label: str
    tag: Tag
    is_highest: bool

    @property
    def certain(self) -> int:
        return self.figure.certain

    @property
    def possible(self) -> int:
        return self.figure.possible

    @property
    def lines(self) -> list[tuple[str, float]]:
        """What stands above it, each line with its height."""
        lowest = self.column.possible_y - 5
        heights = [round(lowest - 12.5 * at, 2) for at in reversed(range(len(self.tag.lines)))]
        return list(zip(self.tag.lines, heights, strict=True))

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
        figures = [
            Figure(low=bar.certain, high=bar.certain, possible=bar.possible, certain=bar.certain, further=bar.possible)
            for bar in found
        ]
        shorts = [bar.start.isoformat()[: ISO[self.unit]] for bar in found]
        plot = Plot(bar_axes.WIDTH, bar_axes.HEIGHT, len(found), max((one.top for one in figures), default=1))
        told = [wording.tag(one, is_people=False) for one in figures]
        highest = max(range(len(found)), key=lambda at: figures[at].top, default=0)
        tags = plot.tags(told)
        if tags and not tags[highest].lines:
            tags[highest] = Tag(plot.middle(highest), ["".join(told[highest])])
        drawn = bar_axes.columns([(bar.certain, bar.possible) for bar in found])
        labels = with_highest(plot.labels(len(found), ISO[self.unit]), highest)
        return [
            TimeBar(
                name=in_words(bar.start, bar.end),
                short=shorts[at],
                days=(bar.start, bar.end),
                figure=figures[at],
                query=self.links.joined(days_query(bar.start, bar.end)),
                certain_query=self.certain_links.joined(f"{days_query(bar.start, bar.end)}&match=certain"),
                column=drawn[at],
                label=labels[at],
                tag=tags[at],
                is_highest=at == highest and FAR < drawn[at].label_at < bar_axes.WIDTH - FAR,
            )
            for at, bar in enumerate(found)
        ]

    @property
    def seen(self) -> str:
        """“Most in 2019: 4 certain, 1 possible.”"""
        return wording.most(self.filled, self.unit) if self.filled else ""

    @property
    def by(self) -> str:
        return wording.by(self.unit)

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


def with_highest(labels: list[str], highest: int) -> list[str]:
    """The labels, with one below the highest bar in place of those so near that they would touch it."""
    if not labels or labels[highest]:
        return labels
    every = next((at for at in range(1, len(labels)) if labels[at]), len(labels))
    near = range(max(1, highest - every + 1), min(len(labels), highest + every))
    found = ["" if at in near and label == "inner" else label for at, label in enumerate(labels)]
    is_free = not any(found[at] for at in range(max(0, highest - every + 1), min(len(labels), highest + every)))
    return ["inner" if at == highest and is_free else label for at, label in enumerate(found)]
