"""The API: what its schema promises, the same sets as the lists, changes that a copy can follow."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from archive import fields, search
from incidents import curation
from incidents.api import urls
from incidents.formats.tables import TABLES, VOCABULARIES
from tests.factories.incidents import FacilityFactory, IncidentFactory
from tests.factories.small_archive import Corpus, random_filters
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
LISTS = ["incidents", "articles", *(table.name.replace("_", "-") for table in VOCABULARIES)]


PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def kept_corpus(make_once: MakeOnce) -> Corpus:
    return make_once(lambda: Corpus(12))


@pytest.fixture
def corpus(kept_corpus: Corpus) -> Corpus:
    return copy.deepcopy(kept_corpus)


@pytest.fixture
def _open_connection() -> Iterator[None]:
    """Keep the test's transaction open after a request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answer(client, path: str, query: dict | None = None) -> Any:
    response = client.get(path, query or {})
    assert response.status_code == 200, response.content
    return response.json()


def every_row(client, path: str) -> Iterator[dict[str, Any]]:
    address: str | None = path
    while address:
        document = answer(client, address)
        yield from document["results"]
        address = document["next"]


def test_index_leads_everywhere(client) -> None:
    for name, address in answer(client, "/api/").items():
        assert client.get(address).status_code == 200, name


def test_lists_give_the_same_set_as_files(client, corpus) -> None:
    for query in random_filters(8):
        document = answer(client, "/api/incidents/", query)
        lines = client.get("/incidents.jsonl", query).getvalue().decode().splitlines()

        assert document["count"] == len(lines), query
        assert document["results"] == [json.loads(line) for line in lines], query


def test_pages_follow_one_another(client, corpus, monkeypatch) -> None:
    monkeypatch.setattr("incidents.api.answers.SIZE", 3)
    monkeypatch.setattr("incidents.api.answers.VOCABULARY_SIZE", 2)

    for name in LISTS:
        rows = list(every_row(client, f"/api/{name}/"))
        key = next(iter(rows[0]))
        assert len({row[key] for row in rows}) == len(rows) == answer(client, f"/api/{name}/")["count"], name


def test_previous_leads_back(client, corpus, monkeypatch) -> None:
    monkeypatch.setattr("incidents.api.answers.SIZE", 3)
    first = answer(client, "/api/incidents/")

    back = answer(client, answer(client, first["next"])["previous"])

    assert back["results"] == first["results"]


def test_changes_can_be_followed(client, corpus) -> None:
    gone, same, survivor = corpus.incidents[0], corpus.incidents[1], corpus.incidents[2]
    since = timezone.now()
    curation.withdraw(gone, by=None, reason="It was another day’s.")
    curation.merge(same, into=survivor, by=None, reason="Told twice.")
    query = {"updated_since": since.isoformat(), "order": "updated", "scope": "any"}

    found = {row["code"]: row for row in answer(client, "/api/incidents/", query)["results"]}

    assert {code: row["state"] for code, row in found.items()} == {gone.code: "withdrawn", same.code: "merged"}
    assert found[same.code]["merged_into"] == survivor.code
    assert found[gone.code]["reason"] == "It was another day’s."


def test_single_incident_answers_as_its_page_does(client, corpus) -> None:
    gone, same, survivor = corpus.incidents[0], corpus.incidents[1], corpus.incidents[2]
    curation.withdraw(gone, by=None, reason="A copy.")
    curation.merge(same, into=survivor, by=None, reason="Told twice.")

    assert answer(client, f"/api/incidents/{survivor.code}/") == answer(client, f"/incidents/{survivor.code}.json")
    assert client.get(f"/api/incidents/{same.code}/").headers["Location"] == f"/api/incidents/{survivor.code}/"
    withdrawn = client.get(f"/api/incidents/{gone.code}/")
    assert (withdrawn.status_code, withdrawn.json()["reason"]) == (410, "A copy.")
    for code in (IncidentFactory().code, "nothing"):
        assert client.get(f"/api/incidents/{code}/").status_code == 404


def test_single_article_keeps_words_of_reference_sources(client, corpus) -> None:
    full, reference = corpus.articles[0], corpus.articles[1]

    passages = {one: answer(client, f"/api/articles/{one.public_id}/")["passages"] for one in (full, reference)}

    assert all(passage["exact"] for passage in passages[full])
    assert passages[reference]
    assert all(passage["exact"] is None for passage in passages[reference])


def test_withheld_article_is_unknown(client, corpus) -> None:
    hidden = corpus.articles[0]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")
    search.index_articles([hidden.pk])

    assert client.get(f"/api/articles/{hidden.public_id}/").status_code == 404
    assert hidden.public_id not in {row["id"] for row in answer(client, "/api/articles/")["results"]}


