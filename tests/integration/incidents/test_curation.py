"""The services of curation: what they write, what they refuse, and what two editors at once can do."""

import datetime
import threading

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from archive.locking import StaleRowError
from archive.models import Citation
from incidents import curation
from incidents.curation import upserts
from incidents.errors import (
    ClosedIncidentError,
    CurationError,
    DuplicateClaimError,
    InvalidError,
    MergeError,
    NothingChangedError,
    NotReadyError,
)
from incidents.models import Claim, Edition, Incident, PublishedIncident, PublishedRecord
from tests.factories.archive import PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory, UserFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, IncidentFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def draft(editor) -> Incident:
    """A draft with all that publishing needs: a date, a place, a count, each with its passage."""
    text = TextVersionFactory(text="Two people died in the mill town on Wednesday, the council said.")
    incident = curation.create_incident(by=editor, scope="attack", working_title="The mill")
    values = {
        "occurred": {"occurred_edtf": "2019-11-27", "reasoning": "Wednesday before publication."},
        "place": {"place": PlaceFactory(pcode="C1", name_en="Mill Town")},
        "killed": {"count_low": 2, "count_high": 2, "group": "people"},
    }
    for aspect, exact in (("occurred", "Wednesday"), ("place", "mill town"), ("killed", "Two people died")):
        passage = PassageFactory(text_version=text, exact=exact)
        curation.make_claim(incident=incident, by=editor, aspect=aspect, passage=passage, **values[aspect])
    return incident


@pytest.fixture
def published(draft, editor) -> Incident:
    curation.publish(draft, by=editor, note="First edition.")
    draft.refresh_from_db()
    return draft


def publishable(editor, place=None) -> Incident:
    incident = curation.create_incident(by=editor, scope="attack")
    judged = {"incident": incident, "by": editor, "judgement": "The editor knows it."}
    curation.make_claim(aspect="occurred", occurred_edtf="2019-11-25", **judged)
    curation.make_claim(aspect="place", place=place or PlaceFactory(), **judged)
    curation.make_claim(aspect="injured", count_low=1, group="people", **judged)
    return incident


# Incidents


def test_create_incident_records_who_and_that(editor) -> None:
    incident = curation.create_incident(by=editor, scope="tally", working_title=" Totals ")

    assert (incident.status, incident.working_title, incident.created_by) == ("draft", "Totals", editor)
    assert [(event.action, event.by) for event in incident.editorial_events.all()] == [("created", editor)]


