"""`migrate`, as the role that owns the tables; then the application's role gets the rights it needs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from archive import roles
from archive.postgresql.base import as_owner


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Let the collector run more seldom: it would take a third of the time, in walking models of before that stay."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Command(migrate.Command):
    help = migrate.Command.help + " Works as the role of DATABASE_OWNER_URL; grants that of DATABASE_URL its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        role = connections[alias].settings_dict["USER"]
        with as_owner(alias) as owner:
            if owner.settings_dict["USER"] == role or not role:
                raise CommandError(
                    "DATABASE_URL and DATABASE_OWNER_URL must each name a role, and not the same one: "
                    "what owns the tables could undo what the archive guarantees. See docs/running.md."
                )
            try:
                with fewer_collections():
                    super().handle(*args, **options)
            finally:  # what a migration that failed has left behind is guarded as well
                if not (options["plan"] or options["check_unapplied"]):
                    roles.secure(owner, role=role)
