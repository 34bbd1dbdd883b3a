"""Changing the words of a claim at the desk, and being asked about doubles there, with a real mouse."""

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Claim, Facility
from tests.browser.accessibility import violations
from tests.browser.desk_pages import Open, cookie_of, desk_path, drag, text_of
from tests.factories.archive import PassageFactory, PlaceFactory
from tests.factories.incidents import ClaimFactory, FacilityFactory, IncidentFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENGLISH = (
    "Quay 😀 of queens\n\nTwo millers were killed at the old mill 🌾 near the weir. Five more were hurt, the wardens "
    "said.\n\nThe mill stood still for a week.\n"
)
ARABIC = "رصيف 😀 المطحنة\n\nقُتل طحّانان عند المطحنة القديمة 🌾 قرب السدّ. وأُصيب خمسة آخرون، قال الحرّاس.\n"
TEXTS = [
    (ENGLISH, "en", "Two millers were killed", "at the old mill 🌾 near"),
    (ARABIC, "ar", "قُتل طحّانان", "عند المطحنة القديمة 🌾 قرب"),
]


@pytest.fixture
def open_desk(browser_page: Page, live_server) -> Open:
    browser_page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])

    def open_desk(text, *, width: int = 1280) -> Page:
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto(f"{live_server.url}{desk_path(text)}")
        return browser_page

    return open_desk


def killed_claim(text, exact: str) -> Claim:
    claim: Claim = ClaimFactory(
        passage=PassageFactory(text_version=text, exact=exact), incident=IncidentFactory(), killed=True
    )
    return claim


@pytest.mark.parametrize(("words", "language", "old", "new"), TEXTS)
@pytest.mark.parametrize("width", [1280, 390])
def test_other_words_are_selected_with_the_mouse(
    open_desk: Open, words: str, language: str, old: str, new: str, width: int
) -> None:
    claim = killed_claim(text_of(words, language), old)
    page = open_desk(claim.passage.text_version, width=width)

    page.get_by_role("link", name="Change the words:").click()
    expect(page.locator("#words-now")).to_contain_text(old)
    assert page.get_by_label("The words").input_value() == old
    page.locator("#desk-text").scroll_into_view_if_needed()
    drag(page, new)

    assert page.get_by_label("The words").input_value() == new
    expect(page.locator("#words-now")).to_contain_text(old)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Changed")

    changed = Claim.objects.get(pk=claim.pk)
    text = changed.passage.text_version
    assert changed.passage.exact == new == text.text[changed.passage.start : changed.passage.end]
    assert changed.count_low == claim.count_low
    expect(page.locator("#desk-claims")).to_contain_text(new)  # back at the desk


def test_other_words_are_selected_with_the_keys(open_desk: Open) -> None:
    claim = killed_claim(text_of(ENGLISH, "en"), "Two millers were killed")
    page = open_desk(claim.passage.text_version)
    page.get_by_role("link", name="Change the words:").click()
    expect(page.get_by_role("button", name="Next sentence")).to_be_visible()

    page.get_by_label("The words").focus()
    page.keyboard.press("Escape")  # back to the text, with the words of the claim selected
    for _ in range(5):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.get_by_role("button", name="End a word earlier").click()
    chosen = page.get_by_label("The words").input_value()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Changed")

    assert chosen.startswith("Two millers were killed at the")
    assert Claim.objects.get(pk=claim.pk).passage.exact == chosen


def test_the_question_about_a_double_is_seen_and_answered(open_desk: Open) -> None:
    town = PlaceFactory(pcode="C1", name_en="Ariha", lat=35.8, lon=36.6)
    market: Facility = FacilityFactory(name_en="Ariha vegetable market", place=town)
    page = open_desk(text_of(ENGLISH, "en"))
    drag(page, "old mill 🌾 near")
    page.get_by_label("A new incident").check()
    page.locator("label.chip", has_text="Facility").first.click()
    page.get_by_text("A facility that is not in the list").click()
    page.get_by_label("Name in English").fill("Vegetable market of Ariha")
    page.locator("[name=facility_new_type]").select_option(str(market.facility_type_id))
    page.locator("[name=facility_new_place_words]").fill("C1")
    page.locator(".picker-list:visible li").first.click()

    page.get_by_role("button", name="Save claim").click()

    answer = page.get_by_label("Use this one: Ariha vegetable market")
    expect(answer).to_be_focused()
    box, submit = answer.bounding_box(), page.get_by_role("button", name="Save claim").bounding_box()
    assert 0 < box["y"] < submit["y"]
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    assert Claim.objects.get().facility == market
