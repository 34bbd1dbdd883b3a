"""The codebook page, and what pages say of their feeds to programs."""

import re
from html import unescape

import pytest

from archive import fields
from archive.articles.article_filters import ArticleFilters
from incidents.formats.chart_fields import CHART
from incidents.formats.tables import TABLES
from incidents.lists.chart.filters import ChartFilters
from tests.factories.small_archive import Corpus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/about/data/", "/ar/about/data/"])
def test_data_page_documents_every_field_and_parameter(client, path) -> None:
    page = client.get(path).content.decode()

    for table in (*TABLES, CHART):
        for name, _field in fields.paths(table.fields):
            assert f'id="{table.name}.{name}"' in page
    for name in {*ChartFilters.base_filters, *ArticleFilters.base_filters}:
        assert f'<code class="code">{name}</code>' in page


def test_data_page_leads_to_formats_that_exist(client) -> None:
    page = client.get("/about/data/").content.decode()

    addresses = re.findall(r'<a class="code" href="([^"]+)"', page)
    assert {"/incidents.csv", "/incidents.geojson", "/incidents.atom", "/articles.atom", "/api/"} <= set(addresses)
    for address in addresses:
        assert client.get(address).status_code == 200, address


def feeds(client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    head = page.split("</head>")[0]
    return [
        unescape(href)
        for href in re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', head)
    ]


def test_pages_name_their_feeds(client) -> None:
    corpus = Corpus(7)
    facility = next(claim.facility for one in corpus.incidents for claim in one.claims.all() if claim.facility)

    wanted = {
        "/incidents/?town=C101&order=oldest": ["/incidents.atom?town=C101"],
        "/articles/": ["/articles.atom"],
        "/towns/C101/": ["/incidents.atom?town=C101&scope=any"],
        f"/facilities/{facility.public_id}/": [f"/incidents.atom?facility={facility.public_id}&scope=any"],
        "/actors/north/": ["/incidents.atom?actor=north&scope=any"],
        "/sources/herald/": ["/incidents.atom?source=herald&scope=any", "/articles.atom?source=herald"],
    }
    for path, expected in wanted.items():
        assert feeds(client, path) == expected, path
        for address in expected:
            assert client.get(address).status_code == 200


def test_unreadable_list_names_no_feed(client) -> None:
    assert feeds(client, "/incidents/?from=yesterday") == []


def test_preview_tags_have_title_and_plain_address(client, settings) -> None:
    settings.SITE_URL = "https://archive.example"
    corpus = Corpus(1)

    page = client.get("/towns/C101/?utm=x").content.decode()

    tags = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
    assert tags["title"] == corpus.places[0].name_en
    assert tags["url"] == "https://archive.example/towns/C101/"
    assert tags["image"].startswith("https://archive.example/")
    assert tags["type"] == "website"


@pytest.mark.parametrize(
    ("path", "is_indexed"),
    [
        ("/incidents/", True),
        ("/incidents/?scope=any", True),
        ("/incidents/?scope=any&match=certain", False),
        ("/incidents/?q=mill", False),
        ("/incidents/?after=x", False),
    ],
)
def test_deep_lists_ask_not_to_be_indexed(client, path, is_indexed) -> None:
    page = client.get(path).content.decode()

    assert ('<meta name="robots" content="noindex' not in page) == is_indexed


def test_pages_name_the_search_description(client) -> None:
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in client.get("/").content.decode()
