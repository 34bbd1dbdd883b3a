"""Reading the rows of a data set by its map: what each claims by which words, or why it cannot be read. Pure."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.readers.decoding import UnreadableFileError
from archive.readers.opening import anchored
from archive.readers.record import Refusal
from archive.readers.tables import Broken, Fields, Table, columns_in, open_table
from archive.text import excerpt, sha256_of
from incidents.data_sets.cells import CellError, plain_number, read_days, read_number, read_whether, shown
from incidents.data_sets.maps import NAMED, ClaimColumn, DataMap, terms_in
from incidents.data_sets.nearest import Places
from incidents.data_sets.placing import Cells, place_of
from incidents.data_sets.rows import RowText, Span, one_line, raw_row, row_text
from incidents.terms import HAPPENED, NUMBERED, Aspect

LONGEST_IDENTIFIER = 200
LONGEST_TITLE = 150
LARGEST_ROW = 2_000_000  # characters of its text

Known = Mapping[str, Mapping[str, str]]  # aspect → what a term is called, folded → its short name


@dataclass(frozen=True, slots=True, kw_only=True)
class RowClaim:
    """What a row says of one aspect: the value as `curation.make_claim` takes it, but P-codes and short names.

    ``words`` is the span of the row's text that says it; ``reasoning`` what was concluded, where something was.
    """

    aspect: str
    values: Mapping[str, Any]
    words: Span
    reasoning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that was read. ``locator`` is shown to people, ``position`` its number; ``raw`` is kept as the capture."""

    identifier: str
    position: str
    locator: str
    text: str
    raw: bytes
    encoding: str
    working_title: str
    claims: tuple[RowClaim, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return sha256_of(self.text)


@dataclass
class Reading:
    """A file on its way through a map. ``dated`` counts rows by whether their date could be read."""

    path: Path
    data_map: DataMap
    places: Places
    known: Known
    encoding: str = ""
    dated: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    undated_example: str = ""

    def rows(self) -> Iterator[Row | Refusal]:
        """Each row of the file, in its order. Raises `UnreadableFileError`, also when a column of the map is missing.

        Of two rows with one identifier the second is refused, unless it is the same from first to last.
        """
        wanted = {name: name for name in self.data_map.columns}
        seen: dict[str, tuple[str, bytes]] = {}
        with open_table(
            anchored(self.path), encoding=self.encoding, wanted={name.casefold() for name in wanted}
        ) as table:
            columns = columns_in(table.header, wanted, needed=wanted)
            for fields in table.rows:
                row = self.row(table, columns, fields)
                if isinstance(row, Row):
                    digest = hashlib.sha256(row.text.encode()).digest()
                    before, known = seen.setdefault(row.identifier, (row.position, digest))
                    if known != digest:
                        why = f"it has the identifier of row {before}, {row.identifier}, and says something else"
                        row = Refusal(row.locator, why)
                yield row

    def row(self, table: Table, columns: Mapping[str, int], fields: Fields | Broken) -> Row | Refusal:
        locator = f"{self.path.name}:{fields.position}"
        if isinstance(fields, Broken):
            return Refusal(locator, fields.reason)
        try:
            text = row_text(table.header, fields.values)
            if len(text.text) > LARGEST_ROW:
                raise CellError(f"it has more than {LARGEST_ROW:,} characters")
            cells = Cells(columns, fields.values, text, self.data_map.nothing)
            return Row(
                identifier=self.identifier(cells),
                position=fields.position,
                locator=locator,
                text=text.text,
                raw=raw_row(table, fields),
                encoding=table.encoding,
                working_title=excerpt(one_line(cells.said(self.data_map.working_title)), LONGEST_TITLE),
                claims=tuple(self.claims(cells)),
                notes=fields.notes,
            )
        except CellError as error:
            return Refusal(locator, str(error))

    def identifier(self, cells: Cells) -> str:
        if not self.data_map.identifier:
            return f"row-{sha256_of(cells.text.text)[:20]}"
        parts = [one_line(cells.said(column)) for column in self.data_map.identifier]
        if self.data_map.identifier_is_number:
            parts = [plain_number(part) for part in parts]
        found = " ".join(part for part in parts if part)
        if not found:
            raise CellError(f"it has no identifier in the column {' or '.join(self.data_map.identifier)}")
        if len(found) > LONGEST_IDENTIFIER or ";" in found:
            raise CellError(f"{shown(found)} cannot be an identifier: it is too long, or has a semicolon")
        return found

    def claims(self, cells: Cells) -> Iterator[RowClaim]:
        """Raises `CellError`, which names the column."""
        seen = set()
        for claim in (*self.dates(cells), *place_of(cells, self.data_map.place, self.places), *self.columns(cells)):
            aspect, values, words, reasoning = claim
            key = (aspect, words, repr(sorted(values.items())))
            if key not in seen:
                seen.add(key)
                yield RowClaim(aspect=aspect, values=values, words=words, reasoning=reasoning)

    def dates(self, cells: Cells) -> Iterator[tuple[str, dict[str, Any], Span, str]]:
        column = self.data_map.date
        if column is None or not (cell := cells.said(column.column)):
            return
        until = cells.said(column.until)
        try:
            edtf = read_days(cell, until, column.formats)
        except CellError as error:
            self.dated[False] += 1
            self.undated_example = self.undated_example or str(error)
            raise CellError(f"column {column.column}: {error}") from error
        self.dated[True] += 1
        yield Aspect.OCCURRED, {"occurred_edtf": edtf}, cells.words(column.column, column.until if until else ""), ""

    def columns(self, cells: Cells) -> Iterator[tuple[str, dict[str, Any], Span, str]]:
        for column in self.data_map.claims:
            if cell := cells.said(column.column):
                try:
                    for values in values_in(column, cell, self.known):
                        yield column.aspect, values, cells.words(column.column), ""
                except CellError as error:
                    raise CellError(f"column {column.column}: {error}") from error


def values_in(column: ClaimColumn, cell: str, known: Known) -> Iterator[dict[str, Any]]:
    """The values of the claims that a cell makes; none where it says nothing, and where it says 0."""
    if column.aspect in NUMBERED:
        happened, (low, high) = read_whether(cell) if column.aspect in HAPPENED else (True, read_number(cell))
        if not happened or high == 0:
            return
        counts = {"count_low": low, "count_high": high} if column.is_counted else {}
        if column.aspect == Aspect.STRIKES and low is None and high is None:
            return
        yield {name: number for name, number in counts.items() if number is not None} | (
            {"group": column.group} if column.group else {}
        )
        return
    said = meaning(column, cell, known)
    if column.aspect == Aspect.DAMAGE:
        yield from ({"damage": said} for _ in range(bool(said)))
        return
    for group in terms_in(said):
        yield {"one_of_actors": sorted(group)} if len(group) > 1 else {column.aspect: group[0]}


def meaning(column: ClaimColumn, cell: str, known: Known) -> str:
    """What a cell stands for: by the map, else by what the vocabulary calls its terms. Raises `CellError`."""
    if column.value:
        return column.value if read_whether(cell)[0] else ""
    if cell in column.values:
        return column.values[cell]
    folded = " ".join(cell.casefold().split())
    if column.aspect in NAMED and (slug := known.get(column.aspect, {}).get(folded)):
        return slug
    raise CellError(f"{shown(cell)} is not in the map, and nothing in the archive is called so")


def undated(reading: Reading) -> str:
    """Why a run must not begin: dates are there, and not one could be read. "" when it may."""
    if reading.dated[False] and not reading.dated[True]:
        return f"no row has a date that can be read by the map; the first: {reading.undated_example}"
    return ""


__all__ = ["Reading", "Row", "RowClaim", "RowText", "UnreadableFileError", "undated"]
