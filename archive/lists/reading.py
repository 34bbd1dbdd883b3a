"""Rows of a table as arrays, some ten thousand at a time: one query for all columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models

from archive.lists.integers import Integers, unpacked, unpacked_lists

AT_ONCE = 20_000


@dataclass(frozen=True)
class Part:
    """Some rows: their keys, their numbers, and of each array column the lengths and the values of all, in one."""

    ids: Integers
    numbers: Mapping[str, Integers]
    lists: Mapping[str, tuple[Integers, Integers]]


class Table:
    """The narrow columns of a table: ``numbers`` maps a name to SQL of a bigint, ``arrays`` to one of bigint[].

    None is ever null. All are written in code, never taken from a request.
    """

    def __init__(self, model: type[models.Model], numbers: Mapping[str, str], arrays: Mapping[str, str]) -> None:
        self.name = model._meta.db_table
        self.numbers = numbers
        self.arrays = arrays
        key = str(model._meta.pk.column)
        wanted = [*numbers.values(), *arrays.values()]
        names = [f"c{at}" for at in range(len(wanted))]
        inner = ", ".join(f"{sql} AS {name}" for sql, name in zip(wanted, names, strict=True))
        packed = [f"string_agg(int8send(({name})::bigint), '')" for name in ("pk", *names[: len(numbers)])]
        for name in names[len(numbers) :]:
            packed += [f"string_agg(int8send(cardinality({name})), '')", f"string_agg(array_send({name}), '')"]
        self.beyond, self.among = (
            f"SELECT {', '.join(packed)} FROM (SELECT {key} AS pk, {inner} FROM {self.name} "  # noqa: S608
            f"WHERE {condition} ORDER BY {key} LIMIT {AT_ONCE}) rows"
            for condition in (f"{key} > %s", f"{key} = ANY(%s)")
        )

    def read(self) -> Iterator[Part]:
        """All rows, in the order of their keys. Rows that are written meanwhile may be there or not."""
        last = -1
        while len((part := self.part(self.beyond, last)).ids):
            yield part
            last = int(part.ids[-1])

    def read_rows(self, pks: Sequence[int]) -> Part:
        """The rows with these keys, at most `AT_ONCE`; those that are gone are left out."""
        return self.part(self.among, list(pks))

    def part(self, sql: str, value: int | list[int]) -> Part:
        with connection.cursor() as cursor:
            cursor.execute(sql, [value])
            ids, *rest = cursor.fetchone()
        numbers, lists = rest[: len(self.numbers)], iter(rest[len(self.numbers) :])
        found = {}
        for name in self.arrays:
            lengths = unpacked(next(lists))
            found[name] = lengths, unpacked_lists(next(lists), lengths)
        columns = map(unpacked, numbers)
        return Part(unpacked(ids), dict(zip(self.numbers, columns, strict=True)), found)
