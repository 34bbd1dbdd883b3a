"""A map as a picture that stands alone: on a sheet, with title, filters, legend, date, address and licence."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.localisation import grouped
from archive.read_by_key import ReadByKey
from incidents.lists.chart.lettering import wrapped
from incidents.lists.map import wording
from incidents.lists.map.listing import MapListing
from incidents.lists.sheets import EDGE, GAP, ROOM, WIDTH, TextLine, Writer, foot
from incidents.maps.outlines import outlines
from incidents.maps.projection import LARGEST_MARK

SAMPLE = 16.0  # room for a sample of the legend


@dataclass(frozen=True, slots=True)
class Key(ReadByKey):
    """An entry of the legend: where its sample stands, and its text."""

    kind: str
    shape: int
    radius: float
    x: float
    y: float
    line: TextLine


class Sheet(ReadByKey):
    """What the file's template reads."""

    def __init__(self, listing: MapListing) -> None:
        self.map = listing.map
        self.title = listing.title
        self.seen = list(wording.seen(self.map))
        self.width, self.x, self.map_width = WIDTH, EDGE, ROOM
        self.map_height = round(ROOM * self.map.frame.height / self.map.frame.width, 1)
        writer = Writer(EDGE - 6)
        writer.write(self.title, 20, "bold")
        for said in self.seen:
            writer.write(said, 13, gap=2)
        writer.y += GAP
        self.y = writer.y
        writer.y += self.map_height + GAP / 2
        self.keys = [*self.sizes(writer), *self.key(writer)]
        for said in [*wording.rules(self.map), *wording.numbered(self.map)]:
            writer.write(said, 11, gap=4)
        for line in foot("map", listing.params(), self.credits()):
            writer.write(line, 11, gap=4)
        self.lines = writer.lines
        self.height = round(writer.y + EDGE - 6)

    def sizes(self, writer: Writer) -> Iterator[Key]:
        """The sizes of marks, in one line."""
        if not (samples := self.map.legend):
            return
        middle = writer.y + LARGEST_MARK + 4
        x = EDGE
        for one in samples:
            x += max(one.radius, 8.0)
            line = writer.line(grouped(one.count), x + one.radius + 6, middle + 4.5, 12)
            yield Key("size", 0, one.radius, WIDTH - x if writer.is_rtl else x, middle, line)
            x += one.radius + 60
        writer.y = middle + LARGEST_MARK

    def key(self, writer: Writer) -> Iterator[Key]:
        for kind, shape, words in wording.keys(self.map):
            for index, part in enumerate(wrapped(words, ROOM - 28, 12)):
                writer.y += 20
                line = writer.line(part, EDGE + 26, writer.y, 12)
                if index:
                    writer.lines.append(line)
                else:
                    x = WIDTH - EDGE - SAMPLE / 2 if writer.is_rtl else EDGE + SAMPLE / 2
                    yield Key(kind, shape, 7.0, x, writer.y - 4, line)

    def credits(self) -> Iterator[str]:
        if found := outlines().credits:
            names = pgettext("list of names", ", ").join(one.words for one in found)
            yield _("Outlines: %(names)s. They say nothing of the status of any territory.") % {"names": names}
