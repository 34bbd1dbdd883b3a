"""Two editors merge the same two incidents into each other at the same moment, over connections of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from incidents import curation
from incidents.errors import ClosedIncidentError, MergeError
from incidents.models import Incident
from incidents.terms import Status
from tests.factories.archive import UserFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
"""
PATIENCE = 3_000  # looks, of a hundredth of a second: far more than are ever needed


def wait_for(number: int, works: list[Future[str]]) -> None:
    """Return when so many connections wait for a row that another has locked, or their work is over."""
    with connection.cursor() as cursor:
        for _ in range(PATIENCE):
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # what a transaction has seen of them stays else
            cursor.execute(WAITING)
            if cursor.fetchone() == (number,) or all(work.done() for work in works):
                return
            Event().wait(0.01)
    raise AssertionError(f"{number} connections never came to wait")


def in_its_own_connection(work: Callable[[], object]) -> str:
    try:
        work()
    except (ClosedIncidentError, MergeError):
        return "refused"
    finally:
        connection.close()
    return "merged"


@pytest.mark.parametrize("locked", [0, 1], ids=["first row", "second row"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first begins", "second begins"])
def test_merges_that_cross_never_wait_for_each_other(locked: int, order: tuple[int, int]) -> None:
    """One of the rows is held until both merges wait, so that each has taken the first of its locks by then."""
    editor = UserFactory()
    pair = [publishable(editor), publishable(editor)]

    def merge(into: int) -> object:
        return curation.merge(pair[1 - into], into=pair[into], by=editor, reason="The same attack.")

    works: list[Future[str]] = []
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Incident.objects.select_for_update().get(pk=pair[locked].pk)
            for into in order:
                works.append(threads.submit(in_its_own_connection, lambda into=into: merge(into)))
                wait_for(len(works), works)
        outcomes = [work.result() for work in works]

    assert sorted(outcomes) == ["merged", "refused"]
    assert sorted(Incident.objects.values_list("status", flat=True)) == sorted([Status.DRAFT, Status.MERGED])
