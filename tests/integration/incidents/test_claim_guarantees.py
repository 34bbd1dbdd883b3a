"""SQL by hand cannot break what the archive promises of incidents, claims and editions."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from incidents.models import Claim
from incidents.models.claim_rules import ALL_FIELDS, CIRCUMSTANCES, OPTIONAL_FIELDS, TEXT_FIELDS, VALUE_FIELDS
from tests.factories.archive import PassageFactory, PlaceFactory
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    EditionFactory,
    EditorialEventFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
    SpeakerFactory,
    WeaponFactory,
    plain_content,
)

pytestmark = pytest.mark.django_db

TRAITS = {
    "occurred": {},
    "place": {"at_place": True},
    "facility": {"at_facility": True},
    "facility_type": {"on_type": True},
    "actor": {"by_actor": True},
    "weapon": {"with_weapon": True},
    "killed": {"killed": True},
    "injured": {"injured": True},
    "displaced": {"aspect": "displaced", "occurred_edtf": "", "count_low": 5, "count_high": 5, "group": "civilians"},
    "damage": {"aspect": "damage", "occurred_edtf": "", "damage": "destroyed"},
    "strikes": {"aspect": "strikes", "occurred_edtf": "", "count_low": 2, "count_high": 2},
    "looted": {"aspect": "looted", "occurred_edtf": ""},
}


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def foreign_value(field: str) -> Any:
    """A value for a field that does not belong to the claim's aspect."""
    rows = {
        "place": PlaceFactory,
        "facility": FacilityFactory,
        "facility_type": FacilityTypeFactory,
        "actor": ActorFactory,
        "weapon": WeaponFactory,
    }
    if field in rows:
        return rows[field]().pk
    if field == "one_of_actors":
        return [ActorFactory().slug, ActorFactory().slug]
    plain = {
        "occurred": "[2019-11-27,2019-11-28)",
        "occurred_edtf": "2019",
        "part_of_day": "night",
        "time_of_day": "12:00",
        "time_until": "13:00",
        "time_is_about": True,
        "place_precision": "near",
        "group": "people",
        "damage": "destroyed",
    }
    return plain.get(field, 1)


def column(field: str) -> str:
    return Claim._meta.get_field(field).column


# Claims


@pytest.mark.parametrize("aspect", TRAITS)
def test_claim_of_every_aspect_accepted(aspect: str) -> None:
    assert ClaimFactory(**TRAITS[aspect]).aspect == aspect


@pytest.mark.parametrize(
    ("aspect", "field"),
    [
        (aspect, field)
        for aspect in TRAITS
        for field in ALL_FIELDS
        if field not in VALUE_FIELDS[aspect] and field not in OPTIONAL_FIELDS.get(aspect, ())
    ],
)
def test_claim_with_a_value_of_another_aspect_refused(aspect: str, field: str) -> None:
    claim = ClaimFactory(**TRAITS[aspect])

    with pytest.raises(IntegrityError, match="claim_has_its_aspects_values"):
        run(
            f'UPDATE incidents_claim SET "{column(field)}" = %s WHERE id = %s',
            foreign_value(field),
            claim.pk,
        )


@pytest.mark.parametrize(("aspect", "field"), [(aspect, field) for aspect in TRAITS for field in VALUE_FIELDS[aspect]])
def test_claim_without_its_value_refused(aspect: str, field: str) -> None:
    claim = ClaimFactory(**TRAITS[aspect])
    nothing = "''" if field in TEXT_FIELDS else "NULL"
    also = ", count_high = NULL" if field == "count_low" else ""

    with pytest.raises(IntegrityError):
        run(f'UPDATE incidents_claim SET "{column(field)}" = {nothing}{also} WHERE id = %s', claim.pk)


def test_claim_without_support_refused() -> None:
    with pytest.raises(IntegrityError, match="claim_has_support"):
        ClaimFactory(passage=None, judgement=" \n\t")


def test_claim_low_over_high_refused() -> None:
    claim = ClaimFactory(killed=True)

    with pytest.raises(IntegrityError, match="claim_low_not_over_high"):
        run("UPDATE incidents_claim SET count_low = 9 WHERE id = %s", claim.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", "hopes"),
        ("rank", "best"),
        ("part_of_day", "teatime"),
        ("aspect", "mood"),
        ("damage", "scratched"),
    ],
)
def test_claim_with_an_unknown_word_refused(field: str, value: str) -> None:
    claim = ClaimFactory()

    with pytest.raises(IntegrityError):
        run(f"UPDATE incidents_claim SET {field} = %s WHERE id = %s", value, claim.pk)


def test_claim_keeps_its_public_id() -> None:
    with pytest.raises(IntegrityError, match="never changes"):
        run("UPDATE incidents_claim SET public_id = 'x' WHERE id = %s", ClaimFactory().pk)


def published_claim() -> Claim:
    claim: Claim = ClaimFactory(killed=True, incident__status="published")
    EditionFactory(incident=claim.incident)
    return claim


SAID = sorted(
    {field.column for field in Claim._meta.concrete_fields} - {*CIRCUMSTANCES, "id", "public_id", "created_by_id"}
)


