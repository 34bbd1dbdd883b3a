"""Restoring a backup into an empty database, and saying of everything whether it is what it was.

Nothing is touched before the whole file was read and found sound. The site's role gets its rights last: until then no
page shows what was not compared.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from archive import custody
from archive.backing_up import emptiness, programs, reading, table_digests
from archive.backing_up.errors import InterruptedRestoreError, RestoreError
from archive.backing_up.manifest import Manifest
from archive.backing_up.restoring_files import restore_files
from archive.depot import store
from archive.postgresql.base import as_owner

Tell = Callable[[str], None]
SHOWN = 20  # of what differs, in one line
# Made by whoever made the database, and perhaps another's: only their owner may say anything of them.
OF_OTHERS = (" COMMENT - EXTENSION ", " SCHEMA - public ", " COMMENT - SCHEMA public ")


def restore(path: Path, *, identity: Path | None, into_captures: bool, tell: Tell) -> list[str]:
    """Restore a backup; return what differs from what the backup says of itself, nothing where all is well.

    Raises `RestoreError` where nothing was restored, `InterruptedRestoreError` where part of it was.
    """
    try:
        with as_owner() as owner:
            emptiness.refuse_used_database(owner)
            if not into_captures:
                emptiness.refuse_used_storage()
            tell(f"Reading {path} …")
            sound = reading.look_through(path, identity)
            manifest = sound.manifest
            tell(f"It is whole: {sound.files:,} files, each with its SHA-256. Made at {manifest.made_at}.")
            program = _fitting_program(owner, manifest)
            _warn_of_locale(owner, manifest, tell)
            emptiness.mark(owner, f"{path.name}, made at {manifest.made_at}")
            _fill(owner, program, reading.parts_of_dump(path, identity, sound))
            how_to_empty = emptiness.how_to_empty(owner)
    except programs.MissingProgramError as error:
        raise RestoreError(str(error)) from error
    try:
        with as_owner() as owner:
            differing = _compare_tables(owner, manifest, tell)
            differing += _compare_log(manifest, tell)
            differing += restore_files(path, identity, manifest, tell)
        _bring_up_to_date(manifest, tell)
        with as_owner() as owner:
            emptiness.mark(owner, None)
    except (RestoreError, store.UnavailableError, DatabaseError, OSError) as error:
        raise InterruptedRestoreError(f"Stopped half-way: {error} Begin again, empty. {how_to_empty}") from error
    return differing


def _fitting_program(owner: BaseDatabaseWrapper, manifest: Manifest) -> str:
    """Return the path of pg_restore. Raises `RestoreError` where backup, software and server do not go together."""
    known = {f"{app}.{name}" for app, name in _known_migrations(owner)}
    if unknown := sorted(set(manifest.migrations) - known):
        raise RestoreError(
            f"The backup was made by a newer release ({manifest.release}): this one does not know the migrations "
            f"{', '.join(unknown[:SHOWN])}. Install that release, or a newer one."
        )
    server = owner.connection.info.server_version // 10_000
    if server < manifest.server:
        raise RestoreError(
            f"The backup is of PostgreSQL {manifest.server}; this server is PostgreSQL {server}. "
            f"Restore it into {manifest.server} or newer."
        )
    return programs.of_postgresql("pg_restore", server)


def _known_migrations(owner: BaseDatabaseWrapper) -> Iterable[tuple[str, str]]:
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    yield from on_disk
    for migration in on_disk.values():
        yield from migration.replaces


def _warn_of_locale(owner: BaseDatabaseWrapper, manifest: Manifest, tell: Tell) -> None:
    with owner.cursor() as cursor:
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        here = "/".join(dict.fromkeys(cursor.fetchone()))
    if here != manifest.locale:
        tell(f"Note: the database was made with the locale {manifest.locale}, this one has {here}: orders may differ.")


def _fill(owner: BaseDatabaseWrapper, program: str, parts: Iterable[bytes]) -> None:
    """Let pg_restore make everything, in one transaction: all of it or nothing. Raises `RestoreError`."""
    address, environment = programs.address_of(owner.connection)
    pieces = iter(parts)
    first = next(pieces)
    try:
        with tempfile.NamedTemporaryFile() as listed:
            listed.write(_contents(program, first))
            listed.flush()
            how = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
            command = [program, *how, f"--use-list={listed.name}", f"--dbname={address}"]
            with programs.running(command, stdin=subprocess.PIPE, environment=environment) as process:
                assert process.stdin
                process.stdin.write(first)
                for piece in pieces:
                    process.stdin.write(piece)
    except programs.FailedProgramError as error:
        raise RestoreError(f"pg_restore has failed, and nothing was changed: {error}") from error


def _contents(program: str, first: bytes) -> bytes:
    """Return what of the dump is restored, as pg_restore reads it: all that is ours."""
    done = subprocess.run([program, "--list"], input=first, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RestoreError(f"pg_restore cannot read the dump: {done.stderr.decode(errors='replace').strip()}")
    lines = done.stdout.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not any(what in line for what in OF_OTHERS)).encode()


def _compare_tables(owner: BaseDatabaseWrapper, manifest: Manifest, tell: Tell) -> list[str]:
    tell(f"Comparing {len(manifest.tables):,} tables …")
    owner.ensure_connection()
    found = table_digests.of_tables(owner.connection)
    differing = [f"table {name} is not in the backup's list" for name in sorted(found.keys() - manifest.tables.keys())]
    for name, was in manifest.tables.items():
        now = found.get(name)
        if now is None:
            differing.append(f"table {name} is not there")
        elif now != was:
            differing.append(
                f"table {name} has {now.rows:,} rows, SHA-256 {now.sha256}; it had {was.rows:,}, {was.sha256}"
            )
    if not differing:
        tell(f"Tables: {len(found):,} with {manifest.rows:,} rows, each with the count and the SHA-256 it had.")
    return differing


def _compare_log(manifest: Manifest, tell: Tell) -> list[str]:
    number, digest = custody.head()
    if (number, digest) != manifest.custody:
        was = f"{manifest.custody[0]:,} ({manifest.custody[1]})"
        return [f"the log of custody ends with line {number:,} ({digest}), not {was}"]
    tell(f"Log of custody: ends with line {number:,}, {digest}, as it did.")
    return []


def _bring_up_to_date(manifest: Manifest, tell: Tell) -> None:
    """Apply migrations that are newer than the backup, give the site's role its rights, count what planning needs."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    newer = sorted(known - set(manifest.migrations))
    call_command("migrate", verbosity=0, interactive=False)
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ANALYZE")
    if newer:
        tell(f"Newer migrations applied: {', '.join(newer)}. Run `manage.py remake` too.")
    tell("The site's role has its rights.")
