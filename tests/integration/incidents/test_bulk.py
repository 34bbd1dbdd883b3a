"""Many incidents at once: the same rows as one after the other, the same refusals, whatever the number."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from archive import passages, search
from archive.models import ArticleRow, Citation
from incidents import curation
from incidents.curation import Draft, Said, bulk
from incidents.errors import DuplicateClaimError, InvalidError, NotReadyError
from incidents.models import (
    Claim,
    Edition,
    EditorialEvent,
    Incident,
    IncidentIdentifier,
    PublishedIncident,
    PublishedRecord,
)
from tests.factories.archive import PlaceFactory, TextVersionFactory, UserFactory
from tests.factories.incidents import ActorFactory, FacilityTypeFactory, IdentifierSchemeFactory, WeaponFactory

pytestmark = pytest.mark.django_db

ROWS = "1,the old mill,a mortar shell,two to five\n2,the new mill,a rocket,two to five\n3,no mill,a stone,two to five"


class DataSet:
    """Three rows of a data set with what they say."""

    def __init__(self):
        self.text = TextVersionFactory(text=ROWS)
        self.place = PlaceFactory(parent=PlaceFactory(pcode="SY07", level=1, name_en="Province"))
        self.actor = ActorFactory(parent=ActorFactory())
        self.type = FacilityTypeFactory()
        self.weapon = WeaponFactory()
        IdentifierSchemeFactory(slug="data-set", name_en="Data Set")

    def spans(self):
        starts = [0, ROWS.index("2,"), ROWS.index("3,")]
        ends = [ROWS.index("\n"), ROWS.index("\n3"), len(ROWS)]
        return [(self.text, start, end) for start, end in zip(starts, ends, strict=True)]

    def values(self):
        return {
            "occurred": {"occurred_edtf": "2016-05", "part_of_day": "night"},
            "place": {"place": self.place, "place_precision": "near"},
            "actor": {"actor": self.actor},
            "facility_type": {"facility_type": self.type},
            "weapon": {"weapon": self.weapon},
            "killed": {"count_low": 2, "count_high": 5, "group": "civilians"},
        }

    def drafts(self, count=3):
        found = passages.mark_all(self.spans(), by=None)
        return [
            Draft(
                claims=[
                    Said(aspect=aspect, values=values, passage=found[n % 3]) for aspect, values in self.values().items()
                ],
                identifiers=[("data-set", str(n))],
            )
            for n in range(count)
        ]


@pytest.fixture
def said():
    return DataSet()


def publish_singly(said, by):
    incident = curation.create_incident(by=by, scope="attack")
    passage = passages.mark_all(said.spans()[:1], by=by)[0]
    for aspect, values in said.values().items():
        curation.make_claim(incident=incident, by=by, aspect=aspect, passage=passage, **values)
    return curation.publish(incident, by=by, note="Published.")


def columns(row, *without):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("id", "incident_id", "edition_id", "code", "public_id", *without)
        and not field.attname.endswith("_at")
    }


def test_publish_all_writes_what_the_services_write(said):
    by = None  # a command
    single = publish_singly(said, by)
    drafts = [replace(draft, identifiers=[]) for draft in said.drafts(1)]  # one incident has an identifier at a time
    (bulk_edition,) = curation.publish_all(drafts, by=by, note="Published.")

    one, other = (
        {key: value for key, value in edition.content.items() if key not in ("code", "published_at", "claims")}
        for edition in (single, bulk_edition)
    )
    ids = {
        claim["id"]: other_["id"]
        for claim, other_ in zip(single.content["claims"], bulk_edition.content["claims"], strict=True)
    }
    written = json.dumps(one)
    for mine, theirs in ids.items():
        written = written.replace(mine, theirs)
    assert written == json.dumps(other)
    rows = [PublishedIncident.objects.get(pk=edition.incident_id) for edition in (single, bulk_edition)]
    assert columns(rows[0]) == columns(rows[1])
    claims = [
        list(Claim.objects.filter(incident=edition.incident_id).order_by("id")) for edition in (single, bulk_edition)
    ]
    assert [columns(claim) for claim in claims[0]] == [columns(claim) for claim in claims[1]]


def test_publish_all_writes_everything_beside_the_editions(said):
    by = None  # a command

    editions = list(curation.publish_all(said.drafts(), by=by, note="Published."))

    incidents = Incident.objects.filter(pk__in=[edition.incident_id for edition in editions])
    assert [incident.status for incident in incidents] == ["published"] * 3
    assert PublishedRecord.objects.count() == PublishedIncident.objects.published().count() == 3
    assert IncidentIdentifier.objects.filter(scheme="data-set").count() == 3
    assert [edition.content["identifiers"][0]["value"] for edition in editions] == ["0", "1", "2"]
    assert sorted(EditorialEvent.objects.values_list("action", flat=True)) == ["created"] * 3 + ["published"] * 3
    assert Citation.objects.filter(is_current=True).count() == 3
    assert all(edition.sha256 == Edition.objects.get(pk=edition.pk).sha256 for edition in editions)


def test_publish_all_can_be_curated_further(said):
    (edition,) = curation.publish_all(said.drafts(1), by=None, note="Published.")
    incident = edition.incident

    curation.make_claim(
        incident=incident,
        by=None,
        aspect="injured",
        judgement="The council told the archive so.",
        count_low=1,
        group="people",
    )
    second = curation.publish(incident, by=None, note="The injured.")

    assert second.number == 2


def test_publish_all_tells_the_history_who_did_it(said, settings):
    settings.ONE_PERSON_ARCHIVE = True  # nobody else would publish what this one made
    by = UserFactory()

    (edition,) = curation.publish_all(said.drafts(1), by=by, note="Published.")

    events = Claim.pgh_event_model.objects.filter(pgh_obj__incident=edition.incident_id)
    assert events.count() == 6
    assert {event.pgh_context.metadata["user"] for event in events} == {by.pk}


def test_publish_all_takes_as_many_statements_for_many_as_for_few(said):
    few, many = said.drafts(21), said.drafts(90)[21:]
    others = [replace(draft, identifiers=[]) for draft in said.drafts(21)]
    list(curation.publish_all(others, by=None, note="Warm."))

    with CaptureQueriesContext(connection) as first:
        list(curation.publish_all(few, by=None, note="Published."))
    with CaptureQueriesContext(connection) as second:
        list(curation.publish_all(many, by=None, note="Published."))

    assert len(second) <= len(first)


def test_publish_all_refuses_what_is_not_ready(said):
    drafts = said.drafts()
    lacking = Draft(claims=[one for one in drafts[1].claims if one.aspect != "occurred"])

    with pytest.raises(NotReadyError):
        list(curation.publish_all([drafts[0], lacking, drafts[2]], by=None, note="Published."))

    assert not Incident.objects.exists()


def test_publish_all_keeps_the_batches_before_a_refusal(said, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    drafts = said.drafts()
    found = curation.publish_all([*drafts[:2], Draft(claims=[])], by=None, note="Published.")

    assert [next(found).number, next(found).number] == [1, 1]
    with pytest.raises(NotReadyError):
        next(found)
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"passage": None}, InvalidError),
        ({"values": {"count_low": 9, "count_high": 2, "group": "people"}}, InvalidError),
    ],
)
def test_publish_all_checks_every_claim(said, change, error):
    (draft,) = said.drafts(1)
    arguments = {"aspect": "killed", "values": {"count_low": 1, "group": "people"}, "passage": draft.claims[0].passage}

    with pytest.raises(error):
        list(curation.publish_all([Draft(claims=[*draft.claims, Said(**arguments | change)])], by=None, note="x"))


def test_publish_all_refuses_the_same_claim_twice(said):
    (draft,) = said.drafts(1)

    with pytest.raises(DuplicateClaimError):
        list(curation.publish_all([Draft(claims=[*draft.claims, draft.claims[0]])], by=None, note="Published."))


def offer(monkeypatch, model, name, codes):
    """Let new rows of a model be offered these codes, one after the other."""
    offered = iter(codes)
    monkeypatch.setattr(model._meta.get_field(name), "_get_default", lambda: next(offered))


def test_publish_all_finds_other_codes_for_those_that_are_taken(said, monkeypatch):
    taken = curation.create_incident(by=None, scope="attack").code
    offer(monkeypatch, Incident, "code", [taken, "bcd3h", "bcd3h", taken, "fgh9k", "jkm2n"])

    editions = list(curation.publish_all(said.drafts(), by=None, note="Published."))

    assert {edition.incident.code for edition in editions} == {"bcd3h", "fgh9k", "jkm2n"}


def test_publish_all_finds_other_codes_for_claims_too(said, monkeypatch):
    (edition,) = curation.publish_all(said.drafts(1), by=None, note="Published.")
    taken = edition.incident.claims.first().public_id
    offer(monkeypatch, Claim, "public_id", [taken, *(f"bcdfgh{number}" for number in range(9))])

    (edition,) = curation.publish_all(said.drafts(2)[1:], by=None, note="Published.")

    assert {claim.public_id for claim in edition.incident.claims.all()} == {f"bcdfgh{number}" for number in range(6)}


@pytest.mark.parametrize(("model", "name"), [(Incident, "code"), (Claim, "public_id")])
def test_publish_all_tries_again_when_a_code_is_taken_meanwhile(said, monkeypatch, model, name):
    (first,) = curation.publish_all(said.drafts(1), by=None, note="Published.")
    taken = getattr(first.incident if model is Incident else first.incident.claims.first(), name)
    offer(monkeypatch, model, name, [taken, *(f"bcdfgh{number}" for number in range(20))])
    seen = iter([lambda rows, name="public_id": None])  # as if another session took it after it was looked for
    check = bulk.give_unused_codes
    monkeypatch.setattr(
        bulk,
        "give_unused_codes",
        lambda rows, of="public_id": (next(seen, check) if isinstance(rows[0], model) else check)(rows, of),
    )

    (edition,) = curation.publish_all(said.drafts(2)[1:], by=None, note="Published.")

    assert edition.incident.claims.count() == 6


def test_database_still_checks_rows_that_are_copied(said, monkeypatch):
    monkeypatch.setattr(bulk, "put_values", lambda claim, values: None)

    with pytest.raises(IntegrityError, match="claim_has_its_aspects_values"):
        list(curation.publish_all(said.drafts(1), by=None, note="Published."))


def test_mark_all_gives_the_same_passage_for_the_same_span(said):
    first = passages.mark_all(said.spans(), by=None)
    second = passages.mark_all([*said.spans(), (said.text, 0, 3)], by=None)

    assert [one.pk for one in first] == [one.pk for one in second[:3]]
    assert [one.exact for one in first] == ROWS.split("\n")
    assert second[3].exact == ROWS[:3].strip()


def test_cited_words_are_in_the_index_at_once(said):
    search.index_articles([said.text.article_id])
    before = ArticleRow.objects.get(pk=said.text.article_id).cited_vector
    list(curation.publish_all(said.drafts(), by=None, note="Published."))

    after = ArticleRow.objects.get(pk=said.text.article_id).cited_vector
    assert "mortar" not in (before or "")
    assert "mortar" in after


@pytest.mark.parametrize(("count", "is_taken"), [(0, True), (10_000_000, True), (10_000_001, False), (-1, False)])
def test_counts_end_at_ten_millions(said, count, is_taken):
    incident = curation.create_incident(by=None, scope="attack")
    passage = passages.mark_all(said.spans()[:1], by=None)[0]
    said = {"incident": incident, "by": None, "aspect": "killed", "passage": passage, "group": "civilians"}
    if is_taken:
        assert curation.make_claim(**said, count_low=count, count_high=count).count_low == count
        return
    with pytest.raises(InvalidError, match="from 0 to 10,000,000"):
        curation.make_claim(**said, count_low=count, count_high=count)
