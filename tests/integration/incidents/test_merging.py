"""Merging carries the claims and the summary to the survivor; restoring puts both back as they were."""

import pytest
from django.db.models import Q
from django.test import Client

from archive.models import User
from incidents import curation
from incidents.errors import CurationError, MergeError
from incidents.models import Claim, IdentifierScheme, Incident, PublishedIncident
from tests.factories import reviewed
from tests.factories.archive import PassageFactory
from tests.factories.incidents import ClaimFactory, SummarySentenceFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db
WHY = "The same attack."


@pytest.fixture
def pair(editor: User) -> tuple[Incident, Incident]:
    """Two published incidents."""
    both = publishable(editor), publishable(editor)
    for incident in both:
        reviewed.publish(incident, note="First told.")
        incident.refresh_from_db()
    return both


def said(incident: Incident) -> list[str]:
    """What the standing claims of an incident say and rest on."""
    return sorted(f"{claim} {claim.rank} {claim.passage_id} {claim.judgement}" for claim in incident.claims.all())


def merge(incident: Incident, into: Incident, editor: User) -> Incident:
    survivor = curation.merge(incident, into=into, by=editor, reason=WHY)
    incident.refresh_from_db()
    return survivor


def restore(incident: Incident, editor: User) -> Incident:
    return curation.restore(incident, by=editor, reason="Two attacks after all.")


