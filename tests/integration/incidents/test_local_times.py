"""Times as reports give them: one, about one, from one to another; from the services to every file."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archive import dates
from archive.fields import json_schema
from archive.models import User
from incidents import curation
from incidents.assessment import ClaimView, LocalTime, When, assess
from incidents.errors import InvalidError
from incidents.formats.claim_rows import claim_rows
from incidents.models import Claim, Incident
from incidents.presentation.changes import changes_between
from incidents.presentation.fact_wording import occurred
from incidents.record.whole import EDITION
from tests.factories.archive import TextVersionFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db
JUDGED = "The council wrote it down."
TIMES = st.builds(LocalTime, st.times(), st.none() | st.times(), st.booleans())


@pytest.fixture
def editor() -> User:
    return person("Editor")


def told(incident: Incident, editor: User, **said: object) -> Claim:
    return curation.make_claim(
        incident=incident, by=editor, aspect="occurred", occurred_edtf="2019-11-25", judgement=JUDGED, **said
    )


@pytest.mark.parametrize(
    ("said", "kept", "english", "arabic"),
    [
        ({}, {"time": "14:30"}, "14:30 local time", "14:30"),
        ({"time_is_about": True}, {"time": "14:30", "time_about": True}, "about 14:30 local time", "نحو 14:30"),
        ({"time_until": "16:00"}, {"time": "14:30", "time_to": "16:00"}, "14:30–16:00 local time", "14:30–16:00"),
        (
            {"time_until": "01:00", "time_is_about": True},
            {"time": "14:30", "time_to": "01:00", "time_about": True},
            "about 14:30–01:00 local time",
            "نحو 14:30–01:00",
        ),
    ],
)
def test_time_is_in_record_rows_and_words(
    client: Client, editor: User, said: dict, kept: dict, english: str, arabic: str
) -> None:
    incident = publishable(editor)
    told(incident, editor, time_of_day="14:30", **said)
    edition = curation.publish(incident, by=None, note="First.")
    content = edition.content

    Draft202012Validator(json_schema(EDITION)).validate(content)
    keys = ("time", "time_to", "time_about")
    assert {key: content["occurred"][key] for key in keys if key in content["occurred"]} == kept
    [row] = [one for one in claim_rows(content, "x") if one["time"]]
    assert {key: row[key] for key in keys if row[key]} == kept
    page = client.get(f"/incidents/{incident.code}/").content.decode()
    assert english in page
    with translation.override("ar"):
        assert arabic in occurred(content["occurred"])


def test_change_of_a_time_is_told(editor: User) -> None:
    incident = publishable(editor)
    claim = told(incident, editor, time_of_day="14:30")
    before = curation.publish(incident, by=None, note="First.")
    curation.change_claim(claim, by=editor, seen=claim.lock_version, time_is_about=True, reason="About.")
    after = curation.publish(incident, by=None, note="About.")

    changes = str(changes_between(before.content, after.content))
    assert "about 14:30" in changes


@given(st.lists(TIMES, min_size=1, max_size=4))
def test_time_is_a_fact_where_all_agree_on_all_of_it(times: list[LocalTime]) -> None:
    day = dates.parse("2019-11-25")
    claims = [ClaimView(id=at, aspect="occurred", value=When(day, "", time)) for at, time in enumerate(times)]

    fact = assess(claims, scope="attack", vocabulary=None).occurred

    assert fact.time == (times[0] if len(set(times)) == 1 else None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_until": datetime.time(12)},
        {"time_is_about": True},
        {"time_of_day": datetime.time(12), "time_until": datetime.time(12)},
    ],
)
def test_database_refuses_half_a_time(editor: User, wrong: dict) -> None:
    claim = told(IncidentFactory(), editor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**wrong)


@pytest.mark.parametrize("wrong", ["14:30:15", "14:30Z", "14:30+03:00", "24:00", "1430", "14", "7:05", "٧:٠٥", 1430])
def test_time_is_hours_and_minutes(editor: User, wrong: object) -> None:
    with pytest.raises(InvalidError, match="as 21:30"):
        told(IncidentFactory(), editor, time_of_day=wrong)


def test_history_tells_times_as_they_are_written(editor: User, superuser: User) -> None:
    incident = IncidentFactory()
    told(incident, editor, time_of_day="21:00", time_until="00:00")
    client = Client()
    client.force_login(superuser)

    page = client.get(reverse("admin:incidents_incident_history", args=[incident.pk])).content.decode()

    assert "21:00" in page
    assert "00:00" in page
    assert ":00:00" not in page
    assert "About that time" not in page  # it is not


def test_desk_takes_a_range_and_keeps_it_when_the_claim_is_changed(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    text = TextVersionFactory(text="The mill was hit between nine and ten.")
    address = reverse("desk:article", args=[text.article.public_id])
    sent = {
        "quote": "between nine and ten",
        "start": 17,
        "end": 37,
        "text_sha256": text.sha256,
        "incident": "new",
        "aspect": "occurred",
        "occurred_edtf": "2019-11-25",
        "stance": "asserts",
        "rank": "normal",
        "time_of_day": "09:00",
        "time_until": "10:00",
        "time_is_about": "on",
    }

    client.post(address, sent)

    claim = Claim.objects.get()
    assert (claim.time_of_day, claim.time_until, claim.time_is_about) == (datetime.time(9), datetime.time(10), True)
    page = client.get(reverse("desk:claim", args=[claim.public_id])).content.decode()
    assert 'name="time_until" value="10:00' in page
    assert "checked" in page[page.index('name="time_is_about"') :][:60]
