"""Columns in memory while several connections write: overlapping transactions, roll-backs, readers in between."""

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import psycopg
import pytest
from django.db import connection

from archive.articles.article_columns import STORE
from archive.lists.stores import ColumnStore
from archive.models import ArticleRow
from tests.factories.archive import ArticleRowFactory, PlaceFactory
from tests.integration.archive.test_columns import contents

pytestmark = pytest.mark.django_db(transaction=True)


def new_store() -> ColumnStore:
    return ColumnStore(ArticleRow, numbers=STORE.numbers, arrays=STORE.arrays)


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


def counted(store: ColumnStore, place: int) -> int:
    columns = store.current()
    return columns.dimensions["place_ids"].counts(np.ones(len(columns.ids), dtype=bool)).get(place, 0)


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
