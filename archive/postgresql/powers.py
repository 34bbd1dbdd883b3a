"""What a role could do that the application's must not."""

from typing import Any

_POWERS = """
SELECT
    CASE WHEN current_user <> session_user THEN 'it is not the role that signed in' END,
    CASE WHEN role.rolsuper THEN 'it is a superuser' END,
    CASE WHEN role.rolcreaterole THEN 'it may make roles' END,
    CASE WHEN role.rolcreatedb THEN 'it may make databases' END,
    CASE WHEN role.rolreplication THEN 'it may replicate' END,
    CASE WHEN role.rolbypassrls THEN 'it may pass by row security' END,
    CASE WHEN database.datdba = role.oid THEN 'it owns the database' END,
    (SELECT 'it is a member of ' || string_agg(groups.rolname, ', ' ORDER BY groups.rolname)
     FROM pg_auth_members m JOIN pg_roles groups ON groups.oid = m.roleid WHERE m.member = role.oid),
    CASE WHEN has_database_privilege(role.oid, database.oid, 'CREATE') THEN 'it may make schemas' END,
    (SELECT 'it may make things in the schema ' || string_agg(n.nspname, ', ' ORDER BY n.nspname)
     FROM pg_namespace n WHERE n.nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(role.oid, n.oid, 'CREATE')),
    (SELECT 'it owns ' || string_agg(c.relname, ', ' ORDER BY c.relname)
     FROM (SELECT relname FROM pg_class WHERE relowner = role.oid AND relpersistence <> 't'
           ORDER BY relname LIMIT 5) c),
    (SELECT 'it owns the function ' || min(p.proname) FROM pg_proc p WHERE p.proowner = role.oid)
FROM pg_roles role, pg_database database
WHERE role.rolname = current_user AND database.datname = current_database()
"""


def powers(connection: Any) -> list[str]:
    """Return in words what the connected role could do to undo the guarantees; nothing for a fit one.

    ``connection`` is psycopg's. The catalogues answer, in one query; no table of the archive need be there.
    """
    found = connection.execute(_POWERS).fetchone()
    return [power for power in found or () if power]
