"""CSV and its kin, whatever their delimiter: one article a row. Read as a stream, whatever the size of the file."""

import json
from collections.abc import Iterator
from pathlib import Path

from archive.readers.building import Around, Received
from archive.readers.html.html_files import build_cell
from archive.readers.mapping import FIELDS
from archive.readers.record import Record, Refusal
from archive.readers.tables import Broken, Fields, Table, columns_in, open_table

EXTRACTOR = "csv/1"


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read the columns of `FIELDS`, or those that the mapping names, from each row; keep the whole row as JSON.

    The first row names the columns, in any case of letters; which rows are refused, `open_table` says. Raises
    `UnreadableFileError`, also when the columns do not fit.
    """
    mapped = around.column_map
    named = {name: mapped.column(name) for name in FIELDS}
    wanted = {column.strip().casefold() for column in named.values()}
    with open_table(path, encoding=around.encoding, wanted=wanted) as table:
        columns = columns_in(table.header, named, needed={"text", *mapped.columns})
        for row in table.rows:
            if isinstance(row, Broken):
                yield Refusal(around.locator(row.position), row.reason)
            else:
                yield _record(row, table, columns, around)


def _record(row: Fields, table: Table, columns: dict[str, int], around: Around) -> Record | Refusal:
    mapped = around.column_map
    values = {name: mapped.meaning(name, row.values[column]) for name, column in columns.items()}
    text = values.pop("text")
    if not text.strip():
        return Refusal(around.locator(row.position), f"it has no text in the column {mapped.column('text')!r}")
    received = Received(
        raw=json.dumps(dict(zip(table.names, row.values, strict=True)), ensure_ascii=False).encode(),
        media_type="application/json",
        encoding=table.encoding,
        extractor=EXTRACTOR,
        position=row.position,
        notes=row.notes,
    )
    return build_cell(text, values, received, around)
