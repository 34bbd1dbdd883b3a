"""A row as a text: a line for each cell that holds something, the name of its column before it. Pure."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from archive.readers.tables import Fields, Table
from archive.text import normalise
from archive.text.bidi import without_directions

Span = tuple[int, int]
EXTRACTOR = "row/1"


class RowText(NamedTuple):
    """``text`` is in the archive's normal form; ``lines`` are the spans of it by the number of the column, from 0."""

    text: str
    lines: dict[int, Span]

    def words(self, columns: Iterable[int]) -> Span | None:
        """The lines of some columns in one span; of the first that there is, where lines of others stand between."""
        wanted = [number for number in columns if number in self.lines]
        if not wanted:
            return None
        first, last = min(wanted), max(wanted)
        between = [number for number in self.lines if first <= number <= last]
        if set(between) != set(wanted):
            return self.lines[wanted[0]]
        return self.lines[first][0], self.lines[last][1]


def row_text(names: list[str], values: list[str]) -> RowText:
    """The text of a row: ``column: value`` lines in the order of the columns; cells of white space are left out."""
    parts: list[str] = []
    lines: dict[int, Span] = {}
    at = 0
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        said = normalise(value).strip()
        if said:
            line = normalise(f"{' '.join(normalise(name).split())}: {said}")
            lines[number] = (at, at + len(line))
            parts.append(line)
            at += len(line) + 1
    return RowText("\n".join(parts), lines)


def raw_row(table: Table, row: Fields) -> bytes:
    """The whole row as it is kept: JSON in UTF-8, every column."""
    return json.dumps(dict(zip(table.names, row.values, strict=True)), ensure_ascii=False).encode()


def one_line(value: str) -> str:
    """A cell on one line, without characters that nobody sees."""
    kept = "".join(char if char.isprintable() else " " for char in without_directions(normalise(value)))
    return " ".join(kept.split())