@pytest.mark.parametrize("name", SAID)
def test_published_claim_rewritten_by_sql_refused(name: str) -> None:
    claim = published_claim()
    others = {
        "incident_id": lambda: IncidentFactory().pk,
        "passage_id": lambda: PassageFactory().pk,
        "speaker_id": lambda: SpeakerFactory().pk,
        "created_at": lambda: "2001-01-01",
        "aspect": lambda: "injured",
        "stance": lambda: "denies",
        "group": lambda: "women",
        "count_low": lambda: 1,
    }
    value = others[name]() if name in others else foreign_value(name.removesuffix("_id"))

    with pytest.raises(IntegrityError, match="superseded, never rewritten"):
        run(f'UPDATE incidents_claim SET "{name}" = %s WHERE id = %s', value, claim.pk)


def test_published_claim_deleted_by_sql_refused() -> None:
    claim = published_claim()

    with pytest.raises(IntegrityError, match="superseded, never rewritten"):
        run("DELETE FROM incidents_claim WHERE id = %s", claim.pk)


@pytest.mark.parametrize("change", ["rank = 'deprecated'", "ended_at = now()"])
def test_published_claim_may_be_weighed_and_end(change: str) -> None:
    run(f"UPDATE incidents_claim SET {change} WHERE id = %s", published_claim().pk)


@pytest.mark.parametrize("field", ["passage_id", "incident_id"])
def test_claim_that_no_edition_has_may_move(field: str) -> None:
    claim = ClaimFactory()
    other = {"passage_id": PassageFactory, "incident_id": IncidentFactory}[field]().pk

    run(f"UPDATE incidents_claim SET {field} = %s WHERE id = %s", other, claim.pk)


@pytest.mark.parametrize(
    "change",
    [
        "end_reason = 'Wrong.'",
        "superseded_by_id = id, ended_at = now(), end_reason = 'Wrong.'",
        "superseded_by_id = (SELECT max(id) FROM incidents_claim), end_reason = 'Wrong.'",
        "superseded_by_id = (SELECT max(id) FROM incidents_claim), ended_at = now()",
    ],
)
def test_claim_ended_by_halves_refused(change: str) -> None:
    claim = ClaimFactory()
    ClaimFactory()

    with pytest.raises(IntegrityError):
        run(f"UPDATE incidents_claim SET {change} WHERE id = %s", claim.pk)


def test_claim_history_sees_sql() -> None:
    claim = ClaimFactory(killed=True)

    run("UPDATE incidents_claim SET count_high = 7 WHERE id = %s", claim.pk)
    run("DELETE FROM incidents_claim WHERE id = %s", claim.pk)

    events = Claim.pgh_event_models
    assert list(events["update"].objects.order_by("pgh_id").values_list("pgh_label", "count_high")) == [
        ("insert", 2),
        ("update", 7),
        ("delete", 7),
    ]


# Incidents


def test_incident_delete_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM incidents_incident WHERE id = %s", IncidentFactory().pk)


def test_incident_truncate_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE incidents_incident CASCADE")


def test_incident_code_change_refused() -> None:
    with pytest.raises(IntegrityError, match="never changes"):
        run("UPDATE incidents_incident SET code = 'x' WHERE id = %s", IncidentFactory().pk)


@pytest.mark.parametrize(
    "change",
    [
        "status = 'withdrawn', closed_at = now()",
        "status = 'merged', closed_at = now(), closed_reason = 'The same.'",
        "status = 'withdrawn', closed_reason = 'Doubtful.'",
        "status = 'draft', closed_reason = 'Doubtful.'",
        "status = 'lost'",
        "scope = 'war'",
        "status = 'merged', closed_at = now(), merged_into_id = id",
    ],
)
def test_incident_in_half_a_state_refused(change: str) -> None:
    incident = IncidentFactory()

    with pytest.raises(IntegrityError):
        run(f"UPDATE incidents_incident SET {change} WHERE id = %s", incident.pk)


def test_editorial_event_change_refused() -> None:
    event = EditorialEventFactory()

    with pytest.raises(DatabaseError, match="permission denied"):
        run("UPDATE incidents_editorialevent SET reason = 'another' WHERE id = %s", event.pk)
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM incidents_editorialevent WHERE id = %s", event.pk)


# Editions


def test_edition_update_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("UPDATE incidents_edition SET note = 'another' WHERE id = %s", EditionFactory().pk)


def test_edition_delete_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM incidents_edition WHERE id = %s", EditionFactory().pk)


def test_edition_truncate_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE incidents_edition CASCADE")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_edition_that_is_not_the_next_refused(number: int) -> None:
    incident = EditionFactory().incident

    with pytest.raises(IntegrityError):
        EditionFactory(incident=incident, number=number)


def test_edition_of_another_record_refused() -> None:
    incident = IncidentFactory()

    with pytest.raises(IntegrityError, match="of another record"):
        EditionFactory(incident=incident, content=plain_content(IncidentFactory(), 1))


@pytest.mark.parametrize("judgement", [None, "", " \n"])
def test_edition_with_an_unsupported_claim_refused(judgement: str | None) -> None:
    incident = IncidentFactory()
    content = plain_content(incident, 1) | {"claims": [{"id": "c", "passage": None, "judgement": judgement}]}

    with pytest.raises(IntegrityError, match="neither passage nor judgement"):
        run(
            "INSERT INTO incidents_edition (incident_id, number, published_at, note, content, sha256) "
            "VALUES (%s, 1, now(), 'First edition.', %s, '')",
            incident.pk,
            json.dumps(content),
        )


def test_edition_without_a_note_refused() -> None:
    with pytest.raises(IntegrityError, match="edition_has_note"):
        EditionFactory(note=" ")
