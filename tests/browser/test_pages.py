"""Readers' pages in a real browser: accessible in both languages and schemes, on a phone, without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from archive.alerts import sealing
from archive.models import Article
from incidents import curation
from incidents.releases import making
from tests.browser.accessibility import violations
from tests.factories.followed import asked, following, outbox, words_in
from tests.factories.full_incident import DEATHS, HIT, FullIncident, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told() -> FullIncident:
    """One incident with an older and a newer edition."""
    told = FullIncident()
    told.say_least()
    told.publish()
    told.say_rest()
    told.publish(note="The rest.")
    return told


def addresses(told: FullIncident) -> dict[str, str]:
    code = told.incident.code
    return {
        "home": "/",
        "incident": f"/incidents/{code}/",
        "old version": f"/incidents/{code}/v1/",
        "changes": f"/incidents/{code}/changes/",
        "article": f"/articles/{told.english.article.public_id}/",
        "Arabic article": f"/articles/{told.arabic.article.public_id}/",
        "copy": f"/captures/{told.english.capture.bytes_id}/",
        "manifests": "/manifests/",
        "town": f"/towns/{told.place.pcode}/",
        "towns": "/towns/",
        "actor": f"/actors/{told.actor.slug}/",
        "actors": "/actors/",
        "facility": f"/facilities/{told.facility.public_id}/",
        "source": "/sources/herald/",
        "sources": "/sources/",
        "about": "/about/",
        "method": "/about/method/",
        "glossary": "/about/glossary/",
        "corrections": "/corrections/",
        "error form": f"/corrections/report/incident/{code}/1/",
        "nothing": "/nothing/",
    }


@pytest.fixture
def data_pages() -> dict[str, str]:
    """The pages of the data, with a release."""
    release = making.make(note="The first one.")
    return {
        "data": "/about/data/",
        "use of the data": "/about/data/use/",
        "releases": "/about/data/releases/",
        "release": f"/about/data/releases/{release.name}/",
    }


@pytest.fixture
def alert_pages(settings: Any) -> dict[str, str]:
    """The pages of alerts: of one that waits for its confirmation, and of one that is followed."""
    settings.EMAIL_FROM = "alerts@archive.example"
    followed = following()
    asked("actor=unknown", email="other@barn.example")
    (word,) = words_in(outbox()[-1], "confirm")
    return {
        "form": "/alerts/follow/incidents/",
        "asked": "/alerts/asked/",
        "to confirm": f"/alerts/confirm/{word}/",
        "to end": f"/alerts/end/{sealing.word_of_end(followed.reference)}/",
        "too old": "/alerts/confirm/nothing/",
    }


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_kind_of_page_is_accessible(
    told: FullIncident, data_pages: dict[str, str], alert_pages: dict[str, str], open_page, language: str
) -> None:
    page = open_page()

    for name, path in {**addresses(told), **data_pages, **alert_pages}.items():
        page.goto(language + path)
        assert violations(page) == "", f"{name}, {language or 'en'}"


def test_pages_of_data_and_alerts_are_no_wider_than_a_phone(
    told: FullIncident, data_pages: dict[str, str], alert_pages: dict[str, str], open_page
) -> None:
    page = open_page(width=390)

    for name, path in {**data_pages, **alert_pages}.items():
        for language in ("", "/ar"):
            page.goto(language + path)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider == 0, f"{name}, {language or 'en'}"


def test_withdrawn_and_merged_are_accessible(told: FullIncident, open_page) -> None:
    other = published()
    page = open_page()

    curation.merge(other.incident, into=told.incident, by=None, reason="The same.")
    page.goto(f"/incidents/{other.incident.code}/v1/")
    assert violations(page) == ""

    curation.withdraw(told.incident, by=None, reason="Wrong.")
    page.goto(f"/incidents/{told.incident.code}/")
    assert violations(page) == ""


@pytest.mark.parametrize("language", ["", "/ar"])
def test_no_page_is_wider_than_a_phone(told: FullIncident, open_page, language: str) -> None:
    page = open_page(width=390)

    for name, path in addresses(told).items():
        page.goto(language + path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, name


def test_a_quote_opens_at_its_place_in_the_article(told: FullIncident, open_page) -> None:
    page = open_page(f"/incidents/{told.incident.code}/", javascript=False)

    page.get_by_role("link", name=DEATHS[:50]).first.click()

    passage = told.passage(told.english, DEATHS)
    assert page.url.endswith(f"/text/1/#p{passage.public_id}")
    assert page.locator(":target + mark").inner_text() in DEATHS
    page.locator(":target + mark a").first.click()
    page.locator(f"#note-{passage.public_id}").get_by_role("link", name="Shelling").first.click()
    assert page.url.endswith(f"/incidents/{told.incident.code}/#evidence-killed")


def test_marked_text_is_the_stored_text(told: FullIncident, open_page) -> None:
    page = open_page(f"/articles/{told.english.article.public_id}/")

    assert page.locator(".text").evaluate("element => element.textContent") == told.english.text


def test_language_switch_keeps_path_and_query(told: FullIncident, open_page) -> None:
    page = open_page(f"/incidents/{told.incident.code}/v1/?from=a&x=%22")

    page.get_by_role("link", name="العربيّة").click()
    assert page.url.endswith(f"/ar/incidents/{told.incident.code}/v1/?from=a&x=%22")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")

    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"{told.incident.code}/v1/?from=a&x=%22")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_copy_button_is_there_with_scripts_only(told: FullIncident, open_page) -> None:
    path = f"/incidents/{told.incident.code}/"

    assert open_page(path, javascript=False).get_by_role("button", name="Copy the permalink").count() == 0
    assert open_page(path).get_by_role("button", name="Copy the permalink").count() == 1


def test_skip_link_is_the_first_stop_of_the_keyboard(told: FullIncident, open_page) -> None:
    page = open_page("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_no_request_leaves_the_site_and_no_error_is_logged(told: FullIncident, open_page, live_server) -> None:
    page = open_page()
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    for name, path in addresses(told).items():
        page.goto(path)
        assert all(url.startswith(live_server.url) for url in requests), name
    assert [error for error in errors if "404" not in error] == []


def test_embargo_takes_the_words_off_the_page(told: FullIncident, open_page) -> None:
    Article.objects.filter(pk=told.english.article_id).update(visibility="embargoed", visibility_reason="Risk.")

    page = open_page(f"/incidents/{told.incident.code}/")

    assert HIT not in page.content()
