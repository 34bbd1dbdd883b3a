"""The public data as a Frictionless Data Package (https://datapackage.org/): CSV files, their schemas, a codebook.

Everything comes from one state of the database and is read in batches, so that memory does not grow with the archive.
"""

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from archive.articles import exports as article_exports
from archive.exports import cell
from archive.exports.snapshots import batches, snapshot
from archive.fields import names, table_schema
from archive.lists.public_sources import public_sources
from archive.models import ArticleRow
from incidents.formats import edition_document, licences, tables
from incidents.formats.claim_rows import claim_rows
from incidents.formats.codebook import codebook
from incidents.formats.conflict_data import acled_row, ged_row
from incidents.formats.listed_rows import moment
from incidents.formats.tables import Table
from incidents.formats.vocabulary_rows import VOCABULARIES
from incidents.models import PublishedIncident
from incidents.record.flat import flat_row
from incidents.record.redaction import redacted_all
from incidents.record.same_attack import reasons_seen
from incidents.record.whole import IncidentRecord
from incidents.terms import State

OF_EDITIONS = (tables.PACKAGED, tables.CLAIMS, tables.GED, tables.ACLED)
TABLES = (*OF_EDITIONS, tables.CLOSED_INCIDENTS, tables.ARTICLES, *tables.VOCABULARIES)
Record = Mapping[str, Any]
# What each of the tables that are made of editions says of one, at its permalink.
ROWS_OF: Mapping[str, Callable[[IncidentRecord, str], Iterable[Record]]] = {
    tables.PACKAGED.name: lambda content, permalink: [{**flat_row(content), "permalink": permalink}],
    tables.CLAIMS.name: claim_rows,
    tables.GED.name: lambda content, permalink: [ged_row(content, permalink)],
    tables.ACLED.name: lambda content, permalink: [acled_row(content, permalink)],
}


class Written(NamedTuple):
    """How many bytes a table has as CSV, and their SHA-256."""

    size: int
    sha256: str


class FolderInUseError(Exception):
    """The folder has something in it, or is none; nothing was written."""


def export(folder: Path, *, release: str = "") -> dict[str, int]:
    """Write the package into a folder that is absent or empty; return how many rows each file has.

    ``release`` is its version, else the day of the last change.
    The folder appears whole or not at all: it is written beside and moved there at the end. Raises FolderInUseError.
    """
    refuse_used(folder)
    with working_folder(folder) as made, snapshot():
        counts = write_tables(made)
        sizes = {table.name: measured(made / f"{table.name}.csv") for table in TABLES}
        for name, text in texts(timezone.now(), sizes, release).items():
            (made / name).write_text(text, encoding="utf-8")
    return counts


def texts(created: datetime, sizes: Mapping[str, "Written"], release: str = "") -> dict[str, str]:
    """Return the files beside the tables, by name."""
    sources = list(public_sources().order_by("name_en").values_list("name_en", "homepage", "licence"))
    written = moment(created) or ""
    described = json.dumps(descriptor(created, sizes, release), ensure_ascii=False, indent=2)
    return {
        "codebook.md": codebook(TABLES, settings.SITE_URL),
        "LICENCE.md": licences.TERMS,
        "ATTRIBUTION.md": licences.attribution(settings.SITE_NAME, settings.SITE_URL, written, sources),
        "datapackage.json": described + "\n",
    }


