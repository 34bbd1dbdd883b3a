"""Reads a gazetteer file: one JSON object a line, a place with its spellings, each after its parent.

The format is described in `fixtures/gazetteer/README.md`. Pure: nothing is stored here.
"""

import gzip
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from archive.names import name_key, script_of, skeleton
from archive.terms import LEVELS

LONGEST_NAME, LONGEST_PCODE, LONGEST_SOURCE, LONGEST_QUALITY, LONGEST_LANGUAGE = 200, 20, 40, 20, 8
_GZIP = b"\x1f\x8b"


class GazetteerError(ValueError):
    """A file that cannot be loaded; the message names the file and the line, counted from 1."""


class NameRow(NamedTuple):
    """One spelling, ready to be stored."""

    pcode: str
    name: str
    folded: str
    skeleton: str
    script: str
    language: str
    source: str
    quality: str
    is_official: bool


class PlaceRow(NamedTuple):
    """One place, ready to be stored; ``level`` is its number, ``parent`` a P-code or None, the point in degrees.

    ``label_en`` and ``label_ar`` are the names to show, empty where those are the official ones.
    """

    pcode: str
    level: int
    parent: str | None
    name_en: str
    name_ar: str
    lat: float | None
    lon: float | None
    label_en: str
    label_ar: str
    names: tuple[NameRow, ...]


def read(path: Path) -> list[PlaceRow]:
    """All places of a file, compressed or not. Raises `GazetteerError` at the first line that is not a place."""
    rows: list[PlaceRow] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            row = _place(json.loads(line))
            if row.pcode in seen:
                raise ValueError(f"{row.pcode} stands in the file twice")
            if row.parent in seen and seen[row.parent] >= row.level:
                raise ValueError(f"{row.pcode} lies in {row.parent}, which is no larger unit")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else error
            raise GazetteerError(f"{path.name}, line {number}: {reason}") from error
        seen[row.pcode] = row.level
        rows.append(row)
    if not rows:
        raise GazetteerError(f"{path.name}: there is no place in it")
    return rows


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == _GZIP
        with gzip.open(path) if is_packed else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path.name}, after line {number}: {error}") from error


def _place(record: Any) -> PlaceRow:
    if not isinstance(record, dict):
        raise TypeError("a line must be an object in braces")
    if record["level"] not in LEVELS:
        raise ValueError(f"the level must be one of {', '.join(LEVELS)}")
    level = LEVELS.index(record["level"])
    pcode = _text(record["pcode"], "pcode", LONGEST_PCODE)
    parent = record["parent"]
    if (parent is None) != (level == 0):
        raise ValueError("a country has no parent, every other place has one")
    lat, lon = _degrees(record.get("lat"), 90), _degrees(record.get("lon"), 180)
    if (lat is None) != (lon is None):
        raise ValueError("lat and lon are given together or not at all")
    return PlaceRow(
        pcode,
        level,
        None if parent is None else _text(parent, "parent", LONGEST_PCODE),
        _text(record["name_en"], "name_en", LONGEST_NAME),
        _text(record.get("name_ar", ""), "name_ar", LONGEST_NAME, may_be_empty=True),
        lat,
        lon,
        _text(record.get("label_en", ""), "label_en", LONGEST_NAME, may_be_empty=True),
        _text(record.get("label_ar", ""), "label_ar", LONGEST_NAME, may_be_empty=True),
        tuple(_name(pcode, name) for name in record["names"]),
    )


def _name(pcode: str, entry: Any) -> NameRow:
    if not isinstance(entry, list) or len(entry) != 4:
        raise ValueError("a name is [name, language, source, quality]")
    name = _text(entry[0], "name", LONGEST_NAME)
    language = _text(entry[1], "language", LONGEST_LANGUAGE, may_be_empty=True)
    source, quality = _text(entry[2], "source", LONGEST_SOURCE), _text(entry[3], "quality", LONGEST_QUALITY)
    folded = name_key(name)
    if not folded:
        raise ValueError(f"the name {name!r} has neither letter nor digit")
    if len(folded) > LONGEST_NAME:
        raise ValueError(f"the name {name!r} is too long")
    return NameRow(
        pcode, name, folded, skeleton(name), script_of(name), language, source, quality, quality == "official"
    )


def _text(value: Any, field: str, longest: int, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > longest or not (value.strip() or may_be_empty):
        raise ValueError(f"{field} must be text of 1 to {longest} characters, not {value!r}")
    if "\x00" in value or value != " ".join(value.split()):
        raise ValueError(f"{field} has white space or control characters that no name has: {value!r}")
    return value


def _degrees(value: Any, most: int) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"{value!r} is no position in degrees")
    return float(value)
