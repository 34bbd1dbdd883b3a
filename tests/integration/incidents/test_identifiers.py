"""What other data sets call an incident: added, ended, published, exported, found."""

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from archive.locking import StaleRowError
from incidents import curation, finding
from incidents.errors import CurationError, InvalidError
from incidents.models import Edition, Incident, IncidentIdentifier, PublishedRecord
from incidents.record.differences import differences
from tests.factories.archive import UserFactory
from tests.factories.full_incident import FullIncident
from tests.factories.incidents import IdentifierSchemeFactory, IncidentFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    return IdentifierSchemeFactory(
        slug="events", name_en="Event List", name_ar="قائمة الأحداث", address="https://events.example/id/{}/"
    )


def published_again(incident: Incident) -> Edition:
    kept = {warning.key: "As the report has it." for warning in curation.warnings(incident)}
    return curation.publish(incident, by=None, note="Identifiers.", kept=kept)


def test_identifier_is_in_the_edition_the_page_the_files_and_the_search(scheme, client: Client) -> None:
    full = FullIncident()
    full.say_all()
    before = full.publish()
    curation.add_identifier(full.incident, by=UserFactory(), scheme=scheme, value="  EV 12/7 ")
    file_key = curation.own_scheme("curation:secret-file")
    IncidentIdentifier.objects.create(incident=full.incident, scheme=file_key, value="key-of-ours")

    edition = published_again(full.incident)

    assert "identifiers" not in before.content
    assert edition.content["identifiers"] == [
        {
            "scheme": "events",
            "name_en": "Event List",
            "name_ar": "قائمة الأحداث",
            "value": "EV 12/7",
            "url": "https://events.example/id/EV%2012%2F7/",
        }
    ]
    assert [one.field for one in differences(before.content, edition.content)] == ["identifiers"]
    assert PublishedRecord.objects.get().record["identifiers"] == ["events:EV 12/7"]
    page = client.get(edition.get_absolute_url()).text
    assert 'href="https://events.example/id/EV%2012%2F7/"' in page
    assert "Event List" in page
    assert "key-of-ours" not in page
    rows = list(csv.DictReader(io.StringIO(client.get("/incidents.csv?q=EV&scope=any").getvalue().decode())))
    assert [row["identifiers"] for row in rows] == ["events:EV 12/7"]
    assert client.get("/incidents.jsonl?q=secret-file&scope=any").getvalue() == b""


def test_identifier_stands_once_until_it_is_ended(scheme) -> None:
    editor, one, other = UserFactory(), IncidentFactory(), IncidentFactory()
    identifier = curation.add_identifier(one, by=editor, scheme=scheme, value="7")

    with pytest.raises(InvalidError, match=one.code):
        curation.add_identifier(other, by=editor, scheme=scheme, value="7")
    with pytest.raises(InvalidError, match="filled in"):
        curation.end_identifier(identifier, by=editor, seen=1, reason=" ")
    with pytest.raises(StaleRowError):
        curation.end_identifier(identifier, by=editor, seen=2, reason="Another attack.")
    ended = curation.end_identifier(identifier, by=editor, seen=1, reason="Another attack.")
    with pytest.raises(CurationError, match="ended already: Another attack"):
        curation.end_identifier(identifier, by=editor, seen=2, reason="Again.")
    curation.add_identifier(other, by=editor, scheme=scheme, value="7")

    assert ended.ended_at
    assert other in finding.incidents("7")
    assert list(finding.incidents("events:7")) == [other]


@pytest.mark.parametrize("value", ["", " \n", "a;b", "a\0b", "a\u202eb", "x" * 201])
def test_identifier_refuses_what_no_data_set_has(scheme, value: str) -> None:
    with pytest.raises(InvalidError, match="value"):
        curation.add_identifier(IncidentFactory(), by=None, scheme=scheme, value=value)


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("UPDATE incidents_incidentidentifier SET value = 'x'", "never changes"),
        ("UPDATE incidents_incidentidentifier SET ended_at = now()", "incident_identifier_ended_with_reason"),
        ("DELETE FROM incidents_incidentidentifier", "permission denied"),
        ("UPDATE incidents_identifierscheme SET slug = 'x'", "never changes"),
        ("UPDATE incidents_identifierscheme SET address = 'javascript:{}'", "address_has_place"),
        (
            "INSERT INTO incidents_identifierscheme VALUES (DEFAULT, now(), now(), 1, 'A; b', 'A', '', '', true, NULL)",
            "slug_plain",
        ),
    ],
)
def test_identifier_database_refuses(scheme, sql: str, answer: str) -> None:
    curation.add_identifier(IncidentFactory(), by=None, scheme=scheme, value="7")

    with pytest.raises(DatabaseError, match=answer), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_identifier_that_was_ended_stays_so(scheme) -> None:
    identifier = curation.add_identifier(IncidentFactory(), by=None, scheme=scheme, value="7")
    curation.end_identifier(identifier, by=None, seen=1, reason="Another attack.")

    with pytest.raises(DatabaseError, match="stays ended"), transaction.atomic():
        IncidentIdentifier.objects.update(ended_at=None, end_reason="")


def test_row_without_its_identifiers_is_refused(scheme) -> None:
    full = FullIncident()
    full.say_all()
    curation.add_identifier(full.incident, by=None, scheme=scheme, value="7")
    full.publish()
    record = PublishedRecord.objects.get()
    record.record["identifiers"] = []

    with pytest.raises(DatabaseError, match="identifiers"), transaction.atomic():
        record.save()


def test_admin_adds_and_ends(scheme, client: Client) -> None:
    incident = IncidentFactory()
    client.force_login(person("Editor"))
    page = reverse("admin:incidents_incident_change", args=[incident.pk])
    sent = {
        "scope": "attack", "working_title": incident.working_title, "note": "", "lock_version": "1",
        "summary-TOTAL_FORMS": "0", "summary-INITIAL_FORMS": "0",
        "identifiers-TOTAL_FORMS": "1", "identifiers-INITIAL_FORMS": "0",
        "identifiers-0-scheme": "events", "identifiers-0-value": "7", "identifiers-0-incident": str(incident.pk),
    }  # fmt: skip

    added = client.post(page, sent)
    refused = client.post(page, sent)
    identifier = IncidentIdentifier.objects.get()
    ended = client.post(
        page,
        {
            **sent,
            "identifiers-INITIAL_FORMS": "1",
            "identifiers-0-id": str(identifier.pk),
            "identifiers-0-lock_version": "1",
            "identifiers-0-end_reason": "Another attack.",
        },
    )

    assert added.status_code == ended.status_code == 302
    assert "stands on" in refused.text
    identifier.refresh_from_db()
    assert (identifier.end_reason, identifier.created_by.groups.get().name) == ("Another attack.", "Editor")
    assert "Another attack." in client.get(reverse("admin:incidents_incident_history", args=[incident.pk])).text
