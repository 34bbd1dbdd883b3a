"""Files beside the articles that say what is in them: a mapping of columns, and the NAME.toml of one file.

A mapping file, every table of which is optional:

    [columns]                     # which column or key holds what; a name not given here is looked for as it is
    title = "article_title"
    text = "article_content"
    [dates]
    format = "%m/%d/%y"           # of `published`, as in Python's strptime; other forms are still understood
    [constants]                   # for every row that does not say it itself
    language = "en"
    [values.source]               # what a value of the file means; values not listed stay as they are
    nna = "National News Agency"

The names are those of `FIELDS`. A NAME.toml holds any of `title`, `source`, `published`, `language`, `url`, `authors`
at its top level and speaks for the file NAME.txt, NAME.md, … beside it.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.readers.opening import UnreadableFileError, anchored, open_regular
from archive.readers.record import METADATA
from archive.text import excerpt

FIELDS = ("url", "title", "source", "published", "language", "text", "authors")
LARGEST = 1_000_000  # bytes of a mapping file
LARGEST_SIDECAR = 20_000
DEEPEST = 4  # tables and lists in each other, and parts of a dotted key; what a reader of TOML does with more is costly
# Strings and comments, closed or not, are one piece each, so that what is in them is not taken for keys or brackets.
_PIECE = re.compile(
    r"""(?P<text>\"{3}(?:\\.|[^\\])*?(?:\"{3}|\Z)|'{3}.*?(?:'{3}|\Z)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|\#[^\n]*)"""
    r"""|(?P<opens>[\[{])|(?P<closes>[\]}])|(?P<dot>\.)|(?P<other>[\n=,])""",
    re.DOTALL,
)


class MappingError(ValueError):
    """A mapping file or NAME.toml that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Where each of `FIELDS` is found in a row, and what its values mean."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    constants: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """The column or key that holds the field `name`."""
        return self.columns.get(name, name)

    def meaning(self, name: str, value: Any) -> Any:
        """What `value` of the field `name` stands for: the value itself unless `[values.NAME]` says otherwise."""
        return self.values.get(name, {}).get(value.strip(), value) if isinstance(value, str) else value


def read_map(path: Path) -> ColumnMap:
    """Read a mapping file. Raises `MappingError`, also for tables and names that do not exist."""
    content = read_toml(anchored(path), LARGEST)
    _known(path, content, ("columns", "dates", "constants", "values"), "table")
    columns = _strings(path, "columns", content.get("columns", {}), FIELDS)
    dates = _strings(path, "dates", content.get("dates", {}), ("format",))
    constants = content.get("constants", {})
    _known(path, constants, METADATA, "name in [constants]")
    values = content.get("values", {})
    _known(path, values, METADATA, "name in [values]")
    meanings = {name: _strings(path, f"values.{name}", table, None) for name, table in values.items()}
    return ColumnMap(columns=columns, date_format=dates.get("format", ""), constants=constants, values=meanings)


def read_sidecar(path: Path) -> dict[str, Any]:
    """The values of the NAME.toml beside the file `path`, none if there is no such file. Raises `MappingError`."""
    beside = path.with_name(f"{path.name.split('.')[0] if path.name.endswith('.gz') else path.stem}.toml")
    if not os.path.lexists(beside):
        return {}
    content = read_toml(beside, LARGEST_SIDECAR)
    _known(beside, content, METADATA, "name")
    return content


def read_toml(path: Path, largest: int = LARGEST) -> dict[str, Any]:
    """What a TOML file of at most so many bytes holds. Raises `MappingError`."""
    try:
        with open_regular(path) as file:
            raw = file.read(largest + 1)
    except UnreadableFileError as error:
        raise MappingError(f"{path.name}: {error}") from error
    if len(raw) > largest:
        raise MappingError(f"{path.name} is larger than {largest:,} bytes")
    try:
        text = raw.decode("utf-8-sig")
        _refuse_depth(path, text)
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, or a number or date that is none
        if isinstance(error, MappingError):
            raise
        raise MappingError(f"{path.name} is not TOML ({error})") from error


def _refuse_depth(path: Path, text: str) -> None:
    """Refuse tables and lists in each other, and dotted keys, that are deeper than any that these files need."""
    depth = dots = 0
    for piece in _PIECE.finditer(text):
        match piece.lastgroup:
            case "opens":
                depth, dots = depth + 1, 0
            case "closes":
                depth, dots = max(0, depth - 1), 0
            case "dot":
                dots += 1
            case "other":
                dots = 0
        if depth > DEEPEST or dots >= DEEPEST:
            raise MappingError(f"{path.name} nests deeper than {DEEPEST} levels")


def _known(path: Path, table: Any, names: tuple[str, ...], what: str) -> None:
    if not isinstance(table, dict):
        raise MappingError(f"{path.name}: a table is expected where there is {excerpt(repr(table), 60)}")
    unknown = sorted(set(table) - set(names))
    if unknown:
        raise MappingError(f"{path.name}: {excerpt(repr(unknown[0]), 60)} is no {what}; there are {', '.join(names)}")


def _strings(path: Path, name: str, table: Any, names: tuple[str, ...] | None) -> dict[str, str]:
    if names is not None:
        _known(path, table, names, f"name in [{name}]")
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise MappingError(f"{path.name}: the values of [{name}] have to be strings")
    return table
