"""Writing rows that may be there already: a few by INSERT, many by COPY, which costs Python half as much."""

from collections.abc import Sequence

from django.db import connection, models

FEW = 20


def upsert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, or replace those that have the same primary key; inside a transaction."""
    if not rows:
        return
    model = type(rows[0])
    fields = list(model._meta.concrete_fields)
    changing = [field for field in fields if not field.primary_key]
    if len(rows) < FEW:
        model._default_manager.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=[field.name for field in changing],
        )
        return
    quote = connection.ops.quote_name
    table, passing = quote(model._meta.db_table), quote(f"new_{model._meta.db_table}")
    names = {field: quote(str(field.column)) for field in fields}
    columns = ", ".join(names.values())
    replaced = ", ".join(f"{names[field]} = EXCLUDED.{names[field]}" for field in changing)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {passing} (LIKE {table}) ON COMMIT DROP")
        with cursor.copy(f"COPY {passing} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {passing} "  # noqa: S608 (names of our own tables)
            f"ON CONFLICT ({names[model._meta.pk]}) DO UPDATE SET {replaced}"
        )
        cursor.execute(f"DROP TABLE {passing}")
