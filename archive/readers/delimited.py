"""CSV and its kin, whatever their delimiter: one article a row. Read as a stream, whatever the size of the file."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.readers.building import Around, Received, build
from archive.readers.files import LARGEST_TEXT, UnreadableFileError, open_rows
from archive.readers.mapping import FIELDS, ColumnMap
from archive.readers.record import Record, Refusal

EXTRACTOR = "csv/1"
DELIMITERS = ",;\t|"
LONGEST_HEADER = 100_000  # characters


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read the columns of `FIELDS`, or those that the mapping names, from each row; keep the whole row as JSON.

    The first row names the columns, in any case of letters. A row with too few or too many fields is refused by
    itself. Raises `UnreadableFileError`, also when the columns do not fit.
    """
    csv.field_size_limit(LARGEST_TEXT)
    with open_rows(path) as lines:
        rows = _rows(lines, around)
        header = [name.strip().lstrip("\ufeff") for name in next(rows, (0, []))[1]]
        columns = _columns(header, around.column_map)
        names = _unique(header)
        number = 1
        while True:
            number += 1
            try:
                fields = next(rows, None)
            except (csv.Error, UnicodeDecodeError) as error:
                yield Refusal(around.locator(str(number)), f"it cannot be read ({error}); the rest is not read")
                return
            if fields is None:
                return
            yield _read_row(fields[1], str(fields[0]), names, columns, lines.encoding, around)
