"""An editor puts a drawn text right, beside the whole page; what is typed outlives the login."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import TextVersion
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of
from tests.factories.people import person
from tests.factories.web_pages import PARAGRAPHS
from tests.integration.archive.test_correcting_texts import take_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page: Opener, live_server) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    return page


def test_text_is_corrected_beside_the_page(page: Page) -> None:
    text = take_in()

    page.goto(reverse("admin:archive_article_change", args=[text.article_id]))
    page.get_by_role("link", name="Correct the text").click()
    box = page.get_by_label("Text", exact=True)
    expect(box).to_have_value(text.text)
    expect(page.locator(".whole")).to_contain_text("Home page")
    box.fill(text.text.replace(PARAGRAPHS[3], "A second shell did not go off."))
    page.get_by_role("button", name="Save as a new text").click()

    expect(page.locator(".messagelist .success")).to_contain_text("Text 2 is stored")
    assert TextVersion.objects.get(number=2).text.endswith("A second shell did not go off.")
    assert TextVersion.objects.get(number=1).text == text.text


def test_typed_text_comes_back(page: Page) -> None:
    text = take_in()
    address = reverse("admin:archive_article_text", args=[text.article_id])
    page.goto(address)
    box = page.get_by_label("Text", exact=True)
    box.fill("Typed and not yet saved.")
    page.wait_for_timeout(1_500)
    page.goto(reverse("admin:index"))
    page.goto(address)

    expect(box).to_have_value("Typed and not yet saved.")
