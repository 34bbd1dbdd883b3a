"""Two pairs of eyes: submitted, sent back, published by somebody whose work it is not."""

import pytest
from django.apps import apps as all_apps
from django.conf import settings as settings_
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from archive.locking import acting
from archive.models import User
from incidents import curation, curation_files, vocabularies
from incidents.errors import InvalidError, NothingChangedError, NotReadyError, NotSubmittedError, OwnWorkError
from incidents.models import Claim, EditorialEvent, Incident, SummarySentence
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, UserFactory
from tests.factories.incidents import IdentifierSchemeFactory, IncidentFactory
from tests.factories.people import ROLES, person
from tests.factories.publishable import publishable
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db
INSIDE = "The editor was told so by the council."


def judged(incident: Incident, by: User | None, **values: object) -> Claim:
    return curation.make_claim(incident=incident, by=by, judgement=INSIDE, **values)


@pytest.fixture
def made(db: None) -> Incident:
    """Ready, and nobody's work: what commands made."""
    return publishable(None)


def test_the_way_there_and_back(made: Incident, editor: User, reviewer: User) -> None:
    curation.submit(made, by=editor, comment=" Is the date right? ")
    made.refresh_from_db()
    assert (made.status, made.submission.comment, made.sent_back) == ("in_review", "Is the date right?", None)

    curation.send_back(made, by=reviewer, comment="The date is of the report.")
    made.refresh_from_db()
    assert (made.status, made.submission, made.sent_back.reason) == ("draft", None, "The date is of the report.")

    curation.submit(made, by=editor)
    curation.publish(made, by=reviewer, note="First.")
    made.refresh_from_db()
    assert (made.status, made.submission, made.sent_back) == ("published", None, None)

    judged(made, editor, aspect="killed", count_low=1, group="people")
    curation.submit(made, by=editor)
    made.refresh_from_db()
    assert (made.status, made.submission.content["version"]) == ("published", 2)  # readers have the first
    curation.send_back(made, by=reviewer, comment="Who says so?")
    made.refresh_from_db()
    assert (made.status, made.sent_back.by) == ("published", reviewer)
    curation.withdraw(made, by=editor, reason="Danger to a person.")
    made.refresh_from_db()
    assert (made.status, made.submission, made.sent_back) == ("withdrawn", None, None)
    assert list(made.editorial_events.values_list("action", flat=True)) == [
        "created", "submitted", "sent_back", "submitted", "published", "submitted", "sent_back", "withdrawn",
    ]  # fmt: skip


def test_refusals(made: Incident, editor: User, reviewer: User) -> None:
    with pytest.raises(NotSubmittedError):
        curation.publish(made, by=reviewer, note="First.")
    with pytest.raises(NotSubmittedError):
        curation.send_back(made, by=reviewer, comment="Mend it.")
    with pytest.raises(NotReadyError):
        curation.submit(IncidentFactory(), by=editor)
    curation.submit(made, by=editor)
    with pytest.raises(InvalidError):
        curation.send_back(made, by=reviewer, comment="  ")
    curation.publish(made, by=reviewer, note="First.")
    with pytest.raises(NothingChangedError):
        curation.submit(made, by=editor)


def rank(incident: Incident, by: User) -> None:
    claim = incident.claims.first()
    curation.rank_claim(claim, by=by, seen=claim.lock_version, rank="preferred")


def remove(incident: Incident, by: User) -> None:
    claim = judged(incident, None, aspect="killed", count_low=7, group="people")
    curation.remove_claims([(claim, claim.lock_version)], by=by)


def move_away(incident: Incident, by: User) -> None:
    claim = judged(incident, None, aspect="killed", count_low=7, group="people")
    curation.change_claim(claim, by=by, seen=claim.lock_version, incident=IncidentFactory())


def move_here(incident: Incident, by: User) -> None:
    claim = judged(IncidentFactory(), by, aspect="killed", count_low=7, group="people")
    curation.change_claim(claim, by=None, seen=claim.lock_version, incident=incident)


def update(incident: Incident, by: User) -> None:
    with acting(by):
        Claim.objects.filter(incident=incident, aspect="injured").update(count_low=3)


def insert_beside_the_services(incident: Incident, by: User) -> None:
    Claim.objects.create(
        incident=incident, aspect="killed", count_low=1, group="people", judgement=INSIDE, created_by=by
    )


def write(incident: Incident, by: User) -> None:
    curation.add_sentence(incident, by=by, text_en="A mill was hit.", passages=[])
    SummarySentence.objects.get().passages.set([PassageFactory()])


def unwrite(incident: Incident, by: User) -> None:
    sentence = curation.add_sentence(incident, by=None, text_en="A mill was hit.")
    curation.remove_sentence(sentence, by=by, seen=sentence.lock_version)


def write_elsewhere(incident: Incident, by: User) -> None:
    first, second = IncidentFactory(), IncidentFactory()
    curation.add_sentence(first, by=by, text_en="A mill was hit.", passages=[PassageFactory()])
    for one, into in ((first, second), (second, incident)):
        curation.merge(one, into=into, by=None, reason="The same attack.")


