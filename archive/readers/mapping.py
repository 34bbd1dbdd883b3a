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

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.readers.record import METADATA

FIELDS = ("url", "title", "source", "published", "language", "text", "authors")
LARGEST = 1_000_000  # bytes of a TOML file


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
    content = _table(path)
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
    if not beside.is_file():
        return {}
    content = _table(beside)
    _known(beside, content, METADATA, "name")
    return content


def _table(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise MappingError(f"{path.name} is larger than {LARGEST:,} bytes")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise MappingError(f"{path.name} cannot be opened ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not TOML ({error})") from error


def _known(path: Path, table: Any, names: tuple[str, ...], what: str) -> None:
    if not isinstance(table, dict):
        raise MappingError(f"{path.name}: a table is expected where there is {table!r}")
    unknown = sorted(set(table) - set(names))
    if unknown:
        raise MappingError(f"{path.name}: {unknown[0]!r} is no {what}; there are {', '.join(names)}")


def _strings(path: Path, name: str, table: Any, names: tuple[str, ...] | None) -> dict[str, str]:
    if names is not None:
        _known(path, table, names, f"name in [{name}]")
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise MappingError(f"{path.name}: the values of [{name}] have to be strings")
    return table
