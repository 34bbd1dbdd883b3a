"""Pictures that stand alone: the sheet of a chart or a map, with title, filters, date, address and licence on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from archive.lists.filter_words import in_words
from archive.read_by_key import ReadByKey
from incidents.formats.licences import RECORDS
from incidents.lists.chart.lettering import wrapped

EDGE, GAP = 24.0, 16.0
ROOM = 800.0  # what is drawn is as wide
WIDTH = ROOM + 2 * EDGE
ISOLATED = "\u2067{}\u2069"  # right to left, whatever it begins with: renderers take the other direction for granted


@dataclass(frozen=True, slots=True)
class TextLine(ReadByKey):
    """A line of text at its place; ``size`` in units."""

    text: str
    x: float
    y: float
    size: float
    weight: str
    anchor: str


class Writer:
    """Writes lines below each other, from the reader's side."""

    def __init__(self, y: float) -> None:
        self.y = y
        self.is_rtl = get_language_bidi()
        self.lines: list[TextLine] = []

    def line(self, text: str, x: float, y: float, size: float, weight: str = "normal") -> TextLine:
        """``x`` counts from the side where reading begins."""
        if self.is_rtl:
            return TextLine(ISOLATED.format(text), WIDTH - x, y, size, weight, "end")
        return TextLine(text, x, y, size, weight, "start")

    def write(self, text: str, size: float, weight: str = "normal", *, gap: float = 0.0) -> None:
        self.y += gap
        for part in wrapped(text, ROOM, size, weight):
            self.y += size * 1.35
            self.lines.append(self.line(part, EDGE, self.y, size, weight))


def foot(name: str, params: QueryDict, further: Iterable[str] = ()) -> Iterator[str]:
    """Yield the last lines of a picture of the page with this name: by whom, when, on which terms, where."""
    today = datetime.now(tz=UTC).date()
    yield _("%(site)s · drawn on %(day)s from what was published by then · licence: %(licence)s") % {
        "site": _(settings.SITE_NAME),
        "day": in_words(today, today),
        "licence": f"{RECORDS.title} ({RECORDS.name})",
    }
    yield from further
    query = params.urlencode(safe=":,")
    yield f"{settings.SITE_URL}{reverse(name)}{'?' if query else ''}{query}"
