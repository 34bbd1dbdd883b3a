"""Citations in a real browser: copied with one key where scripts run, selected where they do not."""

import pytest
from playwright.sync_api import expect

from tests.factories.full_incident import DEATHS, HIT, FullIncident, published

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
    page.locator(".notes summary").first.click()
    expect(page.locator("details[open] .citation").first).to_be_visible()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("kind", ["incidents", "articles"])
def test_citations_fit_a_phone(told: FullIncident, open_page, language: str, kind: str) -> None:
    key = told.incident.code if kind == "incidents" else told.english.article.public_id

    page = open_page(f"{language}/{kind}/{key}/", width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", ["", "/ar"])
def test_link_to_exactly_one_quote_is_copied_with_its_words(
    told: FullIncident, open_page, live_server, settings, language: str
) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page.goto(f"{language}/articles/{told.english.article.public_id}/")
    passage = told.passage(told.english, HIT)
    note = page.locator(f"#note-{passage.public_id}")

    note.get_by_role("button").first.click()

    expect(note.get_by_role("status").first).not_to_be_empty()
    words, address = page.evaluate("navigator.clipboard.readText()").rsplit(" ", 1)
    assert words == f"“{HIT}”"
    assert address.startswith(settings.SITE_URL)
    page.goto(address.removeprefix(settings.SITE_URL))
    assert page.locator(":target + mark").inner_text() in HIT


def test_notes_say_what_passages_support_with_one_link_to_each(told: FullIncident, open_page) -> None:
    page = open_page(f"/articles/{told.english.article.public_id}/", javascript=False)
    note = page.locator(f"#note-{told.passage(told.english, DEATHS).public_id}")

    expect(note.locator(".note-records a")).to_contain_text("Killed, Injured")
    note.get_by_role("link", name="Link to this quote").click()
    assert page.locator(":target + mark").inner_text() in DEATHS
    note.locator(".note-records a").click()
    assert page.url.endswith(f"/incidents/{told.incident.code}/#evidence-killed")


def test_notes_are_no_longer_than_a_text_of_some_length(told: FullIncident, open_page) -> None:
    page = open_page(f"/articles/{told.english.article.public_id}/")

    lines = page.locator(".notes > li").evaluate_all("notes => notes.map(one => one.getBoundingClientRect().height)")

    assert max(lines) < 130, "a quote of two lines, and a line or two below it"
