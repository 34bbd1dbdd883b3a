"""An editor pastes an address, sees what would be done, and sees it come in."""

import pytest
from playwright.sync_api import Page, expect

from archive.models import Article, FetchRequest
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of
from tests.factories.people import person
from tests.factories.web_archives import answer
from tests.factories.web_servers import serve
from tests.integration.archive.test_fetch_requests import work
from tests.integration.archive.test_web_archives import page as report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page: Opener, live_server) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    return page


def test_pasted_address_comes_in(page: Page, settings) -> None:
    settings.FETCH_DELAY, settings.FETCH_SECONDS = 0, 10
    with serve({"/report": answer(report("Two people were hurt."))}) as served:
        settings.FETCH_INTERNAL = [served.authority]
        page.goto("/admin/archive/article/")
        page.locator(".object-tools").get_by_role("link", name="Fetch from the web").click()
        box = page.get_by_label("Addresses", exact=True)
        box.fill(f"{served.url}/report\nhttp://10.0.0.1/")
        page.get_by_role("button", name="Look at the addresses").click()
        expect(page.locator(".errorlist")).to_contain_text("Line 2, http://10.0.0.1/: 10.0.0.1 is not on the public")
        expect(box).to_have_value(f"{served.url}/report\nhttp://10.0.0.1/")

        box.fill(f"{served.url}/report")
        page.get_by_role("button", name="Look at the addresses").click()
        expect(page.get_by_text("no article has this address")).to_be_visible()
        assert not FetchRequest.objects.exists()
        page.get_by_role("button", name="Fetch", exact=True).click()
        expect(page.locator("#fetches tbody")).to_contain_text("waiting")
        expect(box).to_have_value("")
        assert violations(page) == ""
        box.fill("https://news.example/typed-meanwhile")
        page.wait_for_timeout(1_500)
        page.goto("/admin/")
        page.locator("#content").get_by_role("link", name="Fetch articles from the web").click()
        expect(box).to_have_value("https://news.example/typed-meanwhile")

        work()

    expect(page.locator("#fetches tbody")).to_contain_text("in, a new article")  # nobody reloads the page
    expect(box).to_have_value("https://news.example/typed-meanwhile")
    page.locator("#fetches").get_by_role("link", name="Three shells hit the old mill").click()
    expect(page.get_by_label("Title", exact=False).first).to_have_value(Article.objects.get().title)
