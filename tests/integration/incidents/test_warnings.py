"""Warnings before publishing: each is mended, or kept with a reason that stays inside."""

import itertools
import json
import random

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from archive.models import User
from incidents import curation, curation_files
from incidents.errors import ClosedIncidentError, InvalidError, NotReadyError, UnansweredError
from incidents.models import Claim, Edition, Incident, WarningAnswer
from tests.factories import reviewed
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.integration.incidents.conftest import page

pytestmark = pytest.mark.django_db

REASON = "The report says so further below, zebra."


@pytest.fixture
def odd(draft: Incident, editor: User) -> Incident:
    """A draft with one warning: its words do not say the number."""
    passage = Claim.objects.get(incident=draft, aspect="occurred").passage
    curation.make_claim(
        incident=draft, by=editor, aspect="injured", count_low=11, count_high=13, group="people", passage=passage
    )
    return draft


def only(incident: Incident) -> str:
    [warning] = curation.warnings(incident)
    return warning.key


def test_publish_refuses_while_a_warning_stands(odd: Incident, editor: User) -> None:
    with pytest.raises(UnansweredError) as refused:
        reviewed.publish(odd, note="First.")

    assert [warning.rule for warning in refused.value.missing] == ["count_not_in_quote"]
    assert isinstance(refused.value, NotReadyError)
    assert not Edition.objects.exists()


def test_publish_keeps_what_is_answered_with_it(odd: Incident, reviewer: User) -> None:
    reviewed.publish(odd, note="First.", by=reviewer, kept={only(odd): f"  {REASON} "})

    answer = odd.warning_answers.get()
    assert (answer.reason, answer.by, answer.rule) == (REASON, reviewer, "count_not_in_quote")
    assert "11–13 people" in answer.warning
    assert odd.editions.count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_publish_takes_no_empty_reason(odd: Incident, editor: User, reason: str) -> None:
    with pytest.raises(UnansweredError):
        reviewed.publish(odd, note="First.", kept={only(odd): reason})
    with pytest.raises(InvalidError):
        curation.keep(odd, by=editor, reasons={only(odd): reason})
    assert not WarningAnswer.objects.exists()


def test_answer_counts_until_the_claim_says_something_else(odd: Incident, editor: User) -> None:
    curation.keep(odd, by=editor, reasons={only(odd): REASON})
    claim = odd.claims.get(aspect="injured")
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=14)

    with pytest.raises(UnansweredError):
        reviewed.publish(odd, note="First.")
    claim.refresh_from_db()
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=13)
    assert reviewed.publish(odd, note="First.").number == 1


def test_answer_is_not_asked_for_again(odd: Incident, editor: User) -> None:
    reviewed.publish(odd, note="First.", kept={only(odd): REASON})
    curation.make_claim(
        incident=odd, by=editor, aspect="place", place=PlaceFactory(), judgement="The council told us where it was."
    )

    assert reviewed.publish(odd, note="Second.").number == 2
    assert WarningAnswer.objects.count() == 1


def test_keep_refuses_what_does_not_stand(draft: Incident, odd: Incident, editor: User) -> None:
    with pytest.raises(InvalidError):
        curation.keep(odd, by=editor, reasons={"count_not_in_quote:0000000000000000": REASON})
    curation.withdraw(odd, by=editor, reason="No attack.")
    with pytest.raises(ClosedIncidentError):
        curation.keep(odd, by=editor, reasons={only(odd): REASON})


