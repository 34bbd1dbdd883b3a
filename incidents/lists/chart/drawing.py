"""A list drawn through time: panels of bars, each with its figures, and the lists that they lead to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from archive.lists import histogram
from archive.lists.facets import Links, days_query
from archive.lists.filter_words import in_words
from archive.lists.histogram import Bins, Placed, Unit
from archive.lists.integers import Rows, places_of
from archive.lists.selection import Selection
from archive.lists.spans import EVER, NEVER
from archive.localisation import grouped
from archive.read_by_key import ReadByKey
from incidents.lists.chart import counting, telephones, wording
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.curves import Curves, drawn
from incidents.lists.chart.filters import PEOPLE, ChartFilters
from incidents.lists.chart.panels import ChartBar, Days, Panel
from incidents.lists.chart.plot import NARROW_WIDTH, WIDE_WIDTH, Pattern, Plot
from incidents.lists.chart.series import Series, series_of
from incidents.lists.incident_columns import spans_of

MOST_BARS = 400  # of all panels: a page is then no heavier than 250 kB
MOST_LINKED = 62  # bars that the keyboard stops at; of more the table has the links
UNITS: tuple[Unit, ...] = ("day", "month", "year")  # that are taken where none is asked for
WIDE, NARROW = (WIDE_WIDTH, 260.0), (NARROW_WIDTH, 200.0)
OTHER_SHADES = {"several": 6, "others": 7, "unknown": 8}
MOST_NARROW = 31  # bars of a panel that stands beside another


class Chart(ReadByKey):
    """What readable parameters ask to be drawn."""

    def __init__(self, filters: ChartFilters, selection: Selection) -> None:
        self.filters = filters
        self.selection = selection
        self.measure = str(filters.value("measure") or "incidents")
        self.is_people = self.measure in PEOPLE
        self.is_stacked = filters.value("layout") == "stacked"
        self.is_lines = filters.value("layout") == "lines"

    @cached_property
    def series(self) -> list[Series]:
        return series_of(self.filters, self.selection)

    @cached_property
    def rows(self) -> Rows:
        """All that is drawn."""
        return Rows.union(*(one.rows for one in self.series)) if self.series else self.selection.rows

    @cached_property
    def have_own_days(self) -> bool:
        """Whether the selections that are compared are of different periods."""
        return len({self.asked_days(one) for one in self.series}) > 1

    def asked_days(self, series: Series) -> tuple[date | None, date | None]:
        return series.filters.value("from"), series.filters.value("to")

    @cached_property
    def unit(self) -> Unit:
        by: Unit | None = self.filters.value("by")
        if by in histogram.UNITS:
            return by
        return next((unit for unit in UNITS if self.fits(unit)), UNITS[-1])

    def fits(self, unit: Unit) -> bool:
        """Whether bars of this unit can be read, and are not too many in all."""
        numbers = self.numbers(unit)
        return max(numbers, default=0) <= histogram.MOST_DAYS and sum(numbers) <= MOST_BARS

    def numbers(self, unit: Unit) -> list[int]:
        """How many bars each panel has."""
        return [histogram.number_of(*days, unit) for days in self.days_by(unit) if days]

    def days_by(self, unit: Unit) -> list[Days | None]:
        """The days that each panel is drawn for: the same where all are of one period."""
        if self.have_own_days:
            spans = [one.spans for one in self.series]
            return [
                histogram.reach(each, *self.asked_days(one), unit=unit)
                for each, one in zip(spans, self.series, strict=True)
            ]
        every = spans_of(self.selection.columns).of(places_of(self.rows))
        days = histogram.reach(every, *self.asked_days(self.series[0]), unit=unit) if self.series else None
        return [days] if self.is_stacked else [days] * len(self.series)

    @cached_property
    def days(self) -> list[Days | None]:
        return self.days_by(self.unit)

    @property
    def problem(self) -> str:
        """What is wrong with the size of it, if anything."""
        number = sum(self.numbers(self.unit))
        if number > MOST_BARS:
            return _(
                "That would be %(number)s bars; at most %(most)s can be drawn. "
                "Choose longer bars, a shorter period or fewer selections."
            ) % {"number": grouped(number), "most": grouped(MOST_BARS)}
        return ""

    @property
    def is_certain_only(self) -> bool:
        return bool(self.filters.value("match") == "certain")

    def figures(self, series: Series, bins: Bins) -> list[Figure]:
        found = self.measured(series, Placed.in_bars(series.spans, bins))
        return counting.certain_only(found) if self.is_certain_only else found

    def total(self, series: Series) -> Figure:
        """Each incident of the list once: certain are those that its own list of what is certain has."""
        certain = series.selection.of(series.filters.with_values(match="certain"))
        is_certain = np.isin(places_of(series.rows), places_of(certain))
        (found,) = self.measured(series, Placed.in_all(is_certain))
        return found

    def measured(self, series: Series, placed: Placed) -> list[Figure]:
        columns, places = series.selection.columns, places_of(series.rows)
        if self.is_people:
            low, high = (columns.numbers[name][places] for name in (self.measure, f"{self.measure}_high"))
            return counting.of_people(placed, low, high)
        if self.measure == "facilities":
            known = columns.dimensions["facility_ids"].rows.values()
            struck = [places_of(rows) for having in known if (rows := having & series.rows)]
            return counting.of_facilities(placed, [np.searchsorted(places, rows) for rows in struck])
        return counting.of_incidents(placed)

    @cached_property
    def panels(self) -> list[Panel]:
        """The panels, all on one scale; none where no date is known of anything."""
        if self.is_stacked:
            return self.stacked_panels
        drawn = [(one, Bins(*days, self.unit)) for one, days in zip(self.series, self.days, strict=True) if days]
        figures = [self.figures(one, bins) for one, bins in drawn]
        largest = max((figure.top for each in figures for figure in each), default=1)
        most = max((len(each) for each in figures), default=1)
        is_narrow = len(drawn) > 1 and most <= MOST_NARROW
        plot = Plot(*(NARROW if is_narrow else WIDE), most, largest)
        return [
            self.panel(one, plot, bins, found, [self.stack(figure) for figure in found])
            for (one, bins), found in zip(drawn, figures, strict=True)
        ]

    @cached_property
    def curves(self) -> Curves | None:
        """The panels as lines on one scale, where that is asked for; periods lie over each other, bar by bar."""
        if not self.is_lines or not self.panels:
            return None
        firsts = [[bar.days[0] for bar in panel.bars] for panel in self.panels]
        return drawn(self.panels, wording.shorts(firsts, self.unit, have_own_days=self.have_own_days))

    @property
    def stacked_panels(self) -> list[Panel]:
        """One panel: on the bars of the whole the parts, first all that is certain, then what is possible."""
        if not self.stacked:
            return []
        bins, whole = self.stacked_bins, self.figures(self.whole, self.stacked_bins)
        stacks = [
            [
                *(("certain", shade, one.low) for shade, one in zip(self.shades, bar, strict=True)),
                *(("possible", shade, one.possible) for shade, one in zip(self.shades, bar, strict=True)),
            ]
            for bar in zip(*(figures for _series, figures, _total in self.stacked), strict=True)
        ]
        plot = Plot(*WIDE, bins.size, max((one.top for one in whole), default=1))
        return [self.panel(self.whole, plot, bins, whole, stacks)]

    @cached_property
    def stacked_bins(self) -> Bins:
        first, last = self.days[0] or (date.min, date.min)
        return Bins(first, last, self.unit)

    @cached_property
    def stacked(self) -> list[tuple[Series, list[Figure], Figure]]:
        """The figures of each part, bar by bar, and its total, where they stand on each other."""
        if not self.is_stacked or not self.days[0]:
            return []
        return [(one, self.figures(one, self.stacked_bins), self.total(one)) for one in self.series]

    @cached_property
    def whole(self) -> Series:
        return Series("", "", self.filters.plain, self.filters, self.selection)

    @property
    def drawn(self) -> Iterator[tuple[Series, list[Days], Sequence[Figure], Figure]]:
        """Each selection, then each part of a stack, with days and figures of its bars, and the total."""
        for panel in self.panels:
            yield panel.series, [bar.days for bar in panel.bars], [bar.figure for bar in panel.bars], panel.total
        for series, figures, total in self.stacked:
            yield series, self.stacked_bins.bounds, figures, total

    @property
    def is_linked(self) -> bool:
        """Whether each bar of the picture is a link; where they are many, the keyboard finds them in the table."""
        return sum(len(panel.filled) for panel in self.panels) <= MOST_LINKED

    @property
    def open_ended(self) -> int:
        """How many have no beginning or no end: they may lie in every bar towards that side."""
        spans = spans_of(self.selection.columns).of(places_of(self.rows))
        return int(np.count_nonzero((spans.lower <= NEVER) | (spans.upper >= EVER)))

    @property
    def left_out(self) -> int:
        """How many incidents none of the parts has."""
        return 0 if self.filters.value("compare") or self.is_stacked else len(self.selection.rows - self.rows)

    def stack(self, figure: Figure) -> list[tuple[str, int, int]]:
        return [
            ("certain", 0, figure.low),
            ("range", 0, figure.high - figure.low),
            ("possible", 0, figure.possible),
        ]

    def panel(
        self,
        series: Series,
        plot: Plot,
        bins: Bins,
        figures: Sequence[Figure],
        stacks: Sequence[Sequence[tuple[str, int, int]]],
    ) -> Panel:
        """Put a panel together; ``figures`` and ``stacks`` are those of its bars."""
        told = [wording.tag(figure, is_people=self.is_people) for figure in figures]
        tags = plot.tags(told)
        sides, near = (
            telephones.sides(plot, told, tags),
            telephones.near(plot, told, tags, [one.top for one in figures]),
        )
        names = [wording.short(first, self.unit) for first, _last in bins.bounds]
        labels = plot.labels(len(figures), max(map(len, names)))
        params = series.params if series.params is not None else self.filters.plain
        links, certain_links = Links(params, "from", "to"), Links(params, "from", "to", "match")

        def bar(days: Days, figure: Figure, each: Sequence[Figure]) -> ChartBar:
            return ChartBar(
                name=in_words(*days),
                words=wording.figures(figure, self.measure, zip(self.stacked_series, each, strict=True)),
                figure=figure,
                days=days,
                query=links.joined(days_query(*days)),
                certain_query=certain_links.joined(f"{days_query(*days)}&match=certain"),
                parts=["".join(wording.tag(one, is_people=False)) for one in each],
                plot=plot,
            )

        drawn = [
            replace(
                bar(days, figures[at], [parts[at] for _series, parts, _total in self.stacked]),
                short=names[at] if labels[at] else "",
                tag=tags[at],
                is_near=near[at],
                side=sides[at],
                told=told[at],
                pieces=plot.pieces(at, stacks[at]),
                middle=plot.middle(at),
                label=labels[at],
            )
            for at, days in enumerate(bins.bounds)
        ]
        totals = [total for _series, _parts, total in self.stacked]
        whole = replace(bar((bins.first, bins.last), self.total(series), totals), query=params.urlencode())
        return Panel(series, plot, drawn, whole, series.name or wording.title(self.filters, self.unit))

    @property
    def patterns(self) -> list[Pattern]:
        """Those that are used."""
        return [Pattern(shade) for shade in sorted({0, *self.shades})]

    @property
    def shades(self) -> list[int]:
        """The colours of the parts of a stack: grey for those that are no terms."""
        return [OTHER_SHADES.get(series.key, at) for at, series in enumerate(self.stacked_series)]

    @property
    def stacked_series(self) -> list[Series]:
        return [series for series, _figures, _total in self.stacked]