def identify(incident: Incident, by: User) -> None:
    curation.add_identifier(incident, by=by, scheme=IdentifierSchemeFactory(), value="SYR1")


def identify_elsewhere(incident: Incident, by: User) -> None:
    other = IncidentFactory()
    identify(other, by)
    curation.merge(other, into=incident, by=None, reason="The same attack.")


def end_identifier(incident: Incident, by: User) -> None:
    known_as = curation.add_identifier(incident, by=None, scheme=IdentifierSchemeFactory(), value="SYR1")
    curation.end_identifier(known_as, by=by, seen=known_as.lock_version, reason="Of another attack.")


def rescope(incident: Incident, by: User) -> None:
    curation.change_incident(incident, by=by, seen=incident.lock_version, scope="series")


@pytest.mark.parametrize(
    "work",
    [
        rank,
        remove,
        move_away,
        move_here,
        update,
        insert_beside_the_services,
        write,
        unwrite,
        write_elsewhere,
        identify,
        identify_elsewhere,
        end_identifier,
        rescope,
    ],
)
def test_whose_work_it_is_does_not_publish_it(made: Incident, reviewer: User, work) -> None:
    made.refresh_from_db()
    work(made, reviewer)

    with pytest.raises(OwnWorkError) as refused:
        reviewed.publish(made, by=reviewer, note="First.")

    assert refused.value.own
    assert set(curation.work_on(made)) == {reviewer.pk}
    assert reviewed.publish(made, note="First.").number == 1


def test_what_is_no_work_on_an_edition(editor: User, reviewer: User) -> None:
    """Making the incident, describing it, submitting it and answering a warning leave its claims to others."""
    incident = curation.create_incident(by=reviewer, scope="attack")
    curation.change_incident(incident, by=reviewer, seen=incident.lock_version, note="Wait.", working_title="The mill")
    for values in (
        {"aspect": "occurred", "occurred_edtf": "2019-11-25"},
        {"aspect": "place", "place": PlaceFactory()},
    ):
        judged(incident, editor, **values)
    curation.make_claim(
        incident=incident, by=editor, aspect="killed", count_low=1, group="people", judgement="By guess"
    )
    [warning] = curation.warnings(incident)
    curation.keep(incident, by=reviewer, reasons={warning.key: "Nobody knows more."})
    curation.add_identifier(incident, by=reviewer, scheme=curation.own_scheme("rows"), value="7")  # in no edition
    curation.submit(incident, by=reviewer)

    assert set(curation.work_on(incident)) == {editor.pk}
    assert curation.publish(incident, by=reviewer, note="First.").published_by == reviewer


def test_work_of_an_earlier_edition_counts_as_long_as_it_stands(made: Incident, reviewer: User) -> None:
    claim = judged(made, reviewer, aspect="killed", count_low=1, group="people")
    reviewed.publish(made, note="First.")
    other = person("Reviewer")
    replaced = curation.change_claim(claim, by=None, seen=claim.lock_version, count_low=2, reason="It was two.")
    with pytest.raises(OwnWorkError):
        reviewed.publish(made, by=reviewer, note="Second.")
    reviewed.publish(made, by=other, note="Second.")

    curation.remove_claims([(replaced, replaced.lock_version)], by=None)
    assert reviewed.publish(made, by=reviewer, note="Third.").number == 3


def test_one_person_archives_and_commands_answer_for_themselves(made: Incident, editor: User, settings) -> None:
    judged(made, editor, aspect="killed", count_low=1, group="people")
    settings.ONE_PERSON_ARCHIVE = True
    assert curation.publish(made, by=editor, note="First.").published_by == editor

    settings.ONE_PERSON_ARCHIVE = False
    judged(made, editor, aspect="injured", count_low=9, group="children")
    assert curation.publish(made, by=None, note="By a command.").published_by is None


def test_a_file_is_published_by_somebody_else(reviewer: User, editor: User) -> None:
    PlaceFactory(pcode="C77")
    claims = [
        {"aspect": "occurred", "edtf": "2019-11-27", "judgement": INSIDE},
        {"aspect": "place", "pcode": "C77", "judgement": INSIDE},
        {"aspect": "killed", "low": 2, "group": "people", "judgement": INSIDE},
    ]
    document = {
        "format": 1, "facilities": {}, "incidents": {"a": {"scope": "attack", "claims": claims, "publish": "First."}},
    }  # fmt: skip

    with pytest.raises(curation_files.FileRefusedError, match="somebody else has to publish it"):
        curation_files.load(document, name="mills", by=editor)
    report = curation_files.load(document, name="mills", by=editor, reviewer=reviewer)

    assert report.added["a"].editions.get().published_by == reviewer


