"""An archive whose database is copied in a moment, so that each try begins with the same.

The server is one of the drill's, in a folder of its own. `Site.trial` makes a copy of a database, with the captures
beside it; what runs there runs in a process of its own (`Site.begin`), which can be killed.
"""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from drill.installation import Installation, wait_until_stopped

LONGEST = 300.0  # seconds of one job
# Databases that trials begin with: with places and vocabularies; with reports; so, before migrations; with all.
PLACES, READ, EARLIER, FULL = "faults_places", "faults_read", "faults_earlier", "faults_full"


@dataclass
class Running:
    """A process that works on a trial; ``said`` are the lines that it has told."""

    pid: int
    pipe: int
    rest: bytes = b""
    is_over: bool = False

    def line(self) -> Any:
        """Wait for what it tells next; None when it has ended."""
        while b"\n" not in self.rest:
            got = os.read(self.pipe, 65_536)
            if not got:
                return None
            self.rest += got
        line, _, self.rest = self.rest.partition(b"\n")
        return json.loads(line)

    def kill(self) -> None:
        os.killpg(self.pid, signal.SIGKILL)

    def end(self) -> tuple[list[Any], int]:
        """Return all that it told since, and how it ended: 0, or less where a signal ended it."""
        told = []
        while (line := self.line()) is not None:
            told.append(line)
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        return told, os.waitstatus_to_exitcode(status)


@dataclass
class Site:
    """Needs `django.setup` after `environment` was set: `opened` does both."""

    installation: Installation
    host: str

    def url(self, database: str, user: str = "archive", host: str = "") -> str:
        return f"postgresql://{user}@/{database}?host={quote(host or self.host, safe='')}"

    @contextmanager
    def administrator(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url(database, "postgres"), autocommit=True) as connection:
            yield connection

    def copy(self, source: str, target: str) -> None:
        """Make a database as another one is; one of before goes."""
        self.drop(target)
        with self.administrator() as administrator:
            wait_for_nobody(administrator, source)
            names = {"target": sql.Identifier(target), "source": sql.Identifier(source)}
            make = "CREATE DATABASE {target} TEMPLATE {source} OWNER archive_owner STRATEGY FILE_COPY"
            administrator.execute(sql.SQL(make).format(**names))

    def drop(self, database: str) -> None:
        with self.administrator() as administrator:
            query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            administrator.execute(query.format(sql.Identifier(database)))

    def keep(self, database: str) -> None:
        """Keep a database for trials, with the captures as they are now."""
        self.copy("archive", database)
        shutil.copytree(self.installation.captures, self.kept(database), dirs_exist_ok=True)

    def kept(self, database: str) -> Path:
        return self.installation.folder / f"captures-of-{database}"

    @contextmanager
    def trial(self, source: str) -> Iterator[str]:
        """Give the name of a fresh copy of a kept database; the captures are those of it."""
        name = "faults_trial"
        self.copy(source, name)
        shutil.rmtree(self.installation.captures, ignore_errors=True)
        self.installation.captures.mkdir()
        if self.kept(source).exists():
            shutil.copytree(self.kept(source), self.installation.captures, dirs_exist_ok=True)
        try:
            yield name
        finally:
            self.drop(name)

    def begin(self, database: str, job: Callable[[Callable[[Any], None]], None]) -> Running:
        """Let a process of its own do something there. The job is given what it tells by; its end is told by status."""
        from django.db import connections  # noqa: PLC0415 (after the settings)

        connections.close_all()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            work(database, job, reading, writing, self.installation.folder / "jobs.log")
        os.close(writing)
        return Running(pid, reading)

    def ask(self, database: str, question: Callable[[], Any]) -> Any:
        """Return what a function answers in a process on that database. Raises `RuntimeError` where it fails."""
        told, status = self.begin(database, lambda tell: tell([question()])).end()
        if status:
            raise RuntimeError(f"ended with {status}: {self.told()}")
        return told[-1][0]

    def told(self) -> str:
        """The end of what processes here have printed."""
        return (self.installation.folder / "jobs.log").read_text(encoding="utf-8")[-2000:]

    def wait_until_left(self, database: str) -> float:
        """Wait until the server has let go of what the dead were doing; return the seconds."""
        with self.administrator() as administrator:
            return wait_for_nobody(administrator, database)


def wait_for_nobody(administrator: psycopg.Connection, database: str) -> float:
    began = time.monotonic()
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    while administrator.execute(query, [database]).fetchone() != (0,):
        if time.monotonic() - began > LONGEST:
            raise TimeoutError(f"somebody is still in {database}")
        time.sleep(0.02)
    return time.monotonic() - began


def work(database: str, job: Callable[..., None], reading: int, writing: int, log: Path) -> None:
    """The child's side: never returns."""
    status = 1
    try:
        os.setsid()
        os.close(reading)
        put = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(put, 1)
        os.dup2(put, 2)
        from django.db import connection  # noqa: PLC0415 (after the settings)

        connection.settings_dict["NAME"] = database
        job(lambda what: os.write(writing, json.dumps(what).encode() + b"\n"))
        status = 0
    except BaseException:
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    finally:
        os._exit(status)


@contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """Make the databases that trials begin with, where there are none, and run their server until the block ends."""
    from drill import point_in_time  # noqa: PLC0415 (an extra, which warns while it is read)

    site_folder = Installation(folder)
    if not (is_filled := (folder / f"captures-of-{FULL}").exists()):
        site_folder.manage("migrate", "--verbosity=0")
        wait_until_stopped(site_folder.postgres)
    with ExitStack() as stack:
        address = stack.enter_context(point_in_time.server(site_folder.postgres))
        host = str(psycopg.conninfo.conninfo_to_dict(address)["host"])
        site = Site(site_folder, host)
        site_folder.changes["DATABASE_URL"] = site.url("archive")
        site_folder.changes["DATABASE_OWNER_URL"] = site.url("archive", "archive_owner")
        # The captures of a trial lie where those of the last one lay.
        os.environ.update(site_folder.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
        for name in ("ARCHIVE_ENV", "CAPTURES_S3_BUCKET", "EMAIL_URL"):
            os.environ.pop(name, None)
        import django  # noqa: PLC0415

        django.setup()
        if not is_filled:
            from faults import filling  # noqa: PLC0415

            filling.fill(site)
        yield site
