"""Two editors merge names, or one merges a name while another claims it, over connections of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from incidents import curation, name_merges
from incidents.errors import NameMergeError
from incidents.models import Claim, Facility, Incident, NameMerge
from tests.factories.archive import PassageFactory, UserFactory
from tests.factories.incidents import FacilityFactory
from tests.factories.publishable import publishable
from tests.integration.incidents.test_merging_at_once import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair() -> tuple[Facility, Facility]:
    one = FacilityFactory()
    return one, FacilityFactory(place=one.place, facility_type=one.facility_type)


def in_its_own_connection(work: Callable[[], object]) -> str:
    try:
        work()
    except NameMergeError:
        return "refused"
    finally:
        connection.close()
    return "done"


def claim(incident: Incident, facility: Facility) -> Claim:
    passage = PassageFactory(text_version__text="The mill burned.", exact="The mill")
    return curation.make_claim(incident=incident, by=None, passage=passage, aspect="facility", facility=facility)


@pytest.mark.parametrize("locked", [0, 1], ids=["first row", "second row"])
def test_merges_that_cross_never_wait_for_each_other(locked: int, pair: tuple[Facility, Facility]) -> None:
    def merge(into: int) -> object:
        return name_merges.merge(pair[1 - into], into=pair[into], by=None, reason="One mill.")

    works: list[Future[str]] = []
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Facility.objects.select_for_update().get(pk=pair[locked].pk)
            for number, into in enumerate((0, 1), start=1):
                works.append(threads.submit(in_its_own_connection, lambda into=into: merge(into)))
                wait_for(number, works)
        assert sorted(work.result() for work in works) == ["done", "refused"]
    assert NameMerge.objects.count() == 1
    assert Facility.objects.unmerged().filter(pk__in=[one.pk for one in pair]).count() == 1


def test_what_is_claimed_meanwhile_has_to_be_looked_at(pair: tuple[Facility, Facility]) -> None:
    """The merge waits for a claim that is being made, and then finds an incident that it did not lock."""
    row, survivor = pair
    incident = publishable(UserFactory())
    merge = lambda: name_merges.merge(row, into=survivor, by=None, reason="One mill.")  # noqa: E731
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            claim(incident, row)
            work = threads.submit(in_its_own_connection, merge)
            wait_for(1, [work])
        assert work.result() == "refused"
    assert not NameMerge.objects.exists()
    merge()
    assert incident.claims.get(aspect="facility").facility == survivor


def test_what_is_claimed_in_the_moment_of_a_merge_names_the_survivor(pair: tuple[Facility, Facility]) -> None:
    row, survivor = pair
    incident = publishable(UserFactory())
    as_read_before = Facility.objects.get(pk=row.pk)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            name_merges.merge(row, into=survivor, by=None, reason="One mill.")
            work = threads.submit(in_its_own_connection, lambda: claim(incident, as_read_before))
            wait_for(1, [work])
            assert not work.done(), "it waits for the merge"
        assert work.result() == "done"
    assert incident.claims.get(aspect="facility").facility == survivor
