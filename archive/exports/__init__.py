"""Lists as files: rows in one consistent state of the database and in constant memory, under public fields.

What a field is called, holds and means is said once, for headers, schemas and the codebook. Public here: files of
lists, and what writes a value into one.
"""

from archive.exports.about import about_file, about_sheet
from archive.exports.csv_options import CsvOptions
from archive.exports.files import (
    as_file,
    as_json,
    cell,
    csv_file,
    csv_rows,
    file_of,
    joined,
    json_file,
    jsonl_file,
    ordered_set,
    refusal,
    streamed,
    with_readings,
)
from archive.exports.parquet import parquet_file
from archive.exports.spreadsheet import Book, refusal_of_size, spreadsheet_file

__all__ = [
    "Book",
    "CsvOptions",
    "about_file",
    "about_sheet",
    "as_file",
    "as_json",
    "cell",
    "csv_file",
    "csv_rows",
    "file_of",
    "joined",
    "json_file",
    "jsonl_file",
    "ordered_set",
    "parquet_file",
    "refusal",
    "refusal_of_size",
    "spreadsheet_file",
    "streamed",
    "with_readings",
]
