"""“Syrian or Russian forces” at the desk: several actors are ticked by mouse and by keys, kept, mended, and refused."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import User
from incidents.models import Claim
from tests.browser.desk_pages import Open, cookie_of, desk_path, text_of
from tests.browser.test_reading_desk import drag
from tests.factories.incidents import ActorFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "The quay was bombed by aircraft of the First or of the Second State, the wardens said."
SEVERAL = "One of several, and it is not said which"


@pytest.fixture
def editor() -> User:
    return person("Editor")


@pytest.fixture
def open_desk(browser_page: Page, live_server, editor: User) -> Open:
    for slug, name, arabic in (("first", "First State", "الدولة الأولى"), ("second", "Second State", "الدولة الثانية")):
        ActorFactory(slug=slug, name_en=name, name_ar=arabic)
    ActorFactory(slug="group", name_en="A Group", name_ar="جماعة")
    browser_page.context.add_cookies([cookie_of(editor, live_server.url)])

    def open_desk(query: str = "") -> Page:
        browser_page.goto(f"{live_server.url}{desk_path(text_of(WORDS, 'en'))}{query}")
        return browser_page

    return open_desk


def begin(page: Page, words: str) -> None:
    drag(page, words)
    page.get_by_label("A new incident").check()
    page.get_by_label("Working title").fill("The quay")
    page.get_by_role("radio", name="Who did it").check()


def test_several_are_ticked_by_mouse_and_mended_by_keys(open_desk: Open, live_server) -> None:
    page = open_desk()
    begin(page, "First or of the Second State")

    page.get_by_text(SEVERAL).click()
    page.get_by_label("First State").click()
    page.get_by_label("Second State").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    expect(page.locator("#desk-claims")).to_contain_text("First State or Second State")

    claim = Claim.objects.get()
    assert (claim.actor, claim.one_of_actors) == (None, ["first", "second"])
    assert claim.passage
    assert claim.passage.exact == "First or of the Second State"

    page.goto(f"{live_server.url}{reverse('desk:claim', args=[claim.public_id])}")
    expect(page.get_by_label("First State")).to_be_checked()  # unfolded, as something is ticked
    page.get_by_label("Second State").focus()
    page.keyboard.press("Space")
    page.get_by_label("A Group").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Changed:").first).to_be_visible()
    assert Claim.objects.get().one_of_actors == ["first", "group"]


def test_what_is_wrong_is_said_beside_the_boxes_and_nothing_is_lost(open_desk: Open) -> None:
    page = open_desk()
    begin(page, "First or of the Second State")

    page.get_by_text(SEVERAL).click()
    page.get_by_label("Second State").check()
    page.get_by_role("button", name="Save claim").click()

    expect(page.get_by_text("Choose two or more: of one alone, choose it above.").first).to_be_visible()
    expect(page.get_by_label("Second State")).to_be_checked()
    assert not Claim.objects.exists()
    page.get_by_label("A Group").check()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    expect(page.locator("#desk-claims")).to_contain_text("A Group or Second State")
    assert Claim.objects.get().one_of_actors == ["group", "second"]