@pytest.mark.parametrize("code", ["abc", "x9999z", "", "aaaaaa"])
def test_create_incident_code_with_a_wrong_check_character_refused(editor, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.create_incident(by=editor, scope="attack", code=code)

    assert set(refusal.value.errors) == {"code"}


def test_create_incident_code_of_another_refused(editor) -> None:
    code = curation.create_incident(by=editor, scope="attack").code

    with pytest.raises(InvalidError, match="another incident"):
        curation.create_incident(by=editor, scope="attack", code=code)


def test_change_incident_stale_refused(editor) -> None:
    incident = IncidentFactory()
    curation.change_incident(incident, by=editor, seen=1, working_title="First")

    with pytest.raises(StaleRowError) as refusal:
        curation.change_incident(incident, by=editor, seen=1, working_title="Second")

    assert refusal.value.current.working_title == "First"


# Claims


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2019-11-27", DateRange(datetime.date(2019, 11, 27), datetime.date(2019, 11, 28))),
        ("2016-05", DateRange(datetime.date(2016, 5, 1), datetime.date(2016, 6, 1))),
        ("2019-11-27/..", DateRange(datetime.date(2019, 11, 27), None)),
        ("../2019-11-27", DateRange(None, datetime.date(2019, 11, 28))),
        ("9999-12-31", DateRange(datetime.date(9999, 12, 31), None)),
    ],
)
def test_make_claim_date_becomes_a_range(editor, edtf: str, expected: DateRange) -> None:
    claim = curation.make_claim(
        incident=IncidentFactory(), by=editor, aspect="occurred", occurred_edtf=edtf, judgement="Known."
    )

    assert Claim.objects.get(pk=claim.pk).occurred == expected


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"aspect": "nonsense"}, "aspect"),
        ({"aspect": "occurred"}, "occurred_edtf"),
        ({"aspect": "occurred", "occurred_edtf": "last week"}, "occurred_edtf"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "part_of_day": "teatime"}, "part_of_day"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "time_of_day": "25:00"}, "time_of_day"),
        ({"aspect": "occurred", "occurred_edtf": "2019", "count_low": 1}, "count_low"),
        ({"aspect": "place"}, "place"),
        ({"aspect": "place", "place": "C4068"}, "place"),
        ({"aspect": "killed", "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 1}, "group"),
        ({"aspect": "killed", "count_low": -1, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 3, "count_high": 2, "group": "people"}, "count_high"),
        ({"aspect": "killed", "count_low": 10**12, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": True, "group": "people"}, "count_low"),
        ({"aspect": "killed", "count_low": 1, "group": "ghosts"}, "group"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "stance": "hopes"}, "stance"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "rank": "best"}, "rank"),
        ({"aspect": "killed", "count_low": 1, "group": "people", "judgement": " "}, "passage"),
    ],
)
def test_make_claim_refusal_names_the_field(editor, values: dict, field: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.make_claim(**{"incident": IncidentFactory(), "by": editor, "judgement": "Known.", **values})

    assert set(refusal.value.errors) == {field}
    assert not Claim.objects.exists()


def test_make_claim_zero_is_a_number(editor) -> None:
    claim = curation.make_claim(
        incident=IncidentFactory(), by=editor, aspect="killed", count_low=0, count_high=0, group="people",
        judgement="The report says that nobody died.",
    )  # fmt: skip

    assert (claim.count_low, claim.count_high) == (0, 0)


def test_make_claim_twice_refused(draft, editor) -> None:
    first = draft.claims.get(aspect="killed")

    with pytest.raises(DuplicateClaimError) as refusal:
        curation.make_claim(
            incident=draft, by=editor, aspect="killed", passage=first.passage, count_low=2, count_high=2,
            group="people",
        )  # fmt: skip

    assert refusal.value.claim == first


def test_change_claim_keeps_what_is_not_named(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")

    changed = curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=None)

    assert (changed.count_low, changed.count_high, changed.group) == (2, None, "people")


def test_change_claim_stale_refused_and_kept(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")
    curation.rank_claim(claim, by=editor, seen=claim.lock_version, rank="preferred")

    with pytest.raises(StaleRowError):
        curation.change_claim(claim, by=editor, seen=claim.lock_version, count_low=1)

    claim.refresh_from_db()
    assert (claim.rank, claim.count_low) == ("preferred", 2)


def test_change_claim_without_support_refused(editor) -> None:
    incident = publishable(editor)
    claim = incident.claims.get(aspect="injured")

    with pytest.raises(InvalidError) as refusal:
        curation.change_claim(claim, by=editor, seen=claim.lock_version, judgement="")

    assert set(refusal.value.errors) == {"passage"}


def test_remove_claim_stays_in_the_history(draft, editor) -> None:
    claim = draft.claims.get(aspect="killed")
    public_id = claim.public_id

    curation.remove_claim(claim, by=editor, seen=claim.lock_version)

    last = Claim.pgh_event_models["delete"].objects.get(public_id=public_id, pgh_label="delete")
    assert last.pgh_context.metadata["user"] == editor.pk
    assert not draft.claims.filter(public_id=public_id).exists()


# Publishing


def test_publish_without_facts_lists_what_is_missing(editor) -> None:
    with pytest.raises(NotReadyError) as refusal:
        curation.publish(IncidentFactory(), by=editor, note="First edition.")

    assert [item.key for item in refusal.value.missing] == ["occurred", "place", "what"]


def test_publish_without_a_note_refused(draft, editor) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.publish(draft, by=editor, note=" ")

    assert set(refusal.value.errors) == {"note"}


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_publish_of_an_article_that_is_not_public_refused(draft, editor, visibility: str) -> None:
    article = draft.claims.first().passage.text_version.article
    type(article).objects.filter(pk=article.pk).update(visibility=visibility, visibility_reason="Asked to.")

    with pytest.raises(NotReadyError) as refusal:
        curation.publish(draft, by=editor, note="First edition.")

    assert [item.key for item in refusal.value.missing] == ["hidden_article"]


def test_publish_with_an_uncited_sentence_refused(draft, editor) -> None:
    curation.add_sentence(draft, by=editor, text_en="A mill was hit.")

    assert [item.key for item in curation.missing(draft)] == ["uncited_sentence"]


def test_publish_makes_the_first_edition(published, editor) -> None:
    edition = published.editions.get()

    assert (edition.number, edition.published_by, edition.content["version"]) == (1, editor, 1)
    assert published.status == "published"
    assert published.editorial_events.filter(action="published", edition_number=1, reason="First edition.").exists()


def test_publish_again_without_a_change_refused(published, editor) -> None:
    with pytest.raises(NothingChangedError):
        curation.publish(published, by=editor, note="Again.")


def test_publish_again_leaves_the_first_edition(published, editor) -> None:
    first = published.editions.get().content
    claim = published.claims.get(aspect="killed")
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=4)

    curation.publish(published, by=editor, note="More were found.")

    assert list(published.editions.values_list("number", flat=True)) == [1, 2]
    assert published.editions.get(number=1).content == first
    assert PublishedIncident.objects.get(pk=published.pk).killed_high == 4


def test_publish_seen_before_a_change_refused(draft, editor) -> None:
    seen = draft.lock_version
    curation.change_incident(draft, by=editor, seen=seen, working_title="Another")

    with pytest.raises(StaleRowError):
        curation.publish(draft, by=editor, note="First edition.", seen=seen)


def test_publish_cites_its_passages(published) -> None:
    citations = Citation.objects.filter(record=published.code)

    assert sorted(aspect for citation in citations for aspect in citation.aspects) == ["killed", "occurred", "place"]
    assert all(citation.is_current for citation in citations)
    assert {citation.path for citation in citations} == {f"/incidents/{published.code}/"}


def test_publish_without_a_passage_cites_it_no_longer(published, editor) -> None:
    claim = published.claims.get(aspect="killed")
    curation.make_claim(
        incident=published, by=editor, aspect="injured", count_low=1, group="people", judgement="Known."
    )
    curation.remove_claim(claim, by=editor, seen=claim.lock_version)

    curation.publish(published, by=editor, note="Nobody is said to have died.")

    assert not Citation.objects.get(passage=claim.passage).is_current


def test_editing_changes_nothing_that_readers_see(published, editor) -> None:
    before = PublishedRecord.objects.get(pk=published.pk).record
    claim = published.claims.get(aspect="killed")

    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=9)

    assert PublishedRecord.objects.get(pk=published.pk).record == before


