"""What crawlers, browsers and finders of flaws are told."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from tests.factories.routes import public_routes

pytestmark = pytest.mark.django_db
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def lines(response) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines() if ": " in line)


def test_robots_keeps_crawlers_from_editors_and_names_the_sitemap(client, settings) -> None:
    settings.SITE_URL = "https://archive.example"

    body = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/\n" in body
    assert "Sitemap: https://archive.example/sitemap.xml\n" in body


def test_security_names_a_contact_and_expires_within_a_year(client, settings) -> None:
    settings.CONTACT_EMAIL = "desk@archive.example"

    found = lines(client.get("/.well-known/security.txt"))

    assert found["Contact"] == "mailto:desk@archive.example"
    expires = datetime.fromisoformat(found["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_security_without_a_real_contact_is_not_there(client, settings) -> None:
    settings.CONTACT_EMAIL = settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "https://flaws.example/report"
    assert lines(client.get("/.well-known/security.txt"))["Contact"] == "https://flaws.example/report"


def test_opensearch_short_name_keeps_its_limit(client) -> None:
    response = client.get("/opensearch.xml")

    root = ET.fromstring(response.content)
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert len(root.findtext(f"{OPEN_SEARCH}ShortName")) <= 16
    assert any("q={searchTerms}" in url.get("template") for url in root.iter(f"{OPEN_SEARCH}Url"))


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt", "/opensearch.xml", "/sitemap.xml"])
def test_discovery_only_reads(client, path) -> None:
    assert client.post(path).status_code == 405
    assert client.get(path).cookies == {}


UNDESCRIBED = ("/embed/", "/alerts/", "/api/", "/manifests/")  # frames, letters, and what is for programs
DESCRIBED = [
    "/",
    "/incidents/",
    "/articles/",
    "/map/",
    "/timeline/",
    "/charts/",
    "/towns/",
    "/facilities/",
    "/actors/",
    "/sources/",
    "/about/",
    "/about/method/",
    "/about/glossary/",
    "/about/data/",
    "/about/data/use/",
    "/about/data/releases/",
    "/corrections/",
    "/corrections/report/",
]


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_public_page_describes_itself(client, language) -> None:
    said = {}
    for path in DESCRIBED:
        head = client.get(language + path).content.decode().split("</head>")[0]
        said[path] = re.findall(r'<meta name="description" content="([^"]+)">', head)
        assert re.findall(r'<meta property="og:description" content="([^"]+)">', head) == said[path], path
        assert len(said[path]) == 1, path
        assert bool(re.search("[\u0621-\u064a]", said[path][0])) == bool(language), path
        assert head.count('rel="stylesheet"') <= 10, path
    alone = [said[path][0] for path in DESCRIBED if path not in ("/incidents/", "/map/", "/timeline/")]
    assert len(set(alone)) == len(alone)


def test_list_of_pages_that_describe_themselves_is_whole() -> None:
    """A page without a parameter that readers reach is in the list, or said here to be none."""
    routes = {route for route in public_routes() if route.endswith("/") and "<" not in route}

    assert {route for route in routes - set(DESCRIBED) if not route.startswith(UNDESCRIBED)} == set()
