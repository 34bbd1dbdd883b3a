"""A page that is perhaps no article is flagged at the desk; an editor says what it is beside it, and goes back."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.text_standing import standing
from archive.texts_in_time import current_text
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of, desk_path
from tests.factories.archive import TextVersionFactory
from tests.factories.people import person
from tests.factories.web_pages import page as page_of
from tests.integration.archive.test_correcting_texts import take_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page: Opener, live_server) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    return page


def test_flagged_page_is_judged_beside_it_and_taken_back(page: Page) -> None:
    text = take_in(page_of("<p>The mill burned.</p>", head=""))

    page.goto(desk_path(text))
    flag = page.locator(".notice", has_text="Perhaps no article")
    expect(flag).to_contain_text("it has 3 words")
    flag.get_by_role("link").click()
    expect(page.locator(".whole").first).to_contain_text("The mill burned.")
    page.get_by_label("What the page is").select_option(label="An article")
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_label("Why")).to_be_focused()  # the browser asks for the reason
    page.get_by_label("Why").fill("It is a short report, and whole.")
    assert violations(page) == ""
    page.get_by_role("button", name="Say so").click()

    expect(page.locator(".messagelist .success")).to_contain_text("Text 1 is said to be an article")
    expect(page.locator("#content")).to_contain_text("It is a short report, and whole.")
    assert violations(page) == ""
    page.get_by_role("link", name="Back to the desk").click()
    expect(page.locator(".notice", has_text="no article")).to_have_count(0)
    page.get_by_role("link", name="No article?").click()
    page.get_by_label("What the page is").select_option(label="Error message")
    page.get_by_label("Why").fill("It is the page of an error.")
    page.get_by_role("button", name="Say so").click()
    expect(page.locator(".errornote")).to_contain_text("No article (Error message): It is the page of an error.")
    assert standing(text).flag == "error"


def test_editor_goes_back_to_an_earlier_text(page: Page) -> None:
    first = TextVersionFactory()
    second = TextVersionFactory(article=first.article)

    page.goto(f"{desk_path(first)}?text=1")
    page.get_by_role("link", name="Go back to this text").click()
    page.get_by_label("Why").fill("The outlet put it back.")
    page.get_by_role("button", name="Make it the current text again").click()

    expect(page.locator(".messagelist .success")).to_contain_text("Text 1 is the current text again")
    assert current_text(first.article) == first
    page.goto(desk_path(second))
    expect(page.locator("#desk-text")).to_have_text(first.text)


def test_typed_reason_comes_back(page: Page) -> None:
    text = TextVersionFactory()
    address = reverse("admin:archive_article_judge", args=[text.article_id, text.number])
    page.goto(address)
    page.get_by_label("Why").fill("Typed and not yet saved.")
    page.wait_for_timeout(1_500)
    page.goto(reverse("admin:index"))
    page.goto(address)

    expect(page.get_by_label("Why")).to_have_value("Typed and not yet saved.")


def test_page_reads_in_arabic(page: Page) -> None:
    text = TextVersionFactory(flag="consent", flag_reason="it asks for consent")
    page.goto(reverse("admin:archive_article_judge", args=[text.article_id, text.number]))
    page.get_by_role("button", name="العربيّة").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".errornote")).to_contain_text("ربما ليس مقالًا (طلب موافقة)")
    expect(page.get_by_role("button", name="تثبيت هذا القول")).to_be_visible()
    assert violations(page) == ""


def test_copy_is_downloaded_once_it_was_said_what_follows(page: Page) -> None:
    text = TextVersionFactory()
    page.goto(reverse("admin:archive_article_change", args=[text.article_id]))
    page.get_by_role("link", name="Download copy").click()
    assert violations(page) == ""
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download it").click()

    assert downloaded.value.suggested_filename == f"{text.capture.bytes_id}.bin"
    assert text.capture.custody.get().event == "exported"
