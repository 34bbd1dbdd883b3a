"""Django's DATABASES entry: the application's role from DATABASE_URL, the owner's from DATABASE_OWNER_URL.

Without DATABASE_URL the embedded server is meant; the first connection starts it (`archive.postgresql`).
"""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ENGINE = "archive.postgresql"
NAME = "archive"  # the embedded server's database, and its application's role
OWNER = "archive_owner"
_SHAPE = "It looks like postgresql://user:password@host:5432/name"
# A server that is gone is noticed within seconds, also while an answer of it is awaited (libpq's names; milliseconds).
WATCHFUL: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# A replica has others that stand in for it.
IMPATIENT = {**WATCHFUL, "connect_timeout": 2, "tcp_user_timeout": 3_000}


def configuration(url: str, owner_url: str, *, data_dir: Path, conn_max_age: int) -> dict[str, Any]:
    """Return the entry. ``OWNER`` in it is what differs for the owner's role; empty where that is not given.

    Raises `ImproperlyConfigured` for an address that cannot be read, or one of another engine. Touches nothing.
    """
    kept = {"CONN_MAX_AGE": conn_max_age, "CONN_HEALTH_CHECKS": True, "OPTIONS": WATCHFUL}
    if not url:
        return {"ENGINE": ENGINE, "NAME": NAME, "USER": NAME, "EMBEDDED": data_dir, "OWNER": {"USER": OWNER}, **kept}
    owner = {key: value for key, value in parsed("DATABASE_OWNER_URL", owner_url).items() if key != "ENGINE"}
    return {**kept, **parsed("DATABASE_URL", url), "ENGINE": ENGINE, "OWNER": owner}


def replicas(urls: list[str]) -> list[dict[str, Any]]:
    """Return what differs from the entry for each replica that readers may be answered from, with its name in logs.

    Raises `ImproperlyConfigured` as `configuration` does.
    """
    found = []
    for url in urls:
        entry = parsed("REPLICA_URLS", url, IMPATIENT)
        named = entry.get("OPTIONS", {})
        name = f"{entry.get('HOST') or named.get('host')}:{entry.get('PORT') or named.get('port') or 5432}"
        found.append({"EMBEDDED": None, **entry, "ENGINE": ENGINE, "REPLICA": name})
    if len({entry["REPLICA"] for entry in found}) < len(found):
        raise ImproperlyConfigured("REPLICA_URLS names a server twice.")
    return found


def parsed(variable: str, url: str, options: dict[str, Any] = WATCHFUL) -> dict[str, Any]:
    """Return what a URL says, in Django's words; nothing for an empty one."""
    if not url:
        return {}
    try:
        settings = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read ({error}). {_SHAPE}") from error
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            f"{variable} must begin with postgresql://: search, ranges and the "
            "guarantees of the archive live in PostgreSQL (15 or newer)."
        )
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    found: dict[str, Any] = {name: settings[name] for name in names if name in settings}
    return found | {"OPTIONS": options | found.get("OPTIONS", {})}
