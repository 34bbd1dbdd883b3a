"""The sitemap: every public page once in each language, nothing else, in files of bounded size."""

from xml.etree import ElementTree as ET

import pytest

from archive.web import sitemaps
from incidents import curation
from tests.factories.incidents import FacilityFactory, IncidentFactory
from tests.factories.small_archive import Corpus

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return [loc.text for loc in ET.fromstring(b"".join(response.streaming_content)).iter(f"{SITEMAP}loc")]


def every_page(client) -> list[str]:
    files = addresses(client, "/sitemap.xml")
    pages = [page for file in files for page in addresses(client, file.removeprefix("https://archive.example"))]
    return [page.removeprefix("https://archive.example") for page in pages]


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.SITE_URL = "https://archive.example"


def test_sitemap_lists_public_pages_once_in_each_language(client) -> None:
    corpus = Corpus(4)
    hidden, withdrawn = corpus.articles[1], corpus.incidents[2]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")
    curation.withdraw(withdrawn, by=None, reason="A copy of another.")
    draft, unstruck = IncidentFactory(), FacilityFactory()

    pages = every_page(client)

    assert len(pages) == len(set(pages))
    kept = corpus.incidents[0]
    for path in (f"/incidents/{kept.code}/", f"/incidents/{kept.code}/v1/", "/towns/C101/", "/towns/SY07/", "/about/"):
        assert path in pages
        assert f"/ar{path}" in pages
    for code in (withdrawn.code, draft.code, hidden.public_id, unstruck.public_id):
        assert not [page for page in pages if code in page]


def test_sitemap_splits_by_primary_key(client, monkeypatch) -> None:
    monkeypatch.setattr(sitemaps, "BLOCK", 2)
    Corpus(5)

    files = [file for file in addresses(client, "/sitemap.xml") if "incidents" in file]

    assert len(files) >= 3
    assert all(len(addresses(client, file.removeprefix("https://archive.example"))) <= 4 for file in files)


@pytest.mark.parametrize("name", ["incidents-7777777", "incidents-99999999999999999999", "nothing-0", "pages-1"])
def test_sitemap_without_such_a_file_is_not_found(client, name) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
