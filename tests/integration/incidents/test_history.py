"""The page of an incident's history: one line of time over all that belongs to it, for editors."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import intake
from archive.history import Wanted
from archive.models import User
from incidents import curation, history
from incidents.models import Claim, Incident, LikelyPair, PairVerdict
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, UserFactory
from tests.factories.histories import entries_of, read, told
from tests.factories.incidents import IncidentFactory
from tests.factories.people import person
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db


def count_of(incident: Incident) -> Claim:
    found: Claim = incident.claims.get(aspect="killed")
    return found


def actions(incident: Incident) -> list[str]:
    return [f"{entry.what}: {entry.action}" for entry in entries_of(incident)]


def test_history_tells_of_all_that_belongs_to_an_incident(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.change_incident(draft, by=editor, seen=draft.lock_version, working_title="The old mill")
    sentence = curation.add_sentence(draft, by=editor, text_en="A mill was hit.", passages=[claim.passage])
    sentence.refresh_from_db()
    curation.remove_sentence(sentence, by=editor, seen=sentence.lock_version)
    curation.comment(draft, by=editor, text="Which day?")
    curation.assign_incidents([draft.pk], to=editor, by=editor)
    curation.tag_incidents([draft.pk], name="mills", by=editor)
    curation.untag_incidents([draft.pk], name="mills", by=editor)
    other = IncidentFactory(working_title="The weir")
    curation.merge(other, into=draft, by=editor, reason="The same.")
    reviewed.publish(draft, note="First told.")
    claim = count_of(draft)
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=3, reason="Misread.")

    found = actions(draft)

    assert {
        "incident: made",
        "incident: changed",
        "claim: made",
        "sentence of the summary: made",
        "sentence of the summary: removed",
        "comment: said",
        "assignment: made",
        "tag: made",
        "tag: removed",
        f"incident: {other.code} was merged into it",
        "incident: submitted for review",
        "edition 1: published",
        f"claim: made in place of {claim.public_id}",
        f"claim: replaced by {count_of(draft).public_id}",
    } <= set(found)


def test_history_says_where_claims_were_carried(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    other = curation.split(draft, claims=[(claim, claim.lock_version)], by=editor, reason="Another mill.")

    assert {f"claim: carried to {other.code}", f"incident: split: claims went to {other.code}"} <= set(actions(draft))
    assert {
        f"claim: carried here from {draft.code}",
        f"incident: claims came from {draft.code}, which was split",
    } <= set(actions(other))


def test_history_says_that_two_were_told_apart(draft: Incident, editor: User) -> None:
    other = IncidentFactory()
    pair = LikelyPair.objects.create(earlier=draft, later=other, score=0.9)
    PairVerdict.objects.create(pair=pair, reason="Another day.", created_by=editor)

    assert f"incident: not the same attack as {other.code}" in actions(draft)
    assert f"incident: not the same attack as {draft.code}" in actions(other)


def test_history_of_a_replaced_claim_says_what_differs(published: Incident, editor: User) -> None:
    claim = count_of(published)
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_low=3, count_high=3, reason="Misread.")

    made = next(entry for entry in entries_of(published) if entry.action.startswith("made in place"))
    ended = next(entry for entry in entries_of(published) if entry.action.startswith("replaced by"))

    assert [one.label for one in made.changes] == ["At least", "At most"]
    assert {(one.before, one.after) for one in made.changes} == {("2", "3")}
    assert (ended.changes, ended.reason) == ((), "Misread.")


def test_history_of_a_removed_claim_says_what_it_said(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.remove_claims([(claim, claim.lock_version)], by=editor, reason="Of another day.")

    ended = next(entry for entry in entries_of(draft) if entry.action == "removed")

    assert [one.label for one in ended.changes][:3] == ["What the words are about", "Stance", "Rank"]
    assert ended.reason == "Of another day."


def test_history_names_people_and_marks_words(draft: Incident, editor: User) -> None:
    claim = count_of(draft)
    curation.change_claim(claim, by=editor, seen=claim.lock_version, reasoning="Two died at the mill.")
    claim.refresh_from_db()
    curation.change_claim(claim, by=editor, seen=claim.lock_version, reasoning="Two died at the weir.")

    [change] = entries_of(draft)[0].changes
    before, after = change.sides

    assert change.label == "Reasoning"
    assert [one.text for one in before if one.kind == "removed"] == ["mill"]
    assert [one.text for one in after if one.kind == "added"] == ["weir"]
    assert "".join(one.text for one in after) == "Two died at the weir."


def test_history_narrowed_by_person_and_kind(draft: Incident, editor: User) -> None:
    other = person("Editor")
    curation.comment(draft, by=other, text="Which day?")
    lines = history.lines_of(draft)

    by_other = told(lines, Wanted(person=other.pk))
    of_claims = told(lines, Wanted(kind="claim"))

    assert [entry.what for change in by_other for entry in change.entries] == ["comment"]
    assert {entry.what for change in of_claims for entry in change.entries} == {"claim"}
    assert told(lines, Wanted(person=UserFactory().pk)) == []


@pytest.mark.parametrize(
    "query", ["person=x", "person=999999999999", "kind=nothing", "page=0", "page=99", "page=%00", "person=-1&page=a"]
)
def test_history_takes_any_address(editor_client: Client, draft: Incident, query: str) -> None:
    assert editor_client.get(f"{page('incidents.incident', 'history', draft.pk)}?{query}").status_code == 200


def test_history_is_paged(editor_client: Client, draft: Incident, editor: User) -> None:
    for number in range(35):
        curation.comment(draft, by=editor, text=f"Word {number}.")
    where = page("incidents.incident", "history", draft.pk)

    first, second = editor_client.get(where), editor_client.get(f"{where}?page=2")

    assert "Word 34." in first.text
    assert "Word 34." not in second.text
    assert "Word 0." in second.text
    assert first.context["older"] == "?page=2"
    assert second.context["newer"] == "?page=1"


def queries_of(client: Client, incident: Incident) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page("incidents.incident", "history", incident.pk)).status_code == 200
    return len(queries)


def test_history_takes_as_many_queries_for_many_changes_as_for_few(
    editor_client: Client, draft: Incident, editor: User
) -> None:
    everything(draft, editor)
    everything(draft, editor, "second")
    editor_client.get(page("incidents.incident", "history", draft.pk))
    few = queries_of(editor_client, draft)
    for number in range(6):
        everything(draft, editor, f"round {number}")

    assert queries_of(editor_client, draft) <= few
    assert few <= 30


def everything(incident: Incident, editor: User, name: str = "first") -> None:
    """One of each thing that has a history."""
    incident.refresh_from_db()
    curation.change_incident(incident, by=editor, seen=incident.lock_version, note=f"Noted in {name}.")
    passage = PassageFactory()
    claim = curation.make_claim(
        incident=incident, by=editor, aspect="killed", passage=passage, count_low=2, count_high=2, group="people"
    )
    sentence = curation.add_sentence(incident, by=editor, text_en=f"A mill was hit in {name}.", passages=[passage])
    sentence.refresh_from_db()
    curation.remove_sentence(sentence, by=editor, seen=sentence.lock_version)
    curation.remove_claims([(claim, claim.lock_version)], by=editor, reason="Of another day.")
    curation.comment(incident, by=editor, text="Which day?", claim=claim)
    curation.tag_incidents([incident.pk], name=name, by=editor)
    curation.assign_incidents([incident.pk], to=editor, by=editor)


def test_history_masks_withheld_words(draft: Incident, editor: User) -> None:
    article = count_of(draft).passage.text_version.article
    curation.comment(draft, by=editor, text="Ask whether the council said more.")
    intake.withhold([article], words="the council said", kind="witness", reason="A name.", by=editor)
    reader = person("Editor")
    reader.groups.clear()
    reader.user_permissions.add(*permissions("view_incident"))
    where = page("incidents.incident", "history", draft.pk)

    theirs, ours = read(signed_in(reader).get(where).text), read(signed_in(editor).get(where).text)

    assert ours.count("the council said") == 1, "nothing but the comment has the words"
    assert "the council said" not in theirs
    assert "Ask whether [withheld: name of a witness] more." in theirs


def test_history_masks_withheld_words_of_reports_that_only_a_removed_sentence_cited(
    draft: Incident, editor: User
) -> None:
    passage = PassageFactory(text_version__text="The miller saw it.", exact="The miller saw it.")
    sentence = curation.add_sentence(draft, by=editor, text_en="Somebody saw it.", passages=[passage])
    sentence.refresh_from_db()
    curation.remove_sentence(sentence, by=editor, seen=sentence.lock_version)
    article = passage.text_version.article
    intake.withhold([article], words="miller", kind="witness", reason="A name.", by=editor)
    reader = person("Editor")
    reader.groups.clear()
    reader.user_permissions.add(*permissions("view_incident"))
    where = page("incidents.incident", "history", draft.pk)

    assert "The miller saw it." in read(signed_in(editor).get(where).text)
    theirs = read(signed_in(reader).get(where).text)
    assert "miller" not in theirs
    assert "The [withheld: name of a witness] saw it." in theirs


def permissions(*names: str) -> Any:
    from django.contrib.auth.models import Permission  # noqa: PLC0415

    return Permission.objects.filter(codename__in=names)


def test_history_is_not_for_readers(client: Client, draft: Incident) -> None:
    assert client.get(page("incidents.incident", "history", draft.pk)).status_code == 302
    nobody = UserFactory(is_staff=True)
    assert signed_in(nobody).get(page("incidents.incident", "history", draft.pk)).status_code == 403
