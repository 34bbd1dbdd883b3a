"""Whoever follows changes is told when readers see a record otherwise without a new edition: copies must follow."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from archive import intake
from archive.models import User
from incidents import curation
from incidents.models import EditorialEvent, PublishedIncident
from tests.factories.full_incident import FullIncident
from tests.integration.incidents.test_lists import jsonl, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> FullIncident:
    made = FullIncident()
    made.say_all()
    curation.publish(made.incident, by=None, note="First told.")
    return made


def embargo(made: FullIncident, by: User) -> None:
    article = made.english.article
    article.refresh_from_db()
    hidden = {"visibility": "withheld", "visibility_reason": "A witness asked for it."}
    intake.correct_article(article, by=by, seen=article.lock_version, **hidden)


def withhold_words(made: FullIncident, by: User) -> None:
    intake.withhold([made.english.article], words="rescue group", kind="private", reason="A witness.", by=by)


def keep_quotes(made: FullIncident, by: User) -> None:
    made.outlet.refresh_from_db()
    intake.change_source(made.outlet, by=by, seen=made.outlet.lock_version, text_policy="reference")


def generalise(made: FullIncident, by: User) -> None:
    curation.generalise_place(made.facility, by=by, reason="Staff were threatened.")


@pytest.mark.parametrize("act", [embargo, withhold_words, keep_quotes, generalise])
def test_those_who_follow_are_told(
    client: Client, told: FullIncident, superuser: User, act: Callable[[FullIncident, User], None]
) -> None:
    other = FullIncident()  # of another facility, and of the same reports' outlet
    before = PublishedIncident.objects.get(code=told.incident.code)
    since = f"updated_since={(before.changed_at + timedelta(microseconds=1)).isoformat().replace('+', '%2B')}"
    assert listed(client, since) == []

    act(told, superuser)

    assert listed(client, since) == [told.incident.code]
    [record] = jsonl(client, since)
    after = PublishedIncident.objects.get(code=told.incident.code)
    assert (record["state"], after.version) == ("published", before.version)
    assert after.changed_at > before.changed_at
    assert after.published_at == before.published_at
    assert not list(curation.rows_that_differ([told.incident.pk]))
    [event] = EditorialEvent.objects.filter(action="shown_otherwise")
    assert (event.incident, event.by) == (told.incident, superuser)
    assert other.incident.editorial_events.filter(action="shown_otherwise").count() == 0
    client.force_login(superuser)
    history = client.get(reverse("admin:incidents_incident_history", args=[told.incident.pk])).content.decode()
    assert "readers see it otherwise" in history


def test_what_changes_nothing_for_readers_is_not_told(told: FullIncident, superuser: User) -> None:
    article = told.english.article
    article.refresh_from_db()
    intake.correct_article(article, by=superuser, seen=article.lock_version, title="Shells on the old mill")

    assert not EditorialEvent.objects.filter(action="shown_otherwise").exists()
