"""Which version of the software this is: `pyproject.toml` says so, once."""

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


@cache
def version() -> str:
    """Return the version by SemVer: what it promises is the interface (CHANGELOG.md)."""
    said = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return str(said["project"]["version"])
