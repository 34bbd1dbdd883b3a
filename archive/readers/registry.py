"""Which reader a file belongs to, and which files a folder holds."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.readers import delimited, jsonl, markdown, plain
from archive.readers.building import Around
from archive.readers.files import LARGEST_FILE, UnreadableFileError, check_size
from archive.readers.mapping import ColumnMap, MappingError, read_sidecar
from archive.readers.record import Record, Refusal

Reader = Callable[[Path, Around], Iterator[Record | Refusal]]

READERS: dict[str, Reader] = {
    ".csv": delimited.read,
    ".jsonl": jsonl.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".tsv": delimited.read,
    ".txt": plain.read,
}
# Formats of interface.md that have no reader yet; a new one moves to READERS.
LATER = (".html", ".htm", ".warc", ".warc.gz", ".wacz")
STREAMED_SUFFIXES = (".csv", ".jsonl", ".tsv")  # of any size, many articles; other files end at LARGEST_FILE
SIDECAR = ".toml"


def read_path(
    path: Path, *, column_map: ColumnMap | None = None, overrides: Mapping[str, Any] | None = None
) -> Iterator[Record | Refusal]:
    """Read a file, or all files of a folder and the folders in it, in the order of their names.

    `column_map` says which columns of CSV and keys of JSONL hold what; `overrides` are values for files that do not
    state them (names as in `archive.readers.record.METADATA`). Hidden files and the NAME.toml files of a folder are
    passed over. Whatever cannot be read is a `Refusal`; nothing is raised but for programming errors.
    """
    for file in list_files(path):
        shown = file.relative_to(path.parent).as_posix() if file != path else path.name
        try:
            yield from _read_file(file, shown, column_map or ColumnMap(), overrides or {})
        except (UnreadableFileError, MappingError) as error:
            yield Refusal(shown, str(error))
        except OSError as error:
            yield Refusal(shown, f"it cannot be read ({error.strerror or error})")


def list_files(path: Path) -> Iterator[Path]:
    """The files that `read_path` looks at: the file itself, or those below a folder, hidden ones and .toml passed over.

    Links to folders are not followed, so that there are no circles.
    """
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.lower().endswith(SIDECAR):
                yield Path(folder) / name


def _read_file(
    path: Path, shown: str, column_map: ColumnMap, overrides: Mapping[str, Any]
) -> Iterator[Record | Refusal]:
    suffix = _suffix(path.name)
    reader = READERS.get(suffix)
    if suffix not in STREAMED_SUFFIXES:
        check_size(path, LARGEST_FILE)
    if reader is None:
        reason = (
            f"{suffix} cannot be imported yet" if suffix in LATER else f"it is none of {', '.join(sorted(READERS))}"
        )
        yield Refusal(shown, reason)
        return
    around = Around(
        file_name=path.name,
        shown=shown,
        column_map=column_map,
        sidecar=read_sidecar(path),
        overrides=overrides,
    )
    yield from reader(path, around)


def _suffix(name: str) -> str:
    lowered = name.lower()
    return next((suffix for suffix in (*LATER, *READERS) if lowered.endswith(suffix)), Path(lowered).suffix)
