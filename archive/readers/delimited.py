"""CSV and its kin, whatever their delimiter: one article a row. Read as a stream, whatever the size of the file."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from archive.readers.building import Around, Received
from archive.readers.decoding import ESCAPED, LARGEST_TEXT, Rows, UnreadableFileError, open_rows, replaced
from archive.readers.html.html_files import build_cell
from archive.readers.mapping import FIELDS, ColumnMap
from archive.readers.quoting import open_quote
from archive.readers.record import Record, Refusal

EXTRACTOR = "csv/1"
DELIMITERS = ",;\t|"
LONGEST_HEADER = 100_000  # characters


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read the columns of `FIELDS`, or those that the mapping names, from each row; keep the whole row as JSON.

    The first row names the columns, in any case of letters. Rows are counted as a spreadsheet does: the first below
    the names is 2. A row with too few or too many fields is refused by itself, and so is a row of one line whose
    quotation marks are wrong. Where they are wrong in a row of several lines nobody can say where the next row begins:
    the rows before it are read, the rest is not. Raises `UnreadableFileError`, also when the columns do not fit.
    """
    csv.field_size_limit(LARGEST_TEXT)
    opened = open_rows(path, around.encoding)
    with opened.file as file:
        lines = _Lines(file)
        header, delimiter = _header(lines, around.column_map)
        columns = _columns(header, around.column_map)
        table = _Table(_unique(header), columns, opened, around)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 1
        while True:
            number += 1
            lines.begin_row()
            try:
                fields = next(rows, None)
            except (csv.Error, UnicodeDecodeError, UnreadableFileError) as error:
                yield Refusal(around.locator(str(number)), _why_unreadable(error, lines, delimiter))
                if isinstance(error, csv.Error) and lines.is_one_whole_line():
                    continue
                return
            if fields is None:
                return
            if any(field.strip() for field in fields):
                yield table.read_row(fields, str(number))


def _why_unreadable(error: Exception, lines: "_Lines", delimiter: str) -> str:
    if not isinstance(error, csv.Error):
        return f"it cannot be read ({error}); the rest is not read"
    line = lines.first + open_quote(lines.of_row, delimiter)
    if lines.is_one_whole_line():
        return f"it cannot be read ({error}, line {line:,} of the file)"
    return f"the quotation mark that opens on line {line:,} of the file is not closed ({error}); the rest is not read"


class _Lines:
    """The lines of a file, without NUL and with U+FFFD for what is damaged; it keeps those of the row being read."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.read, self.first = file, 0, 1
        self.of_row: list[str] = []
        self.has_ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(LARGEST_TEXT + 1)
        if not line:
            self.has_ended = True
            raise StopIteration
        if len(line) > LARGEST_TEXT:
            raise UnreadableFileError(f"a line is longer than {LARGEST_TEXT:,} characters")
        self.read += 1
        line = line.replace("\0", "").translate(ESCAPED)
        self.of_row.append(line)
        return line

    def begin_row(self) -> None:
        """Forget the lines of the row before; `first` is the number of the line that comes next, from 1."""
        self.of_row.clear()
        self.first = self.read + 1

    def is_one_whole_line(self) -> bool:
        """Whether the row that went wrong is a single line, behind which another row begins."""
        return len(self.of_row) == 1 and not self.has_ended


class _Table:
    """What is the same for every row: `names` of all columns, and which of them, from 0, holds each field."""

    def __init__(self, names: list[str], columns: dict[str, int], rows: Rows, around: Around) -> None:
        self.names, self.columns, self.rows, self.around = names, columns, rows, around

    def read_row(self, fields: list[str], position: str) -> Record | Refusal:
        while len(fields) > len(self.names) and not fields[-1].strip():
            fields.pop()
        if len(fields) != len(self.names):
            reason = f"it has {len(fields)} fields where {len(self.names)} columns are named"
            return Refusal(self.around.locator(position), reason)
        mapped = self.around.column_map
        values = {name: mapped.meaning(name, fields[column]) for name, column in self.columns.items()}
        text = values.pop("text")
        if not text.strip():
            return Refusal(self.around.locator(position), f"it has no text in the column {mapped.column('text')!r}")
        received = Received(
            raw=json.dumps(dict(zip(self.names, fields, strict=True)), ensure_ascii=False).encode(),
            media_type="application/json",
            encoding=self.rows.encoding,
            extractor=EXTRACTOR,
            position=position,
            notes=self._notes(fields),
        )
        return build_cell(text, values, received, self.around)

    def _notes(self, fields: list[str]) -> tuple[str, ...]:
        damaged = "".join(field for field in fields if "\ufffd" in field)
        return (replaced(damaged),) if damaged else self.rows.notes


def _header(lines: Iterator[str], mapped: ColumnMap) -> tuple[list[str], str]:
    """Return the names of the columns and the delimiter: the one that yields most of the names that are looked for."""
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel writes for itself
        first = next(lines, "")
    if not first or len(first) > LONGEST_HEADER:
        raise UnreadableFileError("its first row does not name columns")
    wanted = {mapped.column(name).strip().casefold() for name in FIELDS}
    candidates = [(next(csv.reader([first], delimiter=delimiter)), delimiter) for delimiter in DELIMITERS]
    header, delimiter = max(candidates, key=lambda c: (len(wanted & {n.strip().casefold() for n in c[0]}), len(c[0])))
    return [name.strip() for name in header], delimiter


def _columns(header: list[str], mapped: ColumnMap) -> dict[str, int]:
    """Return for each field that the file has the number of its column, from 0."""
    folded = [name.casefold() for name in header]
    columns = {}
    for name in FIELDS:
        column = mapped.column(name)
        if folded.count(column.casefold()) > 1:
            raise UnreadableFileError(f"it has two columns {column!r}")
        if column.casefold() in folded:
            columns[name] = folded.index(column.casefold())
        elif name == "text" or name in mapped.columns:
            named = ", ".join(name for name in header[:30] if name)
            raise UnreadableFileError(f"it has no column {column!r} (it has: {named}); a mapping file can name it")
    return columns


def _unique(header: list[str]) -> list[str]:
    """Return names under which a whole row is kept: columns without a name, or with the same, get their number."""
    counts = Counter(header)
    return [
        name if name and counts[name] == 1 else f"{name} (column {number})".strip()
        for number, name in enumerate(header, 1)
    ]
