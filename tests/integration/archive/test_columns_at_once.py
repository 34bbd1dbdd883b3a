"""Columns in memory while several connections write: overlapping transactions, roll-backs, readers in between."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from archive import freshness
from archive.articles.article_columns import STORE
from archive.lists.changes import Unknown, changed_since
from archive.lists.columns import Columns
from archive.lists.stores import ColumnStore
from archive.models import ArticleRow, Change, Stamp
from archive.postgresql.base import as_owner
from tests.factories.archive import ArticleRowFactory, PlaceFactory
from tests.integration.archive.test_columns import contents

pytestmark = pytest.mark.django_db(transaction=True)


def new_store() -> ColumnStore:
    return ColumnStore(ArticleRow, numbers=STORE.table.numbers, arrays=STORE.table.arrays)


@pytest.fixture
def connect() -> Iterator:
    """Further connections of the application's role, each in a transaction of its own; all are closed at the end."""
    with ExitStack() as stack:

        def connect() -> psycopg.Connection:
            return stack.enter_context(psycopg.connect(**connection.get_connection_params()))

        yield connect


def write(writer: psycopg.Connection, pk: int, places: list[int]) -> None:
    writer.execute("UPDATE archive_articlerow SET place_ids = %s WHERE article_id = %s", [places, pk])


def begin(writer: psycopg.Connection) -> None:
    """Give its transaction a number, before or after those of others."""
    writer.execute("SELECT pg_current_xact_id()")


@pytest.mark.parametrize("seed", range(4))
def test_columns_follow_writers_that_overlap(connect, seed: int) -> None:
    """Transactions begin, write and end in any order; those that have written wait for each other (by the stamp)."""
    rng = random.Random(seed)
    places = sorted(PlaceFactory().pk for _ in range(5))
    pks = [ArticleRowFactory(place_ids=[]).pk for _ in range(6)]
    writers = [connect() for _ in range(4)]
    writing: psycopg.Connection | None = None
    store = new_store()

    for _ in range(60):
        what = rng.choice(["begin", "write", "write", "commit", "undo", "read", "read"])
        writer = rng.choice(writers)
        if what == "begin":
            begin(writer)
        elif what == "write":
            writing = writing or writer
            write(writing, rng.choice(pks), rng.sample(places, rng.randint(0, 3)))
        elif what in {"commit", "undo"}:
            writer.commit() if what == "commit" else writer.rollback()
            writing = None if writer is writing else writing
        else:
            assert contents(store.current()) == contents(new_store().current())
    for writer in writers:
        writer.commit()
        assert contents(store.current()) == contents(new_store().current())


def test_row_of_a_writer_that_began_before_others_is_not_missed(connect) -> None:
    place = PlaceFactory()
    slow, quick = ArticleRowFactory(place_ids=[]), ArticleRowFactory(place_ids=[])
    early, late = connect(), connect()
    store = new_store()
    store.current()

    begin(early)  # its number is the lower one
    write(late, quick.pk, [place.pk])
    late.commit()
    assert counted(store, place.pk) == 1
    write(early, slow.pk, [place.pk])
    early.commit()

    assert counted(store, place.pk) == 2


def test_row_that_was_not_committed_when_it_was_read_past_is_not_missed(connect) -> None:
    place = PlaceFactory()
    row, other = ArticleRowFactory(place_ids=[]), ArticleRowFactory(place_ids=[])
    writer = connect()
    store = new_store()
    store.current()

    write(writer, row.pk, [place.pk])
    assert counted(store, place.pk) == 0
    writer.commit()
    assert counted(store, place.pk) == 1
    write(writer, other.pk, [place.pk])
    writer.rollback()

    assert counted(store, place.pk) == 1


def test_nobody_else_sees_what_is_not_committed() -> None:
    place = PlaceFactory()
    row = ArticleRowFactory(place_ids=[])
    store = new_store()
    before = store.current()

    with transaction.atomic():
        ArticleRow.objects.filter(pk=row.pk).update(place_ids=[place.pk])
        assert counted(store, place.pk) == 1
        assert store.columns is before
        assert in_another_thread(lambda: counted(store, place.pk)) == 0
        transaction.set_rollback(True)

    assert counted(store, place.pk) == 0
    assert in_another_thread(lambda: counted(store, place.pk)) == 0


def test_what_was_rolled_back_to_a_savepoint_is_not_kept() -> None:
    place, other = PlaceFactory(), PlaceFactory()
    row, further = ArticleRowFactory(place_ids=[]), ArticleRowFactory(place_ids=[])
    store = new_store()
    store.current()

    with transaction.atomic():
        with transaction.atomic():
            ArticleRow.objects.filter(pk=row.pk).update(place_ids=[place.pk])
            assert counted(store, place.pk) == 1
            transaction.set_rollback(True)
        ArticleRow.objects.filter(pk=further.pk).update(place_ids=[other.pk])
        assert (counted(store, place.pk), counted(store, other.pk)) == (0, 1)

    assert (counted(store, place.pk), counted(store, other.pk)) == (0, 1)


