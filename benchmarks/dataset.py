"""The data set of incidents: a report for every 100 of its rows, and an incident for each, tied to its row's words."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from archive import intake, passages
from archive.intake import Receipt
from archive.models import Passage, Place
from archive.readers import Record
from archive.terms import CaptureMethod
from incidents import curation
from incidents.curation import Draft, Said
from incidents.models import Actor, FacilityType, IncidentIdentifier, Weapon

SOURCE = "Example Data Set"
SCHEME = "example-data-set"
ROWS_A_REPORT = 100
NOTE = "Published from the data set."
KEPT = {
    "report_without_date_or_source": "A part of a data set: it has the date of each attack, and none of its own.",
    "count_not_in_quote": "Numbers stand side by side in a row of a data set, and can be read as one with a comma in it.",
}
# What the data set calls differently from the archive's vocabularies.
ACTORS = {
    "Russian Armed Forces": "russian-armed-forces",
    "Syrian government forces": "syrian-government-forces",
    "Turkish Armed Forces": "turkish-armed-forces",
    "Global Coalition": "global-coalition",
    "Islamic State": "islamic-state",
    "Armed opposition": "armed-opposition",
    "Unknown": "unknown",
}
WEAPONS = {"airstrike": "air-strike"}
Row = dict[str, str]


def publish(path: Path, rows: int, *, part: int, parts: int) -> int:
    """Publish one part of the first ``rows`` rows; return how many incidents that were."""
    curation.own_scheme(SCHEME)
    terms = Terms()
    return sum(1 for _ in curation.publish_all(drafts(path, rows, part, parts, terms), by=None, note=NOTE))


class Terms:
    """The vocabularies, by what the data set calls them."""

    def __init__(self) -> None:
        self.places = {place.pcode: place for place in Place.objects.all()}
        self.actors = dict(in_slugs(Actor).items())
        self.types = in_slugs(FacilityType)
        self.weapons = in_slugs(Weapon)

    def claims(self, row: Row, passage: Passage) -> list[Said]:
        killed = {"count_low": int(row["killed_low"]), "count_high": int(row["killed_high"]), "group": "people"}
        injured = {"count_low": int(row["injured"]), "count_high": int(row["injured"]), "group": "people"}
        facility, weapon = slug(row["facility_type"]), WEAPONS.get(row["weapon"]) or slug(row["weapon"])
        values: list[tuple[str, dict[str, Any]]] = [
            ("occurred", {"occurred_edtf": vague(row)}),
            ("place", {"place": self.places[row["place"]], "place_precision": "in"}),
            ("actor", {"actor": self.actors[ACTORS[row["actor"]]]}),
            ("facility_type", {"facility_type": self.types[facility]}),
            ("weapon", {"weapon": self.weapons[weapon]}),
            ("killed", killed),
            ("injured", injured),
        ]
        return [Said(aspect=aspect, values=given, passage=passage) for aspect, given in values]


def vague(row: Row) -> str:
    """The date of a row: every tenth is known by its month only, so that possible and certain differ."""
    return row["date"][:7] if int(row["id"]) % 10 == 0 else row["date"]


def slug(name: str) -> str:
    return name.replace(" ", "-")


def in_slugs(model: Any) -> dict[str, Any]:
    return {term.slug: term for term in model.objects.all()}


def drafts(path: Path, rows: int, part: int, parts: int, terms: Terms, *, again: str = "") -> Iterator[Draft]:
    """The drafts of one part, in the order of the data set; their reports are taken in as they come.

    ``again``: what tells them from those that are there already.
    """
    for receipt, of_report in reports(path, rows, part, parts, again):
        text = receipt.text_version
        if text is None:
            raise SystemExit(f"{receipt.locator}: {receipt.reason}")
        spans = [(text, start, end) for _, start, end in of_report]
        ids = [again + row["id"] for row, _, _ in of_report]
        known = IncidentIdentifier.objects.filter(scheme=SCHEME, value__in=ids).values_list("value", flat=True)
        done = set(known)  # by a run that was cut off
        for (row, _, _), passage in zip(of_report, passages.mark_all(spans, by=None), strict=True):
            if again + row["id"] in done:
                continue
            yield Draft(claims=terms.claims(row, passage), identifiers=[(SCHEME, again + row["id"])], kept=KEPT)


def reports(
    path: Path, rows: int, part: int, parts: int, again: str
) -> Iterator[tuple[Receipt, list[tuple[Row, int, int]]]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = islice(file, rows + 1)
        header = next(lines)
        names = next(csv.reader([header]))
        number = 0
        while chunk := list(islice(lines, ROWS_A_REPORT)):
            if number % parts == part:
                record, spans = report(header, chunk, number, again)
                found = [next(csv.DictReader(io.StringIO(line), names)) for line in chunk]
                yield (
                    next(intake.receive_all([record], by=None, method=CaptureMethod.DATASET)),
                    [(row, start, end) for row, (start, end) in zip(found, spans, strict=True)],
                )
            number += 1


def report(header: str, lines: list[str], number: int, again: str) -> tuple[Record, list[tuple[int, int]]]:
    """A report of these rows as they stand in the file, and the span of each in code points."""
    text = header + "".join(lines)
    text = text.rstrip("\n") + again
    spans = []
    start = len(header)
    for line in lines:
        spans.append((start, start + len(line.rstrip("\n"))))
        start += len(line)
    values = {
        "title": f"{SOURCE}, part {number} {again}".strip(),
        "source": SOURCE,
        "published": "",
        "language": "en",
        "url": "",
    }
    record = Record(
        **values,
        authors=(),
        text=text,
        raw=text.encode(),
        media_type="text/csv",
        encoding="utf-8",
        extractor="benchmark/1",
        file_name="incidents.csv",
        position=str(number),
        locator=f"incidents.csv:{number}",
        derived=dict.fromkeys((*values, "authors"), "file"),
    )
    return record, spans