def test_merge_carries_claims_that_editions_have(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    ClaimFactory(incident=lost, killed=True, rank="preferred")
    rows = {claim.pk: str(claim) for claim in lost.claims.all()}
    before = said(lost)

    merge(lost, kept, editor)

    assert not lost.claims.exists()
    assert {claim.pk: str(claim) for claim in Claim.every.filter(incident=lost)} == rows
    ended = Claim.every.filter(incident=lost)
    assert all(claim.superseded_by and claim.superseded_by.incident == kept for claim in ended)
    assert all(WHY in claim.end_reason for claim in ended)
    assert set(before) < set(said(kept))
    assert lost.editions.get().content["claims"]
    edition = reviewed.publish(kept, note="Merged.")
    assert len(edition.content["claims"]) == kept.claims.count()


def test_merge_does_not_double_what_both_say(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    passage = PassageFactory()
    here, there = (ClaimFactory(incident=each, killed=True, passage=passage) for each in pair)
    before = kept.claims.count()

    merge(lost, kept, editor)

    here.refresh_from_db()
    assert here.superseded_by == there
    # The same judgement, word for word, about date and count is one too; only the place is another.
    assert kept.claims.count() == before + 1


def test_merge_copies_the_summary_with_its_passages(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    cited = PassageFactory()
    for incident, words in ((kept, "It burnt."), (lost, "It burnt."), (lost, "Two fell.")):
        curation.add_sentence(incident, by=editor, text_en=words, passages=[cited])

    merge(lost, kept, editor)

    assert [str(sentence) for sentence in kept.summary.all()] == ["It burnt.", "Two fell."]
    assert list(kept.summary.get(text_en="Two fell.").passages.all()) == [cited]
    assert lost.summary.count() == 2


def test_restore_puts_both_back_as_they_were(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    ClaimFactory(incident=lost, killed=True)
    scheme, own = IdentifierScheme.objects.create(slug="acled", name_en="ACLED"), curation.own_scheme("rows")
    for each in (scheme, own):
        curation.add_identifier(lost, by=editor, scheme=each, value="SYR1")
    curation.add_sentence(lost, by=editor, text_en="Two fell.", passages=[PassageFactory()])
    before = said(lost), said(kept)
    ids = set(lost.claims.values_list("public_id", flat=True))

    merge(lost, kept, editor)
    assert [curation.incident_known_as(each, "SYR1") for each in (scheme, own)] == [kept, lost]
    reviewed.publish(kept, note="Merged.")
    restored = restore(lost, editor)

    assert [curation.incident_known_as(each, "SYR1") for each in (scheme, own)] == [lost, lost]
    assert (said(restored), said(kept)) == before
    assert set(restored.claims.values_list("public_id", flat=True)) == ids
    assert not kept.summary.exists()
    states = dict(PublishedIncident.objects.values_list("code", "state"))
    assert states == {lost.code: "published", kept.code: "published"}


def test_restore_after_other_edits_at_the_survivor(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    mine = ClaimFactory(incident=lost, killed=True)
    curation.add_sentence(lost, by=editor, text_en="Two fell.", passages=[PassageFactory()])
    before, theirs = said(lost), said(kept)
    merge(lost, kept, editor)
    mine.refresh_from_db()
    carried = mine.superseded_by
    reviewed.publish(kept, note="Merged.")
    curation.change_claim(carried, by=editor, seen=carried.lock_version, reason="Misread.", count_low=9, count_high=9)
    sentence = kept.summary.get()
    curation.change_sentence(sentence, by=editor, seen=sentence.lock_version, text_en="Nine fell.")
    added = ClaimFactory(incident=kept, injured=True)

    restored = restore(lost, editor)

    assert said(restored) == before
    assert said(Incident.objects.get(pk=kept.pk)) == sorted([*theirs, f"{added} normal {added.passage_id} "])
    assert kept.summary.get().text_en == "Nine fell."  # somebody's words are not thrown away


def test_restore_leaves_what_another_merged_incident_says_too(editor: User) -> None:
    first, second, kept = (publishable(editor) for _ in range(3))
    passage = PassageFactory()
    for incident in (first, second):
        ClaimFactory(incident=incident, killed=True, passage=passage)
    merge(first, kept, editor)
    merge(second, kept, editor)

    restore(first, editor)
    assert kept.claims.filter(aspect="killed").count() == 1
    restore(second, editor)
    assert not kept.claims.filter(aspect="killed").exists()
    assert {row.claims.filter(aspect="killed").count() for row in (first, second)} == {1}


def test_restore_leaves_a_mended_claim_that_another_merged_incident_says_too(editor: User) -> None:
    first, second, kept = (publishable(editor) for _ in range(3))
    passage = ClaimFactory(incident=first, killed=True).passage
    ClaimFactory(incident=second, killed=True, passage=passage, count_low=9, count_high=9)
    before = said(kept)
    merge(first, kept, editor)
    reviewed.publish(kept, note="Merged.")
    carried = kept.claims.get(aspect="killed")
    curation.change_claim(carried, by=editor, seen=carried.lock_version, reason="Misread.", count_low=9, count_high=9)
    merge(second, kept, editor)

    restore(first, editor)
    assert kept.claims.get(aspect="killed").count_low == 9
    restore(second, editor)
    assert said(kept) == before


def test_restore_leaves_what_an_editor_let_stand_again(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    ClaimFactory(incident=lost, killed=True)
    merge(lost, kept, editor)
    carried = kept.claims.get(aspect="killed")
    restore(lost, editor)
    carried.refresh_from_db()
    curation.restore_claim(carried, by=editor, seen=carried.lock_version)

    merge(lost, kept, editor)
    restore(lost, editor)

    assert kept.claims.get(aspect="killed") == carried


def test_restore_leaves_sentences_that_another_merged_incident_says_too(editor: User) -> None:
    first, second, kept = (publishable(editor) for _ in range(3))
    cited = PassageFactory()
    for incident in (first, second):
        curation.add_sentence(incident, by=editor, text_en="It burnt.", text_ar="احترق.", passages=[cited])
    curation.add_sentence(second, by=editor, text_en="It burnt.", passages=[cited])  # without the Arabic: another
    assert len(curation.plan_merge(second, into=first).sentences) == 1
    merge(first, kept, editor)
    merge(second, kept, editor)
    assert kept.summary.count() == 2

    restore(first, editor)
    assert kept.summary.count() == 2
    restore(second, editor)
    assert not kept.summary.exists()


def test_merge_into_what_was_merged_a_moment_before_is_refused(editor: User) -> None:
    first, second, third = (publishable(editor) for _ in range(3))
    stale = Incident.objects.get(pk=second.pk)
    merge(second, third, editor)

    with pytest.raises(MergeError, match="meanwhile"):
        curation.merge(first, into=stale, by=editor, reason=WHY)

    assert first.claims.exists()


def test_chain_is_carried_on_and_undone_from_its_end(editor: User) -> None:
    first, second, third = (publishable(editor) for _ in range(3))
    before = [said(row) for row in (first, second, third)]
    merge(first, second, editor)
    merge(second, third, editor)
    assert curation.merged_here(third) == [first, second]
    assert len(set(said(third))) == len(said(third))

    with pytest.raises(CurationError, match=f"restore {second.code} first"):
        restore(first, editor)
    restore(second, editor)
    first.refresh_from_db()
    restore(first, editor)

    assert [said(row) for row in (first, second, third)] == before


def test_restore_is_refused_when_a_claim_has_gone_on(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    mine = ClaimFactory(incident=lost, killed=True)
    merge(lost, kept, editor)
    mine.refresh_from_db()
    carried, other = mine.superseded_by, publishable(editor)
    curation.change_claim(carried, by=editor, seen=carried.lock_version, incident=other)
    before = [said(row) for row in (lost, kept, other)]

    with pytest.raises(CurationError, match=f"gone on to {other.code}"):
        restore(lost, editor)

    assert [said(row) for row in (lost, kept, other)] == before


def test_merge_of_what_has_changed_since_it_was_shown_is_refused(pair: tuple[Incident, Incident], editor: User) -> None:
    lost, kept = pair
    plan = curation.plan_merge(lost, into=kept)
    ClaimFactory(incident=kept, killed=True)

    with pytest.raises(MergeError, match="look again"):
        curation.merge(lost, into=kept, by=editor, reason=WHY, seen_plan=plan.digest)

    assert lost.claims.exists()
    assert not Claim.every.filter(~Q(ended_at=None)).exists()


def test_readers_are_told_what_was_merged(pair: tuple[Incident, Incident], editor: User, client: Client) -> None:
    lost, kept = pair
    before = client.get(kept.get_absolute_url())
    assert f"{lost.code}</a>" not in before.text
    draft = publishable(editor)
    merge(draft, lost, editor)

    merge(lost, kept, editor)

    again = client.get(kept.get_absolute_url(), headers={"If-None-Match": before.headers["ETag"]})
    assert f"{lost.code}</a>" in again.text
    assert draft.code not in again.text
    for address in (f"/incidents/{kept.code}.json", f"/incidents/{kept.code}/v1.json", f"/api/incidents/{kept.code}/"):
        assert client.get(address).json()["merged_from"] == [lost.code]
    assert client.get(lost.get_absolute_url()).headers["Location"] == kept.get_absolute_url()
    restore(lost, editor)
    assert "merged_from" not in client.get(f"/incidents/{kept.code}.json").json()


def test_plan_tells_moved_from_double_and_warns(pair: tuple[Incident, Incident], django_assert_max_num_queries) -> None:
    lost, kept = pair
    ClaimFactory(incident=lost, killed=True, rank="preferred")
    ClaimFactory(incident=kept, killed=True, rank="preferred")
    SummarySentenceFactory(incident=lost)

    with django_assert_max_num_queries(12):
        plan = curation.plan_merge(lost, into=kept)
        assert {claim.aspect for claim in plan.moved} == {"place", "killed"}
        assert {one.claim.aspect for one in plan.doubles} == {"occurred", "injured"}
        assert len(plan.sentences) == 1
        assert any("Killed" in warning for warning in plan.warnings)
