"""What is here, shown in the pages of other sites: in a real browser, each on its own origin."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.full_incident import FullIncident
from tests.factories.full_incident import published as full
from tests.factories.listed import gazetteer_town, published
from tests.factories.web_servers import serve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST = 250_000  # bytes


@pytest.fixture
def town() -> Place:
    town = gazetteer_town()
    for on in ("2019-05-02", "2019-05-20", "2019-06", "2018-03-01"):
        published("Strike on a clinic", on=on, places=[town])
    return town


@pytest.fixture(autouse=True)
def address(live_server, settings) -> str:
    settings.SITE_URL = live_server.url
    return str(live_server.url)


def article(code: str) -> bytes:
    """A page of another site with a frame in it."""
    body = f"<!doctype html><html lang=en><title>Elsewhere</title><h1>A report</h1>{code}</html>".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def origin_of(address: str) -> str:
    return urlsplit(address).netloc


@pytest.mark.parametrize("language", ["", "/ar"])
def test_chart_is_taken_to_the_page_of_another_site(town: Place, open_page, address: str, language: str) -> None:
    """Three steps from a chart to its code; the page that it is pasted into shows it."""
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.goto(f"{language}/charts/?by=year")
    page.locator(".embed summary").click()
    page.locator(".embed button").press("Enter")
    expect(page.locator(".embed [role=status]")).not_to_be_empty()
    code = page.evaluate("navigator.clipboard.readText()")

    with serve({"/report": article(code)}) as elsewhere:
        assert origin_of(elsewhere.url) != origin_of(address)
        reader = open_page(f"{elsewhere.url}/report", javascript=False)
        frame = reader.frame_locator("iframe")

        expect(frame.get_by_role("img")).to_be_visible()
        assert frame.locator("figure rect.certain").count() == 2
        expect(frame.locator("footer")).to_contain_text("CC-BY-4.0")
        assert_links_open_beside(reader, frame, f"{language}/charts/?by=year")


def assert_links_open_beside(reader: Page, frame: FrameLocator, path: str) -> None:
    with reader.context.expect_page() as opened:
        frame.get_by_role("heading", level=1).get_by_role("link").press("Enter")
    assert opened.value.url.endswith(path)
    assert opened.value.evaluate("window.opener") is None
    expect(frame.get_by_role("heading", level=1)).to_be_visible()


def test_page_itself_refuses_to_be_framed(town: Place, open_page, address: str) -> None:
    with serve({"/report": article(f'<iframe src="{address}/charts/?by=year"></iframe>')}) as elsewhere:
        reader = open_page()
        refusals: list[str] = []
        reader.on("console", lambda message: refusals.append(message.text))
        reader.goto(f"{elsewhere.url}/report")
        reader.wait_for_load_state("networkidle")

        assert reader.frame_locator("iframe").locator("svg").count() == 0
        assert any("frame" in text.lower() for text in refusals), refusals


def test_marks_of_a_framed_map_lead_out_of_the_frame(town: Place, open_page, address: str) -> None:
    with serve({"/report": article(f'<iframe src="{address}/embed/map/" width=700 height=600></iframe>')}) as elsewhere:
        reader = open_page(f"{elsewhere.url}/report", javascript=False)
        mark = reader.frame_locator("iframe").locator("svg.map a").first
        mark.focus()
        with reader.context.expect_page() as opened:
            reader.keyboard.press("Enter")

        assert "/incidents/?town=" in opened.value.url
        expect(mark).to_be_visible()


@pytest.fixture
def told() -> FullIncident:
    told = full()
    told.say("killed", None, count_low=9, group="children", judgement="Counted.")
    told.publish("Nine children.")
    return told


@pytest.mark.parametrize("language", ["", "/ar"])
def test_frames_are_accessible_light_and_fit(town: Place, told: FullIncident, open_page, language: str) -> None:
    asked: list[str] = []
    weights: list[int] = []
    page, narrow = open_page("/about/"), open_page("/about/", width=320)
    code = told.incident.code
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: weights.append(len(response.body())))

    for path in (f"incidents/{code}/", f"incidents/{code}/v1/", "charts/?by=year", "map/", "incidents/none/"):
        asked.clear()
        weights.clear()
        for one in (page, narrow):
            one.goto(f"{language}/embed/{path}")
            one.wait_for_load_state("networkidle")
            assert violations(one) == "", path
            assert one.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert len(asked) <= 10, asked
        assert not [url for url in asked if url.endswith(".js")]
        assert sum(weights) < HEAVIEST, path
