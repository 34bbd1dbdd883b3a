"""How long answers are kept, and that a reader's copy is found stale whenever what readers may see has changed."""

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from archive import freshness
from archive.lists.stores import ColumnStore
from archive.models import Article, Place, Source
from archive.web import caching
from incidents import curation
from incidents.models import Actor
from tests.factories.archive import ArticleFactory, TextVersionFactory
from tests.factories.full_incident import HIT, FullIncident, published
from tests.factories.incidents import WeaponFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

NEGOTIATED = ("/api/schema/",)  # YAML or JSON, as the client asks
STREAMED = ("/sitemap.xml",)


def addresses(told: FullIncident) -> list[str]:
    """Every public address that answers 200, of each kind."""
    code = told.incident.code
    article = told.english.article.public_id
    passage = told.passage(told.english, HIT).public_id
    forms = ("bib", "ris", "csl.json", "jsonld")
    return [
        "/", "/ar/", "/incidents/", "/articles/", "/map/", "/timeline/", "/charts/", "/towns/", "/actors/", "/sources/",
        "/facilities/", "/facilities/?q=a",
        "/about/", "/about/method/", "/about/data/",
        f"/towns/{told.place.pcode}/", f"/actors/{told.actor.slug}/", f"/sources/{told.outlet.slug}/",
        f"/facilities/{told.facility.public_id}/",
        f"/incidents/{code}/", f"/ar/incidents/{code}/", f"/incidents/{code}/v1/", f"/incidents/{code}/changes/",
        f"/articles/{article}/", f"/articles/{article}/text/1/",
        f"/embed/incidents/{code}/", f"/embed/incidents/{code}/v1/", "/embed/charts/", "/ar/embed/map/",
        f"/incidents/{code}/v1/card.png", "/incidents/card.png", "/card.png",
        f"/oembed?url=http://127.0.0.1:8000/incidents/{code}/",
        *(f"/incidents.{suffix}" for suffix in ("csv", "json", "jsonl", "geojson", "atom", "jsonld")),
        *(f"/incidents.{suffix}" for suffix in ("xlsx", "parquet")),
        *(f"/articles.{suffix}" for suffix in ("csv", "jsonl", "atom", "xlsx", "parquet")),
        *(f"/incidents/{code}{version}.{form}" for version in ("", "/v1") for form in (*forms, "json")),
        *(f"/articles/{article}.{form}" for form in forms),
        *(f"/articles/{article}/text/1.{form}" for form in forms if form != "jsonld"),
        *(f"/passages/{passage}.{form}" for form in forms),
        "/api/", "/api/incidents/", "/api/schema/", "/sitemap.xml", "/robots.txt", "/opensearch.xml",
    ]  # fmt: skip


def directives(response: Any) -> set[str]:
    return {part.strip() for part in response.headers["Cache-Control"].split(",")}


