"""The connection of the application's role, and how to come by one of the owner's."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base

from archive.postgresql.powers import powers


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of the application's role: one of a role that could undo the archive's guarantees is refused."""

    checked: set[str] = set()
    primary: Any = None  # what this one, of a replica, stands in for (`replicas`)

    @property
    def is_owner(self) -> bool:
        return bool(self.settings_dict.get("IS_OWNER"))

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        folder = self.settings_dict.get("EMBEDDED")
        if folder and not self.settings_dict["HOST"]:
            from archive import embedded  # noqa: PLC0415 (not needed where DATABASE_URL is given)

            params |= embedded.address(folder)
        return params

    def init_connection_state(self) -> None:
        super().init_connection_state()
        used = self.connection.info.dsn
        if self.is_owner or used in self.checked:
            return
        if found := powers(self.connection):
            self.close()
            raise ImproperlyConfigured(
                "The role of DATABASE_URL could undo what the archive guarantees: "
                f"{'; '.join(found)}. docs/running.md says how to make a role of the application's own."
            )
        self.checked.add(used)

    def as_owner(self) -> "DatabaseWrapper":
        """Return a new connection to the same database, as the owner. Raises `ImproperlyConfigured` without one."""
        if self.is_owner:
            return self
        if not self.settings_dict["OWNER"]:
            raise ImproperlyConfigured(
                "DATABASE_OWNER_URL is missing. `migrate` works as the role that owns the tables, all else as that of "
                "DATABASE_URL, which may not change them: docs/running.md says how to make both."
            )
        ours = {key: value for key, value in self.settings_dict["OWNER"].items() if key != "NAME"}
        settings = {**self.settings_dict, **ours, "IS_OWNER": True, "CONN_MAX_AGE": 0}
        return type(self)(settings, alias=self.alias)

    def _nodb_cursor(self) -> AbstractContextManager[Any]:
        """Databases for tests are made and dropped by the owner."""
        return super(DatabaseWrapper, self.as_owner())._nodb_cursor()


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS) -> Iterator[DatabaseWrapper]:
    """Let everything in this thread use the owner's role. For `migrate`, and for tests that must empty tables."""
    before = connections[alias]
    assert isinstance(before, DatabaseWrapper)
    owner = before.as_owner()
    connections[alias] = owner
    try:
        yield owner
    finally:
        connections[alias] = before
        owner.close()
