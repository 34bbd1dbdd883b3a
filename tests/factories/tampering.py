"""Changing what cannot be changed, as somebody could who owns the tables. For transactional tests."""

from django.db import transaction

from archive.postgresql.base import as_owner


def tamper(table: str, sql: str, *values: object) -> None:
    """Run SQL as the owner while the triggers of a table sleep; it must change one row."""
    with as_owner() as owner, transaction.atomic(), owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
