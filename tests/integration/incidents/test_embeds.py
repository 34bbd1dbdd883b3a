"""What other sites may show in a frame, and oEmbed, which tells them how."""

import copy
import json
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive import intake
from archive.web.framing import Frame
from incidents import curation
from tests.factories.full_incident import FullIncident, published
from tests.factories.heads import Head
from tests.factories.incidents import ActorFactory
from tests.factories.listed import gazetteer_town
from tests.factories.listed import published as listed
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    assert is_frameable(response), path
    return response.content.decode()


def is_frameable(response: Any) -> bool:
    policy = response.headers["Content-Security-Policy"]
    frames = re.search(r"frame-ancestors ([^;]*)", policy)[1]  # type: ignore[index]
    assert (frames == "*") == ("X-Frame-Options" not in response.headers)
    if frames == "*":
        assert "script-src 'none'" in policy
    return frames == "*"


def test_embeds_alone_are_frameable(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    for path in (f"incidents/{code}/", f"incidents/{code}/v1/", "charts/", "map/", "charts/?by=nonsense"):
        assert is_frameable(client.get(f"/embed/{path}"))
        assert is_frameable(client.get(f"/ar/embed/{path}"))
        refused = client.get(f"/{path}")
        assert not is_frameable(refused)
        assert refused.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ["Killed", "according to Rescue Group", "version 1", "Archive of Attack Reports", "CC-BY-4.0"]),
        ("/ar", ["القتلى", "فريق الإنقاذ", 'dir="rtl"', "CC-BY-4.0"]),
    ],
)
def test_incident_is_told_with_its_version_and_licence(
    client: Client, told: FullIncident, language: str, words: list[str]
) -> None:
    code = told.incident.code
    html = page(client, f"{language}/embed/incidents/{code}/")

    for said in [*words, f"{SITE}/incidents/{code}/v1/"]:
        assert said in html
    assert "<script" not in html
    assert "<form" not in html


def test_frame_speaks_of_no_words_that_it_does_not_have(client: Client, told: FullIncident) -> None:
    told.say("killed", None, count_low=9, count_high=9, group="people", judgement="Counted.")
    told.publish()
    path = f"/incidents/{told.incident.code}/"

    for address in (f"/embed{path}", path):
        html = client.get(address).content.decode()
        assert "Reports differ on this; what each says stands in the evidence." in html
        assert "below" not in html.split("<dl", maxsplit=1)[1].split("</dl>")[0], address


def test_every_link_in_a_frame_opens_beside_it(client: Client, told: FullIncident) -> None:
    for path in (f"incidents/{told.incident.code}/", "charts/?by=year", "map/", "incidents/none/"):
        links = re.findall(r"<a [^>]*>", client.get(f"/embed/{path}").content.decode())

        assert links
        assert [link for link in links if 'target="_blank" rel="noopener"' not in link] == [], path


