"""Columns in memory: the same as the table, however it changed."""

import random
import re

import numpy as np
import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from archive.lists.columns import Columns
from archive.lists.integers import Rows, places_of, rows_at, rows_where
from archive.lists.stores import ColumnStore
from incidents.lists.incident_columns import STORE
from incidents.models import PublishedIncident
from tests.factories.archive import PlaceFactory
from tests.factories.forged import unguarded
from tests.factories.incidents import ActorFactory
from tests.factories.listed import published


def new_store() -> ColumnStore:
    return ColumnStore(PublishedIncident, numbers=STORE.table.numbers, arrays=STORE.table.arrays)


def contents(columns: Columns) -> dict[int, tuple]:
    """Every row of the columns: its numbers, and the values of its arrays."""
    return {
        pk: (
            *(int(numbers[at]) for numbers in columns.numbers.values()),
            *(
                tuple(sorted(value for value, rows in dimension.rows.items() if at in rows))
                for dimension in columns.dimensions.values()
            ),
        )
        for at, pk in enumerate(columns.ids.tolist())
    }


def keys(columns: Columns, rows: Rows) -> list[int]:
    return sorted(columns.ids[places_of(rows)].tolist())


def assert_current(store: ColumnStore) -> Columns:
    columns = store.current()
    assert contents(columns) == contents(new_store().current())
    for condition in (Q(state="published"), Q(certain__isnull=True), ~Q(actor_ids=[])):
        rows = PublishedIncident.objects.filter(condition)
        assert keys(columns, columns.rows(rows)) == sorted(rows.values_list("pk", flat=True))
    assert sorted(columns.ids.tolist()) == sorted(PublishedIncident.objects.values_list("pk", flat=True))
    return columns


@pytest.mark.django_db
def test_columns_hold_what_the_rows_hold() -> None:
    place, actor = PlaceFactory(), ActorFactory()
    row = published(on="2019-11", places=[place], actors=[actor], killed=3)
    published(on="../2018")

    columns = new_store().current()

    at = columns.ids.tolist().index(row.pk)
    assert {name: int(numbers[at]) for name, numbers in columns.numbers.items()} == {
        "lower": 18201,
        "upper": 18230,
        "certain_lower": 18201,
        "certain_upper": 18230,
        "killed": 3,
        "killed_high": 3,
        "injured": -1,
        "injured_high": -1,
        "sort_on": 18201,
        "most_alternatives": 0,
        "changed_at": int(row.changed_at.timestamp()) * 1_000_000 + row.changed_at.microsecond,
    }
    everything = columns.every
    assert columns.dimensions["actor_ids"].counts(everything) == {actor.pk: 1}
    assert columns.dimensions["place_ids"].counts(everything) == dict.fromkeys(row.place_ids, 1)
    assert columns.dimensions["place_ids"].sums_of(everything, columns.numbers["killed"].clip(min=0), [place.pk]) == {
        place.pk: 3
    }
    assert columns.dimensions["weapon_ids"].counts(everything) == {}


@pytest.mark.django_db
def test_dimension_counts_any_of_some_values_once() -> None:
    one, two = ActorFactory(), ActorFactory()
    for actors in ([one], [one, two], [two], []):
        published(actors=actors)

    columns = new_store().current()
    actors = columns.dimensions["actor_ids"]

    assert actors.count_any(columns.every, [one.pk, two.pk]) == 3
    assert actors.count_any(rows_at(np.array([0, 3])), [two.pk]) == 0
    assert actors.count_any(columns.every, []) == 0


@pytest.mark.django_db
def test_set_is_remembered_and_right(django_assert_num_queries) -> None:
    old, new = published(on="2016"), published(on="2019")
    columns = new_store().current()
    since_2018 = PublishedIncident.objects.filter(lower__gte="2018-01-01")

    first = columns.rows(since_2018)
    with django_assert_num_queries(0):
        again = columns.rows(since_2018.order_by("-code"))

    assert keys(columns, first) == keys(columns, again) == [new.pk]
    assert keys(columns, columns.rows(PublishedIncident.objects.exclude(pk=new.pk))) == [old.pk]


@pytest.mark.django_db
def test_set_leaves_out_rows_that_the_columns_do_not_have() -> None:
    columns = new_store().current()
    published()

    assert not columns.rows(PublishedIncident.objects.all())


@pytest.mark.django_db
def test_current_is_read_again_only_after_a_change(django_assert_num_queries) -> None:
    published()
    store = new_store()
    first = store.current()

    with django_assert_num_queries(1):
        assert store.current() is first
    published()

    assert len(store.current().ids) == 2


