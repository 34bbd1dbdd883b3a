"""What lists and exports read of incidents."""

import datetime

import pytest

from incidents import curation
from incidents.curation import upserts
from incidents.models import PublishedIncident, PublishedRecord
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db


def test_refresh_rows_fills_the_narrow_row(editor) -> None:
    country_town = PlaceFactory(pcode="C2")
    facility = FacilityFactory(place=country_town)
    child = ActorFactory(parent=ActorFactory())
    incident = publishable(editor, place=country_town)
    source = SourceFactory()
    passage = PassageFactory(text_version=TextVersionFactory(article__source=source))
    for aspect, value in (("facility", facility), ("actor", child)):
        curation.make_claim(incident=incident, by=editor, aspect=aspect, passage=passage, **{aspect: value})

    reviewed.publish(incident, note="First edition.")

    row = PublishedIncident.objects.get(pk=incident.pk)
    assert row.place_ids == [*country_town.ancestors, country_town.pk]
    assert row.primary_place_id == country_town.pk
    assert row.actor_ids == [child.parent_id, child.pk]
    assert row.facility_ids == [facility.pk]
    assert row.facility_type_ids == [facility.facility_type_id]
    assert row.source_ids == [source.pk]
    assert (row.lower, row.upper, row.sort_on) == (datetime.date(2019, 11, 25),) * 3
    assert (row.injured_low, row.injured_high, row.killed_low) == (1, None, None)
    assert row.vector


def test_refresh_rows_in_a_constant_number_of_queries(editor, django_assert_max_num_queries) -> None:
    incidents = [publishable(editor) for _ in range(4)]
    for incident in incidents:
        reviewed.publish(incident, note="First edition.")

    with django_assert_max_num_queries(14):  # a transaction and a batch
        count = curation.refresh_rows([incident.pk for incident in incidents])

    assert count == PublishedIncident.objects.count() == PublishedRecord.objects.count() == 4


def test_assess_in_a_constant_number_of_queries(draft, editor, django_assert_num_queries) -> None:
    curation.make_claim(incident=draft, by=editor, aspect="actor", actor=ActorFactory(), judgement="Known.")
    with django_assert_num_queries(4):
        curation.assess(draft)
    for _ in range(3):
        curation.make_claim(incident=draft, by=editor, aspect="actor", actor=ActorFactory(), judgement="Known.")
        curation.make_claim(incident=draft, by=editor, aspect="place", place=PlaceFactory(), judgement="Known.")

    with django_assert_num_queries(4):
        curation.assess(draft)


def test_refresh_rows_of_many_writes_what_one_by_one_does(editor, monkeypatch: pytest.MonkeyPatch) -> None:
    incidents = [publishable(editor) for _ in range(3)]
    for incident in incidents:
        reviewed.publish(incident, note="First edition.")
    curation.withdraw(incidents[0], by=editor, reason="Doubtful.")
    rows, records = list(PublishedIncident.objects.values()), list(PublishedRecord.objects.values())
    monkeypatch.setattr(upserts, "FEW", 1)

    curation.refresh_rows([incident.pk for incident in incidents])

    assert list(PublishedIncident.objects.values()) == rows
    assert list(PublishedRecord.objects.values()) == records