def test_pinned_edition_stays_and_says_that_there_is_a_newer_one(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    assert "newest" not in page(client, f"/embed/incidents/{code}/v1/")
    told.say("killed", None, count_low=9, group="children", judgement="Counted.")
    told.publish("Nine children.")

    pinned, current = page(client, f"/embed/incidents/{code}/v1/"), page(client, f"/embed/incidents/{code}/")

    assert "9 children" in current
    assert "9 children" not in pinned
    assert "You are reading version 1" in pinned
    assert "You are reading" not in current


def test_withdrawn_incident_says_so_in_its_frame(client: Client, told: FullIncident) -> None:
    curation.withdraw(told.incident, by=None, reason="It was thunder.")

    for path in ("", "v1/"):
        html = page(client, f"/embed/incidents/{told.incident.code}/{path}", 410)
        assert "It was thunder." in html
        assert "Upper Town" not in html


def test_merged_incident_leads_to_the_frame_of_its_survivor(client: Client, told: FullIncident) -> None:
    other = published()
    curation.merge(told.incident, into=other.incident, by=None, reason="One attack.")
    code, survivor = told.incident.code, other.incident.code

    moved = client.get(f"/ar/embed/incidents/{code}/")

    assert (moved.status_code, moved.headers["Location"]) == (301, f"/ar/embed/incidents/{survivor}/")
    assert is_frameable(moved)
    assert "merged into another" in page(client, f"/embed/incidents/{code}/v1/")


@pytest.mark.parametrize("code", ["nothing", "draft"])
def test_draft_is_not_there(client: Client, code: str) -> None:
    draft = curation.create_incident(by=None, scope="attack").code if code == "draft" else code
    assert "nothing here" in page(client, f"/embed/incidents/{draft}/", 404)
    assert client.get(f"/oembed?url={SITE}/incidents/{draft}/").status_code == 404


def test_embargo_reaches_the_frame(client: Client, told: FullIncident) -> None:
    """What the page shows is what the frame shows: speakers of a report that was embargoed since are gone from both."""
    article = told.english.article
    path = f"incidents/{told.incident.code}/"
    first = client.get(f"/embed/{path}")
    change = {"visibility": "embargoed", "visibility_reason": "Asked by its authors."}
    article.refresh_from_db()
    intake.correct_article(article, by=None, seen=article.lock_version, **change)

    again = client.get(f"/embed/{path}", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]
    for name in ("Example Herald", "Rescue Group"):
        assert (name in again.content.decode()) == (name in client.get(f"/{path}").content.decode())


def test_chart_and_map_are_drawn_with_the_parameters_of_their_pages(client: Client) -> None:
    town = gazetteer_town()
    actors = [ActorFactory(slug=slug, name_en=slug.title()) for slug in ("first", "second")]
    for actor in actors:
        listed(f"Strike by {actor.slug}", places=[town], actors=[actor])

    chart = page(client, "/embed/charts/?split=actor&by=year")
    town_map = page(client, "/embed/map/?actor=first")

    assert chart.count("<figure>") == 2
    assert "drawn on" in chart
    assert 'href="/charts/?split=actor&amp;by=year"' in chart
    assert "First" in town_map
    assert "1 attack" in town_map
    assert "Nothing matches" in page(client, "/embed/map/?killed_min=500")
    assert "by</code>" in page(client, "/embed/charts/?by=nonsense")


def frame_in(html: str) -> dict[str, str]:
    [attributes] = re.findall(r"<iframe ([^>]*)></iframe>", html)
    return {name: unescape(value) for name, value in re.findall(r'([a-z]+)="([^"]*)"', attributes)}


def test_pages_offer_the_code_of_their_frames(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    found = []
    for path in (f"/incidents/{code}/", "/ar/charts/?by=year&measure=killed", "/map/?scope=any"):
        html = client.get(path).content.decode()
        shown = [unescape(one) for one in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)]
        found += [frame_in(one) for one in shown]

    assert [one["src"] for one in found] == [
        f"{SITE}/embed/incidents/{code}/",
        f"{SITE}/embed/incidents/{code}/v1/",
        f"{SITE}/ar/embed/charts/?by=year&measure=killed",
        f"{SITE}/embed/map/?scope=any",
    ]
    for one in found:
        assert one["title"]
        assert one["loading"] == "lazy"
        assert int(one["width"])
        assert int(one["height"])
        assert client.get(one["src"].removeprefix(SITE)).status_code == 200


def test_code_of_a_frame_is_escaped() -> None:
    frame = Frame("https://here.example/?q=%22><script>", 'A "quoted" <b>title</b>', 600, 400)

    assert "<script>" not in frame.code
    assert "<b>" not in frame.code
    assert frame_in(frame.code)["title"] == 'A "quoted" <b>title</b>'


@pytest.mark.parametrize("path", ["/incidents/{code}/", "/ar/incidents/{code}/v1/", "/charts/?by=year", "/ar/map/"])
def test_pages_are_discovered_and_answered_in_both_formats(client: Client, told: FullIncident, path: str) -> None:
    address = path.format(code=told.incident.code)
    head = Head(client.get(address).content.decode())
    links = {one["type"]: one["href"] for one in head.rel("alternate") if "oembed" in one.get("type", "")}

    answer = client.get(links["application/json+oembed"].removeprefix(SITE))
    document = ElementTree.fromstring(client.get(links["text/xml+oembed"].removeprefix(SITE)).content)

    said = json.loads(answer.content)
    assert {one.tag: one.text for one in document} == {name: str(value) for name, value in said.items()}
    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    frame = frame_in(said["html"])
    assert (frame["width"], frame["height"]) == (str(said["width"]), str(said["height"]))
    assert frame["title"] == said["title"]
    assert ("/ar/" in frame["src"]) == address.startswith("/ar/")
    assert client.get(frame["src"].removeprefix(SITE)).status_code == 200


def oembed(client: Client, **params: Any) -> tuple[int, Any]:
    response = client.get("/oembed", params)
    return response.status_code, json.loads(response.content) if response.status_code == 200 else response.content


def test_oembed_fits_into_the_room_that_there_is(client: Client) -> None:
    _status, wide = oembed(client, url=f"{SITE}/map/")
    _status, narrow = oembed(client, url=f"{SITE}/map/", maxwidth="320", maxheight="200")

    assert (narrow["width"], narrow["height"]) == (320, 200)
    assert wide["width"] > 320
    assert frame_in(narrow["html"])["width"] == "320"


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": f"{SITE}/map/", "maxwidth": "wide"}, 400),
        ({"url": f"{SITE}/map/", "maxheight": "-1"}, 400),
        ({"url": f"{SITE}/map/", "maxwidth": "0"}, 400),
        ({"url": f"{SITE}/map/", "maxwidth": "9" * 5000}, 400),
        ({"url": f"{SITE}/map/", "maxwidth": "٣٢٠"}, 400),
        ({"url": f"{SITE}/map/", "format": "yaml"}, 501),
        ({"url": f"{SITE}/map/", "format": "JSON"}, 200),
        ({"url": "https://127.0.0.1:8000/map/"}, 200),
        ({"url": f"{SITE}/about/"}, 404),
        ({"url": f"{SITE}/map/?from=nonsense"}, 404),
        ({"url": f"{SITE}/charts/?by=nonsense"}, 404),
        ({"url": f"{SITE}/admin/"}, 404),
        ({"url": "https://elsewhere.example/map/"}, 404),
        ({"url": "http://127.0.0.1:8000@elsewhere.example/map/"}, 404),
        ({"url": "http://elsewhere.example\\@127.0.0.1:8000/map/"}, 404),
        ({"url": "javascript://127.0.0.1:8000/map/"}, 404),
        ({"url": "http://[::1/map/"}, 404),
        ({"url": "/map/"}, 404),
        ({"url": f"{SITE}/map/\x00"}, 404),
        ({"url": f"{SITE}/incidents/%00/"}, 404),
        ({"url": f"{SITE}/incidents/\u202e/"}, 404),
        ({"url": f"{SITE}//elsewhere.example/map/"}, 404),
        ({"url": f"{SITE}/incidents/abc/v{'9' * 5000}/"}, 404),
    ],
)
def test_oembed_answers_as_its_specification_says(client: Client, params: dict[str, str], status: int) -> None:
    assert oembed(client, **params)[0] == status


def test_oembed_of_closed_incidents(client: Client, told: FullIncident) -> None:
    """A withdrawn one is not shown; of a merged one, that which tells of it now, and its editions as they were."""
    other = published()
    curation.merge(told.incident, into=other.incident, by=None, reason="One attack.")
    code, survivor = told.incident.code, other.incident.code

    merged = oembed(client, url=f"{SITE}/incidents/{code}/")[1]
    pinned = oembed(client, url=f"{SITE}/incidents/{code}/v1/")[1]
    curation.withdraw(other.incident, by=None, reason="It was thunder.")

    assert frame_in(merged["html"])["src"] == f"{SITE}/embed/incidents/{survivor}/"
    assert frame_in(pinned["html"])["src"] == f"{SITE}/embed/incidents/{code}/v1/"
    assert oembed(client, url=f"{SITE}/incidents/{survivor}/")[0] == 404
    assert oembed(client, url=f"{SITE}/incidents/{survivor}/v1/")[0] == 404
