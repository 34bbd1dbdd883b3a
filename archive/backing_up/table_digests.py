"""How many rows each table has, and the digest of all of them: the same after they were dumped and restored.

The digest is the SHA-256 of what `COPY (SELECT … ORDER BY primary key) TO STDOUT` gives in text; whoever wants can make
it with `psql` and `sha256sum`. Columns that the database works out from others (search vectors) are left out, as they
are from a dump.
"""

from hashlib import sha256
from typing import NamedTuple

import psycopg
from psycopg import sql

# What the text of a value depends on; also that no sort depends on the order of letters in some country.
_SAME_EVERYWHERE = """
SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL search_path = pg_catalog;
SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
"""
_TABLES = """
SELECT n.nspname, c.relname,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
    (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)),
    (SELECT array_agg(a.attcollation <> 0 ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey))
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
"""


class TableDigest(NamedTuple):
    """How many rows a table has, and the SHA-256 of them."""

    rows: int
    sha256: str


def of_tables(connection: psycopg.Connection) -> dict[str, TableDigest]:
    """Return the digest of each table by its name with its schema. Changes nothing, its settings neither."""
    digests = {}
    with connection.transaction(force_rollback=True):
        connection.execute(_SAME_EVERYWHERE)
        for schema, table, columns, keys, are_letters in connection.execute(_TABLES).fetchall():
            query = _query(schema, table, columns or [], list(zip(keys or [], are_letters or [], strict=True)))
            digests[f"{schema}.{table}"] = _digest(connection, query)
    return digests


def _query(schema: str, table: str, columns: list[str], keys: list[tuple[str, bool]]) -> sql.Composed:
    named = sql.Identifier(schema, table)
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    by_letters = sql.SQL(' COLLATE "C"')
    order = [sql.Identifier(key) + (by_letters if is_letters else sql.SQL("")) for key, is_letters in keys]
    if not order:  # no primary key: rows in the order of what they say
        order = [sql.SQL("CAST(ROW({}) AS text)").format(listed) + by_letters]
    return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(listed, named, sql.SQL(", ").join(order))


def _digest(connection: psycopg.Connection, query: sql.Composed) -> TableDigest:
    found, rows = sha256(), 0
    with connection.cursor().copy(query) as copy:
        for data in copy:
            found.update(data)
            rows += bytes(data).count(b"\n")  # within a value a line feed is written otherwise
    return TableDigest(rows, found.hexdigest())
