"""Cards: what previews show of a page that is shared."""

import copy
import struct

import pytest
from django.template.loader import render_to_string
from django.test import Client

from archive import intake
from archive.web import pixels
from incidents import curation
from incidents.cards import of_pages
from tests.factories.full_incident import FullIncident, published
from tests.factories.heads import Head
from tests.kept_rows import MakeOnce

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pixels.missing_fonts()), reason="the fonts of PICTURE_FONTS are not there"),
]


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def card(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "image/png"
    assert size_of(response.content) == (1200, 630)
    return bytes(response.content)


def test_every_page_names_a_card_that_is_there(client: Client, told: FullIncident, settings) -> None:
    code = told.incident.code
    named = {}
    for path in (
        "/",
        "/about/",
        "/incidents/?from=2019",
        "/map/",
        "/timeline/",
        "/charts/?by=year",
        "/articles/",
        f"/articles/{told.english.article.public_id}/",
        f"/towns/{told.place.pcode}/",
        f"/facilities/{told.facility.public_id}/",
        f"/actors/{told.actor.slug}/",
        f"/sources/{told.outlet.slug}/",
        f"/incidents/{code}/",
        f"/incidents/{code}/v1/",
        f"/ar/incidents/{code}/",
        "/incidents/?from=nonsense",
    ):
        head = Head(client.get(path).content.decode())
        assert head.one("twitter:card") == "summary_large_image"
        assert (head.one("og:image:width"), head.one("og:image:height")) == ("1200", "630")
        assert head.one("og:image:alt")
        named[path] = head.one("og:image").removeprefix(settings.SITE_URL)

    for path in set(named.values()):
        card(client, path)
    assert named[f"/incidents/{code}/"] == named[f"/incidents/{code}/v1/"] == f"/incidents/{code}/v1/card.png"
    assert named[f"/ar/incidents/{code}/"] == f"/ar/incidents/{code}/v1/card.png"
    assert named["/incidents/?from=2019"] == "/incidents/card.png?from=2019"
    assert named["/charts/?by=year"] == "/charts/card.png?by=year"
    assert named["/about/"] == named["/incidents/?from=nonsense"] == "/card.png"


def test_card_is_in_the_language_of_its_page(client: Client, told: FullIncident) -> None:
    path = f"/incidents/{told.incident.code}/v1/card.png"

    assert card(client, path) != card(client, f"/ar{path}")
    assert card(client, path) == card(client, path)


def test_cards_of_lists_differ_with_what_is_asked(client: Client, told: FullIncident) -> None:
    queries = ("", "?from=2019", "?q=%3Cb%3E%26", "?q=" + "long+" * 150)
    drawn = {card(client, f"/incidents/card.png{query}") for query in queries}

    assert len(drawn) == len(queries)


@pytest.mark.parametrize("path", ["/incidents/card.png?from=x", "/map/card.png?nothing=1", "/charts/card.png?by=x"])
def test_card_of_what_cannot_be_read_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_cards_of_closed_and_unpublished_incidents_are_gone(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    draft = curation.create_incident(by=None, scope="attack").code
    assert client.get(f"/incidents/{draft}/v1/card.png").status_code == 404
    assert client.get(f"/incidents/{code}/v2/card.png").status_code == 404

    curation.withdraw(told.incident, by=None, reason="It was thunder.")

    gone = client.get(f"/incidents/{code}/v1/card.png")
    assert gone.status_code == 410
    assert b"Upper" not in gone.content


def test_card_is_asked_for_again_when_less_may_be_seen(client: Client, told: FullIncident) -> None:
    path = f"/incidents/{told.incident.code}/v1/card.png"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    article = told.english.article
    article.refresh_from_db()
    change = {"visibility": "embargoed", "visibility_reason": "Asked by its authors."}
    intake.correct_article(article, by=None, seen=article.lock_version, **change)

    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_without_fonts_a_card_says_so(client: Client, settings) -> None:
    settings.PICTURE_FONTS = ["/nowhere/font.ttf"]

    assert client.get("/card.png").status_code == 503


@pytest.mark.parametrize("language", ["", "/ar"])
def test_descriptions_say_what_is_listed(client: Client, told: FullIncident, language: str) -> None:
    said = {
        path: Head(client.get(f"{language}{path}").content.decode()).one("og:description")
        for path in ("/incidents/?from=2019&to=2019", "/charts/?by=year", f"/towns/{told.place.pcode}/")
    }

    assert len(set(said.values())) == len(said)
    assert "2019" in said["/incidents/?from=2019&to=2019"]
    assert "2019" in said["/charts/?by=year"]
    name = told.place.name_ar if language else told.place.name_en
    assert name in said[f"/towns/{told.place.pcode}/"]


def test_card_of_a_record_has_a_map_of_its_place_as_readers_see_it(told: FullIncident) -> None:
    drawn = render_to_string("cards/card.svg", {"card": of_pages.of_record(told.incident.editions.get().content)})

    assert 'aria-label="Map: Upper Town' in drawn
    assert "<image" not in drawn
