"""Backups as files, small ones without a database behind them too, and an empty database to restore into."""

import io
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.db import connections

from archive.backing_up.manifest import MANIFEST, README, SUMS, Manifest
from archive.backing_up.table_digests import TableDigest
from archive.postgresql.base import DatabaseWrapper

SCRATCH = "restored"
CAPTURE = b"a capture " * 200


def manifest(**changes: object) -> Manifest:
    said: dict[str, object] = {
        "made_at": "2024-05-01T00:00:00+00:00",
        "release": "1.0.0",
        "server": 15,
        "postgresql": "15.1",
        "locale": "C.UTF-8",
        "migrations": ["archive.0001_initial"],
        "tables": {"public.archive_source": TableDigest(1, "0" * 64)},
        "custody": (0, "0" * 64),
        "settings": {},
        "stored_count": 1,
        "stored_size": len(CAPTURE),
    }
    return Manifest(**(said | changes))  # type: ignore[arg-type]


def parts(**changes: object) -> dict[str, bytes]:
    """The files of a backup, in their order."""
    name = sha256(CAPTURE).hexdigest()
    found = {
        README: b"A backup.\n",
        "database/000001": b"the dump " * 100,
        "database/000002": b"its end",
        f"stored/sha256/{name}": CAPTURE,
        MANIFEST: manifest(**changes).written(),
    }
    return found | {SUMS: "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in found.items()).encode()}


def write(target: Path, files: Mapping[str, bytes]) -> Path:
    with tarfile.open(target, "w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return target


@contextmanager
def empty_database() -> Iterator[DatabaseWrapper]:
    """Let all work with an empty database instead of the test's own."""
    ours = connections["default"]
    assert isinstance(ours, DatabaseWrapper)
    name = f"{ours.settings_dict['NAME']}_{SCRATCH}"[-63:]
    with ours._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    other = type(ours)({**ours.settings_dict, "NAME": name}, alias=ours.alias)
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = ours
        with ours._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
