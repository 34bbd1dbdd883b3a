"""What an archive holds, so that two that were filled at other times and by other numbers can be compared.

For each column of each table the digest of its values, sorted. Days, random names and numbers of rows differ between
two archives that hold the same: `telling` finds those columns, by two runs that nothing disturbed, of which one counts
its rows from elsewhere.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from archive.postgresql.base import as_owner

Holding = dict[str, Any]  # table: {"rows": count, "columns": {name: digest}}
COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY c.relname ORDER BY c.relname
"""
ELSEWHERE = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, COALESCE(last_value, 0) + 100000)
FROM pg_sequences WHERE schemaname = 'public' AND max_value > 1000000000
"""


def holding() -> Holding:
    """Return what the database of this process holds."""
    held: Holding = {}
    with as_owner(), connection_cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, names in cursor.fetchall():
            digests = ", ".join(
                f'md5(string_agg(md5(t."{name}"::text), \'\' ORDER BY md5(t."{name}"::text)))' for name in names
            )
            cursor.execute(f'SELECT count(*), {digests} FROM "{table}" t')
            rows, *found = cursor.fetchone()
            held[table] = {"rows": rows, "columns": dict(zip(names, found, strict=True))}
    return held


def connection_cursor() -> Any:
    from django.db import connections  # noqa: PLC0415 (as_owner changes what it gives)

    return connections[connection.alias].cursor()


def count_from_elsewhere() -> None:
    """Let the rows that are made from now on have other numbers."""
    with as_owner(), connection_cursor() as cursor:
        cursor.execute(ELSEWHERE)


def telling(one: Holding, other: Holding) -> set[tuple[str, str]]:
    """The columns that say the same in two undisturbed runs."""
    return {
        (table, name)
        for table, held in one.items()
        for name, digest in held["columns"].items()
        if held["rows"] and other.get(table, {}).get("columns", {}).get(name) == digest
    }


def fewer(than: Holding, now: Holding) -> Iterator[str]:
    """Yield a table for each row that lacks."""
    for table, held in than.items():
        lacking = held["rows"] - now.get(table, {"rows": 0})["rows"]
        yield from [table] * max(0, lacking)


def more(than: Holding, now: Holding) -> Iterator[str]:
    yield from fewer(now, than)


def other(than: Holding, now: Holding, columns: set[tuple[str, str]]) -> Iterator[str]:
    """Yield each of these columns that says something else, of tables with as many rows."""
    for table, name in sorted(columns):
        held = now.get(table, {"rows": 0, "columns": {}})
        if held["rows"] == than[table]["rows"] and held["columns"].get(name) != than[table]["columns"][name]:
            yield f"{table}.{name}"
