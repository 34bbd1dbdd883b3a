"""What commands that read files of articles are told: what the files do not say, and how to read them."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from archive.readers import STREAMED_SUFFIXES, ColumnMap, MappingError, read_map
from archive.readers.metadata import one_line, read_date, read_language, read_url
from archive.text.encodings import codec_named

UNUSABLE = 2  # exit status


def add_reading_options(parser: ArgumentParser) -> None:
    parser.add_argument("--source", metavar="NAME", help="who published, for articles that do not say it")
    parser.add_argument("--published", metavar="DATE", help="when, for articles that do not say it")
    parser.add_argument("--language", metavar="CODE", help="in which language, for articles that do not say it")
    parser.add_argument("--url", help="the address of the article; for one file only")
    parser.add_argument("--encoding", metavar="NAME", help="of files that do not begin with a byte order mark")
    parser.add_argument("--map", type=Path, metavar="MAP.toml", help="which columns or keys hold what")


def read_overrides(options: dict[str, Any]) -> dict[str, str]:
    """The values of the arguments as they will be stored; one that cannot be read is an error, not unknown."""
    readers = {
        "source": lambda value: one_line(value, 200),
        "published": read_date,
        "language": read_language,
        "url": read_url,
    }
    given = {name: options[name] for name in readers if options[name] is not None}
    for name, value in given.items():
        if not readers[name](value):
            raise CommandError(f"--{name} {value!r} cannot be read as a {name}.", returncode=UNUSABLE)
    return given


def read_encoding(name: str | None) -> str:
    if name is not None and codec_named(name) is None:
        raise CommandError(f"--encoding {name!r} is not the name of an encoding.", returncode=UNUSABLE)
    return name or ""


def read_column_map(path: Path | None) -> ColumnMap:
    if path is None:
        return ColumnMap()
    try:
        return read_map(path)
    except MappingError as error:
        raise CommandError(f"--map: {error}.", returncode=UNUSABLE) from error


def check_paths(paths: list[Path], *, has_url: bool) -> None:
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise CommandError(f"{missing[0]} does not exist.", returncode=UNUSABLE)
    if not paths and not has_url:
        return
    is_one_article = len(paths) == 1 and paths[0].is_file() and not paths[0].name.lower().endswith(STREAMED_SUFFIXES)
    if has_url and not is_one_article:
        raise CommandError("--url goes with one file of one article only.", returncode=UNUSABLE)
