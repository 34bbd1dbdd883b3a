"""Gives the application's role the rights that `rights` modules declare and no other; `migrate` does it, as the owner.

Beside the grants it makes functions safe: no session setting switches a trigger off, and none of them can be led astray
by a table of the same name in another schema.
"""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from archive.rights import declared

# Every trigger of django-pgtrigger asks this function whether a setting of the session switches it off
# (`SET pgtrigger.ignore`, which anybody may set). Here the answer is always no.
_NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""
# A temporary table of the session's own would otherwise come before the archive's of that name.
_PIN = """
SELECT format('ALTER FUNCTION %s SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp', oid::regprocedure)
FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND proname <> '_pgtrigger_should_ignore'
    AND (prosecdef OR proconfig IS NULL OR NOT 'search_path=pg_catalog, public, pg_temp' = ANY (proconfig))
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# A sequence is used by whoever adds rows to its table.
_SEQUENCES = """
SELECT s.relname, t.relname FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
"""


def secure(owner: BaseDatabaseWrapper, *, role: str) -> None:
    """Grant ``role`` what is declared and revoke the rest; ``owner`` is a connection of the owner's. Safe to repeat."""
    quoted = owner.ops.quote_name(role)
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute(_NEVER_IGNORE)
        for command in column(cursor, _PIN):
            cursor.execute(command)
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"REVOKE ALL ON SCHEMA public FROM {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        for kind in ("TABLES", "SEQUENCES"):
            cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {quoted}")
        for privileges, tables in granted(cursor).items():
            names = ", ".join(map(owner.ops.quote_name, tables))
            cursor.execute(f"GRANT {', '.join(privileges)} ON {names} TO {quoted}")
        if sequences := [name for name, table in rows(cursor, _SEQUENCES) if "INSERT" in declared().get(table, ())]:
            names = ", ".join(map(owner.ops.quote_name, sequences))
            cursor.execute(f"GRANT USAGE ON SEQUENCE {names} TO {quoted}")


def differing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables on which the connected role has other rights than are declared, undeclared tables included."""
    columns = ", ".join(f"has_table_privilege(c.oid, '{privilege}')" for privilege in PRIVILEGES)
    with connection.cursor() as cursor:
        held = {
            table: {name for name, has in zip(PRIVILEGES, each, strict=True) if has}
            for table, *each in rows(cursor, _TABLES.replace("c.relname", f"c.relname, {columns}", 1))
        }
    rights = declared()
    return sorted(table for table in held | rights if held.get(table, set()) != set(rights.get(table, ())))


def granted(cursor: Any) -> dict[tuple[str, ...], list[str]]:
    """Return the tables that are there, by what the application may do with them."""
    rights = declared()
    tables = defaultdict(list)
    for table in sorted(set(column(cursor, _TABLES)) & rights.keys()):
        tables[rights[table]].append(table)
    return tables


def rows(cursor: Any, sql: str) -> list[tuple[str, ...]]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def column(cursor: Any, sql: str) -> list[str]:
    return [first for first, *_ in rows(cursor, sql)]
