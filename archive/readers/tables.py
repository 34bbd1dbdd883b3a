"""The rows of CSV and its kin, whatever the delimiter, read as a stream: broken ones are told, the others go on."""

import csv
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from archive.readers.decoding import ESCAPED, LARGEST_TEXT, UnreadableFileError, open_rows, replaced
from archive.readers.quoting import open_quote

DELIMITERS = ",;\t|"
LONGEST_HEADER = 100_000  # characters


class Fields(NamedTuple):
    """One row: its number as a spreadsheet counts (the first below the names is 2), and a value for each column.

    ``notes`` are clauses for people about how it was decoded.
    """

    position: str
    values: list[str]
    notes: tuple[str, ...] = ()


class Broken(NamedTuple):
    """A row that cannot be read, by its number, and why."""

    position: str
    reason: str


class Table(NamedTuple):
    """``header`` has the names of the columns as they are, ``names`` those under which a whole row is kept."""

    header: list[str]
    names: list[str]
    encoding: str
    rows: Iterator[Fields | Broken]


@contextmanager
def open_table(path: Path, *, encoding: str = "", wanted: Collection[str] = ()) -> Iterator[Table]:
    """Open a file whose first row names the columns; ``wanted`` are names, folded, by which its delimiter is told.

    A row with too few or too many fields is broken by itself, and so is a row of one line whose quotation marks are
    wrong. Where they are wrong in a row of several lines nobody can say where the next row begins: the rows before it
    are read, the rest is not. Raises `UnreadableFileError`.
    """
    csv.field_size_limit(LARGEST_TEXT)
    opened = open_rows(path, encoding)
    with opened.file as file:
        lines = _Lines(file)
        header, delimiter = _header(lines, wanted)
        rows = _rows(lines, delimiter, len(header), opened.notes)
        yield Table(header, _unique(header), opened.encoding, rows)


def columns_in(header: list[str], wanted: dict[str, str], *, needed: Collection[str]) -> dict[str, int]:
    """The number of the column, from 0, of each of ``wanted`` (what it is → how it is named, in any case of letters).

    Raises `UnreadableFileError` where one of ``needed`` is not there, and where two have the same name.
    """
    folded = [name.casefold() for name in header]
    columns = {}
    for name, column in wanted.items():
        sought = column.strip().casefold()
        if folded.count(sought) > 1:
            raise UnreadableFileError(f"it has two columns {column!r}")
        if sought in folded:
            columns[name] = folded.index(sought)
        elif name in needed:
            named = ", ".join(name for name in header[:30] if name)
            raise UnreadableFileError(f"it has no column {column!r} (it has: {named}); a mapping file can name it")
    return columns


def _rows(lines: "_Lines", delimiter: str, width: int, notes: tuple[str, ...]) -> Iterator[Fields | Broken]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 1
    while True:
        number += 1
        lines.begin_row()
        try:
            fields = next(rows, None)
        except (csv.Error, UnicodeDecodeError, UnreadableFileError) as error:
            yield Broken(str(number), _why_unreadable(error, lines, delimiter))
            if isinstance(error, csv.Error) and lines.is_one_whole_line():
                continue
            return
        if fields is None:
            return
        if any(field.strip() for field in fields):
            yield _fitting(fields, str(number), width, notes)


def _fitting(fields: list[str], position: str, width: int, notes: tuple[str, ...]) -> Fields | Broken:
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    if len(fields) != width:
        return Broken(position, f"it has {len(fields)} fields where {width} columns are named")
    damaged = "".join(field for field in fields if "\ufffd" in field)
    return Fields(position, fields, (replaced(damaged),) if damaged else notes)


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


def _header(lines: Iterator[str], wanted: Collection[str]) -> tuple[list[str], str]:
    """Return the names of the columns and the delimiter: the one that yields most of the names that are looked for."""
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel writes for itself
        first = next(lines, "")
    if not first or len(first) > LONGEST_HEADER:
        raise UnreadableFileError("its first row does not name columns")
    sought = set(wanted)
    candidates = [(next(csv.reader([first], delimiter=delimiter)), delimiter) for delimiter in DELIMITERS]
    header, delimiter = max(candidates, key=lambda c: (len(sought & {n.strip().casefold() for n in c[0]}), len(c[0])))
    return [name.strip() for name in header], delimiter


def _unique(header: list[str]) -> list[str]:
    """Return names under which a whole row is kept: columns without a name, or with the same, get their number."""
    counts = Counter(header)
    return [
        name if name and counts[name] == 1 else f"{name} (column {number})".strip()
        for number, name in enumerate(header, 1)
    ]