def test_facility_of_a_draft_is_unknown(client, corpus) -> None:
    FacilityFactory(name_en="Not yet public")

    assert "Not yet public" not in {row["name_en"] for row in answer(client, "/api/facilities/")["results"]}


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("incidents", {"from": "x"}, "from"),
        ("incidents", {"colour": "red"}, "colour"),
        ("incidents", {"format": "xml"}, "format"),
        ("incidents", {"after": "x"}, "after"),
        ("articles", {"town": "\x00"}, "town"),
        ("places", {"after": "\x00"}, "after"),
        ("places", {"level": "1"}, "level"),
    ],
)
def test_unreadable_parameters_are_named(client, path, query, name) -> None:
    response = client.get(f"/api/{path}/", query)

    assert response.status_code == 400
    assert name in response.json()["errors"]


@pytest.mark.parametrize("path", ["/api/", "/api/incidents/", "/api/places/", "/incidents.csv", "/incidents.atom"])
def test_formats_for_machines_are_read_only_and_open_to_other_sites(client, path) -> None:
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert client.post(path).status_code == 405


def test_pages_are_not_open_to_other_sites(client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/incidents/").headers


@pytest.mark.parametrize("path", ["", "schema/", "incidents/", "incidents/{code}/", "articles/{id}/", "places/"])
def test_head_says_what_get_says_and_options_what_may_be_asked(client, corpus, path) -> None:
    path = "/api/" + path.format(code=corpus.incidents[0].code, id=corpus.articles[0].public_id)

    got, head, options = client.get(path), client.head(path), client.options(path)

    assert (head.status_code, head.headers["ETag"]) == (got.status_code, got.headers["ETag"]) == (200, head["ETag"])
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_whoever_wants_html_gets_what_there_is(client) -> None:
    assert client.get("/api/", headers={"Accept": "text/html"}).headers["Content-Type"] == "application/json"
    assert client.get("/api/schema/", headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize("path", ["/api/nothing/", "/api/incidents/nothing/", "/api/articles/nothing/"])
def test_what_is_not_there_is_said_in_json(client, path) -> None:
    response = client.get(path)

    assert (response.status_code, response.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "*/*", "application/vnd.oai.openapi"),
        ("", "application/yaml", "application/yaml"),
        ("", "application/json", "application/json"),
        ("?format=yaml", "application/json", "application/vnd.oai.openapi"),
        ("?format=json", "*/*", "application/vnd.oai.openapi+json"),
    ],
)
def test_schema_comes_as_yaml_and_as_json(client, query, accept, media_type) -> None:
    response = client.get(f"/api/schema/{query}", headers={"Accept": accept})

    assert response.headers["Content-Type"] == media_type
    read = json.loads if media_type.endswith("json") else yaml.safe_load
    assert read(response.content) == answer(client, "/api/schema/", {"format": "json"})


def test_schema_in_another_format_is_refused(client) -> None:
    response = client.get("/api/schema/", {"format": "xml"})

    assert (response.status_code, list(response.json()["errors"])) == (400, ["format"])


def test_schema_is_valid_and_has_every_address(client) -> None:
    schema = answer(client, "/api/schema/", {"format": "json"})

    schemathesis.openapi.from_dict(schema).validate()
    addresses = {f"/api/{pattern.pattern}".replace("<slug:", "{").replace(">", "}") for pattern in urls.urlpatterns}
    assert set(schema["paths"]) == addresses - {"/api/", "/api/schema/"}


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_schemas_are_valid_and_examples_fit(table) -> None:
    schema = fields.json_schema(table.fields)

    Draft202012Validator.check_schema(schema)
    for field in table.fields:
        if field.example is not None:
            Draft202012Validator(fields.value_schema(field)).validate(field.example)


def test_answers_fit_the_schema(client, corpus) -> None:
    schema = client.get("/api/schema/", {"format": "json"}).json()
    curation.withdraw(corpus.incidents[0], by=None, reason="A copy.")
    codes, ids = corpus.incidents[1:], corpus.articles
    paths = [(f"/api/{name}/", f"/api/{name}/") for name in LISTS]
    paths += [(f"/api/incidents/{one.code}/", "/api/incidents/{code}/") for one in codes]
    paths += [(f"/api/articles/{one.public_id}/", "/api/articles/{public_id}/") for one in ids]
    paths += [("/api/incidents/?updated_since=2000-01-01&scope=any", "/api/incidents/")]

    for path, template in paths:
        promised = schema["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**promised, "components": schema["components"]}
        Draft202012Validator(whole).validate(answer(client, path))


@pytest.mark.usefixtures("_open_connection")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_api_keeps_its_promises_whatever_it_is_asked(corpus, mode) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())
    # What does not fit the schema may be answered by another page: then it must only not fail.
    wanted = PROMISES if mode == GenerationMode.POSITIVE else PROMISES[:1]

    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=10, database=None, derandomize=True, suppress_health_check=HealthCheck)
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=wanted, headers={"Accept-Encoding": "identity"})

        ask()