@pytest.mark.parametrize("columns", [{"status": "in_review"}, {"submission": True, "sent_back": True}])
def test_the_database_knows_what_waits(made: Incident, editor: User, reviewer: User, columns) -> None:
    submission = curation.submit(made, by=editor)
    curation.send_back(made, by=reviewer, comment="Mend it.")
    changes = {**columns, **({"submission": submission} if "submission" in columns else {})}
    if "sent_back" in changes:
        changes["sent_back"] = EditorialEvent.objects.get(action="sent_back")

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=made.pk).update(**changes)


# Pages


def test_review_page_shows_each_value_beside_its_words_and_what_changed(
    draft: Incident, editor: User, editor_client: Client, reviewer_client: Client
) -> None:
    address = page("incidents.incident", "publish", draft.pk)
    before = reviewer_client.get(address)
    assert "is not in review" in before.text
    editor_client.post(
        page("incidents.incident", "submit", draft.pk),
        {"comment": "Mind the <b>place</b>.", "lock_version": draft.lock_version},
    )
    draft.refresh_from_db()
    assert draft.submission.by == editor

    shown = reviewer_client.get(address)
    assert "Mind the &lt;b&gt;place&lt;/b&gt;." in shown.text
    for claim in draft.claims.all():
        assert claim.value_text in shown.text
        assert f"#p{claim.passage.public_id}" in shown.text
    assert "has changed since it was submitted" not in shown.text
    judged(draft, editor, aspect="injured", count_low=7, group="people")
    again = reviewer_client.get(address)
    assert "has changed since it was submitted" in again.text
    assert "at least 7" in again.text

    stale = {"note": "First.", "shown": shown.context["form"]["shown"].value()}
    assert "has changed since" in reviewer_client.post(address, stale).text
    assert draft.editions.count() == 0


def test_pages_of_review_ask_for_their_permission(draft: Incident, editor_client: Client) -> None:
    curation.submit(draft, by=None)
    draft.refresh_from_db()
    sent = {"lock_version": draft.lock_version, "comment": "Mend it.", "note": "First.", "reason": "Danger."}
    for action in ("publish", "send_back", "merge", "restore"):
        address = page("incidents.incident", action, draft.pk)
        assert editor_client.get(address).status_code == editor_client.post(address, sent).status_code == 403, action
    reader = UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_incident"))
    assert signed_in(reader).get(page("incidents.incident", "submit", draft.pk)).status_code == 403

    editor_client.post(page("incidents.incident", "withdraw", draft.pk), sent)
    draft.refresh_from_db()
    assert draft.status == "withdrawn"


def test_page_refuses_who_worked_on_it(draft: Incident) -> None:
    both = person("Reviewer")
    judged(draft, both, aspect="injured", count_low=7, group="people")
    curation.submit(draft, by=None)
    client, address = signed_in(both), page("incidents.incident", "publish", draft.pk)
    shown = client.get(address)

    assert "somebody else has to publish it" in shown.text
    client.post(address, {"note": "First.", "shown": shown.context["form"].initial["shown"]})
    assert not draft.editions.exists()


def test_sending_back_by_the_page(draft: Incident, reviewer_client: Client) -> None:
    curation.submit(draft, by=None)
    draft.refresh_from_db()
    address = page("incidents.incident", "send_back", draft.pk)

    assert "comment" in reviewer_client.post(address, {"lock_version": draft.lock_version}).context["form"].errors
    reviewer_client.post(address, {"lock_version": draft.lock_version, "comment": "Which Wednesday?"})

    assert "Which Wednesday?" in reviewer_client.get(page("incidents.incident", "change", draft.pk)).text
    assert "Which Wednesday?" in reviewer_client.get(page("incidents.incident", "history", draft.pk)).text


# Roles


def test_reviewers_may_what_editors_may_and_publish() -> None:
    roles = vocabularies.read(ROLES)

    assert set(roles["Reviewer"]) - set(roles["Editor"]) == {
        settings_.PERMISSION_TO_PUBLISH,
        "incidents.merge_names",
        "incidents.generalise_facility",
        "archive.add_releasedwords",
    }
    assert set(roles["Editor"]) < set(roles["Reviewer"])


def test_editors_of_before_become_reviewers_too(editor: User) -> None:
    from importlib import import_module  # noqa: PLC0415

    migration = import_module("incidents.migrations.0021_editors_and_reviewers")
    editors = Group.objects.get(name="Editor")
    editors.permissions.add(Permission.objects.get(codename="add_edition", content_type__app_label="incidents"))
    Group.objects.filter(name="Reviewer").delete()

    migration.divide(all_apps, None)
    migration.divide(all_apps, None)

    editor = User.objects.get(pk=editor.pk)
    assert set(editor.groups.values_list("name", flat=True)) == {"Editor", "Reviewer"}
    assert not editors.permissions.filter(codename="add_edition").exists()
    assert editor.has_perm(settings_.PERMISSION_TO_PUBLISH)
    assert editor.has_perm("incidents.withdraw_incident")


def test_check_archive_says_so_where_one_person_publishes(settings, capsys) -> None:
    settings.ONE_PERSON_ARCHIVE = True
    with pytest.raises(CommandError):
        call_command("check_archive")

    assert "MEND   A second person publishes" in capsys.readouterr().out