def test_publish_denial_stands_beside_the_assertion(draft, editor) -> None:
    actor, ministry = ActorFactory(slug="army"), SpeakerFactory(slug="ministry")
    passage = PassageFactory(text_version=draft.claims.first().passage.text_version, exact="the council said")
    curation.make_claim(incident=draft, by=editor, aspect="actor", actor=actor, passage=passage)
    curation.make_claim(
        incident=draft, by=editor, aspect="actor", actor=actor, stance="denies", speaker=ministry, judgement="Known."
    )

    content = curation.publish(draft, by=editor, note="First edition.").content

    [said] = content["actors"]
    assert (said["asserted"], said["disputed"]) == (True, True)
    assert said["asserted_by"] == [{"article": passage.text_version.article.public_id}]
    assert [speaker["slug"] for speaker in said["denied_by"]] == ["ministry"]
    assert PublishedIncident.objects.get(pk=draft.pk).actor_disputed_ids == [actor.pk]


# Withdrawing, restoring, merging


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
        curation.publish(published, by=editor, note="Again.")


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
        curation.publish(incident, by=editor, note="First edition.")
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
        curation.make_claim(incident=first, by=editor, aspect="occurred", occurred_edtf="2019", judgement="Known.")


# Rows


def test_refresh_rows_fills_the_narrow_row(editor) -> None:
    country_town = PlaceFactory(pcode="C2")
    facility = FacilityFactory(place=country_town)
    child = ActorFactory(parent=ActorFactory())
    incident = publishable(editor, place=country_town)
    source = SourceFactory()
    passage = PassageFactory(text_version=TextVersionFactory(article__source=source))
    for aspect, value in (("facility", facility), ("actor", child)):
        curation.make_claim(incident=incident, by=editor, aspect=aspect, passage=passage, **{aspect: value})

    curation.publish(incident, by=editor, note="First edition.")

    row = PublishedIncident.objects.get(pk=incident.pk)
    assert row.place_ids == [*country_town.ancestors, country_town.pk]
    assert row.primary_place_id == country_town.pk
    assert row.actor_ids == [child.parent_id, child.pk]
    assert row.facility_ids == [facility.pk]
    assert row.facility_type_ids == [facility.facility_type_id]
    assert row.source_ids == [source.pk]
    assert (row.lower, row.upper, row.sort_on) == (datetime.date(2019, 11, 25),) * 3
    assert (row.injured_low, row.injured_high, row.killed_low) == (1, None, None)
    assert row.vector


