"""A reader of reports with the vocabularies of the fixtures and a handful of places, for tests without a database."""

import json
from pathlib import Path

from archive.mentions import MentionFinder
from incidents.suggesting import KnownFacility, Named, Reader, Vocabularies
from tests.factories import gazetteer

VOCABULARIES = Path(__file__).resolve().parents[2] / "fixtures" / "vocabularies"


def terms(kind: str) -> list[Named]:
    """The terms of a vocabulary of `fixtures/vocabularies`, with all their names."""
    rows = json.loads((VOCABULARIES / f"{kind}.json").read_text("utf-8"))
    names = ("name_en", "name_ar", "plural_en", "plural_ar")
    return [
        Named(
            row["slug"],
            (*(row[name] for name in names if row.get(name)), *row.get("aliases", ())),
            row.get("actor", ""),
        )
        for row in rows
    ]


def reader(directory: Path) -> Reader:
    """A reader that knows two hospitals beside the vocabularies; ``directory`` is one to write in."""
    return Reader(
        Vocabularies(
            actors=terms("actors"),
            weapons=terms("weapons"),
            facility_types=terms("facility_types"),
            speakers=terms("speakers"),
            facilities=[
                KnownFacility("f1", ("Idlib National Hospital", "مستشفى إدلب الوطني"), "hospital", "C3871"),
                KnownFacility("f2", ("Amal Hospital", "مستشفى الأمل"), "hospital", "C4068"),
            ],
            places=MentionFinder(gazetteer.index(directory)),
        )
    )
