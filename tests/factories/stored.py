"""Editions as they were stored once, and what the site gave out of each: old records must go on reading the same.

`tests/stored/` has a file for each edition: ``content`` and ``sha256`` as stored, and ``written``, what every format
made of it. Where a format is meant to change, `write_again` (from ``manage.py shell``) writes ``written`` anew; the
content and its digest stay as they are for ever.
"""

import hashlib
import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.http import JsonResponse
from django.utils import translation

from archive.citing import FORMATS
from archive.exports import as_json, csv_rows
from archive.fields import names
from incidents.curation.published_rows import document as searched
from incidents.formats import edition_document, incident_feed, schema_org, tables
from incidents.formats.claim_rows import claim_rows
from incidents.formats.conflict_data import acled_row, ged_row
from incidents.formats.geojson import feature
from incidents.formats.listed_rows import CSV_COLUMNS, record_of
from incidents.formats.record_citations import reference
from incidents.presentation.changes import changes_between
from incidents.presentation.fact_sections import Item, sections
from incidents.presentation.reports import cited_reports, summary_sentences
from incidents.record.flat import flat_row
from incidents.record.redaction import Access, redact
from incidents.record.writing import digest

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "stored"
CHANGES = FOLDER / "changes.json"
LANGUAGES = ("en", "ar")
Stored = dict[str, Any]


def files() -> list[pathlib.Path]:
    return sorted(FOLDER.glob("*-v*.json"))


def read(path: pathlib.Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def written(content: Stored, sha256: str) -> dict[str, Any]:
    """Return what each format makes of an edition: the bytes as text, or their digest where they are long."""
    permalink = edition_document.permalink(content)
    flat = flat_row(content)
    standing = {"state": "published", "changed_at": None, "reason": "", "merged_into": None}
    exported = record_of({**flat, "published_at": None}, standing)
    response = JsonResponse(edition_document.written(content, sha256), json_dumps_params={"ensure_ascii": False})
    return {
        "record.json": hashlib.sha256(response.content).hexdigest(),
        "record.jsonld": as_json(schema_org.document(content)),
        **{f"record.{suffix}": form.write(reference(content)) for suffix, form in FORMATS.items()},
        "flat": as_json(flat),
        "incidents.csv": "".join(csv_rows(CSV_COLUMNS, [exported])),
        "incidents.jsonl": as_json(exported),
        "incident.geojson": as_json(feature(exported)),
        "incident.atom": incident_feed.facts(flat),
        "claims.csv": table(tables.CLAIMS, claim_rows(content, permalink)),
        "incidents_ucdp_ged.csv": table(tables.GED, [ged_row(content, permalink)]),
        "incidents_acled.csv": table(tables.ACLED, [acled_row(content, permalink)]),
        "searched": searched(content),
        "facts": {language: facts(content, language) for language in LANGUAGES},
        "withheld": redacted(content, Access(is_public=False, has_quotes=False)),
        "reference only": redacted(content, Access(is_public=True, has_quotes=False)),
    }


def table(of: tables.Table, rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(csv_rows(names(of.fields), rows))


def redacted(content: Stored, access: Access) -> str:
    """The digest of the record as readers see it with such access to all its articles."""
    return digest(redact(content, dict.fromkeys(content["articles"], access)))


def facts(content: Stored, language: str) -> list[Any]:
    """The facts, summary and reports of its page, in words."""
    with translation.override(language):
        told: list[Any] = [
            [section.heading, [item_words(item) for item in section.items], section.notes]
            + [[line.counted, line.said_by, len(line.parts)] for line in section.numbers]
            for section in sections(content)
        ]
        told += [
            [sentence.text, [quote.exact for _, quote in sentence.quotes]] for sentence in summary_sentences(content)
        ]
        return told + [[one.outlet, one.title, one.published, one.passages] for one in cited_reports(content)]


def item_words(item: Item) -> list[Any]:
    said = [[one.value, one.attribution, one.rank] for quote in item.quotes for one in quote.statements]
    quoted = [f"{quote.prefix}[{quote.exact}]{quote.suffix}" for quote in item.quotes]
    judged = [[one.value, one.judgement, one.reasoning] for one in item.judgements]
    above = [unit["pcode"] for unit in item.path]
    return [item.heading, item.other_script, item.detail, item.notes, item.is_fact, above, quoted, said, judged]


def changes() -> Iterator[list[Any]]:
    """Yield what each stored edition says otherwise than the one before it, in words of both languages."""
    contents = [read(path)["content"] for path in files()]
    for before, after in pairwise(contents):
        for language in LANGUAGES:
            with translation.override(language):
                found = [[one.label, one.before, one.after] for one in changes_between(before, after)]
                yield [f"{before['code']} {after['code']} v{after['version']} {language}", found]


def lines(document: Any, depth: int = 2) -> str:
    """JSON with a line for each format, so that a difference shows which one it is in."""
    if not depth or not document or not isinstance(document, dict | list):
        return json.dumps(document, ensure_ascii=False)
    if isinstance(document, list):
        return "[\n" + ",\n".join(lines(one, 0) for one in document) + "\n]"
    return (
        "{\n" + ",\n".join(f"{json.dumps(key)}: {lines(value, depth - 1)}" for key, value in document.items()) + "\n}"
    )


def write_again() -> None:
    for path in files():
        stored = read(path)
        content, sha256 = stored["content"], stored["sha256"]
        path.write_text(lines({**stored, "written": written(content, sha256)}) + "\n", encoding="utf-8")
    CHANGES.write_text(lines(list(changes())) + "\n", encoding="utf-8")
