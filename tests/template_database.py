"""The migrated database that each worker's own is copied from: migrating takes half a minute, copying a second.

It stays in the embedded server for the next run, and is made anew when a migration, or what writes them, has changed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pghistory
import pgtrigger
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "template_of_tests_"
ONE_AT_A_TIME = 20_241  # PostgreSQL's advisory lock: two workers would make it twice


def ensure(connection: BaseDatabaseWrapper) -> str:
    """Return the name of a database in which all migrations have run. Makes it where it is missing."""
    name = PREFIX + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        present = {row[0] for row in cursor.fetchall()}
        for other in present - {name}:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(other)}")
        if name not in present:
            make(connection, cursor, name)
    return name


def make(connection: BaseDatabaseWrapper, cursor: Any, name: str) -> None:
    """Migrate under another name first: a run that is stopped half way leaves nothing that looks finished."""
    unfinished = f"{PREFIX}unfinished"
    with named(connection, unfinished):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
    quote = connection.ops.quote_name
    cursor.execute(f"ALTER DATABASE {quote(unfinished)} RENAME TO {quote(name)}")


@contextmanager
def named(connection: BaseDatabaseWrapper, name: str) -> Iterator[None]:
    """Let Django's making of a test database make one of this name; `create_test_db` changes the settings for good."""
    test, before, declared = connection.settings_dict["TEST"], connection.settings_dict["NAME"], settings.DATABASES
    tested = test["NAME"]
    test["NAME"] = name
    try:
        yield
    finally:
        test["NAME"] = tested
        connection.settings_dict["NAME"] = declared[connection.alias]["NAME"] = before


def fingerprint() -> str:
    """Return sixteen digits that change with the migrations and with the libraries whose SQL they hold."""
    digest = hashlib.sha256(repr((django.VERSION, version(pghistory), version(pgtrigger))).encode())
    for folder in ("archive", "incidents"):
        for path in sorted((Path(settings.BASE_DIR) / folder / "migrations").glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def version(package: Any) -> str:
    return str(package.__version__)
