"""Mending claims: what no edition has is changed in place, what one has is replaced; the trail says all of it."""

import pytest

from archive.locking import StaleRowError
from archive.models import User
from incidents import curation
from incidents.curation import earlier_states
from incidents.errors import ClosedIncidentError, CurationError, DuplicateClaimError, EndedClaimError, InvalidError
from incidents.models import Claim, Incident
from tests.factories import reviewed
from tests.factories.archive import PassageFactory
from tests.factories.histories import entries_of
from tests.factories.incidents import ActorFactory, ClaimFactory, IncidentFactory

pytestmark = pytest.mark.django_db


def count_of(incident: Incident) -> Claim:
    claim: Claim = incident.claims.get(aspect="killed")
    return claim


def other_words(claim: Claim, exact: str = "the council said") -> dict:
    return {"passage": PassageFactory(text_version=claim.passage.text_version, exact=exact)}


# Claims that no edition has


def test_change_words_in_place(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    words = other_words(claim)

    changed = curation.change_claim(claim, by=editor, seen=claim.lock_version, **words)

    assert (changed.pk, changed.passage, changed.count_low) == (claim.pk, words["passage"], 2)


def test_change_aspect_takes_the_values_of_the_new_one(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    actor = ActorFactory()

    changed = curation.change_claim(claim, by=editor, seen=claim.lock_version, aspect="actor", actor=actor)

    changed.refresh_from_db()
    assert (changed.aspect, changed.actor, changed.count_low, changed.group) == ("actor", actor, None, "")


def test_change_aspect_without_its_value_refused(draft: Incident, editor: User) -> None:
    claim = count_of(draft)

    with pytest.raises(InvalidError) as refusal:
        curation.change_claim(claim, by=editor, seen=claim.lock_version, aspect="weapon")

    assert set(refusal.value.errors) == {"weapon"}
    assert count_of(draft) == claim


def test_change_incident_moves_it_and_both_histories_say_so(draft: Incident, editor: User) -> None:
    claim, other = count_of(draft), IncidentFactory(working_title="The weir")

    curation.change_claim(claim, by=editor, seen=claim.lock_version, incident=other)

    assert other.claims.get() == claim
    assert not draft.claims.filter(aspect="killed").exists()
    for incident in (draft, other):
        moves = [
            (change.before, change.after)
            for entry in entries_of(incident)
            for change in entry.changes
            if change.label == "Incident"
        ]
        assert moves == [(str(draft), str(other))]


def test_change_incident_to_a_merged_one_refused(draft: Incident, editor: User) -> None:
    merged = IncidentFactory()
    curation.merge(merged, into=draft, by=editor, reason="The same.")
    claim = count_of(draft)

    with pytest.raises(ClosedIncidentError):
        curation.change_claim(claim, by=editor, seen=claim.lock_version, incident=merged)


# Claims that an edition has


@pytest.mark.parametrize("change", ["value", "words", "aspect", "incident", "speaker"])
def test_published_claim_is_replaced(published: Incident, editor: User, change: str) -> None:
    claim = count_of(published)
    first = published.editions.get()
    other = IncidentFactory()
    changes = {
        "value": {"count_high": 4},
        "words": other_words(claim),
        "aspect": {"aspect": "injured", "count_low": 2, "group": "people"},
        "incident": {"incident": other},
        "speaker": {"reasoning": "Counted in the text."},
    }[change]

    successor = curation.change_claim(claim, by=editor, seen=claim.lock_version, reason="Misread.", **changes)

    stored = Claim.every.get(pk=claim.pk)
    assert (stored.superseded_by, stored.end_reason) == (successor, "Misread.")
    assert (stored.count_low, stored.count_high, stored.passage) == (2, 2, claim.passage)
    assert successor.public_id != claim.public_id
    assert successor.incident == (other if change == "incident" else published)
    assert claim not in published.claims.all()
    first.refresh_from_db()
    assert first.content["claims"][-1]["id"] == claim.public_id


def test_published_claim_replaced_without_a_reason_refused(published: Incident, editor: User) -> None:
    claim = count_of(published)

    with pytest.raises(InvalidError) as refusal:
        curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=4)

    assert set(refusal.value.errors) == {"reason"}
    assert Claim.every.filter(incident=published).count() == 3


def test_published_claim_is_ranked_in_place(published: Incident, editor: User) -> None:
    for claim in list(published.claims.all()):
        assert curation.rank_claim(claim, by=editor, seen=claim.lock_version, rank="preferred").pk == claim.pk


def test_replaced_claim_is_in_no_new_edition_and_counts_nowhere(published: Incident, editor: User) -> None:
    claim = count_of(published)
    successor = curation.change_claim(
        claim, by=editor, seen=claim.lock_version, reason="Misread.", count_low=3, count_high=3
    )
    kept = {warning.key: "One died later, as the report says further down." for warning in curation.warnings(published)}

    edition = reviewed.publish(published, note="Three died.", kept=kept)

    ids = [one["id"] for one in edition.content["claims"]]
    assert successor.public_id in ids
    assert claim.public_id not in ids
    assert edition.content["killed"]["low"] == 3


def test_ended_claim_takes_no_change(published: Incident, editor: User) -> None:
    claim = count_of(published)
    curation.change_claim(claim, by=editor, seen=claim.lock_version, reason="Misread.", count_low=1)
    version = Claim.every.get(pk=claim.pk).lock_version

    with pytest.raises(StaleRowError):
        curation.change_claim(claim, by=editor, seen=claim.lock_version, reason="Misread.", count_low=0)
    with pytest.raises(EndedClaimError):
        curation.remove_claims([(claim, version)], by=editor)
    with pytest.raises(EndedClaimError):
        curation.rank_claim(claim, by=editor, seen=version, rank="preferred")


# Removing and restoring


def test_history_says_what_a_removed_claim_said_and_it_comes_back(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.remove_claims([(claim, claim.lock_version)], by=editor, reason="Of another day.")
    removal = next(entry for entry in entries_of(draft) if entry.action == "removed")
    said = {change.label: change.before for change in removal.changes}

    assert (removal.what, removal.reason) == ("claim", "Of another day.")
    assert said["Words"] == "Two people died"
    assert said["At least"] == "2"
    assert removal.row == f"claim.{claim.pk}"

    plan = earlier_states.plan_state(draft, to=removal.state, only=removal.row)
    assert plan is not None
    earlier_states.restore_state(
        draft, by=editor, reason="It was that day.", to=removal.state, only=removal.row, seen=plan.digest
    )

    assert count_of(draft) == claim
    assert "restored" in [entry.action for entry in entries_of(draft)]


def test_restore_of_what_another_says_by_now_refused(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    curation.make_claim(
        incident=draft, by=editor, aspect="killed", count_low=2, count_high=2, group="people", passage=claim.passage
    )

    with pytest.raises(DuplicateClaimError):
        curation.restore_claim(claim, by=editor, seen=Claim.every.get(pk=claim.pk).lock_version)


def test_restore_of_a_replaced_claim_only_when_its_successor_has_gone(published: Incident, editor: User) -> None:
    claim = count_of(published)
    successor = curation.change_claim(claim, by=editor, seen=claim.lock_version, reason="Misread.", count_low=1)
    version = Claim.every.get(pk=claim.pk).lock_version

    with pytest.raises(CurationError, match="replaced by"):
        curation.restore_claim(claim, by=editor, seen=version)
    curation.remove_claims([(successor, 1)], by=editor)

    assert curation.restore_claim(claim, by=editor, seen=version).superseded_by is None


def test_restore_into_a_merged_incident_refused_into_a_withdrawn_one_not(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    version = Claim.every.get(pk=claim.pk).lock_version
    curation.merge(draft, into=IncidentFactory(), by=editor, reason="The same.")

    with pytest.raises(ClosedIncidentError):
        curation.restore_claim(claim, by=editor, seen=version)
    curation.restore(draft, by=editor, reason="Another one after all.")
    curation.withdraw(draft, by=editor, reason="Doubtful.")

    assert curation.restore_claim(claim, by=editor, seen=version).ended_at is None


def test_remove_several_all_or_none(draft: Incident, editor: User) -> None:
    claims = list(draft.claims.all())
    stale = [(claims[0], claims[0].lock_version), (claims[1], claims[1].lock_version + 1)]

    with pytest.raises(StaleRowError):
        curation.remove_claims(stale, by=editor)
    assert draft.claims.count() == 3
    curation.remove_claims([(claim, claim.lock_version) for claim in claims], by=editor)

    assert draft.claims.count() == 0


def test_removed_claim_does_not_keep_its_words_from_being_claimed_again(editor: User) -> None:
    claim = ClaimFactory(killed=True)
    curation.remove_claims([(claim, 1)], by=editor)

    again = curation.make_claim(
        incident=claim.incident,
        by=editor,
        aspect="killed",
        count_low=2,
        count_high=2,
        group="people",
        passage=claim.passage,
    )

    assert claim.incident.claims.get() == again
