"""What a backup says of itself: `manifest.json` in it."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from archive.backing_up.errors import RestoreError
from archive.backing_up.table_digests import TableDigest

FORMAT = 1
README, MANIFEST, SUMS = "README.txt", "manifest.json", "SHA256SUMS"
DATABASE, STORED = "database/", "stored/"
LARGEST = 64_000_000  # bytes of a manifest


@dataclass(frozen=True, slots=True)
class LackingFile:
    """A file of the storage that could not be read when the backup was made; ``problem`` is a clause."""

    path: str
    size: int
    problem: str


@dataclass(slots=True)
class Manifest:
    """``made_at`` is the moment whose state it is. ``server`` is the major version of PostgreSQL, ``locale`` that of
    the database. ``custody`` is number and hash of the newest line of the log. ``stored_…`` are the files of the
    storage that are in it, ``lacking`` those that are not.
    """

    made_at: str
    release: str
    server: int
    postgresql: str
    locale: str
    migrations: list[str]
    tables: dict[str, TableDigest]
    custody: tuple[int, str]
    settings: dict[str, str]
    stored_count: int = 0
    stored_size: int = 0
    lacking: list[LackingFile] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        said = {"format": FORMAT, **asdict(self)}
        said["tables"] = {name: table._asdict() for name, table in self.tables.items()}
        return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Manifest:
    """Raises `RestoreError`."""
    try:
        said: dict[str, Any] = json.loads(data)
        number = said.pop("format")
        if number != FORMAT:
            raise RestoreError(f"The backup has format {number}: this software reads format {FORMAT}.")
        said["tables"] = {name: TableDigest(**table) for name, table in said["tables"].items()}
        said["lacking"] = [LackingFile(**one) for one in said["lacking"]]
        said["custody"] = (int(said["custody"][0]), str(said["custody"][1]))
        return Manifest(**said)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise RestoreError(f"The backup's {MANIFEST} cannot be read ({type(error).__name__}).") from error
