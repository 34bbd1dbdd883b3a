"""Which reader a file belongs to, and which files a folder holds."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.readers import delimited, jsonl, markdown, plain
from archive.readers.building import Around
from archive.readers.decoding import LARGEST_FILE, check_size
from archive.readers.html import html_files
from archive.readers.mapping import ColumnMap, MappingError, read_sidecar
from archive.readers.opening import UnreadableFileError, anchored
from archive.readers.progress import Progress
from archive.readers.record import Record, Refusal
from archive.readers.warc import archive_files as web_archives
from archive.text import normalise
from archive.text.bidi import without_directions

Reader = Callable[[Path, Around], Iterator[Record | Refusal]]

READERS: dict[str, Reader] = {
    ".csv": delimited.read,
    ".htm": html_files.read,
    ".html": html_files.read,
    ".jsonl": jsonl.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".tsv": delimited.read,
    ".txt": plain.read,
    ".xhtml": html_files.read,
    **dict.fromkeys(web_archives.SUFFIXES, web_archives.read),
}
STREAMED_SUFFIXES = (
    ".csv",
    ".jsonl",
    ".tsv",
    *web_archives.SUFFIXES,
)  # of any size, many articles; other files end at LARGEST_FILE
SIDECAR = ".toml"


def read_path(
    path: Path,
    *,
    column_map: ColumnMap | None = None,
    overrides: Mapping[str, Any] | None = None,
    encoding: str = "",
    progress: Progress | None = None,
) -> Iterator[Record | Refusal]:
    """Read a file, or all files of a folder and the folders in it, in the order of their names.

    `column_map` says which columns of CSV and keys of JSONL hold what; `overrides` are values for files that do not
    state them (names as in `archive.readers.record.METADATA`); `encoding` is that of files that do not begin with a
    byte order mark; `progress` hears how far it has come. Hidden files and the NAME.toml files of a folder are passed
    over. Symbolic links are refused. Whatever cannot be read is a `Refusal`; nothing is raised but for programming
    errors.
    """
    path, progress = anchored(path), progress or Progress()
    for file in list_files(path):
        shown = _shown(file.relative_to(path.parent).as_posix() if file != path else path.name)
        around = Around(
            file_name=_shown(file.name),
            shown=shown,
            column_map=column_map or ColumnMap(),
            overrides=overrides or {},
            encoding=encoding,
            progress=progress,
        )
        try:
            yield from _read_file(file, around)
        except (UnreadableFileError, MappingError) as error:
            yield Refusal(shown, str(error))
        except UnicodeDecodeError as error:
            yield Refusal(shown, f"it is not {error.encoding} throughout")
        except OSError as error:
            yield Refusal(shown, f"it cannot be read ({error.strerror or error})")
        progress.end_of_file(os.lstat(file).st_size if os.path.lexists(file) else 0)


def list_files(path: Path) -> Iterator[Path]:
    """The files that `read_path` looks at: the file itself, or those below a folder, hidden ones and .toml passed over.

    Links are listed as they are and never followed, so that there are no circles; so are folders that cannot be read.
    """
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            entries = [] if folder.is_symlink() else sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield folder
            continue
        if folder.is_symlink():
            yield folder
        inner: list[Path] = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                inner.append(folder / entry.name)
            elif not entry.name.startswith(".") and not entry.name.lower().endswith(SIDECAR):
                yield folder / entry.name
        waiting += reversed(inner)


def _shown(name: str) -> str:
    """A name as it is printed and kept: other systems allow any bytes in it, line breaks and worse among them."""
    return without_directions(normalise(name)).replace("\n", "\ufffd").replace("\t", " ")


def _read_file(path: Path, around: Around) -> Iterator[Record | Refusal]:
    suffix = _suffix(path.name)
    reader = READERS.get(suffix)
    if suffix not in STREAMED_SUFFIXES:
        check_size(path, LARGEST_FILE)
    if reader is None:
        yield Refusal(around.shown, f"it is none of {', '.join(sorted(READERS))}")
        return
    read = 0
    for item in reader(path, replace(around, sidecar=read_sidecar(path))):
        yield item
        if suffix not in web_archives.SUFFIXES and isinstance(item, Record):
            read += len(item.raw)
            around.progress.reached(read)


def _suffix(name: str) -> str:
    lowered = name.lower()
    return next((suffix for suffix in READERS if lowered.endswith(suffix)), Path(lowered).suffix)
