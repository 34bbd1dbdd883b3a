"""Citing an article, its texts and passages: lines, files, meta tags, JSON-LD, typed links."""

import copy
import json

import pytest
from django.test import Client

from archive.models import Article, Source
from tests.factories.archive import TextVersionFactory
from tests.factories.cited import FORMS, bibtex, by_type, csl, get, ris
from tests.factories.full_incident import DENIAL, HIT, FullIncident, published
from tests.factories.heads import Head, by_rel
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def test_article_is_cited_as_its_outlets_with_our_copy(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article
    archived = f"{settings.SITE_URL}/articles/{article.public_id}/text/1/"
    path = f"/articles/{article.public_id}"

    item, entry, (made, fields) = (
        csl(client, f"{path}.csl.json"),
        ris(client, f"{path}.ris"),
        bibtex(client, f"{path}.bib"),
    )

    assert (item["type"], entry["type_of_reference"], made.entry_type) == ("article-newspaper", "NEWS", "misc")
    assert item["container-title"] == entry["secondary_title"] == fields["organization"] == "Example Herald"
    assert item["URL"] == fields["url"] == "https://herald.example/en"
    assert entry["urls"] == ["https://herald.example/en"]
    assert item["archive_location"] == archived
    assert archived in fields["note"]
    assert entry["date"] == "2019/11/28/"
    assert told.english.capture.bytes_id in item["note"]


def test_text_is_cited_as_its_outlets_never_as_ours(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article
    path = f"/articles/{article.public_id}/text/1"

    item, entry, (_made, fields) = (
        csl(client, f"{path}.csl.json"),
        ris(client, f"{path}.ris"),
        bibtex(client, f"{path}.bib"),
    )

    assert item["URL"] == entry["urls"][0] == fields["url"] == f"{settings.SITE_URL}{path}/"
    assert fields["author"] == "{Example Herald}"
    assert item["container-title"] == entry["secondary_title"] == "Example Herald"
    assert "author" not in item
    assert "authors" not in entry
    assert item["archive"] == entry["name_of_database"] == "Archive of Attack Reports"
    assert item["version"] == "1"
    assert told.english.sha256 in item["note"]
    assert "https://herald.example/en" in item["note"]
    get(client, f"/articles/{article.public_id}/text/2.bib", 404)
    get(client, f"/articles/{article.public_id}/text/0.bib", 404)


def test_text_is_cited_by_its_authors(client: Client, told: FullIncident) -> None:
    article = told.english.article
    Article.objects.filter(pk=article.pk).update(authors="Doe, Ann; Roe, Jo")
    path = f"/articles/{article.public_id}/text/1"

    assert bibtex(client, f"{path}.bib")[1]["author"] == "Doe, Ann and Roe, Jo"
    assert csl(client, f"{path}.csl.json")["author"][0] == {"family": "Doe", "given": "Ann"}
    assert ris(client, f"{path}.ris")["authors"] == ["Doe, Ann", "Roe, Jo"]


def test_text_of_an_unknown_source_has_no_author(client: Client, settings) -> None:
    text = TextVersionFactory(article__source=None, article__url="")
    path = f"/articles/{text.article.public_id}/text/1"

    assert "author" not in bibtex(client, f"{path}.bib")[1]
    assert "author" not in csl(client, f"{path}.csl.json")
    assert "authors" not in ris(client, f"{path}.ris")


def test_passage_is_cited_with_its_words_and_address(client: Client, told: FullIncident, settings) -> None:
    passage = told.passage(told.english, DENIAL)
    path = f"/passages/{passage.public_id}"

    item, entry, (_made, fields) = (
        csl(client, f"{path}.csl.json"),
        ris(client, f"{path}.ris"),
        bibtex(client, f"{path}.bib"),
    )

    assert item["archive_location"] == f"{settings.SITE_URL}{path}/"
    assert DENIAL in item["note"]
    assert DENIAL in entry["notes"][0]
    assert DENIAL in fields["note"]
    assert f"(text 1, characters {passage.start + 1}–{passage.end})" in item["note"]
    html = get(client, f"/articles/{told.english.article.public_id}/").content.decode()
    assert f'Archived at <bdi dir="ltr">{settings.SITE_URL}{path}/</bdi>' in html
    assert f'href="{path}.ris"' in html
    assert "Quote with its place" in html
    assert f"“{DENIAL}” (Example Herald, " in html


def test_passage_of_a_reference_is_cited_without_words(client: Client) -> None:
    told = published(text_policy="reference")
    passage = told.passage(told.english, DENIAL)

    for form in FORMS:
        assert DENIAL not in get(client, f"/passages/{passage.public_id}.{form}").content.decode()
    assert DENIAL not in get(client, f"/articles/{told.english.article.public_id}/").content.decode()
    assert DENIAL not in get(client, f"/articles/{told.english.article.public_id}.jsonld").content.decode()


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_hidden_article_has_no_citation(client: Client, told: FullIncident, visibility: str) -> None:
    passage = told.passage(told.english, HIT)
    article = told.english.article.public_id
    Article.objects.filter(public_id=article).update(visibility=visibility, visibility_reason="Risk.")

    for form in (*FORMS, "jsonld"):
        get(client, f"/articles/{article}.{form}", 404)
        get(client, f"/passages/{passage.public_id}.{form}", 404)
    for form in FORMS:
        get(client, f"/articles/{article}/text/1.{form}", 404)


@pytest.mark.parametrize(
    ("kind", "item_type", "schema_type", "csl_type", "ris_type"),
    [
        ("outlet", "newspaperArticle", "NewsArticle", "article-newspaper", "NEWS"),
        ("ngo", "report", "Report", "report", "RPRT"),
        ("official", "report", "Report", "report", "RPRT"),
        ("dataset", "dataset", "Dataset", "dataset", "DATA"),
        ("demonstration", "newspaperArticle", "NewsArticle", "article-newspaper", "NEWS"),
    ],
)
def test_kind_of_source_decides_the_type(
    client: Client, told: FullIncident, kind: str, item_type: str, schema_type: str, csl_type: str, ris_type: str
) -> None:
    Source.objects.filter(pk=told.outlet.pk).update(kind=kind)
    path = f"/articles/{told.english.article.public_id}"

    response = get(client, f"{path}/")

    head = Head(response.content.decode())
    assert head.one("z:itemType") == item_type
    assert schema_type in by_type(head.data)
    assert (f"https://schema.org/{schema_type}", "") in by_rel(response.headers["Link"])["type"]
    assert csl(client, f"{path}.csl.json")["type"] == csl_type
    assert ris(client, f"{path}.ris")["type_of_reference"] == ris_type


def test_article_head_is_what_zotero_reads(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article
    Article.objects.filter(pk=article.pk).update(authors="Doe, Ann; Roe, Jo")

    head = Head(get(client, f"/articles/{article.public_id}/").content.decode())

    permalink = f"{settings.SITE_URL}/articles/{article.public_id}/text/1/"
    assert head.language == "en"
    assert head.one("DC.title") == head.one("og:title") == "Shells on a <mill>"
    assert head.metas["DC.creator"] == ["Doe, Ann", "Roe, Jo"]
    assert head.one("DC.publisher") == head.one("og:site_name") == "Example Herald"
    assert head.one("DC.date") == head.one("article:published_time") == "2019-11-28"
    assert head.one("DC.identifier") == head.one("og:url") == permalink
    assert head.one("DC.language") == "en"
    assert head.one("og:type") == "website"
    assert not [name for name in head.metas if name.startswith("citation_")]
    assert not {"DC.coverage", "DC.source", "dcterms.dateSubmitted"} & set(head.metas)
    assert not {"byline", "vcard", "Z3988"} & head.classes
    assert {link["type"] for link in head.rel("alternate") if "type" in link} >= {
        "application/x-bibtex", "application/x-research-info-systems", "application/vnd.citationstyles.csl+json",
        "application/ld+json",
    }  # fmt: skip


def test_article_without_what_is_unknown(client: Client) -> None:
    text = TextVersionFactory(article__source=None, article__url="", article__published_on=None)
    path = f"/articles/{text.article.public_id}"

    head = Head(get(client, f"{path}/").content.decode())

    assert "DC.publisher" not in head.metas
    assert "DC.date" not in head.metas
    assert csl(client, f"{path}.csl.json")["URL"].endswith(f"{path}/text/1/")
    assert "None" not in get(client, f"{path}.bib").content.decode()
    assert ris(client, f"{path}.ris")["title"] == text.article.title


def test_article_links_are_those_of_signposting(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article
    site = settings.SITE_URL

    links = by_rel(get(client, f"/articles/{article.public_id}/").headers["Link"])

    assert links["cite-as"] == [(f"{site}/articles/{article.public_id}/text/1/", "")]
    assert links["collection"] == [(f"{site}/articles/", "text/html")]
    for address, media_type in links["describedby"]:
        described = get(client, address.removeprefix(site))
        assert described.headers["Content-Type"].partition(";")[0] == media_type


def test_passage_links_are_those_of_signposting(client: Client, told: FullIncident, settings) -> None:
    passage = told.passage(told.english, HIT)

    links = by_rel(get(client, f"/ar/passages/{passage.public_id}/", 302).headers["Link"])

    assert links["cite-as"] == [(f"{settings.SITE_URL}/passages/{passage.public_id}/", "")]
    for address, media_type in links["describedby"]:
        described = get(client, address.removeprefix(settings.SITE_URL))
        assert described.headers["Content-Type"].partition(";")[0] == media_type


def test_link_to_the_outlet_is_robust(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article

    head = Head(get(client, f"/articles/{article.public_id}/").content.decode())

    [link] = [anchor for anchor in head.anchors if anchor.get("href") == "https://herald.example/en"]
    assert link["data-versionurl"] == f"{settings.SITE_URL}/articles/{article.public_id}/text/1/"
    assert link["data-versiondate"] == told.english.capture.created_at.date().isoformat()


def test_article_in_the_words_of_schema_org(client: Client, told: FullIncident, settings) -> None:
    article = told.english.article
    permalink = f"{settings.SITE_URL}/articles/{article.public_id}/text/1/"

    nodes = by_type(json.loads(get(client, f"/articles/{article.public_id}.jsonld").content))

    [report], [record] = nodes["NewsArticle"], nodes["WebPage"]
    assert report["@id"] == report["url"] == "https://herald.example/en"
    assert report["headline"] == "Shells on a <mill>"
    assert report["datePublished"] == "2019-11-28"
    assert report["archivedAt"] == record["@id"] == permalink
    assert record["isBasedOn"] == {"@id": report["@id"]}
    quotation = next(one for one in nodes["Quotation"] if one["text"] == HIT)
    assert quotation["isPartOf"] == {"@id": report["@id"]}
    assert quotation["subjectOf"] == [{"@id": f"{settings.SITE_URL}/incidents/{told.incident.code}/"}]
