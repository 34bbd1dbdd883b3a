"""“Syrian or Russian forces”: from the claim to the database, the record, the lists and the files."""

import json
import random
import re
from collections.abc import Sequence

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test import Client

from incidents import curation, previews
from incidents.curation_files import loader
from incidents.errors import DuplicateClaimError, InvalidError
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import Actor, Claim, Edition, Incident, PublishedIncident
from incidents.record.differences import differences
from incidents.record.writing import digest
from tests.factories import reviewed
from tests.factories.archive import PassageFactory
from tests.factories.incidents import ActorFactory
from tests.factories.listed import published
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors() -> list[Actor]:
    """Two states, the air force of the second, and a group."""
    first = ActorFactory(slug="first", name_en="First State", name_ar="الدولة الأولى")
    second = ActorFactory(slug="second", name_en="Second State", name_ar="الدولة الثانية")
    wing = ActorFactory(slug="second-wing", name_en="Second Wing", name_ar="", parent=second)
    return [first, second, wing, ActorFactory(slug="group", name_en="A Group", name_ar="جماعة")]


@pytest.fixture
def attributed(editor, actors) -> Incident:
    """A published incident by the first or the second state, as a report says."""
    incident = publishable(editor)
    claim_one_of(incident, editor, actors[:2])
    reviewed.publish(incident, note="First edition.")
    return incident


def claim_one_of(incident: Incident, editor, actors: Sequence[Actor], **values) -> Claim:
    passage = values.pop("passage", None) or PassageFactory()
    return curation.make_claim(
        incident=incident, by=editor, aspect="actor", passage=passage, one_of_actors=list(actors), **values
    )


def listing_of(query: str) -> IncidentListing:
    return IncidentListing(read_incidents(QueryDict(query)))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"one_of_actors": ["first"]}, "one_of_actors"),
        ({"one_of_actors": ["first", "first"]}, "one_of_actors"),
        ({"one_of_actors": ["first", "nobody-known-here"]}, "one_of_actors"),
        ({"one_of_actors": "first"}, "one_of_actors"),
        ({"one_of_actors": []}, "actor"),
        ({"one_of_actors": ["first", "second"], "stance": "denies"}, "stance"),
        ({"one_of_actors": ["first", "second"], "actor": True}, "one_of_actors"),
    ],
)
def test_service_names_what_is_wrong(editor, draft, actors, said, field) -> None:
    if said.get("actor"):
        said = {**said, "actor": actors[0]}

    with pytest.raises(InvalidError) as refusal:
        curation.make_claim(incident=draft, by=editor, aspect="actor", passage=PassageFactory(), **said)

    assert set(refusal.value.errors) == {field}
    assert not draft.claims.filter(aspect="actor").exists()


def test_service_keeps_the_order_and_refuses_the_same_twice(editor, draft, actors) -> None:
    passage = PassageFactory()
    claim = claim_one_of(draft, editor, [actors[1], actors[0]], passage=passage)

    assert claim.one_of_actors == ["first", "second"]
    assert str(claim) == "Who did it: First State or Second State"
    with pytest.raises(DuplicateClaimError):
        claim_one_of(draft, editor, actors[:2], passage=passage)


@pytest.mark.parametrize(
    "change",
    [
        "one_of_actors = ARRAY['first']",
        "one_of_actors = ARRAY['first', 'first']",
        "one_of_actors = ARRAY['first', 'nobody']",
        "one_of_actors = ARRAY[]::varchar[]",
        "stance = 'denies'",
        "aspect = 'weapon'",
        "actor_id = (SELECT id FROM incidents_actor WHERE slug = 'first')",
        "one_of_actors = NULL",
    ],
)
def test_database_refuses(editor, draft, actors, change) -> None:
    claim = claim_one_of(draft, editor, actors[:2])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE incidents_claim SET {change} WHERE id = {claim.pk}")


def test_preview_ascribes_nothing_alone_to_one_of_several_whose_part_is_denied(editor, draft, actors) -> None:
    claim_one_of(draft, editor, actors[:2])
    denial = {"aspect": "actor", "actor": actors[1], "stance": "denies", "passage": PassageFactory()}
    curation.make_claim(incident=draft, by=editor, **denial)

    (shown,) = (fact.values for fact in previews.preview(draft).facts if fact.name == "Attributed to")

    assert [value.en for value in shown] == ["Second State (only as one of several)", "First State or Second State"]
    assert "فقط" in shown[0].ar


def test_preview_of_a_first_edition_names_them_among_what_is_new(editor, draft, actors) -> None:
    claim_one_of(draft, editor, actors[:2])

    (found,) = (found for name, found in previews.preview(draft).differences if name == "Attributed to")

    assert [shown.en for shown in found.added] == ["First State or Second State"]


def test_database_keeps_actors_that_are_named_as_one_of_several(editor, draft, actors) -> None:
    claim = claim_one_of(draft, editor, [actors[0], actors[3]])
    curation.remove_claims([(claim, claim.lock_version)], by=editor)

    with pytest.raises(DatabaseError), transaction.atomic():
        actors[3].delete()
    actors[2].delete()


