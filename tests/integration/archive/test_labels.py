"""Names of what is counted: kept for a minute, never longer."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from archive.lists import labels
from archive.lists.labels import Labels
from incidents.lists import incident_columns
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import Actor
from tests.factories.incidents import ActorFactory
from tests.factories.listed import published

pytestmark = pytest.mark.django_db
MINUTE = 60  # seconds: what docs/adr/0011 promises


class Clock:
    """Seconds that pass when a test says so."""

    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(labels, "time", SimpleNamespace(monotonic=found.monotonic))
    return found


def renamed(actor: Actor, name: str) -> None:
    Actor.objects.filter(pk=actor.pk).update(name_en=name)


def test_facets_name_a_renamed_actor_anew_within_a_minute(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    for name in ("until", "kept", "absent"):  # as in a process that has just begun; put back at the end
        monkeypatch.setattr(incident_columns.ACTORS, name, getattr(Labels(Actor.objects.all), name))
    actor = ActorFactory(name_en="Before")
    published(actors=[actor])

    def named() -> list[str]:
        (facet,) = (one for one in IncidentListing(read_incidents(QueryDict())).facets if one.name == "actor")
        return [value.label for value in facet.values]

    assert named() == ["Before"]
    renamed(actor, "After")
    clock.now += MINUTE
    assert named() == ["After"]


@pytest.mark.parametrize("is_small", [True, False])
def test_labels_are_read_once_a_minute_and_not_at_every_page(clock: Clock, django_assert_num_queries, is_small) -> None:
    actor = ActorFactory(name_en="Before")
    known = Labels(Actor.objects.all, is_small=is_small, key="slug")

    assert known.of([actor.pk])[actor.pk].name_en == "Before"
    renamed(actor, "After")
    clock.now += MINUTE - 1
    with django_assert_num_queries(0):
        assert known.of([actor.pk])[actor.pk].name_en == "Before"
    clock.now += 1
    with django_assert_num_queries(1):
        assert known.of([actor.pk])[actor.pk].name_en == "After"
    clock.now += MINUTE - 1
    with django_assert_num_queries(0):
        known.of([actor.pk])


@pytest.mark.parametrize("is_small", [True, False])
def test_row_that_is_new_is_read_at_once_and_does_not_put_off_the_next_reading(clock: Clock, is_small: bool) -> None:
    actor = ActorFactory(name_en="Before")
    known = Labels(Actor.objects.all, is_small=is_small, key="slug")
    known.of([actor.pk])
    renamed(actor, "After")

    clock.now += MINUTE - 1
    other = ActorFactory()
    assert other.pk in known.of([actor.pk, other.pk])
    clock.now += 1
    assert known.of([actor.pk])[actor.pk].name_en == "After"


def test_row_that_does_not_exist_is_asked_for_once_a_minute(clock: Clock, django_assert_num_queries) -> None:
    known = Labels(Actor.objects.all, key="slug")

    assert known.of([999_999]) == {}
    with django_assert_num_queries(0):
        assert known.of([999_999]) == {}
    clock.now += MINUTE
    with django_assert_num_queries(1):
        assert known.of([999_999]) == {}
