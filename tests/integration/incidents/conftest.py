"""Clients that are signed in to the editors' side; a draft that may be published, and the same published."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import User
from incidents import curation
from incidents.models import Incident
from tests.factories import reviewed
from tests.factories.archive import (
    AboutTextFactory,
    ArticleFactory,
    PassageFactory,
    PlaceFactory,
    PlaceLabelFactory,
    ReportedErrorFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IdentifierSchemeFactory,
    IncidentFactory,
    IncidentLinkFactory,
    SpeakerFactory,
    WeaponFactory,
)
from tests.factories.people import person

# What makes a row of each model that has pages in the admin.
FACTORIES = {
    "archive.abouttext": AboutTextFactory,
    "archive.article": ArticleFactory,
    "archive.source": SourceFactory,
    "archive.place": PlaceFactory,
    "archive.reportederror": partial(
        ReportedErrorFactory,
        spoken_of="incident",
        key="b00000",
        state="accepted",
        answer_en="It was the barn.",
        answered_at="2019-12-01T12:00Z",
    ),
    "archive.placelabel": PlaceLabelFactory,
    "incidents.incident": IncidentFactory,
    "incidents.incidentlink": IncidentLinkFactory,
    "incidents.identifierscheme": IdentifierSchemeFactory,
    "incidents.facility": FacilityFactory,
    "incidents.actor": ActorFactory,
    "incidents.weapon": WeaponFactory,
    "incidents.facilitytype": FacilityTypeFactory,
    "incidents.speaker": SpeakerFactory,
}


@pytest.fixture
def editor(db: None) -> User:
    return person("Editor")


@pytest.fixture
def editor_client(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def reviewer(db: None) -> User:
    return person("Reviewer")


@pytest.fixture
def reviewer_client(reviewer: User) -> Client:
    return signed_in(reviewer)


@pytest.fixture
def administrator_client(db: None) -> Client:
    return signed_in(person("Administrator"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def draft(editor: User) -> Incident:
    """A draft with all that publishing needs: a date, a place, a count, each with its passage."""
    text = TextVersionFactory(text="Two people died in the mill town on Wednesday, the council said.")
    incident = curation.create_incident(by=editor, scope="attack", working_title="The mill")
    values = {
        "occurred": {"occurred_edtf": "2019-11-27", "reasoning": "Wednesday before publication."},
        "place": {"place": PlaceFactory(pcode="C1", name_en="Mill Town")},
        "killed": {"count_low": 2, "count_high": 2, "group": "people"},
    }
    for aspect, exact in (("occurred", "Wednesday"), ("place", "mill town"), ("killed", "Two people died")):
        passage = PassageFactory(text_version=text, exact=exact)
        curation.make_claim(incident=incident, by=editor, aspect=aspect, passage=passage, **values[aspect])
    return incident


@pytest.fixture
def published(draft: Incident, editor: User) -> Incident:
    reviewed.publish(draft, note="First edition.")
    draft.refresh_from_db()
    return draft


def page(label: str, what: str, *args: Any) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{what}", args=args)


@pytest.fixture
def superuser(db: None) -> User:
    user = person("Administrator")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def ready() -> Incident:
    """An incident that lacks nothing."""
    incident = IncidentFactory(working_title="The mill")
    for given in ({}, {"at_place": True}, {"killed": True}):
        ClaimFactory(incident=incident, **given)
    return incident