def test_refresh_rows_in_a_constant_number_of_queries(editor, django_assert_max_num_queries) -> None:
    incidents = [publishable(editor) for _ in range(4)]
    for incident in incidents:
        curation.publish(incident, by=editor, note="First edition.")
    PublishedIncident.objects.all().delete()

    with django_assert_max_num_queries(16):  # a transaction and a batch
        count = curation.refresh_rows([incident.pk for incident in incidents])

    assert count == PublishedIncident.objects.count() == PublishedRecord.objects.count() == 4


def test_assess_in_a_constant_number_of_queries(draft, editor, django_assert_num_queries) -> None:
    curation.make_claim(incident=draft, by=editor, aspect="actor", actor=ActorFactory(), judgement="Known.")
    with django_assert_num_queries(3):
        curation.assess(draft)
    for _ in range(3):
        curation.make_claim(incident=draft, by=editor, aspect="actor", actor=ActorFactory(), judgement="Known.")
        curation.make_claim(incident=draft, by=editor, aspect="place", place=PlaceFactory(), judgement="Known.")

    with django_assert_num_queries(3):
        curation.assess(draft)


def test_refresh_rows_of_many_writes_what_one_by_one_does(editor, monkeypatch: pytest.MonkeyPatch) -> None:
    incidents = [publishable(editor) for _ in range(3)]
    for incident in incidents:
        curation.publish(incident, by=editor, note="First edition.")
    curation.withdraw(incidents[0], by=editor, reason="Doubtful.")
    rows, records = list(PublishedIncident.objects.values()), list(PublishedRecord.objects.values())
    monkeypatch.setattr(upserts, "FEW", 1)

    curation.refresh_rows([incident.pk for incident in incidents])
    replaced = list(PublishedIncident.objects.values()), list(PublishedRecord.objects.values())
    PublishedIncident.objects.all().delete()
    PublishedRecord.objects.all().delete()
    curation.refresh_rows([incident.pk for incident in incidents])

    assert replaced == (rows, records)
    assert list(PublishedIncident.objects.values()) == rows
    assert list(PublishedRecord.objects.values()) == records


@pytest.mark.django_db(transaction=True)
def test_publish_twice_at_once_makes_one_edition_each_or_refuses() -> None:
    editor = UserFactory()
    incident = publishable(editor)
    outcomes: list[object] = []
    begin = threading.Barrier(2)

    def publish(note: str) -> None:
        begin.wait()
        try:
            outcomes.append(curation.publish(incident, by=editor, note=note).number)
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
