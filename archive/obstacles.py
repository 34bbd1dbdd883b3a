"""What stands in the way of a new rule: a migration that cannot repair old rows names them and stops."""

from typing import Any

from django.db.migrations import RunPython

SHOWN = 10


class ObstacleError(RuntimeError):
    """Rows that break a rule which is about to be the database's; the message names them."""


def refuse_while(query: str, says: str) -> RunPython:
    """Return the step of a migration that stops when ``query`` (one column: what names a row) finds any.

    ``says`` tells what is wrong and what to do. Nothing of the migration is then done.
    """

    def look(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(query)
            found = [str(name) for (name,) in cursor.fetchmany(SHOWN + 1)]
        if found:
            more = " and others" if len(found) > SHOWN else ""
            raise ObstacleError(f"{says} It is so of {', '.join(found[:SHOWN])}{more}.")

    return RunPython(look, RunPython.noop)
