"""A card as lines and a drawing at their places: 600 by 315 units, twice as many pixels as a PNG."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from archive.read_by_key import ReadByKey
from archive.web.pixels import SCALE
from incidents.lists.chart.drawing import Chart
from incidents.lists.chart.panels import Panel
from incidents.lists.sheets import ISOLATED, TextLine, wrapped
from incidents.maps.small import SmallMap

WIDTH, HEIGHT, EDGE = 600.0, 315.0, 28.0
PIXELS = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
MAP_SIZE = (218.0, HEIGHT - 8.0)  # at the side where reading ends, below the stripe
BASE = HEIGHT - 22.0  # of the last line
LEADING = 1.3
SIZES = (30.0, 25.0, 21.0, 18.0)  # of titles: the first in which it fits
SMALL = 11.5
CUT = "…"


class Card(ReadByKey):
    """What the template of a card reads.

    ``title`` is set as large as it fits, ``lines`` stand below it, ``foot`` are lines that say which page it is of. The
    panels of a ``chart`` are drawn beside each other; a map says where the ``place`` is.
    """

    width, height = WIDTH, HEIGHT

    def __init__(
        self,
        title: str,
        lines: Sequence[str] = (),
        *,
        foot: Sequence[str],
        kicker: str = "",
        chart: Chart | None = None,
        place: SmallMap | None = None,
    ) -> None:
        self.title = title
        self.is_rtl = get_language_bidi()
        self.chart = chart
        self.panels: Sequence[Panel] = chart.panels if chart else ()
        self.place = place
        self.foot = foot
        self.muted = [self.line(part, y, SMALL) for part, y in self.ends(kicker, foot)]
        self.bold: list[TextLine] = []
        self.plain: list[TextLine] = []
        self.y = EDGE + SMALL + 6
        self.write(title, lines)

    @property
    def room(self) -> float:
        """How wide lines are."""
        return WIDTH - 2 * EDGE - (MAP_SIZE[0] - 8 if self.place else 0)

    @property
    def place_drawn(self) -> str:
        """The map, from edge to edge."""
        x = 0.0 if self.is_rtl else WIDTH - MAP_SIZE[0]
        return self.place.inside(x=x, y=HEIGHT - MAP_SIZE[1]) if self.place else ""

    @property
    def bottom(self) -> float:
        """Where what stands above the foot ends."""
        return BASE - SMALL * LEADING * len(self.foot) - 4 - (self.drawing_height + 8 if self.panels else 0)

    @property
    def scale(self) -> float:
        """How large panels are drawn: side by side they have half the room each."""
        gap = 16.0 * (len(self.panels) - 1)
        return (WIDTH - 2 * EDGE - gap) / sum(panel.plot.width for panel in self.panels)

    @property
    def drawing_height(self) -> float:
        return max(panel.plot.height for panel in self.panels) * self.scale

    @property
    def placed(self) -> Iterator[tuple[float, float, Panel]]:
        """Each panel with its corner, from the reader's side."""
        x = EDGE
        for panel in self.panels[::-1] if self.is_rtl else self.panels:
            yield x, BASE - SMALL - 6 - self.drawing_height, panel
            x += panel.plot.width * self.scale + 16.0

    def ends(self, kicker: str, foot: Sequence[str]) -> Iterator[tuple[str, float]]:
        """The first line and the last ones."""
        first = " · ".join(part for part in (_(settings.SITE_NAME), kicker) if part)
        yield shortened(first, self.room, SMALL), EDGE + 4
        for index, line in enumerate(reversed(foot)):
            yield shortened(line, self.room, SMALL), BASE - index * SMALL * LEADING

    def write(self, title: str, lines: Sequence[str]) -> None:
        below = [part for line in lines for part in wrapped(line, self.room, 14)]
        left = self.bottom - self.y
        needed = min(len(below), 2) * 14 * LEADING + (10 if below else 0)
        size, parts = fitted(title, self.room, left - needed)
        for part in parts:
            self.y += size * LEADING
            self.bold.append(self.line(part, self.y, size, "bold"))
        self.y += 10
        for part in below:
            if self.y + 14 * LEADING <= self.bottom:
                self.y += 14 * LEADING
                self.plain.append(self.line(part, self.y, 14))

    def line(self, text: str, y: float, size: float, weight: str = "normal") -> TextLine:
        if self.is_rtl:
            return TextLine(ISOLATED.format(text), WIDTH - EDGE, round(y, 1), size, weight, "end")
        return TextLine(text, EDGE, round(y, 1), size, weight, "start")


def fitted(text: str, room: float, height: float) -> tuple[float, list[str]]:
    """The largest size in which a title fits, and its lines; of one that fits in none the beginning."""
    for size in SIZES:
        parts = list(wrapped(text, room, size, "bold"))
        if len(parts) * size * LEADING <= height:
            return size, parts
    most = max(1, int(height / (size * LEADING)))
    return size, [*parts[: most - 1], parts[most - 1].rstrip() + CUT]


def shortened(text: str, room: float, size: float) -> str:
    """The first line of a text."""
    parts = list(wrapped(text, room, size))
    return parts[0] + CUT if len(parts) > 1 else text