def refuse_used(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise FolderInUseError(f"{folder} is not empty: name a folder that is empty or does not exist yet.")
    elif folder.exists() or folder.is_symlink():
        raise FolderInUseError(f"{folder} is not a folder.")


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A folder beside the wanted one, which takes its place at the end; when anything fails it is removed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
        made.chmod(0o755)
        try:
            os.rename(made, folder)  # noqa: PTH104 (takes the place of an empty folder, refuses a used one)
        except OSError as error:
            raise FolderInUseError(f"{folder} was used in the meantime: {error.strerror}.") from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def write_tables(folder: Path) -> dict[str, int]:
    counts = write_editions(folder)
    counts["closed"] = write_table(folder, tables.CLOSED_INCIDENTS, closed_rows())
    articles = ArticleRow.objects.published().order_by("pk")
    counts["articles"] = write_table(folder, tables.ARTICLES, article_exports.records(articles))
    for one in VOCABULARIES:
        counts[one.table.name] = write_table(folder, one.table, one.records(one.ordered()))
    return counts


def write_editions(folder: Path) -> dict[str, int]:
    """Write the four tables that are made of the current editions, in one pass over them."""
    with ExitStack() as stack:
        files = {table.name: stack.enter_context(TableFile(folder, table)) for table in OF_EDITIONS}
        for content in current_editions():
            permalink = edition_document.permalink(content)
            for table in OF_EDITIONS:
                for row in ROWS_OF[table.name](content, permalink):
                    files[table.name].write(row)
        return {name: file.rows for name, file in files.items()}


def rows_of_editions(table: Table) -> Iterator[Record]:
    """The rows of one of those tables."""
    for content in current_editions():
        yield from ROWS_OF[table.name](content, edition_document.permalink(content))


def current_editions() -> Iterator[IncidentRecord]:
    """The content of every current edition, as readers may have it today, in the order of their codes' rows."""
    rows = PublishedIncident.objects.published().order_by("pk").values_list("edition__content", flat=True)
    for batch in batches(rows.iterator(chunk_size=500)):
        yield from redacted_all(batch)


def closed_rows() -> Iterator[Record]:
    closed = PublishedIncident.objects.exclude(state=State.PUBLISHED).order_by("pk")
    read = ("code", "state", "changed_at", "incident__closed_reason", "incident__merged_into__code")
    for batch in batches(closed.values_list(*read).iterator(chunk_size=500)):
        reasons = reasons_seen({code: reason for code, _state, _at, reason, _into in batch})
        for code, state, at, _reason, into in batch:
            yield {
                "code": code,
                "state": state,
                "changed_at": moment(at),
                "reason": reasons[code],
                "merged_into": into,
            }


class TableFile:
    """A CSV file that is being written: the columns of a table, cells as in the exports of lists."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.path = folder / f"{table.name}.csv"
        self.columns = names(table.fields)
        self.rows = 0

    def __enter__(self) -> "TableFile":
        self.file = self.path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(self.columns)
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def write(self, record: Record) -> None:
        self.writer.writerow([cell(record[column]) for column in self.columns])
        self.rows += 1


def write_table(folder: Path, table: Table, records: Iterable[Record]) -> int:
    with TableFile(folder, table) as file:
        for record in records:
            file.write(record)
    return file.rows


def measured(path: Path) -> "Written":
    with path.open("rb") as file:
        return Written(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def descriptor(created: datetime, sizes: Mapping[str, "Written"], release: str) -> dict[str, Any]:
    """Return `datapackage.json`: what the package is, and each file with its schema, size and digest."""
    latest = PublishedIncident.objects.aggregate(latest=Max("changed_at"))["latest"] or created
    day = latest.astimezone(UTC)
    return {
        "profile": "tabular-data-package",
        "name": slugify(settings.SITE_NAME) or "archive",
        "title": settings.SITE_NAME,
        "description": "Attacks as published reports tell of them, every fact tied to the words that support it. "
        "codebook.md says what each column means.",
        "homepage": settings.SITE_URL,
        "version": release or f"{day.year}.{day.month}.{day.day}",
        "created": moment(created),
        "licenses": [licences.RECORDS._asdict()],
        "sources": list(licences.ORIGINS),
        "contributors": [{"title": settings.SITE_NAME, "path": settings.SITE_URL, "role": "publisher"}],
        "resources": [resource(table, sizes[table.name]) for table in TABLES],
    }


def resource(table: Table, written: "Written") -> dict[str, Any]:
    schema = table_schema(table.fields, primary_key=[table.key])
    if table is tables.CLAIMS:
        to_incidents = {"resource": tables.PACKAGED.name, "fields": ["code"]}
        schema["foreignKeys"] = [{"fields": ["code"], "reference": to_incidents}]
    licence = licences.PLACES if table is tables.PLACES else licences.RECORDS
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.title),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.sha256}",
        "licenses": [licence._asdict()],
        "schema": schema,
    }
