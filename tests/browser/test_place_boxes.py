"""The box of places while somebody types: by keyboard alone, by mouse alone, in both languages, on a phone, without."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.archive import PlaceFactory
from tests.factories.listed import gazetteer_town, published, read_article, spell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["/", "/incidents/", "/articles/", "/map/", "/timeline/"]
ASKED = "**/places.json?*"


@pytest.fixture(autouse=True)
def town() -> Iterator[Place]:
    """Kafr Nobol, of which texts tell, and two villages whose names begin alike."""
    town = gazetteer_town()
    district = PlaceFactory(pcode="SY0702", level=2, name_en="Al Ma'ra", name_ar="المعرة", parent=town.parent)
    for code, english, arabic in (("C4066", "Kafr Oweid", "كفر عويد"), ("C4100", "Kafruma", "كفرومة")):
        spell(PlaceFactory(pcode=code, level=4, name_en=english, name_ar=arabic, parent=district), english, arabic)
    published("Strike", places=[town])
    read_article("A mill burned", "It burned.", places=[town])
    return town


def box_of(page: Page) -> Locator:
    return page.locator("[name=town]").first


def unfold(page: Page) -> None:
    """On a telephone the form is folded away: open it by its heading, with the keyboard."""
    heading = page.locator("details.folds:not([open]):has([name=town]) > summary")
    if heading.is_visible():
        heading.press("Enter")


def options(page: Page) -> Locator:
    return page.locator("[role=option]:visible")


def town_asked(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("town", [])


def active(page: Page) -> str:
    """The option that the box says is the active one."""
    return str(
        page.evaluate(
            "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText ?? ''"
        )
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("language", "width", "typed", "name"), [("", 1280, "kafr n", "Kafr Nobol"), ("/ar", 390, "كفر ن", "كفر نبل")]
)
def test_keyboard_alone(open_page, path: str, language: str, width: int, typed: str, name: str) -> None:
    page = open_page(language + path, width=width)
    unfold(page)
    box_of(page).focus()

    page.keyboard.type(typed)
    expect(options(page)).to_have_count(1)
    expect(box_of(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    assert active(page).startswith(name)
    page.keyboard.press("Enter")

    expect(options(page)).to_have_count(0)
    expect(box_of(page)).to_have_value(name)
    expect(box_of(page)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**town=**")
    assert town_asked(page) == [name]
    expect(page.locator(".errors")).to_have_count(0)


@pytest.mark.parametrize(("language", "width"), [("", 390), ("/ar", 1280)])
def test_mouse_alone(open_page, language: str, width: int) -> None:
    page = open_page(language + "/incidents/", width=width)
    unfold(page)
    box_of(page).click()
    page.keyboard.type("kafr")
    expect(options(page)).to_have_count(3)

    options(page).nth(2).hover()
    page.mouse.down()
    expect(options(page)).to_have_count(3)  # the box keeps the focus, and the list stays
    page.mouse.up()

    expect(options(page)).to_have_count(0)
    expect(box_of(page)).to_have_value("كفر عويد" if language else "Kafr Oweid")
    expect(box_of(page)).to_be_focused()
    page.locator(".filter-form [type=submit]").click()
    page.wait_for_url("**town=**")
    expect(page.locator(".errors")).to_have_count(0)


def test_press_that_ends_beside_the_list_chooses_nothing(open_page) -> None:
    page = open_page("/incidents/")
    box_of(page).click()
    page.keyboard.type("kafr")
    options(page).first.hover()

    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()

    expect(box_of(page)).to_have_value("kafr")


def test_touch(browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto("/ar/incidents/")
    page.locator("details.form-fold > summary").tap()
    box_of(page).tap()
    page.keyboard.type("كفر")

    options(page).nth(2).tap()

    expect(box_of(page)).to_have_value("كفر عويد")
    context.close()


def test_arrows_go_round_through_the_box_and_keys_of_the_words_leave_the_list(open_page) -> None:
    page = open_page("/incidents/")
    box_of(page).focus()
    page.keyboard.type("kafr")
    expect(options(page)).to_have_count(3)
    expect(page.get_by_role("status").filter(has_text="3 suggestions")).to_have_count(1)

    def after(*keys: str) -> str:
        for key in keys:
            page.keyboard.press(key)
        return active(page).split("\n")[0]

    assert after("ArrowUp") == "Kafr Oweid"
    assert after("ArrowDown") == ""
    assert after("ArrowDown") == "Kafr Nobol"
    assert after("Home") == ""
    assert page.evaluate("document.activeElement.selectionStart") == 0
    assert after("ArrowDown", "ArrowDown", "End") == ""
    assert page.evaluate("document.activeElement.selectionStart") == 4
    assert after("Escape") == ""
    expect(options(page)).to_have_count(0)
    expect(box_of(page)).to_have_value("kafr")
    page.keyboard.press("Escape")
    expect(box_of(page)).to_have_value("kafr")
    page.keyboard.press("ArrowDown")
    expect(options(page)).to_have_count(3)
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_tab_takes_what_was_moved_to_and_nothing_else(open_page) -> None:
    page = open_page("/incidents/")
    box_of(page).focus()
    page.keyboard.type("kafr")
    expect(options(page)).to_have_count(3)
    page.keyboard.press("Tab")
    expect(box_of(page)).to_have_value("kafr")
    expect(options(page)).to_have_count(0)
    expect(page.locator("[name=from]")).to_be_focused()

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.type("u")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(box_of(page)).to_have_value("Kafruma")
    expect(page.locator("[name=from]")).to_be_focused()


def test_enter_with_nothing_chosen_sends_what_was_typed(open_page) -> None:
    page = open_page("/incidents/")
    box_of(page).focus()
    page.keyboard.type("Kafranbel")
    expect(options(page)).to_have_count(1)

    page.keyboard.press("Enter")

    page.wait_for_url("**town=**")
    assert town_asked(page) == ["Kafranbel"]


def test_second_place_has_suggestions_of_its_own(open_page) -> None:
    page = open_page("/incidents/?town=C4068&town=Kafr+Oweid")
    second = page.locator("[name=town]").nth(1)
    second.fill("")

    second.press_sequentially("kafrum")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    page.wait_for_url("**Kafruma**")
    assert town_asked(page) == ["Kafr Nobol", "Kafruma"]


def answer(*names: str) -> str:
    places = [{"pcode": "C1", "name": name, "spelling": "", "within": "Idleb"} for name in names]
    return json.dumps({"places": places, "said": f"{len(names)} suggestions"})


def test_stale_answer_that_comes_late_replaces_nothing(open_page) -> None:
    page = open_page("/incidents/")
    held: list[Route] = []

    def serve(route: Route) -> None:
        if "q=kafr&" in route.request.url + "&":
            held.append(route)
        else:
            route.fulfill(body=answer("Newer"), content_type="application/json")

    page.route(ASKED, serve)
    box_of(page).focus()
    with page.expect_request(ASKED):
        page.keyboard.type("kafr")
    page.keyboard.type("u")
    expect(options(page)).to_have_text(["Newer Idleb"])

    for route in held:
        route.fulfill(body=answer("Older", "Olden"), content_type="application/json")
    page.wait_for_load_state("networkidle")

    expect(options(page)).to_have_text(["Newer Idleb"])


def test_answer_that_comes_after_escape_or_elsewhere_opens_nothing(open_page) -> None:
    page = open_page("/incidents/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ASKED, hold)

    for leave in ("Escape", "Tab"):
        box_of(page).focus()
        with page.expect_request(ASKED):
            page.keyboard.type("kafr")
        page.keyboard.press(leave)
        held.pop().fulfill(body=answer("Late"), content_type="application/json")
        page.wait_for_load_state("networkidle")
        expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("status", [500, 414, 200, None])
def test_box_works_where_no_answer_can_be_read(open_page, status: int | None) -> None:
    page = open_page("/incidents/")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(ASKED, lambda route: route.fulfill(status=status, body="<p>no") if status else route.abort())
    box_of(page).focus()
    with page.expect_request(ASKED):
        page.keyboard.type("Kafranbel")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**town=**")
    assert town_asked(page) == ["Kafranbel"]
    assert errors == []


def test_fewer_than_two_letters_and_each_pause_ask_once(open_page) -> None:
    page = open_page("/incidents/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "places.json" in request.url else None)
    box_of(page).focus()

    page.keyboard.type("k ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    page.keyboard.type("afr")  # within one pause
    expect(options(page)).to_have_count(3)

    assert len(asked) == 1
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(options(page)).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(0)


def test_keys_of_an_input_method_are_left_to_it(open_page) -> None:
    page = open_page("/incidents/")
    page.route(ASKED, lambda route: route.fulfill(body=answer("One", "Two"), content_type="application/json"))
    box_of(page).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "كف", "selectionStart": 2, "selectionEnd": 2})
    expect(options(page)).to_have_count(2)

    for key in ("ArrowDown", "Enter", "Escape", "Tab"):
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229})
        assert active(page) == "", key
        expect(options(page)).to_have_count(2)

    session.send("Input.insertText", {"text": "كفر"})
    expect(box_of(page)).to_have_value("كفر")
    assert page.url.endswith("/incidents/")


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_open_list_is_accessible_and_no_wider_than_the_page(open_page, language: str, width: int) -> None:
    page = open_page(width=width)
    for path in PATHS:
        page.goto(language + path)
        unfold(page)
        box_of(page).focus()
        page.keyboard.type("kafr")
        expect(options(page)).to_have_count(3)
        page.keyboard.press("ArrowDown")

        assert violations(page) == "", path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path
        box, first = box_of(page).bounding_box(), options(page).first.bounding_box()
        assert 0 <= first["y"] - (box["y"] + box["height"]) < 12
        page.keyboard.press("Escape")


def test_without_javascript_the_form_reads_what_was_typed(open_page) -> None:
    page = open_page("/incidents/", javascript=False)
    box_of(page).fill("Kafranbel")

    page.keyboard.press("Enter")

    page.wait_for_url("**town=Kafranbel**")
    expect(page.locator(".said")).to_contain_text("Kafr Nobol")
    assert page.locator("[role=combobox], [role=listbox]").count() == 0