def test_history_tells_what_changed(editor, draft, actors) -> None:
    claim = claim_one_of(draft, editor, actors[:2])

    claim = curation.change_claim(
        claim, by=editor, seen=claim.lock_version, one_of_actors=["first", "second", "group"], actor=None
    )
    claim.refresh_from_db()
    alone = curation.change_claim(claim, by=editor, seen=claim.lock_version, one_of_actors=[], actor=actors[0])

    assert (alone.actor, alone.one_of_actors) == (actors[0], [])
    told = list(
        Claim.pgh_event_model.objects.filter(pgh_obj=claim).order_by("pgh_id").values_list("one_of_actors", flat=True)
    )
    assert told == [["first", "second"], ["first", "group", "second"], []]


def test_published_claim_is_replaced_never_rewritten(editor, attributed, actors) -> None:
    claim = attributed.claims.get(aspect="actor")

    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(one_of_actors=["first", "group"])
    successor = curation.change_claim(
        claim, by=editor, seen=claim.lock_version, reason="The report says so.", one_of_actors=["first", "group"]
    )

    assert successor.pk != claim.pk
    reviewed.publish(attributed, note="Second edition.")
    old, new = (edition.content for edition in attributed.editions.order_by("number"))
    assert differences(old, new)


def test_edition_and_row(attributed, actors) -> None:
    content = attributed.editions.get().content

    (one,) = content["actors_one_of"]
    assert [actor["slug"] for actor in one["actors"]] == ["first", "second"]
    assert content["actors"] == []
    (claim,) = [claim for claim in content["claims"] if claim["aspect"] == "actor"]
    assert [actor["slug"] for actor in claim["value"]["one_of"]] == ["first", "second"]
    row = PublishedIncident.objects.get(pk=attributed.pk)
    assert (row.actor_ids, row.actor_possible_ids) == ([], [actors[0].pk, actors[1].pk])
    assert row.most_alternatives == 2


def test_what_lies_above_all_of_them_is_certain(editor, actors) -> None:
    incident = publishable(editor)
    claim_one_of(incident, editor, [actors[2], ActorFactory(slug="second-army", parent=actors[1])])
    reviewed.publish(incident, note="First edition.")

    row = PublishedIncident.objects.get(pk=incident.pk)
    assert row.actor_ids == [actors[1].pk]
    assert listing_of("actor=second&match=certain").count.number == 1
    assert listing_of("actor=second-wing&match=certain").count.number == 0
    assert listing_of("actor=second-wing").count.number == 1


def test_editions_without_such_claims_have_no_such_key(editor) -> None:
    incident = publishable(editor)
    curation.make_claim(
        incident=incident, by=editor, aspect="actor", actor=ActorFactory(), judgement="The council told us so."
    )
    reviewed.publish(incident, note="First edition.")

    edition = Edition.objects.get(incident=incident)
    assert "one_of" not in json.dumps(edition.content)
    assert digest(edition.content) == edition.sha256


def test_denied_alternative_is_asserted_by_somebody(editor, attributed, actors) -> None:
    curation.make_claim(
        incident=attributed, by=editor, aspect="actor", actor=actors[1], stance="denies", passage=PassageFactory()
    )

    preview = previews.preview(attributed)

    assert "actor_by_nobody" not in {warning.rule for warning in preview.warnings}
    (one,) = preview.content["actors_one_of"]
    assert [actor["disputed"] for actor in one["actors"]] == [False, True]


@pytest.mark.parametrize(
    ("prefix", "either"),
    [
        ("", "First State</bdi></a> or <a"),
        ("/ar", "الدولة الأولى</bdi></a> أو <a"),
    ],
)
def test_page_of_the_incident_names_both(client: Client, attributed, prefix, either) -> None:
    page = client.get(f"{prefix}/incidents/{attributed.code}/").content.decode()

    assert either in page
    for slug in ("first", "second"):
        assert f"{prefix}/actors/{slug}/" in page


def test_list_counts_them_apart(client: Client, attributed, actors) -> None:
    for _ in range(2):
        published(one_of=[actors[:2]])
    published(actors=[actors[0]])

    assert listing_of("actor=first").count.number == 4
    assert "3 of them name it as one of two" in client.get("/incidents/?actor=first").content.decode()
    assert "name it as" not in client.get("/incidents/?actor=first&match=certain").content.decode()
    assert listing_of("actor=first&match=certain").count.number == 1
    assert listing_of("match=certain").count.number == 4  # asks for nothing that could be uncertain
    assert listing_of("actor=second&stance=disputed").count.number == 0
    page = client.get("/ar/incidents/?actor=first").content.decode()
    assert "3 منها تذكره بوصفه أحد فاعلين اثنين" in page


def test_list_says_several_where_more_are_named_together(actors) -> None:
    published(one_of=[[actors[0], actors[1], actors[3]]])

    assert listing_of("actor=first").among_several == "1 of them names it as one of several"
    assert listing_of("actor=first&actor=group").among_several == "1 of them says only that it was one of several"
    assert listing_of("").among_several == ""


