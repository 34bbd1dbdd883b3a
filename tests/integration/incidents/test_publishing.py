"""Publishing, withdrawing, restoring, merging: what readers get, and what is refused."""

import threading

import pytest
from django.db import connection

from archive.locking import StaleRowError
from archive.models import Citation
from incidents import curation
from incidents.errors import (
    ClosedIncidentError,
    CurationError,
    InvalidError,
    MergeError,
    NothingChangedError,
    NotReadyError,
)
from incidents.models import Edition, Incident, PublishedIncident, PublishedRecord
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, UserFactory
from tests.factories.incidents import ActorFactory, IncidentFactory, SpeakerFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db


def test_publish_without_facts_lists_what_is_missing(editor) -> None:
    with pytest.raises(NotReadyError) as refusal:
        curation.publish(IncidentFactory(), by=editor, note="First edition.")

    assert [item.key for item in refusal.value.missing] == ["occurred", "place", "what"]


def test_publish_without_a_note_refused(draft, editor) -> None:
    with pytest.raises(InvalidError) as refusal:
        reviewed.publish(draft, note=" ")

    assert set(refusal.value.errors) == {"note"}


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_publish_of_an_article_that_is_not_public_refused(draft, editor, visibility: str) -> None:
    article = draft.claims.first().passage.text_version.article
    type(article).objects.filter(pk=article.pk).update(visibility=visibility, visibility_reason="Asked to.")

    with pytest.raises(NotReadyError) as refusal:
        reviewed.publish(draft, note="First edition.")

    assert [item.key for item in refusal.value.missing] == ["hidden_article"]


def test_publish_with_an_uncited_sentence_refused(draft, editor) -> None:
    curation.add_sentence(draft, by=editor, text_en="A mill was hit.")

    assert [item.key for item in curation.missing(draft)] == ["uncited_sentence"]


def test_publish_makes_the_first_edition(published, editor) -> None:
    edition = published.editions.get()

    assert (edition.number, edition.content["version"]) == (1, 1)
    assert edition.published_by not in (None, editor)
    assert published.status == "published"
    assert published.editorial_events.filter(action="published", edition_number=1, reason="First edition.").exists()


def test_publish_again_without_a_change_refused(published, editor) -> None:
    with pytest.raises(NothingChangedError):
        reviewed.publish(published, note="Again.")


def test_publish_again_leaves_the_first_edition(published, editor) -> None:
    first = published.editions.get().content
    claim = published.claims.get(aspect="killed")
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=4, reason="Counted again.")
    kept = {warning.key: "A later sentence says four." for warning in curation.warnings(published)}

    reviewed.publish(published, note="More were found.", kept=kept)

    assert list(published.editions.values_list("number", flat=True)) == [1, 2]
    assert published.editions.get(number=1).content == first
    assert PublishedIncident.objects.get(pk=published.pk).killed_high == 4


def test_publish_seen_before_a_change_refused(draft, editor) -> None:
    seen = draft.lock_version
    curation.change_incident(draft, by=editor, seen=seen, working_title="Another")

    with pytest.raises(StaleRowError):
        reviewed.publish(draft, note="First edition.", seen=seen)


def test_publish_cites_its_passages(published) -> None:
    citations = Citation.objects.filter(record=published.code)

    assert sorted(aspect for citation in citations for aspect in citation.aspects) == ["killed", "occurred", "place"]
    assert all(citation.is_current for citation in citations)
    assert {citation.path for citation in citations} == {f"/incidents/{published.code}/"}


def test_publish_without_a_passage_cites_it_no_longer(published, editor) -> None:
    claim = published.claims.get(aspect="killed")
    curation.make_claim(
        incident=published,
        by=editor,
        aspect="injured",
        count_low=1,
        group="people",
        judgement="The council told the archive so.",
    )
    curation.remove_claims([(claim, claim.lock_version)], by=editor)

    reviewed.publish(published, note="Nobody is said to have died.")

    assert not Citation.objects.get(passage=claim.passage).is_current


def test_editing_changes_nothing_that_readers_see(published, editor) -> None:
    before = PublishedRecord.objects.get(pk=published.pk).record
    claim = published.claims.get(aspect="killed")

    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=9, reason="Counted again.")

    assert PublishedRecord.objects.get(pk=published.pk).record == before


