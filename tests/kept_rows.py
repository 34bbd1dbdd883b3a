"""Rows that the tests of a module share: written once, before the first of them; undone after the last."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import Any, Protocol, TypeVar

import pytest
import pytest_django
from django.db import connection, transaction

Made = TypeVar("Made")
around = ExitStack()  # the transaction that the tests of a module are in, if they share rows


class MakeOnce(Protocol):
    def __call__(self, make: Callable[[], Made]) -> Made: ...


@pytest.fixture(scope="module")
def make_once(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[MakeOnce]:
    """Return what writes rows for all tests of a module. Each test then runs in a savepoint, and undoes its own.

    It is for fixtures of the module; what tests get of them are copies (`copy.deepcopy`), for tests change them.
    """

    def write(make: Callable[[], Made]) -> Made:
        with django_db_blocker.unblock():
            made = make()
            connection.check_constraints()  # the end of the transaction, which would, never comes
            return made

    begun: Any = transaction.atomic()
    begun._from_testcase = True  # durable blocks may begin in it, as in the transaction of a test

    def undo() -> None:
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            begun.__exit__(None, None, None)

    with django_db_blocker.unblock():
        begun.__enter__()
    around.callback(undo)
    yield write
    around.close()


def order(items: list[pytest.Item]) -> None:
    """Let the tests of a module that share no rows run before the rows are there, in whatever order they came."""
    modules = groupby(items[:], key=lambda item: item.path)
    items[:] = [item for _, tests in modules for item in sorted(tests, key=lambda item: (commits(item), shares(item)))]


def shares(item: pytest.Item) -> bool:
    return "make_once" in getattr(item, "fixturenames", ())


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def undo_before(item: pytest.Item) -> None:
    """Tests that commit come last, and find nothing that a transaction holds."""
    if commits(item):
        assert not shares(item), "a test that commits cannot share the rows of its module: make them in the test"
        around.close()
