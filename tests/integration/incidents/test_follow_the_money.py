"""Incidents as entities of FollowTheMoney: what the model allows, and nothing that readers may not see.

The library itself needs ICU to be built from source, which a test run should not: `MODEL` repeats what its model (4.11)
says of the schemata that we use, and where the library is installed (`pip install followthemoney`), it judges too.
"""

import copy
import json
import re
from importlib.util import find_spec

import pytest

from incidents import curation
from tests.factories.full_incident import FullIncident
from tests.factories.small_archive import Corpus, random_filters
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
THING = {
    "name": "text", "summary": "text", "notes": "text", "keywords": "text", "country": "country", "publisher": "text",
    "publisherUrl": "url", "sourceUrl": "url", "modifiedAt": "date", "proof": "Article", "addressEntity": "Address",
}  # fmt: skip
LEGAL = {**THING, "parent": "Organization", "classification": "text"}
MODEL = {
    "Event": {
        **THING, "date": "date", "startDate": "date", "endDate": "date", "location": "text", "involved": "Organization",
        "recordId": "text",
    },
    "Organization": LEGAL,
    "PublicBody": LEGAL,
    "Address": {
        **THING, "full": "text", "city": "text", "region": "text", "state": "text", "latitude": "number",
        "longitude": "number", "remarks": "text",
    },
    "Article": {**THING, "title": "text", "publishedAt": "date", "language": "language"},
    "Documentation": {"document": "Article", "entity": "Event", "role": "text", "sourceUrl": "url"},
    "UnknownLink": {"subject": "Organization", "object": "Event", "role": "text", "sourceUrl": "url"},
}  # fmt: skip
REQUIRED = {
    "Event": ["name"], "Organization": ["name"], "PublicBody": ["name"], "Documentation": ["document", "entity"],
    "UnknownLink": ["subject", "object"],
}  # fmt: skip
SHAPES = {
    "text": r"(?s).+",
    "date": r"\d{4}(-\d\d(-\d\d)?)?",
    "country": r"[a-z]{2}",
    "language": r"[a-z]{3}",
    "number": r"-?\d+(\.\d+)?",
    "url": r"https?://\S+",
}
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")


@pytest.fixture(scope="module")
def kept_corpus(make_once: MakeOnce) -> Corpus:
    return make_once(lambda: Corpus(14))


@pytest.fixture
def corpus(kept_corpus: Corpus) -> Corpus:
    return copy.deepcopy(kept_corpus)


def entities(client, query: dict | None = None) -> list[dict]:
    response = client.get("/incidents.ftm.json", query or {})
    assert response.status_code == 200, response.content
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def of_schema(found: list[dict], *schemata: str) -> list[dict]:
    return [one for one in found if one["schema"] in schemata]


def check(found: list[dict]) -> None:
    schema_of = {one["id"]: one["schema"] for one in found}
    assert len(schema_of) == len(found)  # each once
    for one in found:
        assert ID.fullmatch(one["id"])
        for required in REQUIRED.get(one["schema"], ()):
            assert one["properties"].get(required), one
        for name, values in one["properties"].items():
            kind = MODEL[one["schema"]][name]
            for value in values:
                if kind in SHAPES:
                    assert re.fullmatch(SHAPES[kind], value), (one["schema"], name, value)
                else:
                    assert schema_of[value].replace("PublicBody", "Organization") == kind, (name, value)
    if find_spec("followthemoney"):
        judge(found)


def judge(found: list[dict]) -> None:
    from followthemoney import model  # noqa: PLC0415 (not there as a rule)

    for one in found:
        kept = model.get_proxy(one, cleaned=False).to_dict()
        assert {name: sorted(values) for name, values in kept["properties"].items()} == {
            name: sorted(values) for name, values in one["properties"].items()
        }


def test_entities_are_what_the_model_allows(client, corpus) -> None:
    told = FullIncident()
    told.say_all()
    told.publish()

    check(entities(client, {"scope": "any"}))


def test_every_incident_of_the_list_is_an_event(client, corpus) -> None:
    curation.withdraw(corpus.incidents[0], by=None, reason="A copy.")
    for query in random_filters(8):
        rows = [json.loads(line) for line in client.get("/incidents.jsonl", query).getvalue().decode().splitlines()]
        told = sorted(rows, key=lambda row: row["state"] != "published")
        wanted = [f"{row['code']}-v{row['version']}" for row in told]

        events = of_schema(entities(client, query), "Event")

        assert [one["properties"]["recordId"][0] for one in events] == wanted, query


def test_withdrawn_and_merged_ones_say_what_became_of_them(client, corpus) -> None:
    gone, merged, survivor = corpus.incidents[:3]
    curation.withdraw(gone, by=None, reason="A copy.")
    curation.merge(merged, into=survivor, by=None, reason="One attack.")
    query = {"updated_since": "2000-01-01", "scope": "any"}
    rows = [json.loads(line) for line in client.get("/incidents.jsonl", query).getvalue().decode().splitlines()]

    found = entities(client, query)

    events = {one["id"].rpartition("-")[2]: one["properties"] for one in of_schema(found, "Event")}
    assert set(events) == {row["code"] for row in rows}
    assert events[gone.code]["notes"] == ["Withdrawn: A copy."]
    assert events[merged.code]["notes"] == [f"Merged into {survivor.code}: One attack."]
    assert not {"date", "startDate", "involved", "addressEntity", "summary"} & set(events[gone.code])
    check(found)


def test_ids_are_the_same_each_time(client, corpus, settings) -> None:
    settings.SITE_URL = "https://archive.example"
    first = entities(client)

    assert [one["id"] for one in entities(client)] == [one["id"] for one in first]
    assert {one["id"] for one in entities(client, {"town": "C101"})} <= {one["id"] for one in first}
    event = of_schema(first, "Event")[0]
    code = event["properties"]["recordId"][0].partition("-")[0]
    assert event["id"] == f"archive.example-incident-{code}"
    assert event["properties"]["sourceUrl"][0].startswith("https://archive.example/incidents/")


def test_withheld_articles_are_left_out(client, corpus) -> None:
    hidden = corpus.articles[1]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")

    found = entities(client, {"scope": "any"})

    assert hidden.title not in {title for one in found for title in one["properties"].get("title", ())}
    check(found)


@pytest.mark.parametrize("query", ["from=soon", "nonsense=1", "bom=yes"])
def test_parameters_that_cannot_be_read_are_named(client, query) -> None:
    response = client.get(f"/incidents.ftm.json?{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])
