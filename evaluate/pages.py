"""Pages of the web with a known right reading: how much of the text, the titles and the dates is drawn right."""

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml.html import fromstring

from archive.readers.building import Around
from archive.readers.html import record_of_page
from archive.readers.page import Page
from archive.readers.record import Record

TITLE = "Text, title and day of web pages"
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages" / "readability"
WORDS, TITLES, DATES = 0.93, 0.90, 0.85  # what is demanded
POOR = 0.9  # word F1 below which a page is listed
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One page: the F1 of its words, and for title and day what is expected ("" is not given) and what was read."""

    page: str
    words: float
    title: tuple[str, str]
    day: tuple[str, str]
    flag: str

    @property
    def is_title_right(self) -> bool:
        return plain(self.title[0]) == plain(self.title[1])

    @property
    def is_day_right(self) -> bool:
        return self.day[0] == self.day[1]


def pages(folder: Path = FOLDER) -> Iterator[str]:
    """The names of the pages that the index lists."""
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["page"]


def read(page: str, folder: Path = FOLDER) -> Reading:
    """Read one page as it would be imported, and compare."""
    raw = (folder / page / "source.html").read_bytes()
    expected = json.loads((folder / page / "expected-metadata.json").read_text(encoding="utf-8"))
    text = (folder / page / "expected.html").read_text(encoding="utf-8")
    right = " ".join(fromstring(text).itertext()) if text.strip() else ""
    record = record_of_page(
        Page(body=raw, raw=raw, media_type="text/html"), Around(file_name="source.html", shown="source.html")
    )
    found = record if isinstance(record, Record) else None
    return Reading(
        page=page,
        words=f1(right, found.text if found else ""),
        title=(expected.get("title") or "", found.title if found else ""),
        day=((expected.get("publishedTime") or "")[:10], found.published if found else ""),
        flag=found.drawing.flag if found else "refused",
    )


def f1(right: str, drawn: str) -> float:
    """The harmonic mean of precision and recall of words, each counted as often as it is there."""
    first, second = (Counter(_WORD.findall(plain(text))) for text in (right, drawn))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def plain(text: str) -> str:
    """Text as far as two readings must be alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all pages: mean F1, shares of right titles and days of those that are given, and how many those are."""

    readings: list[Reading]

    @property
    def words(self) -> float:
        return sum(one.words for one in self.readings) / len(self.readings)

    @property
    def titles(self) -> float:
        return _share([one.is_title_right for one in self.readings if one.title[0]])

    @property
    def days(self) -> float:
        return _share([one.is_day_right for one in self.readings if one.day[0]])

    @property
    def is_good(self) -> bool:
        return self.words >= WORDS and self.titles >= TITLES and self.days >= DATES


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def run() -> tuple[list[str], bool]:
    """The lines of the report, and whether all that is demanded holds."""
    figures = Figures([read(page) for page in pages()])
    readings = figures.readings
    titled, dated = (sum(bool(getattr(one, name)[0]) for one in readings) for name in ("title", "day"))
    lines = [
        f"- {len(readings)} pages of the test set of Readability",
        f"- word F1, mean: {figures.words:.3f} (demanded: {WORDS})",
        f"- titles right: {figures.titles:.0%} of {titled} (demanded: {TITLES:.0%})",
        f"- days of publication right: {figures.days:.0%} of {dated} (demanded: {DATES:.0%})",
        "",
        "Misses:",
        "",
    ]
    lines += [f"- `{one.page}`: word F1 {one.words:.3f}" for one in readings if one.words < POOR]
    for one in readings:
        if one.title[0] and not one.is_title_right:
            lines.append(f"- `{one.page}`: title “{one.title[1]}”, expected “{one.title[0]}”")
        if one.day[0] and not one.is_day_right:
            lines.append(f"- `{one.page}`: day {one.day[1] or 'none'}, expected {one.day[0]}")
        if not one.day[0] and one.day[1]:
            lines.append(f"- `{one.page}`: day {one.day[1]}, none is expected")
        if one.flag:
            lines.append(f"- `{one.page}`: flagged as {one.flag}")
    return lines, figures.is_good
