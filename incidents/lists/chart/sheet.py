"""A chart as a picture that stands alone: its panels on a sheet, with title, filters, date, address and licence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.read_by_key import ReadByKey
from incidents.lists.chart import wording
from incidents.lists.chart.lettering import wrapped
from incidents.lists.chart.listing import ChartListing
from incidents.lists.chart.panels import Panel
from incidents.lists.chart.plot import NARROW_WIDTH
from incidents.lists.chart.samples import Sample
from incidents.lists.sheets import EDGE, GAP, ROOM, WIDTH, TextLine, Writer, foot


@dataclass(frozen=True, slots=True)
class Key(ReadByKey):
    """An entry of the legend: a sample, and where its text stands."""

    sample: Sample
    x: float
    y: float
    line: TextLine


class Sheet(ReadByKey):
    """What the file's template reads."""

    def __init__(self, listing: ChartListing) -> None:
        self.listing = listing
        self.chart = listing.chart
        self.title = listing.title
        self.seen = wording.seen(self.chart)
        self.width = WIDTH
        writer = Writer(EDGE - 6)
        writer.write(self.title, 20, "bold")
        for said in self.seen if len(self.seen) == 1 or self.chart.curves else ():
            writer.write(said, 14, gap=2)
        writer.y += GAP
        self.names: list[TextLine] = []
        self.placed = [] if self.chart.curves else list(self.place(writer))
        self.curves_y = writer.y
        if self.chart.curves:
            writer.y += self.chart.curves.plot.height + GAP / 2
        self.keys = list(self.key(writer))
        for said in (wording.rule(self.chart), *wording.notes(self.chart)):
            writer.write(said, 11, gap=6)
        for line in foot("charts", listing.params()):
            writer.write(line, 11, gap=4)
        self.lines = writer.lines
        self.height = round(writer.y + EDGE - 6)

    def place(self, writer: Writer) -> Iterator[tuple[float, float, Panel]]:
        """Each panel with its corner: two beside each other where they are narrow, from the reader's side."""
        panels: Sequence[Panel] = self.chart.panels
        columns = 2 if panels and panels[0].plot.width == NARROW_WIDTH else 1
        highest, waiting = 0.0, list[tuple[float, Panel]]()
        for index, panel in enumerate(panels):
            column = index % columns
            offset = (ROOM - NARROW_WIDTH) * column if columns == 2 else 0
            x = EDGE + (ROOM - NARROW_WIDTH - offset if writer.is_rtl and columns == 2 else offset)
            top = writer.y
            for text, size, weight in self.over(panel) if len(panels) > 1 else ():
                start = WIDTH - x - panel.plot.width if writer.is_rtl else x
                for part in wrapped(text, panel.plot.width, size, weight):
                    top += size * 1.35
                    self.names.append(writer.line(part, start, top, size, weight))
            highest = max(highest if column else 0.0, top)
            waiting.append((x, panel))
            if column == columns - 1 or index == len(panels) - 1:
                for left, one in waiting:
                    yield left, highest, one
                waiting = []
                writer.y = highest + panel.plot.height + GAP / 2

    def over(self, panel: Panel) -> list[tuple[str, float, str]]:
        """What stands over a panel: its name, and what is seen in it."""
        return [(panel.name, 14, "bold"), (wording.said_of(panel, self.chart), 11, "normal")]

    def key(self, writer: Writer) -> Iterator[Key]:
        for sample in wording.keys(self.chart):
            if sample.kind == "line":  # has its name at its end
                continue
            for index, part in enumerate(wrapped(sample.words, ROOM - 30, 12)):
                writer.y += 17
                line = writer.line(part, EDGE + 30, writer.y, 12)
                if index:
                    writer.lines.append(line)
                else:
                    x = WIDTH - EDGE - 22 if writer.is_rtl else EDGE
                    yield Key(sample, x, writer.y - 10, line)
