"""Two facilities, actors or speakers that are one: what names one names the other then, and it can be undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.locking import StaleRowError
from archive.models import Place, User
from incidents import curation, finding, name_merges, naming
from incidents.errors import CurationError, InvalidError, NameMergeError
from incidents.formats.vocabulary_rows import VOCABULARIES
from incidents.models import Claim, Edition, Facility, Incident, NameMerge, PublishedIncident
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory, SpeakerFactory
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db
WHY = "The mill has two names."
KINDS = ["facility", "actor", "speaker"]
TEXT = (
    "The old mill burned, the wardens said. Two millers died near it. Two weavers died in it. "
    "It was struck from a barge."
)


def two(kind: str):
    """Two of a kind, the second with other names of its own; facilities in one place and of one type."""
    if kind == "facility":
        place = Place.objects.filter(pcode="C1").first() or PlaceFactory()  # that of the draft
        shared = {"place": place, "facility_type": FacilityTypeFactory()}
        return (
            FacilityFactory(name_en="Weir mill", name_ar="طاحونة السد", aliases=["Old weir mill"], **shared),
            FacilityFactory(name_en="Mill of the weir", aliases=["River mill"], **shared),
        )
    make = ActorFactory if kind == "actor" else SpeakerFactory
    return make(name_en="Weir council", name_ar="مجلس السد", aliases=["WC"]), make(name_en="Council of the weir")


def another(kind: str, row):
    """One more that it may be merged into."""
    if kind == "facility":
        return FacilityFactory(place=row.place, facility_type=row.facility_type)
    return two(kind)[1]


def naming_claim(kind: str, row, incident: Incident, by: User | None = None, exact: str = "Two millers died") -> Claim:
    passage = PassageFactory(text_version__text=TEXT, exact=exact)
    if kind == "speaker":
        values = {"aspect": "killed", "count_low": 2, "count_high": 2, "group": "people", "speaker": row}
    else:
        values = {"aspect": kind, kind: row}
    return curation.make_claim(incident=incident, by=by, passage=passage, **values)


def merge(row, into, by: User | None, **more) -> NameMerge:
    done = name_merges.merge(row, into=into, by=by, reason=WHY, **more)
    row.refresh_from_db()
    into.refresh_from_db()
    return done


def undo(done: NameMerge, by: User | None):
    return name_merges.undo(done, by=by, reason="Two mills after all.")


@pytest.mark.parametrize("kind", KINDS)
def test_claims_of_drafts_name_the_survivor(kind: str, draft: Incident, reviewer: User) -> None:
    row, survivor = two(kind)
    claim = naming_claim(kind, row, draft)

    merge(row, survivor, reviewer)

    claim.refresh_from_db()
    assert getattr(claim, kind) == survivor
    assert claim.ended_at is None
    assert row.merged_into == survivor


@pytest.mark.parametrize("kind", KINDS)
def test_published_claims_are_replaced_and_editions_stay(
    kind: str, draft: Incident, editor: User, reviewer: User
) -> None:
    row, survivor = two(kind)
    claim = naming_claim(kind, row, draft, editor)
    edition = reviewed.publish(draft, note="First.")
    before = Edition.objects.get(pk=edition.pk).content

    merge(row, survivor, reviewer)

    old = Claim.every.get(pk=claim.pk)
    assert getattr(old, kind) == row
    assert old.superseded_by is not None
    assert getattr(old.superseded_by, kind) == survivor
    assert "was merged into" in old.end_reason
    assert Edition.objects.get(pk=edition.pk).content == before
    assert "of the weir" in str(reviewed.publish(draft, note="One name.").content)


@pytest.mark.parametrize("kind", KINDS)
def test_names_become_other_names(kind: str, reviewer: User) -> None:
    row, survivor = two(kind)
    names = {row.name_en, row.name_ar, *row.aliases}

    merge(row, survivor, reviewer)

    assert names <= set(survivor.aliases)
    assert len(survivor.aliases) == len(set(survivor.aliases))


def test_what_says_the_same_by_the_same_words_is_not_doubled(draft: Incident, reviewer: User) -> None:
    row, survivor = two("facility")
    lost = naming_claim("facility", row, draft)
    kept = curation.make_claim(incident=draft, by=None, passage=lost.passage, aspect="facility", facility=survivor)

    plan = name_merges.plan_merge(row, into=survivor)
    assert [(one.claim, one.double) for one in plan.doubles] == [(lost, kept)]
    done = merge(row, survivor, reviewer)

    assert list(draft.claims.filter(aspect="facility")) == [kept]
    undo(done, reviewer)
    assert {claim.facility for claim in draft.claims.filter(aspect="facility")} == {row, survivor}


def test_one_of_two_that_are_one_is_that_one(draft: Incident, reviewer: User) -> None:
    row, survivor = two("actor")
    third = ActorFactory(slug="zz-other")
    passage = PassageFactory(text_version__text=TEXT, exact="struck from a barge")
    both, three = (
        curation.make_claim(incident=draft, by=None, passage=passage, aspect="actor", one_of_actors=actors)
        for actors in ([row, survivor], [row, survivor, third])
    )

    done = merge(row, survivor, reviewer)
    both.refresh_from_db()
    three.refresh_from_db()
    assert (both.actor, both.one_of_actors) == (survivor, [])
    assert three.one_of_actors == sorted([survivor.slug, third.slug])

    undo(done, reviewer)
    assert Claim.objects.get(pk=both.pk).one_of_actors == sorted([row.slug, survivor.slug])
    assert Claim.objects.get(pk=three.pk).one_of_actors == sorted([row.slug, survivor.slug, third.slug])


def test_parts_and_speakers_of_an_actor_go_along(reviewer: User) -> None:
    row, survivor = two("actor")
    above = ActorFactory(name_en="Weir district")
    survivor.parent = above
    survivor.save()
    naming.place_in_tree(survivor)
    part, speaker = ActorFactory(parent=row), SpeakerFactory(actor=row)

    done = merge(row, survivor, reviewer)
    part.refresh_from_db()
    speaker.refresh_from_db()
    assert (part.parent, part.ancestors) == (survivor, [above.pk, survivor.pk])
    assert speaker.actor == survivor

    undo(done, reviewer)
    part.refresh_from_db()
    speaker.refresh_from_db()
    assert (part.parent, part.ancestors, speaker.actor) == (row, [row.pk], row)


def refused(row, into, reviewer: User, match: str, **more) -> None:
    state = list(Claim.every.values_list("pk", "lock_version"))
    with pytest.raises(CurationError, match=match):
        name_merges.merge(row, into=into, by=reviewer, reason=WHY, **more)
    assert list(Claim.every.values_list("pk", "lock_version")) == state
    assert not NameMerge.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_one_is_refused(kind: str, reviewer: User) -> None:
    row, survivor = two(kind)
    refused(row, row, reviewer, "itself")
    refused(row, SpeakerFactory() if kind != "speaker" else ActorFactory(), reviewer, "another kind")
    with pytest.raises(InvalidError, match="why"):
        name_merges.merge(row, into=survivor, by=reviewer, reason="  ")


def test_a_whole_is_not_merged_into_its_part(reviewer: User) -> None:
    row, _ = two("actor")
    part = ActorFactory(parent=row)
    refused(row, ActorFactory(parent=part), reviewer, "part of")


def test_kinds_that_differ_are_refused(reviewer: User) -> None:
    place = PlaceFactory()
    refused(FacilityFactory(place=place), FacilityFactory(place=place), reviewer, "two kinds")
    refused(ActorFactory(kind="state"), ActorFactory(kind="group"), reviewer, "two kinds")


def test_proposed_ones_are_decided_on_elsewhere(reviewer: User) -> None:
    row, survivor = two("actor")
    proposed = ActorFactory(standing="proposed")
    refused(proposed, survivor, reviewer, "proposed")
    refused(row, proposed, reviewer, "proposed")


def test_facilities_far_apart_need_a_reason(reviewer: User) -> None:
    kind = FacilityTypeFactory()
    row = FacilityFactory(place=PlaceFactory(lat=35.0, lon=36.0), facility_type=kind)
    far = FacilityFactory(place=PlaceFactory(lat=35.5, lon=36.0), facility_type=kind)
    near = FacilityFactory(place=PlaceFactory(lat=35.01, lon=36.0), facility_type=kind)
    unknown = FacilityFactory(place=PlaceFactory(lat=None, lon=None), facility_type=kind)

    assert not name_merges.plan_merge(row, into=near).is_far
    plan = name_merges.plan_merge(row, into=far)
    assert plan.is_far
    assert plan.distance == pytest.approx(55.6, abs=0.1)
    refused(row, far, reviewer, "far apart")
    refused(row, unknown, reviewer, "far apart")
    done = merge(row, far, reviewer, although="The report named the wrong town.")
    assert done.reason == f"{WHY} The report named the wrong town."


def test_only_who_may_merge_merges(editor: User, reviewer: User) -> None:
    row, survivor = two("facility")
    with pytest.raises(PermissionDenied):
        name_merges.merge(row, into=survivor, by=editor, reason=WHY)
    done = merge(row, survivor, reviewer)
    with pytest.raises(PermissionDenied):
        undo(done, editor)


def test_what_was_not_shown_is_not_merged(draft: Incident, reviewer: User) -> None:
    row, survivor = two("facility")
    shown = name_merges.plan_merge(row, into=survivor).digest
    naming_claim("facility", row, draft)
    refused(row, survivor, reviewer, "look again", seen_plan=shown)
    version = row.lock_version
    row.note = "Closed."
    row.save()
    with pytest.raises(StaleRowError):
        name_merges.merge(row, into=survivor, by=reviewer, reason=WHY, seen=version)


@pytest.mark.parametrize("kind", KINDS)
def test_chains_lead_to_the_last(kind: str, draft: Incident, reviewer: User) -> None:
    first, second = two(kind)
    third = (
        two(kind)[1] if kind != "facility" else FacilityFactory(place=first.place, facility_type=first.facility_type)
    )
    claim = naming_claim(kind, first, draft)

    one = merge(first, second, reviewer)
    merge(second, third, reviewer)

    claim.refresh_from_db()
    assert getattr(claim, kind) == third
    assert first.name_en in third.aliases
    with pytest.raises(NameMergeError, match="take that back first"):
        undo(one, reviewer)
    assert name_merges.plan_merge(another(kind, third), into=first).survivor == third


@pytest.mark.parametrize("kind", KINDS)
def test_database_merges_into_what_stands_only(kind: str, reviewer: User) -> None:
    first, second = two(kind)
    merge(first, second, reviewer)
    model = type(first)
    with pytest.raises(DatabaseError, match="merged itself"), transaction.atomic():
        model._base_manager.filter(pk=second.pk).update(merged_into=first, **closed(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_database_lets_claims_follow_names(kind: str, draft: Incident, reviewer: User) -> None:
    first, second = two(kind)
    third = another(kind, second)
    claim = naming_claim(kind, third, draft)
    merge(first, second, reviewer)
    merge(second, third, reviewer)
    for row in (first, second):
        Claim.objects.filter(pk=claim.pk).update(**{kind: row})
        assert getattr(Claim.objects.get(pk=claim.pk), kind) == third


def closed(kind: str) -> dict:
    return {} if kind == "facility" else {"standing": "merged", "decided_at": "2020-01-01T00:00:00Z"}


@pytest.mark.parametrize("kind", ["facility", "actor"])
def test_public_addresses_and_lists_of_the_merged_one_lead_on(
    kind: str, draft: Incident, client: Client, reviewer: User
) -> None:
    first, second = two(kind)
    naming_claim(kind, first, draft)
    reviewed.publish(draft, note="First.")
    third = another(kind, first)
    address = first.get_absolute_url()
    assert client.get(address).status_code == 200

    merge(first, second, reviewer)
    merge(second, third, reviewer)

    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, third.get_absolute_url())
    assert client.get(f"/ar{address}").headers["Location"] == f"/ar{third.get_absolute_url()}"
    page = client.get(third.get_absolute_url()).content.decode()
    assert draft.code in page
    for row in (first, third):
        key = row.public_id if kind == "facility" else row.slug
        for path in ("/incidents/", "/incidents.csv", "/incidents.geojson", "/incidents.atom"):
            listed = client.get(path, {kind: key})
            assert listed.status_code == 200, (path, key)
            body = b"".join(listed.streaming_content) if listed.streaming else listed.content
            assert draft.code in body.decode(), (path, key)
        assert client.get("/api/incidents/", {kind: key}).json()["count"] == 1
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_address_that_only_an_earlier_edition_names_leads_to_a_page(
    draft: Incident, editor: User, client: Client, reviewer: User
) -> None:
    row, survivor = two("facility")
    claim = naming_claim("facility", row, draft, editor)
    reviewed.publish(draft, note="First.")
    claim.refresh_from_db()
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    reviewed.publish(draft, note="Not the mill.")
    last = another("facility", survivor)
    merge(row, survivor, reviewer)
    merge(survivor, last, reviewer)

    answer = client.get(row.get_absolute_url(), follow=True)

    assert answer.redirect_chain == [(last.get_absolute_url(), 301)]
    assert answer.status_code == 200


def test_address_of_what_readers_never_knew_stays_unknown(draft: Incident, client: Client, reviewer: User) -> None:
    row, survivor = two("facility")
    naming_claim("facility", survivor, draft)
    naming_claim("facility", row, publishable(reviewer))
    reviewed.publish(draft, note="First.")
    merge(row, survivor, reviewer)
    assert client.get(row.get_absolute_url()).status_code == 404
    proposed = ActorFactory(standing="merged", merged_into=ActorFactory(), decided_at="2020-01-01T00:00:00Z")
    assert client.get(proposed.get_absolute_url()).status_code == 404
    assert client.get("/incidents/", {"actor": proposed.slug}).context is not None
    assert client.get("/incidents.csv", {"actor": proposed.slug}).status_code == 400


def test_page_asks_as_often_whatever_was_merged_into_a_facility(
    draft: Incident, editor: User, client: Client, reviewer: User, django_assert_num_queries
) -> None:
    survivor = two("facility")[1]
    lost = [another("facility", survivor) for _ in range(4)]
    claim = naming_claim("facility", lost[-1], draft, editor)
    reviewed.publish(draft, note="First.")
    claim.refresh_from_db()
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    reviewed.publish(draft, note="Not the mill.")
    merge(lost[-1], survivor, reviewer)
    client.get(survivor.get_absolute_url())  # what is kept in memory is read once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(survivor.get_absolute_url()).status_code == 200

    for one in lost[:-1]:
        merge(one, survivor, reviewer)

    with django_assert_num_queries(len(asked)):
        assert client.get(survivor.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["facility", "actor"])
def test_rows_of_lists_are_what_the_database_works_out(kind: str, draft: Incident, reviewer: User) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft)
    reviewed.publish(draft, note="First.")
    merge(row, survivor, reviewer)
    curation.refresh_rows([draft.pk])
    listed = PublishedIncident.objects.get()
    assert (listed.facility_ids if kind == "facility" else listed.actor_ids) == [survivor.pk]
    assert list(curation.rows_that_differ([draft.pk])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_merging_is_nobodys_work_on_an_edition(kind: str, draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft, editor)
    other = naming_claim(kind, row, draft, editor, exact="Two weavers died")
    reviewed.publish(draft, note="First.")

    merge(row, survivor, reviewer)

    assert reviewer.pk not in curation.work_on(draft)
    assert editor.pk in curation.work_on(draft)
    now = Claim.every.get(pk=other.pk).superseded_by
    assert now is not None
    curation.rank_claim(now, by=reviewer, seen=now.lock_version, rank="preferred")
    assert reviewer.pk in curation.work_on(draft), "weighing a claim is work"


def test_restored_claims_name_the_survivor(draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two("facility")
    never, once = (naming_claim("facility", row, draft, editor, exact=exact) for exact in ("old mill", "near it"))
    curation.remove_claims([(never, never.lock_version)], by=editor)
    reviewed.publish(draft, note="First.")
    once.refresh_from_db()
    curation.remove_claims([(once, once.lock_version)], by=editor)
    merge(row, survivor, reviewer)

    for claim in (never, once):
        ended = Claim.every.get(pk=claim.pk)
        restored = curation.restore_claim(ended, by=editor, seen=ended.lock_version)
        assert restored.facility == survivor
        assert restored.ended_at is None
    assert Claim.every.get(pk=once.pk).facility == row, "an edition has it"


def test_incidents_that_are_restored_name_the_survivor(draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two("facility")
    naming_claim("facility", row, draft, editor)
    other = publishable(editor)
    curation.merge(draft, into=other, by=reviewer, reason="The same attack.")
    merge(row, survivor, reviewer)

    curation.restore(Incident.objects.get(pk=draft.pk), by=reviewer, reason="Two after all.")

    assert draft.claims.get(aspect="facility").facility == survivor
    assert not other.claims.filter(aspect="facility").exists()


def test_merged_ones_are_offered_nowhere(draft: Incident, editor: User, editor_client: Client, reviewer: User) -> None:
    for kind in KINDS:
        row, survivor = two(kind)
        merge(row, survivor, reviewer)
        found = editor_client.get(reverse("desk:find", args=[kind]), {"q": row.name_en}).json()
        offered = str(found)
        key = "public_id" if kind == "facility" else "slug"
        assert getattr(survivor, key) in offered, (kind, offered)
        assert getattr(row, key) not in offered.replace(getattr(survivor, key), ""), kind
        assert getattr(naming_claim(kind, row, draft, editor), kind) == survivor
        if kind != "speaker":  # by what it was known by
            assert draft in finding.incidents(getattr(row, key))
    facility = Facility.objects.exclude(merged_into=None).get()
    same = naming.create_facility(
        by=editor, name_en=facility.name_en, facility_type=facility.facility_type, place=facility.place
    )
    assert same == facility.merged_into


def test_history_says_why(reviewer: User, administrator_client: Client) -> None:
    for kind in KINDS:
        row, survivor = two(kind)
        done = merge(row, survivor, reviewer)
        undo(done, reviewer)
        for one in (row, survivor):
            address = reverse(f"admin:incidents_{kind}_history", args=[one.pk])
            html = administrator_client.get(address).content.decode()
            assert WHY in html
            assert "Two mills after all." in html


@pytest.mark.parametrize("kind", ["facility", "actor"])
def test_downloads_know_what_editions_name(kind: str, draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft, editor)
    unknown = another(kind, row)
    naming_claim(kind, unknown, publishable(editor), editor)
    reviewed.publish(draft, note="First.")
    merge(row, survivor, reviewer)
    if kind == "facility":
        merge(unknown, survivor, reviewer)

    path, key = ("facilities", "id") if kind == "facility" else ("actors", "slug")
    [vocabulary] = [one for one in VOCABULARIES if one.path == path]
    records = {one[key]: one["merged_into"] for one in vocabulary.records(vocabulary.ordered())}
    named = Edition.objects.get(incident=draft).content[path]
    assert {one[key] for one in named} <= set(records)
    mine, other = (getattr(one, "public_id" if kind == "facility" else "slug") for one in (row, survivor))
    assert (records[mine], records[other]) == (other, None)
    if kind == "facility":
        assert unknown.public_id not in records
