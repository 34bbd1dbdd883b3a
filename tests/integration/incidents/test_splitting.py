"""Splitting carries chosen claims to another incident; uniting puts them back."""

import pytest
from django.test import Client

from archive.locking import StaleRowError
from archive.models import User
from incidents import curation
from incidents.errors import ClosedIncidentError, CurationError, EndedClaimError, SplitError
from incidents.models import Claim, Incident
from tests.factories.incidents import ClaimFactory, IncidentFactory
from tests.integration.incidents.conftest import page

pytestmark = pytest.mark.django_db
WHY = "Another town."


def said(incident: Incident) -> list[str]:
    return sorted(f"{claim.pk} {claim}" for claim in incident.claims.all())


def split(incident: Incident, *claims: Claim, editor: User, **more) -> Incident:
    chosen = [(claim, claim.lock_version) for claim in claims]
    return curation.split(incident, claims=chosen, by=editor, reason=WHY, **more)


def test_split_and_unite_of_claims_that_an_edition_has(published: Incident, editor: User) -> None:
    before = said(published)
    chosen = published.claims.get(aspect="killed")

    other = split(published, chosen, editor=editor, working_title="The other mill")

    assert (other.working_title, other.status) == ("The other mill", "draft")
    assert [claim.value_text for claim in other.claims.all()] == ["2 people"]
    assert published.claims.count() == len(before) - 1
    chosen.refresh_from_db()
    assert (chosen.superseded_by, chosen.incident) == (other.claims.get(), published)
    [event] = curation.splits_of(other)
    assert curation.splits_of(published) == [event]
    curation.unite(event, by=editor, reason="One after all.")
    other.refresh_from_db()
    assert said(published) == before
    assert (other.status, other.claims.count()) == ("withdrawn", 0)
    assert curation.splits_of(published) == []
    with pytest.raises(SplitError, match="already"):
        curation.unite(event, by=editor, reason="Again.")


def test_split_into_an_incident_that_goes_on_after_uniting(draft: Incident, editor: User) -> None:
    other = IncidentFactory()
    own = ClaimFactory(incident=other, injured=True)

    split(draft, draft.claims.get(aspect="killed"), editor=editor, into=other)
    assert other.claims.count() == 2
    [event] = curation.splits_of(draft)
    curation.unite(event, by=editor, reason="One after all.")

    other.refresh_from_db()
    assert (other.status, list(other.claims.all())) == ("draft", [own])


def test_unite_leaves_an_incident_that_was_there_before(draft: Incident, editor: User) -> None:
    killed, other = draft.claims.get(aspect="killed"), IncidentFactory()
    split(draft, killed, killed, editor=editor, into=other)  # named twice, carried once
    assert other.claims.count() == 1

    curation.unite(curation.splits_of(draft)[0], by=editor, reason="One after all.")

    other.refresh_from_db()
    assert (other.status, other.claims.count()) == ("draft", 0)


def test_unite_is_refused_while_the_incident_says_it_anew(draft: Incident, editor: User) -> None:
    killed = draft.claims.get(aspect="killed")
    split(draft, killed, editor=editor)
    values = {"aspect": "killed", "count_low": 2, "count_high": 2, "group": "people", "passage": killed.passage}
    twin = curation.make_claim(incident=draft, by=editor, **values)
    [event] = curation.splits_of(draft)

    with pytest.raises(CurationError, match="anew"):
        curation.unite(event, by=editor, reason="One after all.")
    curation.remove_claims([(twin, twin.lock_version)], by=editor)
    curation.unite(event, by=editor, reason="One after all.")

    assert draft.claims.get(aspect="killed") == killed


def test_split_refuses_nothing_everything_itself_stale_and_closed(draft: Incident, editor: User) -> None:
    claims = list(draft.claims.all())
    with pytest.raises(SplitError, match="Choose"):
        split(draft, editor=editor)
    with pytest.raises(SplitError, match="must stay"):
        split(draft, *claims, editor=editor)
    with pytest.raises(SplitError, match="this incident"):
        split(draft, claims[0], editor=editor, into=draft)
    with pytest.raises(StaleRowError):
        curation.split(draft, claims=[(claims[0], 99)], by=editor, reason=WHY)
    closed = curation.withdraw(IncidentFactory(), by=editor, reason="Entered twice.")
    with pytest.raises(ClosedIncidentError):
        split(draft, claims[0], editor=editor, into=closed)
    curation.remove_claims([(claims[0], claims[0].lock_version)], by=editor)
    claims[0].refresh_from_db()
    with pytest.raises(EndedClaimError):
        split(draft, claims[0], editor=editor)
    assert Incident.objects.count() == 2
    assert draft.claims.count() == len(claims) - 1


def test_unite_says_what_is_in_the_way(draft: Incident, editor: User) -> None:
    other = split(draft, draft.claims.get(aspect="killed"), editor=editor)
    third = IncidentFactory()
    curation.merge(other, into=third, by=editor, reason="The same.")
    [event] = curation.splits_of(draft)

    assert curation.uniting_obstacles(event)[0] == f"{other.code} is merged: restore it first."
    with pytest.raises(CurationError, match="restore it first"):
        curation.unite(event, by=editor, reason="One after all.")
    assert third.claims.count() == 1


def test_admin_splits_the_selected_claims_and_puts_them_back(
    reviewer_client: Client, draft: Incident, editor: User
) -> None:
    killed = draft.claims.get(aspect="killed")
    address = page("incidents.incident", "split", draft.pk)
    shown = reviewer_client.get(f"{address}?claim={killed.public_id}&claim=nonsense")
    assert shown.context["form"].initial["claims"] == [f"{killed.public_id}:{killed.lock_version}"]
    assert "Two people died" in shown.text
    draft.refresh_from_db()
    given = {"lock_version": draft.lock_version, "reason": WHY, "claims": [f"{killed.public_id}:99"]}
    assert "changed or removed meanwhile" in reviewer_client.post(address, given).text
    assert Incident.objects.count() == 1

    given["claims"] = [f"{killed.public_id}:{killed.lock_version}"] * 2
    made = reviewer_client.post(address, given, follow=True)

    other = Incident.objects.exclude(pk=draft.pk).get()
    assert "Claims were split off from" in made.text
    [event] = curation.splits_of(other)
    undo = page("incidents.incident", "unite", other.pk) + f"?split={event.pk}"
    assert "Killed: 2 people" in reviewer_client.get(undo).text
    assert reviewer_client.get(page("incidents.incident", "unite", other.pk) + "?split=x").status_code == 404
    sent = {"lock_version": other.lock_version, "reason": "One after all."}
    reviewer_client.post(undo, sent)
    assert (draft.claims.count(), other.claims.count()) == (3, 0)
    other.refresh_from_db()
    again = reviewer_client.post(undo, {**sent, "lock_version": other.lock_version})
    assert "taken back already" in again.text
    assert "One after all." in again.text
