"""Publishing, withdrawing and merging are confirmed; who may do what."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertTemplateUsed

from archive.locking import acting
from archive.models import User
from incidents import curation
from incidents.models import Edition, Incident
from tests.factories import reviewed
from tests.factories.archive import (
    ArticleFactory,
    PassageFactory,
    TextVersionFactory,
)
from tests.factories.histories import read
from tests.factories.incidents import (
    ClaimFactory,
    IncidentFactory,
    SpeakerFactory,
)
from tests.factories.people import person
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db


def publish_form(client: Client, incident: Incident, note: str) -> dict[str, str]:
    incident.refresh_from_db()
    if incident.submission_id is None:
        curation.submit(incident, by=None)
    shown = client.get(page("incidents.incident", "publish", incident.pk)).context["form"].initial["shown"]
    return {"shown": shown, "note": note}


def test_admin_publish_flow(reviewer_client: Client, ready: Incident) -> None:
    address = page("incidents.incident", "publish", ready.pk)

    reviewer_client.post(address, publish_form(reviewer_client, ready, "First told."))
    assert ready.editions.get().note == "First told."
    blocked = reviewer_client.get(address)
    assert "Nothing has changed" in blocked.text
    with acting(None):  # in the one transaction of a test, the reviewer's name would stay
        ClaimFactory(incident=ready, injured=True)
    confirm = reviewer_client.get(address)
    assert "What differs from v1" in confirm.text
    assert "5 people" in confirm.text
    reviewer_client.post(address, publish_form(reviewer_client, ready, "The injured."))

    assert [edition.number for edition in ready.editions.all()] == [1, 2]
    first = ready.editions.get(number=1)
    assert first.content["injured"] is None


def test_admin_shows_numbers_as_readers_get_them(reviewer_client: Client, ready: Incident) -> None:
    assert "not reported" in reviewer_client.get(page("incidents.incident", "publish", ready.pk)).text
    ClaimFactory(incident=ready, injured=True, speaker=SpeakerFactory(name_en="The water board"))
    for action in ("publish", "change"):
        shown = reviewer_client.get(page("incidents.incident", action, ready.pk))
        assert "according to the water board" in " ".join(shown.text.split()).lower(), action
        assertTemplateUsed(shown, "incidents/parts/number.html")


def test_admin_publish_needs_a_note(reviewer_client: Client, ready: Incident) -> None:
    response = reviewer_client.post(
        page("incidents.incident", "publish", ready.pk), publish_form(reviewer_client, ready, "  ")
    )

    assert "note" in response.context["form"].errors
    assert not Edition.objects.exists()


def test_admin_publish_of_a_draft_that_changed_meanwhile_refused(reviewer_client: Client, ready: Incident) -> None:
    form = publish_form(reviewer_client, ready, "First told.")
    ClaimFactory(incident=ready, injured=True)

    response = reviewer_client.post(page("incidents.incident", "publish", ready.pk), form)

    assert "has changed since" in response.text
    assert "First told." in response.text
    assert not Edition.objects.exists()


def test_admin_publish_lists_what_is_missing(reviewer_client: Client) -> None:
    claim = ClaimFactory(killed=True)

    html = reviewer_client.get(page("incidents.incident", "publish", claim.incident_id)).text

    assert "No claim says when it happened." in html
    assert "No claim says where it happened." in html
    assert 'name="note"' not in html


def test_admin_publish_refuses_embargoed_article(reviewer_client: Client, ready: Incident) -> None:
    article = ArticleFactory(title="Not yet out", visibility="embargoed", visibility_reason="Until Monday.")
    form = publish_form(reviewer_client, ready, "First told.")
    ClaimFactory(incident=ready, passage=PassageFactory(text_version=TextVersionFactory(article=article)), injured=True)

    html = reviewer_client.get(page("incidents.incident", "publish", ready.pk)).text
    reviewer_client.post(page("incidents.incident", "publish", ready.pk), form)

    assert "Not yet out" in html
    assert "embargoed" in html
    assert not Edition.objects.exists()


def test_admin_publishing_needs_its_permission(ready: Incident) -> None:
    reader = person("Editor")
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="change_incident"))

    for action in ("publish", "withdraw", "merge", "restore"):
        assert signed_in(reader).get(page("incidents.incident", action, ready.pk)).status_code == 403


def reasoned(incident: Incident, reason: str) -> dict[str, Any]:
    """What the form of an action sends: the reason, and the version that it was shown."""
    incident.refresh_from_db()
    return {"reason": reason, "lock_version": incident.lock_version}


def test_admin_withdraw_and_restore(reviewer_client: Client, editor: User, ready: Incident) -> None:
    reviewed.publish(ready, note="First told.")

    reviewer_client.post(page("incidents.incident", "withdraw", ready.pk), reasoned(ready, "The report was retracted."))
    ready.refresh_from_db()
    assert (ready.status, ready.closed_reason) == ("withdrawn", "The report was retracted.")
    assert "restore it first" in reviewer_client.get(page("incidents.incident", "publish", ready.pk)).text
    reviewer_client.post(page("incidents.incident", "restore", ready.pk), reasoned(ready, "It stands after all."))

    ready.refresh_from_db()
    assert ready.status == "published"


def test_admin_merge_asks_for_the_survivor(reviewer_client: Client, editor: User, ready: Incident) -> None:
    survivor = IncidentFactory(working_title="The survivor")
    reviewed.publish(ready, note="First told.")
    address = page("incidents.incident", "merge", ready.pk)

    blocked = reviewer_client.post(address, reasoned(ready, "The same attack.") | {"survivor": survivor.code})
    assert "is not published" in blocked.text
    asked = reviewer_client.post(address, reasoned(ready, "The same attack.") | {"survivor_words": "no such"})
    assert "survivor" in asked.context["form"].errors
    itself = reviewer_client.post(address, reasoned(ready, "The same attack.") | {"survivor": ready.code})
    assert "into itself" in itself.text
    for given in ({}, {"at_place": True}, {"killed": True}):
        ClaimFactory(incident=survivor, **given)
    reviewed.publish(survivor, note="First told.")
    given = reasoned(ready, "The same attack.") | {"survivor": survivor.code}
    shown = reviewer_client.post(address, given)
    ready.refresh_from_db()
    assert ready.merged_into is None  # it is shown first
    assert "What will happen" in shown.text
    assert "The same attack." in shown.text
    assert shown.context["form"]["shown"].value()
    unexplained = given | {"reason": "", "shown": ""}
    assert "reason" not in reviewer_client.post(address, unexplained).context["form"].errors  # not yet
    unexplained["shown"] = shown.context["form"]["shown"].value()
    assert "reason" in reviewer_client.post(address, unexplained).context["form"].errors
    shown = reviewer_client.post(address, given | {"shown": shown.context["form"]["shown"].value()}, follow=True)

    ready.refresh_from_db()
    assert ready.merged_into == survivor
    assert shown.redirect_chain[-1][0] == page("incidents.incident", "change", survivor.pk)
    assert f'merged into this one: <a href="{page("incidents.incident", "change", ready.pk)}">' in shown.text


def test_admin_merge_shows_both_with_their_words_and_refuses_what_changed_since(
    reviewer_client: Client, editor: User, ready: Incident
) -> None:
    survivor = IncidentFactory()
    ClaimFactory(incident=survivor, injured=True)
    address = page("incidents.incident", "merge", ready.pk) + f"?survivor={survivor.code}"
    asked = reviewer_client.get(address)
    assert "Five were hurt" in asked.text
    assert "Two were killed" in asked.text
    assert "3 claims carried on" in asked.text
    given = reasoned(ready, "The same.") | {"survivor": survivor.code, "shown": asked.context["form"]["shown"].value()}
    ClaimFactory(incident=survivor, killed=True)

    again = reviewer_client.post(address, given)
    assert "Nothing is done yet" in again.text
    ready.refresh_from_db()
    assert ready.status == "draft"
    reviewer_client.post(address, given | {"shown": again.context["form"]["shown"].value()})

    ready.refresh_from_db()
    assert ready.merged_into == survivor
    asked = reviewer_client.get(page("incidents.incident", "restore", ready.pk))
    assert "3 claims stand here again" in asked.text
    reviewer_client.post(page("incidents.incident", "restore", ready.pk), reasoned(ready, "Two after all."))
    assert (ready.claims.count(), survivor.claims.count()) == (3, 2)


def test_admin_history_tells_who_did_what_and_why(reviewer_client: Client, editor: User, ready: Incident) -> None:
    claim = ready.claims.get(aspect="killed")
    reviewer_client.post(
        reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "preferred"}
    )
    reviewed.publish(ready, note="First told.")
    curation.withdraw(ready, by=editor, reason="It was retracted.")

    html = reviewer_client.get(page("incidents.incident", "history", ready.pk)).text

    assert editor.username in html
    assert "It was retracted." in html
    assert "Edition 1: published" in read(html)
    assert f"Claim Killed {claim.public_id}: changed" in read(html)


# People


def test_admin_editors_do_not_manage_people(editor_client: Client, editor: User) -> None:
    assert editor_client.get(page("archive.user", "changelist")).status_code == 403
    assert editor_client.get(page("archive.user", "change", editor.pk)).status_code == 403


def test_admin_administrator_cannot_make_a_superuser(
    administrator_client: Client, superuser: User, editor: User
) -> None:
    form = administrator_client.get(page("archive.user", "change", editor.pk))

    assert form.status_code == 200
    assert 'name="is_superuser"' not in form.text
    assert 'name="password"' not in administrator_client.get(page("archive.user", "change", superuser.pk)).text
    assert administrator_client.post(page("archive.user", "change", superuser.pk), {"username": "x"}).status_code == 403
