"""Lists as a workbook (XLSX): what it is, the rows in typed cells under a frozen head, what each column means."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from archive.exports.files import Record, as_file, refused
from archive.exports.parquet import typed
from archive.fields import Field
from archive.fields.schemas import JOINED

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000  # it is written whole before the first byte is sent; docs/performance.md has what that takes
PIECE = 65_536  # bytes sent at once
IN_MEMORY = 1_000_000  # bytes; a larger workbook lies on the disk while it is sent
LONGEST_CELL = 32_767  # characters, as Excel has it
EARLIEST = date(1900, 3, 1)  # Excel counts days before it otherwise, or not at all
WIDEST, NARROWEST, MARGIN = 60, 10, 2  # characters of a column
TEXT_WIDTH = 28


@dataclass(frozen=True)
class Book:
    """The name of the sheet of rows, and what the workbook says of itself: headings with their words."""

    sheet: str
    about: Sequence[tuple[str, str]]


def refusal_of_size(rows: int) -> HttpResponseBase | None:
    """What is said of a list with more rows than a workbook takes here (400); None when it is short enough."""
    if rows <= MOST_ROWS:
        return None
    said = _(
        "A workbook has at most %(most)s rows here, and this list has %(rows)s. Narrow it, or take CSV or Parquet, "
        "which have no limit."
    )
    return refused({"xlsx": [said % {"most": f"{MOST_ROWS:,}", "rows": f"{rows:,}"}]})


def spreadsheet_file(name: str, fields: Sequence[Field], records: Iterable[Record], book: Book) -> HttpResponseBase:
    """A workbook of these fields, in the language that is on, from right to left where that is read so."""
    return as_file(StreamingHttpResponse(pieces(fields, records, book, get_language()), content_type=TYPE), name)


def pieces(fields: Sequence[Field], records: Iterable[Record], book: Book, language: str | None) -> Iterator[bytes]:
    """Yield the workbook. It is written when the first piece is asked for, when the language of the request is off."""
    with translation.override(language), written(fields, records, book) as file:
        while piece := file.read(PIECE):
            yield piece


def written(fields: Sequence[Field], records: Iterable[Record], book: Book) -> IO[bytes]:
    from openpyxl import Workbook  # noqa: PLC0415 (20 MB that only who asks for this costs)

    made = Workbook(write_only=True)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    try:
        write_lines(made, _("README"), book.about, widths=(TEXT_WIDTH, 100))
        write_rows(made, book.sheet, fields, records)
        meanings = ((one.name, meaning(one)) for one in fields)
        write_lines(made, _("Codebook"), [(_("Field"), _("Meaning")), *meanings], widths=(TEXT_WIDTH, 100))
        made.save(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def meaning(field: Field) -> str:
    words = [word for word in field.enum if word]
    return " ".join([str(field.description), *([_("One of:"), ", ".join(words) + "."] if words else [])])


def write_rows(made: "Workbook", title: str, fields: Sequence[Field], records: Iterable[Record]) -> None:
    sheet = new_sheet(made, title, [width(field) for field in fields])
    sheet.freeze_panes = "B2"
    sheet.append([heading(sheet, field.name) for field in fields])
    for record in records:
        sheet.append([cell(sheet, field, record[field.name]) for field in fields])


def write_lines(made: "Workbook", title: str, lines: Iterable[tuple[str, str]], *, widths: Sequence[int]) -> None:
    sheet = new_sheet(made, title, widths)
    for first, second in lines:
        sheet.append([heading(sheet, first), wrapped(sheet, second)])


def new_sheet(made: "Workbook", title: str, widths: Sequence[int]) -> "WriteOnlyWorksheet":
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet = made.create_sheet(title)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for number, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    return sheet


def width(field: Field) -> int:
    wanted = TEXT_WIDTH if field.kind in ("string", "list", "datetime") else NARROWEST
    return min(WIDEST, max(wanted, len(field.name) + MARGIN))


def heading(sheet: "WriteOnlyWorksheet", text: str) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415

    made = as_text(sheet, text)
    made.font = Font(bold=True)
    return made


def wrapped(sheet: "WriteOnlyWorksheet", text: str) -> Any:
    from openpyxl.styles import Alignment  # noqa: PLC0415

    made = as_text(sheet, text)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def cell(sheet: "WriteOnlyWorksheet", field: Field, value: Any) -> Any:
    """Return a value for a row: days, numbers and truths as such; moments are those of UTC; a text never a formula."""
    if value is None:
        return None
    if field.kind == "list":
        return text_cell(sheet, JOINED.join(str(one) for one in value))
    value = typed(field, value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.date() >= EARLIEST else value.isoformat()
    if isinstance(value, date):
        return value if value >= EARLIEST else value.isoformat()
    return text_cell(sheet, value) if isinstance(value, str) else value


def text_cell(sheet: "WriteOnlyWorksheet", text: str) -> Any:
    """Return a text as what it is: the library would take some for formulas or errors."""
    clean = printable(text)
    return as_text(sheet, clean) if clean.startswith(("=", "#")) else clean


def as_text(sheet: "WriteOnlyWorksheet", text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    made = WriteOnlyCell(sheet, value=printable(text))
    made.data_type = "s"
    return made


def printable(text: str) -> str:
    """Return a text without what no workbook holds, and no longer than a cell."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"
