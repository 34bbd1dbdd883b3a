"""Lists as files: rows in one consistent state of the database and in constant memory, under public fields.

What a field is called, holds and means is said once, for headers, schemas and the codebook. Public here: files of
lists, and what writes a value into one.
"""

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

__all__ = [
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
    "refusal",
    "streamed",
    "with_readings",
]
