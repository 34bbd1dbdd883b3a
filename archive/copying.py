"""Writing thousands of new rows by COPY: PostgreSQL does the same with each row, Python and the wire do less.

For `incidents.curation.bulk`, which `make bench` alone calls.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def insert(rows: Sequence[Row]) -> Sequence[Row]:
    """Insert new rows of one model with keys from its sequence; inside a transaction. Triggers and constraints apply.

    The keys are reserved first, by the statement that also tells the row history whose work this is.
    """
    if not rows:
        return rows
    model = type(rows[0])
    fields = list(model._meta.concrete_fields)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH reserved AS (SELECT nextval(pg_get_serial_sequence(%s, %s)) AS key FROM generate_series(1, %s)) "
            "SELECT key FROM reserved",
            [model._meta.db_table, model._meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                values = [field.pre_save(row, add=True) for field in fields]
                copy.write_row(
                    [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]
                )
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
    return rows
