"""Citations in a real browser: copied with one key where scripts run, selected where they do not."""

import pytest
from playwright.sync_api import expect

from tests.factories.full_incident import FullIncident, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told() -> FullIncident:
    return published()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_citation_is_copied_by_keyboard(told: FullIncident, open_page, live_server, language: str) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page.goto(f"{language}/incidents/{told.incident.code}/")
    lines = page.locator("#citing ~ .citations dd")

    lines.nth(1).get_by_role("button").press("Enter")

    expect(lines.nth(1).get_by_role("status")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == lines.nth(1).locator("p").inner_text()
    assert f"/incidents/{told.incident.code}/v1/" in copied


def test_citations_of_an_article_are_there_without_scripts(told: FullIncident, open_page) -> None:
    page = open_page(f"/articles/{told.english.article.public_id}/", javascript=False)

    expect(page.locator("#citing ~ .citations dd")).to_have_count(8)
    expect(page.locator("main button")).to_have_count(0)
    page.get_by_text("Cite this passage").first.click()
    expect(page.locator("details[open] .citation").first).to_be_visible()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("kind", ["incidents", "articles"])
def test_citations_fit_a_phone(told: FullIncident, open_page, language: str, kind: str) -> None:
    key = told.incident.code if kind == "incidents" else told.english.article.public_id

    page = open_page(f"{language}/{kind}/{key}/", width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
