"""Writing a backup: one state of the database, the captures beside it, and what both are."""

import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from archive import custody, software
from archive.backing_up import encryption, programs, readme, stored_files, table_digests, told_settings
from archive.backing_up.errors import BackupError
from archive.backing_up.manifest import DATABASE, MANIFEST, README, STORED, SUMS, LackingFile, Manifest
from archive.backing_up.new_files import new_file
from archive.depot import store
from archive.models import Backup
from archive.postgresql.base import as_owner

PART = 16 << 20  # bytes of the dump in one piece, and in memory


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies there, and what it says of itself."""

    row: Backup
    manifest: Manifest


def back_up(target: Path, *, recipients: Sequence[str], environment: dict[str, str]) -> Made:
    """Write a backup to a new file, encrypted for the recipients if there are any, and keep a row that tells of it.

    Raises `BackupError`; nothing is left then. `ImproperlyConfigured` where the owner's role is not given.
    """
    began_at = timezone.now()
    try:
        with new_file(target) as handle:
            file = encryption.HashedFile(handle)
            with encryption.encrypted(file, recipients) as sink:
                manifest = _Writer(sink, began_at).write(environment)
    except programs.MissingProgramError as error:
        raise BackupError(str(error)) from error
    except programs.FailedProgramError as error:
        raise BackupError(f"pg_dump has failed: {error}") from error
    except OSError as error:
        raise BackupError(f"{target} could not be written: {error.strerror or error}.") from error
    row = Backup.objects.create(
        began_at=began_at,
        ended_at=timezone.now(),
        size=file.size,
        sha256=file.sha256,
        is_encrypted=bool(recipients),
        custody_number=manifest.custody[0],
        custody_hash=manifest.custody[1],
        lacking=len(manifest.lacking),
    )
    return Made(row, manifest)


class _Writer:
    """Writes one tar file from its beginning to its end, without ever going back."""

    def __init__(self, sink: encryption.Sink, began_at: datetime) -> None:
        self._gate = _Gate(sink)
        self._tar = tarfile.open(fileobj=self._gate, mode="w|", format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115
        self._began_at = began_at
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 (until the file is written)

    def write(self, environment: dict[str, str]) -> Manifest:
        try:
            return self._write(environment)
        finally:
            self._gate.shut()

    def _write(self, environment: dict[str, str]) -> Manifest:
        with self._sums, tempfile.TemporaryFile() as listed:
            with _one_state() as (owner, snapshot):
                manifest = _of_database(owner, self._began_at, environment)
                said = {"name": str(settings.SITE_NAME), "url": settings.SITE_URL, "made_at": manifest.made_at}
                self._add(README, readme.text(**said, release=manifest.release, postgresql=manifest.postgresql))
                self._dump(owner, snapshot, manifest.server)
                for one in stored_files.stored_files():
                    listed.write(f"{one.sha256} {one.size} {one.path}\n".encode())
            listed.seek(0)
            for line in listed:
                digest, size, path = line.decode().rstrip("\n").split(" ", 2)
                self._stored(stored_files.StoredFile(path, int(size), digest), manifest)
            self._add(MANIFEST, manifest.written())
            self._sums.seek(0)
            self._member(SUMS, self._sums.seek(0, io.SEEK_END), _from_start(self._sums))
            self._tar.close()
        return manifest

    def _dump(self, owner: BaseDatabaseWrapper, snapshot: str, server: int) -> None:
        address, environment = programs.address_of(owner.connection)
        what = ["--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", "--no-password"]
        command = [programs.of_postgresql("pg_dump", server), *what, f"--dbname={address}"]
        with programs.running(command, environment=environment) as process:
            assert process.stdout
            number = 0
            while piece := process.stdout.read(PART):
                number += 1
                self._add(f"{DATABASE}{number:06}", piece)

    def _stored(self, file: stored_files.StoredFile, manifest: Manifest) -> None:
        """Add a file of the storage, unless it is not there or is another: that is told instead."""
        try:
            found, length = sha256(), 0
            for piece in store.pieces_at(file.path, size=store.STEP):
                found.update(piece)
                length += len(piece)
            if (found.hexdigest(), length) != (file.sha256, file.size):
                raise store.DifferingBytesError(f"the SHA-256 of its bytes is {found.hexdigest()}")
        except store.UnavailableError as error:
            manifest.lacking.append(LackingFile(file.path, file.size, str(error)))
            return
        try:
            self._member(f"{STORED}{file.path}", file.size, _Pieces(store.pieces_at(file.path, size=store.STEP)))
        except store.UnavailableError as error:  # it was there a moment ago: half of it is in the file already
            raise BackupError(f"{file.path} went away while it was read: {error}.") from error
        self._tell(file.sha256, f"{STORED}{file.path}")
        manifest.stored_count += 1
        manifest.stored_size += file.size

    def _add(self, name: str, data: bytes) -> None:
        self._member(name, len(data), io.BytesIO(data))
        self._tell(sha256(data).hexdigest(), name)

    def _member(self, name: str, size: int, source: Any) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(self._began_at.timestamp())
        self._tar.addfile(member, source)

    def _tell(self, digest: str, name: str) -> None:
        self._sums.write(f"{digest}  {name}\n".encode())


class _Gate:
    """What a tar file writes through. It would write its end when it is forgotten, to whatever has the handle then."""

    def __init__(self, sink: encryption.Sink) -> None:
        self._sink: encryption.Sink | None = sink

    def write(self, data: bytes, /) -> int:
        return self._sink.write(data) if self._sink else len(data)

    def shut(self) -> None:
        self._sink = None


class _Pieces:
    """Bytes that come in pieces, as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def _from_start(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


@contextmanager
def _one_state() -> Iterator[tuple[BaseDatabaseWrapper, str]]:
    """Let all queries in the block see one state of the database, as its owner; pg_dump sees it by the name given."""
    with as_owner() as owner, transaction.atomic(using=owner.alias):
        with owner.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        yield owner, snapshot


def _of_database(owner: BaseDatabaseWrapper, began_at: datetime, environment: dict[str, str]) -> Manifest:
    with owner.cursor() as cursor:
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        locale = "/".join(dict.fromkeys(cursor.fetchone()))
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    applied = MigrationRecorder(owner).applied_migrations()
    return Manifest(
        made_at=began_at.isoformat(),
        release=software.version(),
        server=owner.connection.info.server_version // 10_000,
        postgresql=version,
        locale=locale,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        tables=table_digests.of_tables(owner.connection),
        custody=custody.head(),
        settings=told_settings.of_environment(environment),
    )