@pytest.mark.django_db(transaction=True)
def test_only_what_changed_is_read_again(django_assert_max_num_queries) -> None:
    places = [PlaceFactory() for _ in range(3)]
    rows = [published(places=[places[0]]) for _ in range(6)]
    store = new_store()
    before = store.current()

    with unguarded(PublishedIncident), connection.cursor() as cursor:  # not by way of the models
        cursor.execute(
            "UPDATE incidents_publishedincident SET place_ids = %s, certain = NULL WHERE incident_id = %s",
            [[places[1].pk], rows[2].pk],
        )
    published(places=[places[2]], killed=1)
    with django_assert_max_num_queries(6):  # with BEGIN and COMMIT; a whole reading takes more
        changed = store.current()

    assert changed is not before
    assert contents(changed) == contents(new_store().current())
    assert len(changed.ids) == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_columns_follow_any_sequence_of_changes(seed: int) -> None:
    rng = random.Random(seed)
    places, actors = [PlaceFactory() for _ in range(4)], [ActorFactory() for _ in range(3)]
    store = new_store()

    for _ in range(12):
        rows = list(PublishedIncident.objects.all())
        what = rng.choice(["new", "new", "change", "remove", "undo"])
        if what == "new" or not rows:
            published(places=rng.sample(places, 2), actors=rng.sample(actors, rng.choice([0, 1, 2])), on="2019-11")
        elif what == "change":
            chosen = [row.pk for row in rng.sample(rows, rng.choice([1, len(rows)]))]
            with unguarded(PublishedIncident):
                PublishedIncident.objects.filter(pk__in=chosen).update(actor_ids=[rng.choice(actors).pk], certain=None)
        elif what == "remove":
            with unguarded(PublishedIncident):
                rng.choice(rows).delete()
        else:
            with unguarded(PublishedIncident), transaction.atomic():
                PublishedIncident.objects.update(place_ids=[places[0].pk])
                assert_current(store)
                transaction.set_rollback(True)
        assert_current(store)


@pytest.mark.django_db(transaction=True)
def test_set_outlives_a_change_and_asks_only_for_what_changed() -> None:
    rows = [published() for _ in range(5)]
    store = new_store()
    killed = PublishedIncident.objects.filter(killed_low__gte=1)
    assert not store.current().rows(killed)
    falling = PublishedIncident.objects.exclude(killed_low__gte=1)
    assert len(store.current().rows(falling)) == 5

    with unguarded(PublishedIncident):
        PublishedIncident.objects.filter(pk__in=[rows[1].pk]).update(killed_low=3)
    store.current()  # nobody asks for the set in this state
    newest = published(killed=2)
    columns = store.current()
    with CaptureQueriesContext(connection) as captured:
        found = keys(columns, columns.rows(killed))

    assert found == [rows[1].pk, newest.pk]
    assert keys(columns, columns.rows(falling)) == [row.pk for row in rows if row.pk != rows[1].pk]
    (asked,) = [query["sql"] for query in captured if "killed_low" in query["sql"]]
    assert {rows[1].pk, newest.pk} == {int(pk) for pk in re.search(r" IN \(([\d, ]+)\)", asked)[1].split(", ")}


@pytest.mark.django_db(transaction=True)
def test_too_many_changes_are_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.lists.changes.MOST_CHANGED", 2)
    for _ in range(4):
        published()
    store = new_store()
    store.current()

    with unguarded(PublishedIncident):
        PublishedIncident.objects.update(killed_low=5)
    store.current()
    with store.lock:  # another thread has read it
        pass

    assert assert_current(store).numbers["killed"].tolist() == [5] * 4


@pytest.mark.django_db
def test_counts_are_those_of_one_by_one() -> None:
    rng = random.Random(5)
    actors = [ActorFactory() for _ in range(5)]
    rows = [published(actors=rng.sample(actors, rng.choice([0, 1, 2, 3])), killed=rng.randrange(4)) for _ in range(12)]
    columns = new_store().current()
    dimension, killed = columns.dimensions["actor_ids"], columns.numbers["killed"].clip(min=0)

    for size in (0, 1, 6, 11, 12):
        chosen = rng.sample(rows, size)
        among = rows_where(np.isin(columns.ids, [row.pk for row in chosen]))
        expected = {actor.pk: sum(actor.pk in row.actor_ids for row in chosen) for actor in actors}
        expected = {pk: count for pk, count in expected.items() if count}
        assert dimension.counts(among) == expected
        wanted = [actors[0].pk, actors[3].pk, 0]
        assert dimension.counts_of(among, wanted) == {pk: count for pk, count in expected.items() if pk in wanted}
        sums = {actor.pk: sum(row.killed_low for row in chosen if actor.pk in row.actor_ids) for actor in actors}
        everybody = [actor.pk for actor in actors]
        assert dimension.sums_of(among, killed, everybody) == {pk: count for pk, count in sums.items() if count}
    assert keys(columns, dimension.filled) == sorted(row.pk for row in rows if row.actor_ids)