def test_answers_are_append_only(odd: Incident, editor: User) -> None:
    curation.keep(odd, by=editor, reasons={only(odd): REASON})

    for statement in (
        "UPDATE incidents_warninganswer SET reason = 'x'",
        "DELETE FROM incidents_warninganswer",
        (
            "INSERT INTO incidents_warninganswer (incident_id, rule, key, warning, reason, at) "
            f"VALUES ({odd.pk}, 'r', 'r:1', 'w', ' ', now())"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_every_rule_is_asked_of_a_draft(draft: Incident, editor: User) -> None:
    """The evidence reaches each rule: names, places, reports and quotes."""
    text = TextVersionFactory(text="A ministry denied it.", article=ArticleFactory(title="Denial", published_on=None))
    denial = PassageFactory(text_version=text, exact="A ministry denied it")
    say = {"incident": draft, "by": editor}
    actor = ActorFactory(name_en="Northern army")
    curation.make_claim(aspect="actor", actor=actor, stance="denies", passage=denial, **say)
    curation.make_claim(aspect="killed", count_low=7, count_high=7, group="children", passage=denial, **say)
    elsewhere = FacilityFactory(name_en="Far Mill", place=PlaceFactory(name_en="Far Town"))
    curation.make_claim(aspect="facility", facility=elsewhere, judgement="So I think", **say)

    found = {warning.rule: warning.message for warning in curation.warnings(draft)}

    assert set(found) == {
        "count_not_in_quote",
        "total_below_part",
        "facility_elsewhere",
        "actor_by_nobody",
        "report_without_date_or_source",
        "judgement_short",
    }
    assert found["facility_elsewhere"] == "Far Mill is in Far Town, the attack in Mill Town."
    assert "Northern army" in found["actor_by_nobody"]
    assert "“Denial” has no date" in found["report_without_date_or_source"]


def test_facility_of_a_neighbourhood_is_not_elsewhere(draft: Incident, editor: User) -> None:
    town = draft.claims.get(aspect="place").place
    quarter = PlaceFactory(pcode="N1", level=5, parent=town)
    curation.make_claim(
        incident=draft,
        by=editor,
        aspect="facility",
        facility=FacilityFactory(place=quarter),
        judgement="The only mill that this town has.",
    )

    assert curation.warnings(draft) == []


def test_bulk_refuses_and_keeps_as_the_service_does(db: None) -> None:
    text = TextVersionFactory(text="One row: 2 killed.", article=ArticleFactory(published_on=None))
    passage = PassageFactory(text_version=text, exact="One row: 2 killed")
    said = [
        curation.Said(aspect="occurred", values={"occurred_edtf": "2019-11-27"}, passage=passage),
        curation.Said(aspect="place", values={"place": PlaceFactory()}, passage=passage),
        curation.Said(aspect="killed", values={"count_low": 2, "count_high": 2, "group": "people"}, passage=passage),
    ]

    with pytest.raises(UnansweredError):
        list(curation.publish_all([curation.Draft(claims=said)], by=None, note="Rows."))
    kept = {"report_without_date_or_source": REASON}
    [edition] = curation.publish_all([curation.Draft(claims=said, kept=kept)], by=None, note="Rows.")

    assert edition.incident.warning_answers.get().reason == REASON
    assert [w.key for w in curation.warnings(edition.incident)] == [edition.incident.warning_answers.get().key]


DOCUMENT = {
    "format": 1,
    "facilities": {},
    "incidents": {
        "mill": {
            "scope": "attack",
            "claims": [
                {"id": "day", "aspect": "occurred", "edtf": "2019-11-27", "judgement": "By guess"},
                {"id": "where", "aspect": "place", "pcode": "C77", "judgement": "By guess"},
                {"aspect": "killed", "low": 2, "group": "people", "judgement": "The council gave this number to us."},
            ],
            "publish": "First.",
        }
    },
}


def loaded(kept: list[dict[str, str]]) -> curation_files.Report:
    PlaceFactory(pcode="C77")
    document = json.loads(json.dumps(DOCUMENT))
    document["incidents"]["mill"]["kept"] = kept
    return curation_files.load(document, name="mills", by=None)


def test_file_is_refused_while_a_warning_stands() -> None:
    with pytest.raises(curation_files.FileRefusedError) as refused:
        loaded([{"warning": "judgement_short", "claim": "day", "reason": REASON}])

    assert "has 2 words" in str(refused.value)
    assert not Incident.objects.exists()


def test_file_answers_its_warnings() -> None:
    report = loaded([{"warning": "judgement_short", "reason": REASON}])

    assert report.added["mill"].editions.count() == 1
    assert report.added["mill"].warning_answers.count() == 2


@pytest.mark.parametrize(
    "kept",
    [
        {"warning": "facility_elsewhere", "reason": REASON},
        {"warning": "judgement_short", "claim": "nobody", "reason": REASON},
        {"warning": "judgement_short", "reason": " "},
    ],
)
def test_file_is_refused_for_an_answer_to_nothing(kept: dict[str, str]) -> None:
    with pytest.raises(curation_files.FileRefusedError) as refused:
        loaded([{"warning": "judgement_short", "reason": REASON}, kept])

    assert "incidents.mill.kept[1]" in str(refused.value)


def form_of(client: Client, incident: Incident) -> dict[str, str]:
    curation.submit(incident, by=None)
    form = client.get(page("incidents.incident", "publish", incident.pk)).context["form"]
    return {"shown": form.initial["shown"], "note": "First."}


def box(incident: Incident) -> str:
    return "keep_" + only(incident).replace(":", "_")


def test_page_lists_warnings_first_with_boxes_and_links(odd: Incident, reviewer_client: Client) -> None:
    html = reviewer_client.get(page("incidents.incident", "publish", odd.pk)).text
    claim = odd.claims.get(aspect="injured")

    assert html.index("1 thing to mend") < html.index("will say")
    assert f'/admin/desk/claims/{claim.public_id}/"' in html
    assert f'name="{box(odd)}"' in html


def test_page_publishes_with_the_reason(odd: Incident, reviewer_client: Client) -> None:
    address = page("incidents.incident", "publish", odd.pk)

    refused = reviewer_client.post(address, form_of(reviewer_client, odd))
    assert box(odd) in refused.context["form"].errors
    assert not Edition.objects.exists()
    reviewer_client.post(address, {**form_of(reviewer_client, odd), box(odd): REASON})

    assert odd.editions.count() == 1
    shown = reviewer_client.get(address).text
    assert "1 kept with a reason" in shown
    assert REASON in shown
    assert REASON in reviewer_client.get(page("incidents.incident", "history", odd.pk)).text


def test_page_keeps_what_was_written_when_it_refuses(odd: Incident, reviewer_client: Client) -> None:
    address = page("incidents.incident", "publish", odd.pk)

    refused = reviewer_client.post(address, {**form_of(reviewer_client, odd), "note": "", box(odd): REASON})

    assert REASON in refused.text
    assert not WarningAnswer.objects.exists()


def test_page_saves_reasons_without_publishing(odd: Incident, reviewer_client: Client) -> None:
    odd.claims.get(aspect="place").delete()  # not ready either
    address = page("incidents.incident", "publish", odd.pk)

    reviewer_client.post(address, {box(odd): REASON, "act": "keep"})

    assert odd.warning_answers.get().reason == REASON
    assert not Edition.objects.exists()


def test_page_saves_no_reason_that_the_database_refuses(odd: Incident, reviewer_client: Client) -> None:
    address = page("incidents.incident", "publish", odd.pk)

    answer = reviewer_client.post(address, {box(odd): f"{REASON}\0", "act": "keep"})

    assert "Null characters" in str(answer.context["form"].errors[box(odd)])
    assert REASON in answer.text
    assert not WarningAnswer.objects.exists()


def test_random_incidents_are_published_with_every_warning_answered_or_not_at_all(editor: User) -> None:
    """Whatever claims say, no edition comes out while a warning of it has no answer."""
    chance = random.Random(6)
    places = [PlaceFactory() for _ in range(2)]
    for _ in range(12):
        incident = curation.create_incident(by=editor, scope="attack")
        say = {"incident": incident, "by": editor}
        curation.make_claim(aspect="occurred", occurred_edtf="2019", judgement="The whole town knows it.", **say)
        curation.make_claim(aspect="place", place=places[0], judgement="The whole town knows it.", **say)
        for low, group in itertools.product(chance.sample(range(9), 2), ["people", "children"]):
            passage = PassageFactory(text_version__text=f"On that day {chance.randrange(9)} died.")
            curation.make_claim(aspect="killed", count_low=low, count_high=low, group=group, passage=passage, **say)
        standing = curation.warnings(incident)
        answered = {warning.key: REASON for warning in standing if chance.random() < 0.8}
        if len(answered) < len(standing):
            with pytest.raises(UnansweredError) as refused:
                reviewed.publish(incident, note="First.", kept=answered)
            assert {warning.key for warning in refused.value.missing} == {w.key for w in standing} - set(answered)
            assert not incident.warning_answers.exists()
        else:
            reviewed.publish(incident, note="First.", kept=answered)
            assert set(incident.warning_answers.values_list("key", flat=True)) == set(answered)
