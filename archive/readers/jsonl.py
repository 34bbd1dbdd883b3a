"""JSON Lines: one object a line, one article an object. Read as a stream, whatever the size of the file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.readers.building import Around, Received
from archive.readers.decoding import ESCAPED, LARGEST_TEXT, Rows, open_rows, replaced
from archive.readers.html.html_files import build_cell
from archive.readers.mapping import FIELDS
from archive.readers.record import Record, Refusal
from archive.text import excerpt

EXTRACTOR = "jsonl/1"


def read(path: Path, around: Around) -> Iterator[Record | Refusal]:
    """Read the keys of `FIELDS`, or those that the mapping names, from each line; keep the line's bytes.

    A line that is no object, repeats a key, is too long or has no text is refused by itself.
    Raises `UnreadableFileError`.
    """
    rows = open_rows(path, around.encoding)
    with rows.file as lines:
        number = 0
        while True:
            try:
                line = lines.readline(LARGEST_TEXT + 1)
            except UnicodeDecodeError:
                yield Refusal(around.locator(str(number + 1)), f"it is not {lines.encoding}; the rest is not read")
                return
            if not line:
                return
            number += 1
            if len(line) > LARGEST_TEXT:
                _skip_line(lines, line)
                yield Refusal(around.locator(str(number)), f"the line is longer than {LARGEST_TEXT:,} characters")
            elif line.strip("\0 \t\r\n"):
                yield _read_line(line, str(number), rows, around)


def _read_line(line: str, position: str, rows: Rows, around: Around) -> Record | Refusal:
    whole = line.translate(ESCAPED)
    try:
        row = json.loads(whole.replace("\0", ""), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        return Refusal(around.locator(position), f"the line is not JSON ({excerpt(str(error), 200)})")
    if not isinstance(row, dict):
        return Refusal(around.locator(position), "the line is not a JSON object")
    names = around.column_map
    values = {name: names.meaning(name, row.get(names.column(name))) for name in FIELDS}
    text = values.pop("text")
    if not isinstance(text, str) or not text.strip():
        return Refusal(around.locator(position), f"it has no text under the key {names.column('text')!r}")
    for name, value in values.items():
        if isinstance(value, dict) or (isinstance(value, list) and name != "authors"):
            return Refusal(around.locator(position), f"the value of {names.column(name)!r} is not a text")
    received = Received(
        raw=line.rstrip("\r\n").encode(rows.encoding, "surrogateescape"),
        media_type="application/json",
        encoding=rows.encoding,
        extractor=EXTRACTOR,
        position=position,
        notes=rows.notes if whole == line else (replaced(whole),),
    )
    return build_cell(text, values, received, around)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _skip_line(lines: Any, begun: str) -> None:
    while begun and not begun.endswith("\n"):
        begun = lines.readline(LARGEST_TEXT)