def test_publish_denial_stands_beside_the_assertion(draft, editor) -> None:
    actor, ministry = ActorFactory(slug="army"), SpeakerFactory(slug="ministry")
    passage = PassageFactory(text_version=draft.claims.first().passage.text_version, exact="the council said")
    curation.make_claim(incident=draft, by=editor, aspect="actor", actor=actor, passage=passage)
    curation.make_claim(
        incident=draft,
        by=editor,
        aspect="actor",
        actor=actor,
        stance="denies",
        speaker=ministry,
        judgement="The council told the archive so.",
    )

    content = reviewed.publish(draft, note="First edition.").content

    [said] = content["actors"]
    assert (said["asserted"], said["disputed"]) == (True, True)
    assert said["asserted_by"] == [{"article": passage.text_version.article.public_id}]
    assert [speaker["slug"] for speaker in said["denied_by"]] == ["ministry"]
    assert PublishedIncident.objects.get(pk=draft.pk).actor_disputed_ids == [actor.pk]


def test_withdraw_leaves_a_tombstone(published, editor) -> None:
    withdrawn = curation.withdraw(published, by=editor, reason="The source took it back.")

    row = PublishedIncident.objects.get(pk=published.pk)
    assert (row.state, row.changed_at) == ("withdrawn", withdrawn.closed_at)
    assert not PublishedIncident.objects.published().exists()
    assert not Citation.objects.exists()


def test_withdraw_without_a_reason_refused(published, editor) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.withdraw(published, by=editor, reason="")

    assert set(refusal.value.errors) == {"reason"}


def test_withdraw_draft_shows_readers_nothing(draft, editor) -> None:
    curation.withdraw(draft, by=editor, reason="Entered twice.")

    assert not PublishedIncident.objects.exists()


def test_publish_withdrawn_refused(published, editor) -> None:
    curation.withdraw(published, by=editor, reason="Doubtful.")

    with pytest.raises(ClosedIncidentError):
        reviewed.publish(published, note="Again.")


def test_restore_brings_back_what_was_there(published, editor) -> None:
    curation.withdraw(published, by=editor, reason="Doubtful.")

    restored = curation.restore(published, by=editor, reason="It was right.")

    row = PublishedIncident.objects.get(pk=published.pk)
    assert (restored.status, row.state, Citation.objects.count()) == ("published", "published", 3)
    assert row.changed_at == restored.editorial_events.get(action="restored").at


def test_restore_what_is_not_closed_refused(draft, editor) -> None:
    with pytest.raises(CurationError):
        curation.restore(draft, by=editor, reason="Why not.")


def test_merge_follows_chains(editor) -> None:
    first, second, third = (publishable(editor) for _ in range(3))
    for incident in (first, second, third):
        reviewed.publish(incident, note="First edition.")
    curation.merge(second, into=third, by=editor, reason="The same attack.")
    second.refresh_from_db()

    survivor = curation.merge(first, into=second, by=editor, reason="The same attack.")

    assert survivor == third
    assert curation.survivor_of(Incident.objects.get(pk=first.pk)) == third
    states = dict(PublishedIncident.objects.values_list("code", "state"))
    assert states == {first.code: "merged", second.code: "merged", third.code: "published"}


def test_merge_in_a_circle_refused(editor) -> None:
    first, second = publishable(editor), publishable(editor)
    curation.merge(first, into=second, by=editor, reason="The same attack.")
    first.refresh_from_db()

    with pytest.raises(MergeError, match="itself"):
        curation.merge(second, into=first, by=editor, reason="The same attack.")


def test_merge_published_into_a_draft_refused(published, editor) -> None:
    with pytest.raises(MergeError, match="not published"):
        curation.merge(published, into=IncidentFactory(), by=editor, reason="The same attack.")


def test_merged_incident_takes_no_claims(editor) -> None:
    first, second = publishable(editor), publishable(editor)
    curation.merge(first, into=second, by=editor, reason="The same attack.")

    with pytest.raises(ClosedIncidentError):
        curation.make_claim(
            incident=first,
            by=editor,
            aspect="occurred",
            occurred_edtf="2019",
            judgement="The council told the archive so.",
        )


@pytest.mark.django_db(transaction=True)
def test_publish_twice_at_once_makes_one_edition_each_or_refuses() -> None:
    editor = UserFactory()
    incident = publishable(editor)
    outcomes: list[object] = []
    begin = threading.Barrier(2)

    def publish(note: str) -> None:
        begin.wait()
        try:
            outcomes.append(reviewed.publish(incident, note=note).number)
        except NothingChangedError as refusal:
            outcomes.append(refusal.number)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(note,)) for note in ("One.", "Other.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == [1, 1]
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