def test_facet_tells_certain_from_possible(attributed, actors) -> None:
    published(actors=[actors[0]])

    (facet,) = [facet for facet in listing_of("").facets if facet.name == "actor"]

    assert {value.label: (value.count, value.possible, value.tally) for value in facet.values} == {
        "First State": (1, 1, "1 + 1 possible"),
        "Second State": (0, 1, "0 + 1 possible"),
    }
    (certain,) = [facet for facet in listing_of("match=certain").facets if facet.name == "actor"]
    assert [(value.label, value.tally) for value in certain.values] == [("First State", "1")]


@pytest.mark.parametrize("asked", ["", "from=2019&to=2019", "from=2019-11-25&to=2019-11-25", "to=2018", "from=2020"])
@pytest.mark.parametrize("also", ["", "&stance=disputed"])
def test_facet_of_actors_is_as_certain_as_the_lists_that_it_leads_to(actors, asked: str, also: str) -> None:
    for on in ("2019-11-25", "2019-11-25~", "2019-11", "2018?", "2017/2020"):
        published(on=on, actors=[actors[0]])
        published(on=on, one_of=[actors[:2]])
        published(on=on, actors=[actors[1]], disputed=[actors[1]])

    (facet,) = [facet for facet in listing_of(f"{asked}{also}").facets if facet.name == "actor"]

    assert facet.values
    for value in facet.values:
        assert value.count + value.possible == listing_of(value.alone).count.number
        assert value.count == listing_of(f"{value.alone}&match=certain").count.number


def test_actor_pages_count_as_their_lists(client: Client, attributed) -> None:
    page = client.get("/actors/").content.decode()

    links = re.findall(r'href="/incidents/\?actor=([^"]*)"', page)
    assert sorted(links) == ["first", "first&amp;match=certain", "second", "second&amp;match=certain"]
    shown = client.get("/actors/second/").content.decode()
    assert attributed.code in shown


def test_files_have_both(client: Client, attributed) -> None:
    lines = b"".join(client.get("/incidents.jsonl?actor=first").streaming_content).decode().splitlines()
    (row,) = map(json.loads, lines)
    header, line = b"".join(client.get("/incidents.csv").streaming_content).decode().lstrip("\ufeff").splitlines()
    record = client.get(f"/incidents/{attributed.code}.json").json()

    assert (row["actors"], row["actors_possible"]) == ([], ["first", "second"])
    assert row["actors_one_of_ar"] == ["الدولة الأولى أو الدولة الثانية"]
    columns = header.split(",")
    assert columns.index("actors_possible") == columns.index("place_label_ar") + 1
    assert "first; second" in line
    assert record["actors_one_of"][0]["actors"][1]["slug"] == "second"
    edition = attributed.editions.get()
    assert digest(edition.content) == record["sha256"] == edition.sha256


def test_curation_file_names_several_with_a_bar(editor, actors) -> None:
    said = {"judgement": "The council told us so.", "aspect": "actor"}
    document = {
        "format": 1,
        "incidents": {"mill": {"scope": "attack", "claims": [{**said, "actor": "second | first"}]}},
    }

    loader.load(document, name="mill", by=editor)

    assert Claim.objects.get().one_of_actors == ["first", "second"]
    wrong = {"format": 1, "incidents": {"inn": {"scope": "attack", "claims": [{**said, "actor": "first | nobody"}]}}}
    with pytest.raises(loader.FileRefusedError) as refusal:
        loader.load(wrong, name="inn", by=editor)
    assert str(refusal.value) == "incidents.inn.claims[0].actor: There is no actor “nobody”."


@pytest.mark.parametrize("seed", range(2))
def test_sql_and_memory_find_what_a_plain_reading_finds(actors, seed) -> None:
    rng = random.Random(seed)
    above = {
        actor.slug: {actor.slug, *(parent.slug for parent in actors if parent.pk in actor.ancestors)}
        for actor in actors
    }
    said = {}
    for _ in range(25):
        alone = rng.sample(actors, rng.choice([0, 0, 1, 2]))
        several = [rng.sample(actors, rng.choice([2, 3])) for _ in range(rng.choice([0, 1, 1, 2]))]
        certain = set().union(*(above[actor.slug] for actor in alone))
        certain = certain.union(*(set.intersection(*(above[actor.slug] for actor in one)) for one in several))
        possible = set().union(*(above[actor.slug] for one in several for actor in one)) - certain
        row = published(actors=alone, one_of=several, on=rng.choice(["2019-11-27", "2019-11~", "2018"]))
        said[row.pk] = (certain, possible, row.certain is not None, row.lower.year)

    for slugs in (["first"], ["second"], ["second-wing"], ["group", "first"]):
        for days in ("", "&from=2019&to=2019"):
            for match in ("", "&match=certain"):
                query = "&".join(f"actor={slug}" for slug in slugs) + days + match
                filters = read_incidents(QueryDict(query))
                expected = {
                    pk
                    for pk, (certain, possible, is_certain, year) in said.items()
                    if set(slugs) & (certain if match else certain | possible)
                    and (not days or (year == 2019 and (is_certain or not match)))
                }
                assert set(filters.qs.values_list("pk", flat=True)) == expected, query
                assert listing_of(query).count.number == len(expected), query
