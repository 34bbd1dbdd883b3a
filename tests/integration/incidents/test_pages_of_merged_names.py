"""The pages on which names are merged, and merges of names taken back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import User
from incidents import curation, name_merges
from incidents.desk import long_lists
from incidents.models import Claim, Incident, NameMerge
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
)
from tests.factories.publishable import publishable
from tests.integration.incidents.test_merging_names import KINDS, TEXT, WHY, merge, naming_claim, two

pytestmark = pytest.mark.django_db


def page_of(kind: str, row, **query) -> str:
    return reverse("desk:merge_names", args=[kind, row.pk], query=query)


@pytest.mark.parametrize("kind", KINDS)
def test_page_shows_first_and_merges_what_it_showed(
    kind: str, draft: Incident, editor: User, reviewer_client: Client
) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft, editor)
    key = survivor.public_id if kind == "facility" else survivor.slug
    first = reviewer_client.get(page_of(kind, row))
    assert [one.pk for one in first.context["like"]] == [survivor.pk], "of a like name"

    chosen = reviewer_client.get(page_of(kind, row, into=key))
    assert row.name_ar in chosen.content.decode()
    assert draft.code in chosen.content.decode()
    form = chosen.context["form"]
    sent = {"survivor": key, "reason": WHY, "lock_version": row.lock_version}
    blind = reviewer_client.post(page_of(kind, row), sent)
    assert blind.status_code == 409
    assert "Nothing is done yet" in blind.content.decode()
    assert not NameMerge.objects.exists()

    done = reviewer_client.post(page_of(kind, row), {**sent, "shown": form.initial["shown"]})
    assert (done.status_code, done.headers["Location"]) == (
        302,
        reverse(f"admin:incidents_{kind}_change", args=[survivor.pk]),
    )
    html = reviewer_client.get(done.headers["Location"]).content.decode()
    done_merge = NameMerge.objects.get()
    back = reverse("desk:part_names", args=[done_merge.pk])
    assert back in html
    assert back in reviewer_client.get(reverse(f"admin:incidents_{kind}_change", args=[row.pk])).content.decode()

    row.refresh_from_db()
    sent = {"reason": "Two after all.", "lock_version": row.lock_version}
    assert "look again" in reviewer_client.post(back, sent).text, "nothing of it was shown"
    sent["shown"] = reviewer_client.get(back).context["form"].initial["shown"]
    assert reviewer_client.post(back, sent).status_code == 302
    row.refresh_from_db()
    assert row.merged_into is None
    again = reviewer_client.post(back, {**sent, "lock_version": row.lock_version})
    assert again.status_code == 409


def test_page_asks_why_facilities_far_apart_are_one(reviewer_client: Client) -> None:
    kind = FacilityTypeFactory()
    row, far = (FacilityFactory(place=PlaceFactory(lat=lat, lon=36.0), facility_type=kind) for lat in (35.0, 35.5))
    shown = reviewer_client.get(page_of("facility", row, into=far.public_id)).context["form"].initial["shown"]
    sent = {"survivor": far.public_id, "reason": WHY, "lock_version": row.lock_version, "shown": shown}
    refused_page = reviewer_client.post(page_of("facility", row), sent)
    assert "although" in refused_page.context["form"].errors
    assert "56 km" in refused_page.content.decode()
    assert reviewer_client.post(page_of("facility", row), {**sent, "although": "A wrong town."}).status_code == 302


def test_page_says_why_two_cannot_be_one(reviewer_client: Client) -> None:
    place = PlaceFactory()
    row, other = FacilityFactory(place=place), FacilityFactory(place=place)
    for survivor, told in ((other, "two kinds"), (row, "itself")):
        sent = {"survivor": survivor.public_id, "reason": WHY, "lock_version": row.lock_version}
        answer = reviewer_client.post(page_of("facility", row), sent)
        assert answer.status_code == 409
        assert told in answer.content.decode()


def test_page_that_was_overtaken_is_refused(reviewer: User, reviewer_client: Client) -> None:
    row, survivor = two("facility")
    shown = name_merges.plan_merge(row, into=survivor).digest
    sent = {"survivor": survivor.public_id, "reason": WHY, "lock_version": row.lock_version, "shown": shown}
    row.note = "Closed in spring."
    row.save()
    answer = reviewer_client.post(page_of("facility", row), sent)
    assert answer.status_code == 409
    assert answer.context["form"].conflict
    assert not NameMerge.objects.exists()
    row.refresh_from_db()
    merge(row, survivor, reviewer)
    answer = reviewer_client.post(page_of("facility", row), {**sent, "lock_version": row.lock_version})
    assert "already" in answer.content.decode()


def part_page(merge: NameMerge, **query: int) -> str:
    return reverse("desk:part_names", args=[merge.pk], query=query)


def test_page_asks_which_claims_made_since_are_given_back(
    draft: Incident, editor: User, reviewer: User, reviewer_client: Client
) -> None:
    row, survivor = two("actor")
    done = merge(row, survivor, reviewer)
    given, left = (naming_claim("actor", survivor, draft, editor, exact=exact) for exact in ("near it", "in it"))

    page = reviewer_client.get(part_page(done))

    assert '<q dir="auto">near it</q>' in page.text
    assert "checked" not in page.text
    sent = {"reason": "Two.", "lock_version": row.lock_version, "shown": page.context["form"].initial["shown"]}
    nameless = reviewer_client.post(part_page(done), {**sent, "reason": "", "give_back": [given.pk]})
    assert nameless.text.count("checked") == 1, "what was ticked stays"
    answer = reviewer_client.post(part_page(done), {**sent, "give_back": [given.pk]})
    assert answer.status_code == 302
    assert {one: Claim.objects.get(pk=one.pk).actor for one in (given, left)} == {given: row, left: survivor}


def test_page_of_undoing_that_was_overtaken_is_shown_again(
    draft: Incident, editor: User, reviewer: User, reviewer_client: Client
) -> None:
    row, survivor = two("actor")
    done = merge(row, survivor, reviewer)
    shown = reviewer_client.get(part_page(done)).context["form"].initial["shown"]
    claim = naming_claim("actor", survivor, draft, editor)
    sent = {"reason": "Two.", "lock_version": row.lock_version, "shown": shown, "give_back": [claim.pk]}

    answer = reviewer_client.post(part_page(done), sent)

    assert answer.status_code == 409
    assert "look again" in answer.text
    assert "Two millers died" in answer.text
    row.refresh_from_db()
    assert row.merged_into == survivor
    again = {**sent, "shown": answer.context["form"]["shown"].value()}
    assert reviewer_client.post(part_page(done), again).status_code == 302
    claim.refresh_from_db()
    assert claim.actor == row


WORDS = (
    "old mill",
    "the wardens said",
    "Two millers died",
    "near it",
    "Two weavers died",
    "in it",
    "struck from a barge",
)


@pytest.mark.parametrize("is_published", [False, True])
def test_pages_ask_the_database_as_often_for_many_claims_as_for_few(
    draft: Incident, editor: User, reviewer: User, reviewer_client: Client, is_published: bool
) -> None:
    def queries(number: int) -> list[int]:
        (row, survivor), incident = two("actor"), publishable(editor)
        others = [ActorFactory() for _ in range(number)]
        for actor, exact, other in zip([row, survivor] * number, WORDS[:number], others, strict=False):
            naming_claim("actor", actor, incident, editor, exact=exact)
            passage = PassageFactory(text_version__text=TEXT, exact=exact)
            told = {"aspect": "actor", "one_of_actors": [actor, other]}
            curation.make_claim(incident=incident, by=editor, passage=passage, **told)
            same = IncidentFactory()
            for each in (row, survivor):
                curation.make_claim(incident=same, by=None, passage=passage, aspect="actor", actor=each)
        if is_published:
            reviewed.publish(incident, note="First.")
        found = []
        with CaptureQueriesContext(connection) as asked:
            assert reviewer_client.get(page_of("actor", row, into=survivor.slug)).context["plan"].claims
        found.append(len(asked))
        done = merge(row, survivor, reviewer)
        for exact, other in zip(WORDS[:number], others, strict=True):
            naming_claim("actor", survivor, IncidentFactory(), editor, exact=exact)
            passage = PassageFactory(text_version__text=TEXT, exact=exact)
            told = {"aspect": "actor", "one_of_actors": [survivor, other]}
            curation.make_claim(incident=IncidentFactory(), by=editor, passage=passage, **told)
        with CaptureQueriesContext(connection) as asked:
            plan = reviewer_client.get(part_page(done)).context["plan"]
        assert plan.claims
        assert len(plan.since) == 2 * number
        return [*found, len(asked)]

    assert queries(2) == queries(7)


def test_long_lists_come_in_parts(
    draft: Incident, editor: User, reviewer: User, reviewer_client: Client, monkeypatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST", 3)
    row, survivor = two("actor")
    claims = [naming_claim("actor", row, draft, editor, exact=exact) for exact in WORDS]

    first = reviewer_client.get(page_of("actor", row, into=survivor.slug))
    assert "1–3 of 7" in first.text
    assert "7 claims that no edition has name the other." in first.text
    assert f"#claim-{claims[2].public_id}" in first.text
    assert f"#claim-{claims[3].public_id}" not in first.text
    part = first.context["parts"]["changed"]
    last = reviewer_client.get(reverse("desk:merge_names", args=["actor", row.pk]) + part.after.replace("=2", "=3"))
    assert "7–7 of 7" in last.text
    assert last.context["form"].initial["shown"] == first.context["form"].initial["shown"]

    done = merge(row, survivor, reviewer)
    since = [naming_claim("actor", survivor, IncidentFactory(), editor, exact=exact) for exact in WORDS]
    page = reviewer_client.get(part_page(done, since=2))
    assert [one.claim for one in page.context["since"].rows] == since[3:6]
    sent = {"reason": "Two.", "lock_version": row.lock_version, "shown": page.context["form"].initial["shown"]}
    answer = reviewer_client.post(part_page(done, since=2), {**sent, "give_back": [since[4].pk], "rest": "on"})
    assert answer.status_code == 302
    now = [Claim.objects.get(pk=one.pk).actor for one in since]
    assert now == [row, row, row, survivor, row, survivor, row]
