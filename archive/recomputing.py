"""Which rows would be otherwise if they were made again: found by making them, and undoing it."""

from collections.abc import Callable, Sequence

from django.db import connection, models, transaction


def differing(
    model: type[models.Model], pks: Sequence[int], make_again: Callable[[], object], *, leaving_out: Sequence[str] = ()
) -> list[int]:
    """Return the primary keys of rows that ``make_again`` would change, add or remove; nothing is changed.

    Columns of ``leaving_out`` are not compared. Writers of these rows wait meanwhile.
    """
    with transaction.atomic():
        before = digests(model, pks, leaving_out)
        make_again()
        after = digests(model, pks, leaving_out)
        transaction.set_rollback(True)
    return sorted(pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk))


def digests(model: type[models.Model], pks: Sequence[int], leaving_out: Sequence[str]) -> dict[int, str]:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, md5((to_jsonb(r) - %s::text[])::text) FROM {table} r WHERE {key} = ANY (%s)",  # noqa: S608
            [list(leaving_out), list(pks)],
        )
        return dict(cursor.fetchall())
