"""The page of an incident in the admin: claims, ranks, facts, the sentences of the summary."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import User
from incidents.models import Actor, Claim, Incident
from tests.factories.archive import (
    PassageFactory,
)
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    IncidentFactory,
    SummarySentenceFactory,
    WeaponFactory,
)
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db


def test_admin_actor_gets_the_ancestors_of_its_parent(superuser: User) -> None:
    top = ActorFactory()
    middle = ActorFactory()
    low = ActorFactory(parent=middle)
    sent = {"name_en": middle.name_en, "kind": "state", "parent": top.pk, "lock_version": middle.lock_version}
    client = signed_in(superuser)

    client.post(page("incidents.actor", "change", middle.pk), sent)
    refused = client.post(
        page("incidents.actor", "change", top.pk),
        {"name_en": top.name_en, "kind": "state", "parent": low.pk, "lock_version": top.lock_version},
    )

    assert Actor.objects.get(pk=middle.pk).ancestors == [top.pk]
    assert Actor.objects.get(pk=low.pk).ancestors == [top.pk, middle.pk]
    assert "parent" in refused.context["adminform"].form.errors


def test_admin_incident_made_by_the_service(editor_client: Client, editor: User) -> None:
    sent = {"scope": "attack", "working_title": "The mill", "note": "Check the date."}

    response = editor_client.post(page("incidents.incident", "add"), sent)

    incident = Incident.objects.get()
    assert response.status_code == 302
    assert (incident.working_title, incident.note, incident.created_by) == ("The mill", "Check the date.", editor)
    assert incident.editorial_events.get().action == "created"


def test_admin_incident_page_lists_claims_facts_and_gaps(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    ClaimFactory(incident=claim.incident, passage=None, judgement="Two reports say so.", at_place=True)

    html = editor_client.get(page("incidents.incident", "change", claim.incident_id)).text

    assert claim.passage.exact in html
    assert "Two reports say so." in html
    assert "No claim says when it happened." in html
    assert reverse("desk:article", args=[claim.passage.text_version.article.public_id]) in html


def test_admin_rank_control(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)

    editor_client.post(reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "preferred"})
    stale = editor_client.post(
        reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "deprecated"}, follow=True
    )

    claim.refresh_from_db()
    assert claim.rank == "preferred"
    assert "meanwhile" in stale.text


def test_admin_claim_removed_only_after_asking(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    address = reverse("desk:remove", args=[claim.public_id])

    assert "Remove" in editor_client.get(address).text
    assert Claim.objects.exists()
    editor_client.post(address, {f"{claim.public_id}-lock_version": claim.lock_version})

    assert not Claim.objects.exists()


def test_admin_claim_changed_and_stale_change_refused(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    address = reverse("desk:claim", args=[claim.public_id])
    sent = {
        "aspect": "killed",
        "incident": claim.incident.code,
        "quote": claim.passage.exact,
        "passage": claim.passage.public_id,
        "text_sha256": claim.passage.text_version.sha256,
        "count_low": "3",
        "count_high": "4",
        "group": "people",
        "stance": "asserts",
        "rank": "normal",
        "lock_version": claim.lock_version,
    }

    editor_client.post(address, sent)
    refused = editor_client.post(address, {**sent, "count_low": "9", "count_high": "9"})

    claim.refresh_from_db()
    assert (claim.count_low, claim.count_high) == (3, 4)
    assert refused.status_code == 409
    assert 'value="9"' in refused.text
    assert "3–4" in refused.text
    assert f'name="compared_with" value="{claim.lock_version}"' in refused.text


def test_admin_judgement_without_a_passage(editor_client: Client) -> None:
    incident = IncidentFactory()
    weapon = WeaponFactory()
    address = reverse("desk:judgement", args=[incident.code])

    refused = editor_client.post(address, {"aspect": "weapon", "weapon": weapon.pk, "judgement": " "})
    editor_client.post(address, {"aspect": "weapon", "weapon": weapon.pk, "judgement": "Debris in three pictures."})

    assert "judgement" in refused.context["form"].errors
    assert incident.claims.get().judgement == "Debris in three pictures."


def test_admin_summary_sentences_through_the_services(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    incident = claim.incident
    kept = SummarySentenceFactory(incident=incident)
    strange = PassageFactory()
    sent = {
        "scope": "attack",
        "working_title": "The mill",
        "note": "",
        "lock_version": incident.lock_version,
        "identifiers-TOTAL_FORMS": 0,
        "identifiers-INITIAL_FORMS": 0,
        "summary-TOTAL_FORMS": 2,
        "summary-INITIAL_FORMS": 1,
        "summary-MIN_NUM_FORMS": 0,
        "summary-MAX_NUM_FORMS": 1000,
        "summary-0-id": kept.pk,
        "summary-0-incident": incident.pk,
        "summary-0-lock_version": kept.lock_version,
        "summary-0-position": 0,
        "summary-0-text_en": kept.text_en,
        "summary-0-passages": [claim.passage_id],
        "summary-1-incident": incident.pk,
        "summary-1-position": 0,
        "summary-1-text_en": "Nobody was inside.",
        "summary-1-passages": [claim.passage_id],
    }

    refused = editor_client.post(
        page("incidents.incident", "change", incident.pk), {**sent, "summary-0-passages": [strange.pk]}
    )
    editor_client.post(page("incidents.incident", "change", incident.pk), sent)

    assert refused.status_code == 200
    assert [list(sentence.passages.all()) for sentence in incident.summary.all()] == [[claim.passage]] * 2
    assert [sentence.text_en for sentence in incident.summary.all()] == [kept.text_en, "Nobody was inside."]
