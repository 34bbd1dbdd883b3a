"""Facets, map and timeline in a real browser: by keyboard alone, without scripts, with no request elsewhere."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from playwright.sync_api import Page, expect

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.incidents import ActorFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/incidents/", "/articles/", "/map/", "/timeline/", "/charts/"]
QUERIES = ["", "?from=2019&to=2019", "?from=2019-11&to=2019-11&town=C4068", "?q=nothinglikeit&from=2019", "?from=x"]


@pytest.fixture
def town() -> Place:
    """A town with attacks on certain and on vague dates, one elsewhere, one known only by its governorate."""
    town = gazetteer_town()
    Place.objects.filter(pk=town.pk).update(lat=35.61, lon=36.56, level=4)
    town.refresh_from_db()
    actors = [ActorFactory(slug=f"actor-{index}", name_en=f"Actor {index}") for index in range(13)]
    hospital = FacilityTypeFactory(slug="hospital", name_en="hospital")
    for on in ("2019-11-02", "2019-11-27", "2019-11", "2019", "2018-05-01"):
        published(f"Attack of {on}", on=on, places=[town], actors=actors, facility_types=[hospital], killed=2)
    published("Elsewhere", on="2020-02-01", places=[town.parent], actors=actors[:1])
    read_article("A mill burned", "It burned.", places=[town], language="en", published_on="2019-11-28")
    return town


def query(page: Page) -> dict[str, list[str]]:
    return dict(QueryDict(urlsplit(page.url).query).lists())


def press_tab_until(page: Page, locator) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


@pytest.mark.parametrize("language", ["", "/ar"])
def test_lists_and_pictures_are_accessible(town: Place, open_page, language: str) -> None:
    page = open_page()

    for path in PAGES:
        for asked in QUERIES:
            page.goto(f"{language}{path}{asked}")
            assert violations(page) == "", f"{language}{path}{asked}"


def test_pictures_are_accessible_on_a_phone(town: Place, open_page) -> None:
    page = open_page(width=390)

    for path in PAGES:
        page.goto(path)
        assert violations(page) == "", path


@pytest.mark.parametrize("language", ["", "/ar"])
def test_no_picture_is_wider_than_a_phone(town: Place, open_page, language: str) -> None:
    page = open_page(width=390)

    for path in PAGES:
        for asked in QUERIES:
            page.goto(f"{language}{path}{asked}")
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider == 0, f"{path}{asked}"


def test_no_request_leaves_the_origin(town: Place, open_page, live_server) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/", *PAGES, f"/towns/{town.pcode}/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")

    assert asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_facet_narrows_and_widens_without_scripts(town: Place, open_page) -> None:
    page = open_page("/incidents/?q=attack&order=oldest", javascript=False)

    page.get_by_role("navigation", name="Narrow the list down").get_by_role("link", name="Idleb").click()
    assert query(page) == {"q": ["attack"], "order": ["oldest"], "town": ["SY07"]}
    page.get_by_role("navigation", name="Narrow the list down").get_by_role("link", name="Kafr Nobol").click()
    assert query(page)["town"] == ["C4068"]
    expect(page.locator(".said")).to_contain_text("in Kafr Nobol with the words “attack”: 5")

    page.get_by_role("link", name="Kafr Nobol (on: remove this filter)").click()
    assert query(page) == {"q": ["attack"], "order": ["oldest"]}


def test_long_facet_unfolds_without_scripts(town: Place, open_page) -> None:
    page = open_page("/incidents/", javascript=False)
    last = page.get_by_role("link", name="Actor 9", exact=True)

    expect(last).to_be_hidden()
    page.get_by_text("All 13").click()

    expect(last).to_be_visible()


def test_facets_are_folded_on_a_phone_only(town: Place, open_page) -> None:
    wide, narrow = open_page("/incidents/"), open_page("/incidents/", width=390, javascript=False)

    expect(wide.get_by_role("link", name="Idleb", exact=True).first).to_be_visible()
    expect(wide.get_by_text("Narrow the list down")).to_be_hidden()
    hidden = narrow.locator(".facets").get_by_role("link", name="Idleb")
    expect(hidden).to_be_hidden()
    narrow.get_by_text("Narrow the list down").click()
    expect(hidden).to_be_visible()


def test_form_keeps_facets_that_are_on(town: Place, open_page) -> None:
    page = open_page("/incidents/?actor=actor-1&facility_type=hospital", javascript=False)

    page.get_by_label("From").fill("2019-11-20")
    page.get_by_label("From").press("Enter")

    asked = {name: values for name, values in query(page).items() if any(values)}
    assert asked["actor"] == ["actor-1"]
    assert asked["facility_type"] == ["hospital"]
    assert asked["from"] == ["2019-11-20"]
    expect(page.locator(".said")).to_contain_text("3, of which 1 certainly")


@pytest.mark.parametrize("javascript", [True, False])
def test_town_is_chosen_on_the_map_by_keyboard(town: Place, open_page, javascript: bool) -> None:
    page = open_page("/map/?from=2019&to=2019", javascript=javascript)
    mark = page.get_by_role("link", name="Kafr Nobol: 4 attacks")

    if javascript:
        press_tab_until(page, mark)
    else:
        mark.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/incidents/**")
    assert query(page) == {"from": ["2019"], "to": ["2019"], "town": ["C4068"]}


def test_map_tells_the_same_in_its_table_and_lists_what_it_does_not_draw(town: Place, open_page) -> None:
    page = open_page("/map/", javascript=False)

    row = page.get_by_role("row", name="Kafr Nobol")
    expect(row).to_contain_text("كفر نبل")
    expect(row.get_by_role("cell")).to_have_text(["5", "10"])
    expect(page.locator("#undrawn + p")).to_contain_text("Of these no town is known.")
    assert page.locator(".marks a:not(:has(.ring))").count() == 1


def test_map_zooms_by_keys_buttons_and_drag_and_marks_keep_their_size(town: Place, open_page) -> None:
    page = open_page("/map/")
    svg, circle = page.locator("svg.map"), page.locator(".marks a:not(:has(.ring)) path")
    whole, size = svg.get_attribute("viewBox"), circle.bounding_box()["width"]

    page.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    assert float(svg.get_attribute("viewBox").split()[2]) == pytest.approx(float(whole.split()[2]) / 2.25)
    assert circle.bounding_box()["width"] == pytest.approx(size, rel=0.02)

    before = circle.bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    assert circle.bounding_box()["x"] < before - 50

    box = svg.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 130, box["y"] + 80, steps=4)
    page.mouse.up()
    assert page.url.endswith("/map/")

    page.keyboard.press("0")
    assert [float(number) for number in svg.get_attribute("viewBox").split()] == pytest.approx(
        [float(number) for number in whole.split()]
    )


def test_bar_is_chosen_on_the_timeline_by_keyboard(town: Place, open_page) -> None:
    page = open_page("/timeline/")

    press_tab_until(page, page.get_by_role("link", name="November 2019: 3 certain, 1 possible"))
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2019-11**")
    assert query(page) == {"from": ["2019-11"], "to": ["2019-11"]}

    press_tab_until(page, page.get_by_role("link", name="27 November 2019: 1 certain, 2 possible"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/**")
    assert query(page) == {"from": ["2019-11-27"], "to": ["2019-11-27"]}


def test_timeline_tells_the_same_in_its_table(town: Place, open_page) -> None:
    page = open_page("/timeline/?from=2018&to=2020", javascript=False)

    row = page.get_by_role("row", name="November 2019")

    expect(row.get_by_role("cell")).to_have_text(["3", "1", "4"])
    assert page.locator(".bars .possible").count() == 12


def test_pages_of_towns_show_time(town: Place, open_page) -> None:
    page = open_page(f"/towns/{town.pcode}/", javascript=False)

    page.get_by_text("The figures in a table").click()
    page.locator("details").get_by_role("row", name="May 2018").get_by_role("link").last.click()

    assert query(page) == {"town": ["C4068"], "from": ["2018-05"], "to": ["2018-05"]}