def conditional(client: Client, path: str) -> tuple[Any, Any]:
    """The page, and the answer to who has it."""
    first = client.get(path)
    assert first.status_code == 200, path
    return first, client.get(path, headers={"If-None-Match": first.headers["ETag"]})


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def embargo(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(visibility="embargoed", visibility_reason="Risk.")


def test_public_pages_are_kept_by_anybody_and_depend_on_nobody(client: Client, told: FullIncident) -> None:
    for path in addresses(told):
        response = client.get(path)

        assert response.status_code == 200, path
        assert not response.cookies, path
        assert "Set-Cookie" not in response.headers, path
        assert response.headers["Vary"] == ("Accept, " if path in NEGOTIATED else "") + "Accept-Encoding", path
        assert "public" in directives(response), path
        assert response.wsgi_request.session.accessed is False, path
        assert "csrfmiddlewaretoken" not in content(response), path


def content(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return raw.decode(errors="replace")


def test_redirect_of_a_passage_is_public_too(client: Client, told: FullIncident) -> None:
    response = client.get(f"/passages/{told.passage(told.english, HIT).public_id}/")

    assert response.status_code == 302
    assert directives(response) >= {"public", "max-age=60", "s-maxage=300"}
    assert not response.cookies


def test_every_public_page_answers_who_has_it_with_304(client: Client, told: FullIncident) -> None:
    for path in addresses(told):
        if path in STREAMED:
            continue
        first, again = conditional(client, path)

        assert again.status_code == 304, path
        assert again.content == b""
        for header in ("ETag", "Cache-Control", "Vary"):
            assert again.headers[header] == first.headers[header], (path, header)


def test_head_says_what_get_says(client: Client, told: FullIncident) -> None:
    for path in (f"/incidents/{told.incident.code}/", f"/articles/{told.english.article.public_id}/", "/incidents.csv"):
        got, head = client.get(path), client.head(path)

        assert head.status_code == 200
        assert head.headers["ETag"] == got.headers["ETag"]
        assert head.headers["Cache-Control"] == got.headers["Cache-Control"]
        tag = {"If-None-Match": got.headers["ETag"]}
        assert client.head(path, headers=tag).status_code == 304


def test_last_modified_is_the_editions(client: Client, told: FullIncident) -> None:
    edition = told.incident.editions.get()

    response = client.get(f"/incidents/{told.incident.code}/v1/")

    assert parse_http_date(response.headers["Last-Modified"]) == int(edition.published_at.timestamp())
    since = {"If-Modified-Since": response.headers["Last-Modified"]}
    assert client.get(f"/incidents/{told.incident.code}/v1/", headers=since).status_code == 304
    before = {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert client.get(f"/incidents/{told.incident.code}/v1/", headers=before).status_code == 200


def test_304_of_a_record_costs_two_queries(client: Client, told: FullIncident, django_assert_num_queries) -> None:
    path = f"/incidents/{told.incident.code}/"
    tag = client.get(path).headers["ETag"]

    with django_assert_num_queries(2):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_304_of_a_list_costs_two_queries(client: Client, told: FullIncident, django_assert_num_queries) -> None:
    tag = client.get("/incidents/?q=mill").headers["ETag"]

    with django_assert_num_queries(2):
        assert client.get("/incidents/?q=mill", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/", "/v1/", ".json", "/v1.json", ".jsonld", "/v1.jsonld", "/changes/"])
def test_embargo_makes_kept_copies_stale_and_its_end_good_again(client: Client, told: FullIncident, path: str) -> None:
    address = f"/incidents/{told.incident.code}{path}"
    before = client.get(address)
    embargo(told.english.article)

    during = client.get(address, headers={"If-None-Match": before.headers["ETag"]})

    assert during.status_code == 200
    assert during.headers["ETag"] != before.headers["ETag"]
    assert HIT not in during.content.decode()
    Article.objects.filter(pk=told.english.article_id).update(visibility="public", visibility_reason="")
    after = client.get(address, headers={"If-None-Match": during.headers["ETag"]})
    assert after.status_code == 200
    is_of_lists = path == "/"  # what is related to an incident may have changed with any other
    assert (after.headers["ETag"] == before.headers["ETag"]) is not is_of_lists


@pytest.mark.parametrize("path", ["/", "/v1/", "/v1.json"])
def test_source_that_becomes_a_reference_makes_kept_copies_stale(client: Client, told: FullIncident, path: str) -> None:
    address = f"/incidents/{told.incident.code}{path}"
    tag = client.get(address).headers["ETag"]
    Source.objects.filter(pk=told.outlet.pk).update(text_policy="reference")

    response = client.get(address, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert HIT not in response.content.decode()


def test_change_of_access_is_a_change_for_who_asks_by_date(client: Client, told: FullIncident) -> None:
    address = f"/incidents/{told.incident.code}/"
    edition = told.incident.editions.get()
    since = {"If-Modified-Since": client.get(address).headers["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 304
    later = edition.published_at + timedelta(hours=1)
    Source.objects.filter(pk=told.outlet.pk).update(text_policy="reference", updated_at=later)

    assert client.get(address, headers=since).status_code == 200


@pytest.mark.parametrize("suffix", ["/", "/text/1/", ".bib", ".jsonld", "/text/1.ris"])
def test_embargoed_article_is_gone_for_who_has_it(client: Client, told: FullIncident, suffix: str) -> None:
    address = f"/articles/{told.english.article.public_id}{suffix}"
    tag = client.get(address).headers["ETag"]
    embargo(told.english.article)

    response = client.get(address, headers={"If-None-Match": tag})

    assert response.status_code == 404
    assert directives(response) == {"public", "max-age=30", "s-maxage=30"}


def test_newer_edition_makes_the_old_page_stale_but_not_its_record(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    tags = {path: client.get(f"/incidents/{code}{path}").headers["ETag"] for path in ("/", "/v1/", "/v1.bib", ".json")}
    told.say("killed", told.passage(told.arabic, "وقتل أربعة"), count_low=4, group="children")
    told.publish(note="A child.")

    statuses = {
        path: client.get(f"/incidents/{code}{path}", headers={"If-None-Match": tag}).status_code
        for path, tag in tags.items()
    }

    assert statuses == {"/": 200, "/v1/": 200, "/v1.bib": 304, ".json": 200}


@pytest.mark.parametrize("path", ["/", "/v1/", ".json", "/v1.json", ".bib", "/v1.bib", "/changes/"])
def test_withdrawal_reaches_who_has_it(client: Client, told: FullIncident, path: str) -> None:
    address = f"/incidents/{told.incident.code}{path}"
    tag = client.get(address).headers["ETag"]
    curation.withdraw(told.incident, by=None, reason="It was an accident.")

    response = client.get(address, headers={"If-None-Match": tag})

    assert response.status_code == 410
    assert directives(response) >= {"public", "max-age=60", "s-maxage=300"}


def test_languages_have_tags_of_their_own(client: Client, told: FullIncident) -> None:
    code = told.incident.code

    assert client.get(f"/incidents/{code}/").headers["ETag"] != client.get(f"/ar/incidents/{code}/").headers["ETag"]


def test_tags_are_made_with_the_secret_key(settings) -> None:
    """So that nobody finds out by trying what a tag was made of."""
    tag = caching.entity_tag("/incidents/x/", "a withheld name")
    assert tag == caching.entity_tag("/incidents/x/", "a withheld name")
    settings.SECRET_KEY = "another" * 10

    assert tag != caching.entity_tag("/incidents/x/", "a withheld name")


def test_release_is_part_of_the_tag(client: Client, told: FullIncident, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/incidents/{told.incident.code}/"
    tag = client.get(address).headers["ETag"]
    monkeypatch.setattr(caching, "release", lambda: "another")

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/incidents/", "/map/", "/timeline/", "/incidents.csv", "/incidents.atom"])
def test_list_is_stale_once_something_is_published(client: Client, told: FullIncident, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    published()

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_lists_of_different_queries_have_different_tags(client: Client, told: FullIncident) -> None:
    tags = {client.get(path).headers["ETag"] for path in ("/incidents/", "/incidents/?q=mill", "/incidents.csv?q=mill")}

    assert len(tags) == 3


@pytest.mark.parametrize("change", ["source", "actor", "weapon"])
def test_list_is_stale_once_a_name_of_its_filters_changes(client: Client, told: FullIncident, change: str) -> None:
    tag = client.get("/incidents/").headers["ETag"]
    if change == "source":
        Source.objects.filter(pk=told.outlet.pk).update(name_en="Renamed Herald")
    elif change == "actor":
        Actor.objects.filter(pk=told.actor.pk).update(name_en="Renamed army")
    else:
        WeaponFactory()

    assert client.get("/incidents/", headers={"If-None-Match": tag}).status_code == 200


def test_page_without_a_tag_of_its_own_is_compared_by_content(client: Client, told: FullIncident) -> None:
    path = f"/towns/{told.place.pcode}/"
    first, again = conditional(client, path)
    Place.objects.filter(pk=told.place.pk).update(name_en="Lower Town")

    response = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert response.status_code == 200
    assert "Lower Town" in response.content.decode()


def test_tags_are_weak_and_the_same_compressed_or_not(client: Client, told: FullIncident) -> None:
    address = f"/incidents/{told.incident.code}/"

    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')
    tag = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(address, headers=tag).status_code == 304


def test_nothing_of_a_record_is_immutable(client: Client, told: FullIncident) -> None:
    """Of an edition too readers may come to learn less: its title names a town."""
    assert {path for path in addresses(told) if "immutable" in directives(client.get(path))} == set()


def test_errors_are_not_kept(client: Client, told: FullIncident) -> None:
    assert directives(client.get("/incidents.csv?from=never")) == {"no-store"}
    assert directives(client.get("/nothing-here/")) == {"public", "max-age=30", "s-maxage=30"}
    assert "ETag" not in client.get("/incidents.csv?from=never").headers


def test_error_of_the_server_is_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("incidents.views.record_resolver.find", fail)
    client.raise_request_exception = False

    response = client.get("/incidents/aaaaaa/")

    assert response.status_code == 500
    assert directives(response) == {"no-store"}


def test_permanent_redirect_is_kept_for_an_hour_at_most(client: Client, told: FullIncident) -> None:
    survivor = published()
    curation.merge(told.incident, into=survivor.incident, by=None, reason="The same attack.")

    response = client.get(f"/incidents/{told.incident.code}/")

    assert response.status_code == 301
    assert directives(response) == {"public", "max-age=3600", "s-maxage=300"}


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/healthz", "/readyz", "/metrics"])
def test_editors_side_is_kept_nowhere(client: Client, path: str) -> None:
    assert directives(client.get(path)) >= {"no-store", "private"}


def test_editors_session_does_not_reach_public_pages(client: Client, admin_user, told: FullIncident, settings) -> None:
    client.force_login(admin_user)

    response = client.get(f"/incidents/{told.incident.code}/")

    assert response.headers["Vary"] == "Accept-Encoding"
    assert "public" in directives(response)
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin"


def test_article_is_compared_by_all_that_its_page_shows(client: Client) -> None:
    article = ArticleFactory()
    path = f"/articles/{article.public_id}/"
    tag = client.get(path).headers["ETag"]
    TextVersionFactory(article=article)

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_list_of_a_state_that_was_overtaken_is_not_kept(
    client: Client, told: FullIncident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made while another thread reads what changed: who keeps it must not be told later that it is still good."""
    renew = ColumnStore.current

    def behind(self: ColumnStore) -> Any:
        freshness.fall_behind()
        return renew(self)

    monkeypatch.setattr(ColumnStore, "current", behind)
    late = client.get("/incidents/")
    monkeypatch.undo()

    of_now = client.get("/incidents/")
    assert late.headers.get("ETag") != of_now.headers["ETag"]
    assert "Last-Modified" not in late.headers
    assert directives(late) == {"public", "max-age=0", "s-maxage=5"}
