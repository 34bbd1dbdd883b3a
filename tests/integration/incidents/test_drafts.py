"""Drafts and their claims: what the services write, and what they refuse."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from archive.codes import new_code
from archive.locking import StaleRowError
from incidents import curation
from incidents.errors import (
    DuplicateClaimError,
    InvalidError,
)
from incidents.models import Claim, Incident
from tests.factories.incidents import IncidentFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db


def test_create_incident_records_who_and_that(editor) -> None:
    incident = curation.create_incident(by=editor, scope="tally", working_title=" Totals ")

    assert (incident.status, incident.working_title, incident.created_by) == ("draft", "Totals", editor)
    assert [(event.action, event.by) for event in incident.editorial_events.all()] == [("created", editor)]


@pytest.mark.parametrize("code", ["abc", "x9999z", "", "aaaaaa"])
def test_create_incident_code_with_a_wrong_check_character_refused(editor, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.create_incident(by=editor, scope="attack", code=code)

    assert set(refusal.value.errors) == {"code"}


def test_create_incident_code_of_another_refused(editor) -> None:
    code = curation.create_incident(by=editor, scope="attack").code

    with pytest.raises(InvalidError, match="another incident"):
        curation.create_incident(by=editor, scope="attack", code=code)


def test_change_incident_stale_refused(editor) -> None:
    incident = IncidentFactory()
    curation.change_incident(incident, by=editor, seen=1, working_title="First")

    with pytest.raises(StaleRowError) as refusal:
        curation.change_incident(incident, by=editor, seen=1, working_title="Second")

    assert refusal.value.current.working_title == "First"


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2019-11-27", DateRange(datetime.date(2019, 11, 27), datetime.date(2019, 11, 28))),
        ("2016-05", DateRange(datetime.date(2016, 5, 1), datetime.date(2016, 6, 1))),
        ("2019-11-27/..", DateRange(datetime.date(2019, 11, 27), None)),
        ("../2019-11-27", DateRange(None, datetime.date(2019, 11, 28))),
        ("9999-12-31", DateRange(datetime.date(9999, 12, 31), None)),
    ],
)
def test_make_claim_date_becomes_a_range(editor, edtf: str, expected: DateRange) -> None:
    claim = curation.make_claim(
        incident=IncidentFactory(), by=editor, aspect="occurred", occurred_edtf=edtf, judgement="Known."
    )

    assert Claim.objects.get(pk=claim.pk).occurred == expected


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"aspect": "nonsense"}, "aspect"),
        ({"aspect": "occurred"}, "occurred_edtf"),
        ({"aspect": "occurred", "occurred_edtf": "last week"}, "occurred_edtf"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "part_of_day": "teatime"}, "part_of_day"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_of_day": "25:00"}, "time_of_day"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_until": "12:00"}, "time_until"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_is_about": True}, "time_is_about"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_of_day": "09:00", "time_until": "25:00"}, "time_until"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "time_is_about": True}, "time_is_about"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_of_day": "09:00", "time_until": "09:00"}, "time_until"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "count_low": 1}, "count_low"),
        ({"aspect": "place"}, "place"),
        ({"aspect": "place", "place": "C4068"}, "place"),
        ({"aspect": "killed", "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 1}, "group"),
        ({"aspect": "killed", "count_low": -1, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 3, "count_high": 2, "group": "people"}, "count_high"),
        ({"aspect": "killed", "count_low": 10**12, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": True, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 1, "group": "ghosts"}, "group"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "stance": "hopes"}, "stance"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "rank": "best"}, "rank"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "judgement": " "}, "passage"),
    ],
)
def test_make_claim_refusal_names_the_field(editor, values: dict, field: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.make_claim(**{"incident": IncidentFactory(), "by": editor, "judgement": "Known.", **values})

    assert set(refusal.value.errors) == {field}
    assert not Claim.objects.exists()


def test_make_claim_zero_is_a_number(editor) -> None:
    claim = curation.make_claim(
        incident=IncidentFactory(), by=editor, aspect="killed", count_low=0, count_high=0, group="people",
        judgement="The report says that nobody died.",
    )  # fmt: skip

    assert (claim.count_low, claim.count_high) == (0, 0)


def test_make_claim_twice_refused(draft, editor) -> None:
    first = draft.claims.get(aspect="killed")

    with pytest.raises(DuplicateClaimError) as refusal:
        curation.make_claim(
            incident=draft, by=editor, aspect="killed", passage=first.passage, count_low=2, count_high=2,
            group="people",
        )  # fmt: skip

    assert refusal.value.claim == first


def test_change_claim_keeps_what_is_not_named(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")

    changed = curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=None)

    assert (changed.count_low, changed.count_high, changed.group) == (2, None, "people")


def test_change_claim_stale_refused_and_kept(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")
    curation.rank_claim(claim, by=editor, seen=claim.lock_version, rank="preferred")

    with pytest.raises(StaleRowError):
        curation.change_claim(claim, by=editor, seen=claim.lock_version, count_low=1)

    claim.refresh_from_db()
    assert (claim.rank, claim.count_low) == ("preferred", 2)


def test_change_claim_without_support_refused(editor) -> None:
    incident = publishable(editor)
    claim = incident.claims.get(aspect="injured")

    with pytest.raises(InvalidError) as refusal:
        curation.change_claim(claim, by=editor, seen=claim.lock_version, judgement="")

    assert set(refusal.value.errors) == {"passage"}


def test_remove_claim_stays_in_the_history(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")
    public_id = claim.public_id

    curation.remove_claims([(claim, claim.lock_version)], by=editor)

    last = Claim.pgh_event_models["update"].objects.filter(public_id=public_id).latest("pgh_id")
    assert last.ended_at
    assert last.pgh_context.metadata["user"] == editor.pk
    assert Claim.every.get(public_id=public_id).count_low == 2
    assert not draft.claims.filter(public_id=public_id).exists()


def test_create_incident_takes_another_code_where_one_is_taken(editor, monkeypatch) -> None:
    """Of 300,000 incidents one new code in fifty is taken already: that was an error by chance."""
    taken = curation.create_incident(by=editor, scope="attack").code
    offered = iter([taken, taken, new_code(6)])
    monkeypatch.setattr(Incident._meta.get_field("code"), "_get_default", lambda: next(offered))

    incident = curation.create_incident(by=editor, scope="attack")

    assert incident.code != taken
