"""Changing, removing and restoring claims at the desk and on the page of the incident, also by two people at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import User
from incidents import curation
from incidents.models import Claim, Incident
from tests.factories import reviewed
from tests.factories.incidents import IncidentFactory
from tests.factories.people import person
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> User:
    return person("Editor")


def address(claim: Claim, what: str = "claim") -> str:
    return reverse(f"desk:{what}", args=[claim.public_id])


def count_of(incident: Incident) -> Claim:
    claim: Claim = incident.claims.get(aspect="killed")
    return claim


def form_of(client: Client, claim: Claim, **changes: Any) -> dict[str, Any]:
    """What the page of a claim sends back untouched, with changes."""
    form = client.get(address(claim)).context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field.widget, "data_of"):
            sent |= {key: one for key, (one,) in bound.field.widget.data_of(bound.html_name, value).items()}
        else:
            sent[bound.html_name] = "" if value is None else getattr(value, "pk", value)
    return sent | changes


def test_page_of_a_claim_sent_back_untouched_changes_nothing(editor_client: Client, published: Incident) -> None:
    before = list(Claim.every.values_list("pk", "lock_version", "superseded_by"))

    for claim in published.claims.all():
        assert editor_client.post(address(claim), form_of(editor_client, claim)).status_code == 302

    assert [(pk, by) for pk, _, by in Claim.every.values_list("pk", "lock_version", "superseded_by")] == [
        (pk, by) for pk, _, by in before
    ]


def test_other_words_aspect_and_incident(editor_client: Client, draft: Incident) -> None:
    claim, other = count_of(draft), IncidentFactory()
    sent = form_of(
        editor_client,
        claim,
        quote="the council said",
        aspect="injured",
        count_low="1",
        count_high="",
        group="people",
        incident="other",
        incident_other=other.code,
    )

    assert editor_client.post(address(claim), sent).status_code == 302

    claim.refresh_from_db()
    assert (claim.incident, claim.aspect, claim.count_low, claim.passage.exact) == (
        other,
        "injured",
        1,
        "the council said",
    )


def test_words_that_are_not_in_the_text_refused(editor_client: Client, draft: Incident) -> None:
    claim = count_of(draft)

    response = editor_client.post(address(claim), form_of(editor_client, claim, quote="seven sages of the senate"))

    assert "quote" in response.context["form"].errors
    assert "seven sages" in response.text
    assert count_of(draft).passage.exact == "Two people died"


def test_published_claim_asks_why_and_is_replaced(editor_client: Client, published: Incident) -> None:
    claim = count_of(published)

    refused = editor_client.post(address(claim), form_of(editor_client, claim, count_high="4"))
    assert "reason" in refused.context["form"].errors
    assert 'value="4"' in refused.text
    editor_client.post(address(claim), form_of(editor_client, claim, count_high="4", reason="Misread."))

    assert count_of(published).count_high == 4
    assert Claim.every.get(pk=claim.pk).superseded_by == count_of(published)
    history = editor_client.get(page("incidents.incident", "history", published.pk)).text
    assert "replaced by" in history
    assert "Misread." in history


@pytest.mark.parametrize("state", ["draft", "published"])
def test_two_change_one_claim(
    editor_client: Client, colleague: User, draft: Incident, editor: User, state: str
) -> None:
    """Also where the first of them has replaced the claim: the second sees what replaced it."""
    if state == "published":
        reviewed.publish(draft, note="First edition.")
    claim = count_of(draft)
    mine = form_of(editor_client, claim, count_high="4", reason="Misread.")
    theirs = form_of(signed_in(colleague), claim, count_high="5", stance="denies", reason="Counted again.")
    signed_in(colleague).post(address(claim), theirs)

    refused = editor_client.post(address(claim), mine)
    (conflict,) = refused.context["conflicts"]
    assert refused.status_code == 409
    assert [(one.before, one.now, one.entered) for one in conflict.clashes] == [("2", "5", "4")]
    assert [(one.name, one.now) for one in conflict.taken] == [("stance", "denies")]
    present = count_of(draft)
    sent = mine | {"stance": "denies", "compared_with": present.lock_version}
    again = sent | {"asked-count_high": "yes", "choose-count_high": "mine"}
    assert editor_client.post(address(claim), again).status_code == 302

    assert (count_of(draft).count_high, count_of(draft).stance) == (4, "denies")


@pytest.mark.parametrize(("choice", "standing"), [("mine", 1), ("theirs", 0)])
def test_claim_removed_while_another_changes_it(
    editor_client: Client, colleague: User, draft: Incident, choice: str, standing: int
) -> None:
    claim = count_of(draft)
    mine = form_of(editor_client, claim, count_high="4")
    curation.remove_claims([(claim, claim.lock_version)], by=colleague)

    refused = editor_client.post(address(claim), mine)
    (conflict,) = refused.context["conflicts"]
    assert conflict.removal.by == colleague.username
    assert 'value="4"' in refused.text
    compared = refused.context["form"]["compared_with"].value()
    editor_client.post(address(claim), mine | {"compared_with": compared, "choose-row": choice})

    assert draft.claims.filter(aspect="killed", count_high=4).count() == standing


def test_removal_of_a_changed_claim_asks_again(editor_client: Client, colleague: User, draft: Incident) -> None:
    claim = count_of(draft)
    sent = {f"{claim.public_id}-lock_version": claim.lock_version, "reason": "Of another day."}
    curation.change_claim(claim, by=colleague, seen=claim.lock_version, count_high=7)

    refused = editor_client.post(address(claim, "remove"), sent)
    assert refused.status_code == 409
    assert colleague.username in refused.text
    assert "Of another day." in refused.text
    version = count_of(draft).lock_version
    editor_client.post(address(claim, "remove"), sent | {f"{claim.public_id}-compared_with": version})

    assert not draft.claims.filter(aspect="killed").exists()


def test_remove_several_and_restore_from_the_history(editor_client: Client, draft: Incident) -> None:
    claims = list(draft.claims.all())
    several = reverse("desk:remove_several", args=[draft.code])
    asked = editor_client.get(several, {"claim": [claim.public_id for claim in claims]})
    sent = {"claim": [claim.public_id for claim in claims], "reason": "Of another day."}
    sent |= {f"{claim.public_id}-lock_version": claim.lock_version for claim in claims}
    editor_client.post(several, sent)

    assert asked.text.count("<blockquote") == 3
    assert draft.claims.count() == 0
    history = editor_client.get(page("incidents.incident", "history", draft.pk))
    assert "Two people died" in history.text
    assert history.text.count("Put it back") == 3
    for entry in [entry for change in history.context["history"].changes for entry in change.entries if entry.is_end]:
        where = f"{history.context['restore_url']}?to={entry.state}&only={entry.row}"
        shown = editor_client.get(where).context["form"]["shown"].value()
        answer = editor_client.post(where, {"shown": shown, "reason": "It was that day."})
        assert answer.status_code == 302
    assert draft.claims.count() == 3