def test_server_that_lags_behind_is_answered_by_what_it_has(connect) -> None:
    """A replica that has not replayed the last commits shows what a snapshot taken before them does."""
    place = PlaceFactory()
    row, other = ArticleRowFactory(place_ids=[]), ArticleRowFactory(place_ids=[])
    writer = connect()
    store = new_store()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert counted(store, place.pk) == 0  # the snapshot is taken
        write(writer, row.pk, [place.pk])
        writer.commit()
        assert in_another_thread(lambda: counted(store, place.pk)) == 1
        assert counted(store, place.pk) == 0
        write(writer, other.pk, [place.pk])
        writer.commit()
        assert in_another_thread(lambda: counted(store, place.pk)) == 2
        assert counted(store, place.pk) == 0

    assert counted(store, place.pk) == 2


@pytest.mark.parametrize("forgotten", ["the first", "the second", "all"])
def test_everything_is_read_again_where_the_chain_of_changes_is_broken(connect, forgotten: str) -> None:
    place = PlaceFactory()
    rows = [ArticleRowFactory(place_ids=[]) for _ in range(3)]
    store = new_store()
    known = store.current().stamp
    for row in rows[:2]:
        ArticleRow.objects.filter(pk=row.pk).update(place_ids=[place.pk])
    changes = Change.objects.filter(table="archive_articlerow", stamp__gt=known).order_by("stamp")
    first, second = changes

    gone = {"the first": [first], "the second": [second], "all": [first, second]}[forgotten]
    Change.objects.filter(pk__in=[one.pk for one in gone]).delete()

    assert changed_since("archive_articlerow", known, second.stamp) is Unknown.UNLINKED
    assert counted(store, place.pk) == 2


def test_changes_of_each_statement_are_named_in_the_order_of_commits(connect) -> None:
    rows = [ArticleRowFactory() for _ in range(3)]
    first, second, third = (row.pk for row in rows)
    Change.objects.all().delete()
    begun = Stamp.objects.get(table="archive_articlerow").value
    one, other = connect(), connect()

    begin(one)
    write(other, second, [])
    other.rollback()
    write(other, third, [])
    other.commit()
    write(one, first, [])
    one.commit()
    ArticleRow.objects.filter(pk=-1).update(place_ids=[])  # no row, no change
    with as_owner():
        rows[1].delete()

    changes = Change.objects.filter(table="archive_articlerow").order_by("stamp")
    assert [change.pks for change in changes] == [[third], [first], [second]]
    stamps = [begun, *(change.stamp for change in changes)]
    assert [change.before for change in changes] == stamps[:-1]
    assert stamps == sorted(set(stamps))
    assert changed_since("archive_articlerow", begun, stamps[2]) == {third, first}
    assert changed_since("archive_articlerow", stamps[1], stamps[2]) == {first}
    assert Stamp.objects.get(table="archive_articlerow").value == stamps[-1]


def test_changes_are_forgotten_after_a_day() -> None:
    row = ArticleRowFactory()
    Change.objects.all().delete()
    now = Stamp.objects.get(table="archive_articlerow").value
    for hours in (25, 23):
        Change.objects.create(table="archive_articlerow", stamp=now - hours * 3_600_000_000, before=0, pks=[])

    ArticleRow.objects.filter(pk=row.pk).update(place_ids=[])

    assert [change.pks for change in Change.objects.order_by("stamp")] == [[], [row.pk]]


def test_state_before_answers_while_everything_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ArticleRowFactory(place_ids=[]).pk for _ in range(4)]
    place = PlaceFactory()
    store = new_store()
    before = store.current()
    go_on = threading.Event()

    def slowly(stamp: int) -> Columns:
        assert go_on.wait(30)
        return ColumnStore.load(store, stamp)

    monkeypatch.setattr(store, "load", slowly)
    monkeypatch.setattr("archive.lists.changes.MOST_CHANGED", 3)
    ArticleRow.objects.filter(pk__in=rows).update(place_ids=[place.pk])

    with freshness.watched() as answer:
        assert store.current() is before
    assert answer.is_behind
    go_on.set()
    with store.lock:  # it is read
        assert store.columns is not before
    with freshness.watched() as answer:
        assert counted(store, place.pk) == 4
    assert not answer.is_behind


def test_state_that_was_read_by_another_thread_meanwhile_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store()
    before = store.current()
    ArticleRowFactory()
    stamp, _ = store.stamp()
    ArticleRowFactory()
    newer = store.current()
    monkeypatch.setattr(store, "load", None)  # nothing is read again

    assert store.renew(stamp, before) is newer


def in_another_thread(do: Callable[[], Any]) -> Any:
    """What a request sees that another thread of the process answers meanwhile."""

    def work() -> Any:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=30)


def counted(store: ColumnStore, place: int) -> int:
    columns = store.current()
    return columns.dimensions["place_ids"].counts(columns.every).get(place, 0)


def test_state_before_answers_while_a_new_one_is_read(connect, monkeypatch: pytest.MonkeyPatch) -> None:
    ArticleRowFactory()
    store = new_store()
    before = store.current()
    ArticleRowFactory()
    reading, go_on = threading.Event(), threading.Event()

    def slowly(*args):
        reading.set()
        assert go_on.wait(30)
        return ColumnStore.read(store, *args)

    def read() -> None:
        try:
            found.append(store.current())
        finally:
            connection.close()

    monkeypatch.setattr(store, "read", slowly)
    found: list = []
    reader = threading.Thread(target=read)
    reader.start()
    assert reading.wait(30)

    assert store.current() is before

    go_on.set()
    reader.join(30)
    assert len(found[0].ids) == 2
    assert store.current() is found[0]
