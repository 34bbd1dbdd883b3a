"""What crawlers, browsers and finders of flaws are told."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

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
