"""From a pasted address to a published incident, and on to the day when the page says something else."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Article, TextVersion
from incidents import curation
from incidents.models import Incident
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of, desk_path, doubtful_words, drag
from tests.factories.archive import PlaceFactory
from tests.factories.people import person
from tests.factories.web_archives import answer
from tests.factories.web_servers import serve
from tests.integration.archive.test_fetch_requests import work
from tests.integration.archive.test_web_archives import page as report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUOTE = "Two people were hurt at the mill"


@pytest.fixture
def page(open_page: Opener, live_server) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    return page


def told(quote: str) -> bytes:
    """A page that begins with these words, above what the screen hides."""
    return answer(report().replace(b"<p>", f"<p>{quote}, the miller said.</p><p>".encode(), 1))


def fetch(page: Page, address: str) -> None:
    page.goto(reverse("admin:archive_article_fetch"))
    page.get_by_label("Addresses", exact=True).fill(address)
    page.get_by_role("button", name="Look at the addresses").click()
    page.get_by_role("button", name="Fetch", exact=True).click()
    work()


def correct(page: Page, text: TextVersion) -> TextVersion:
    page.goto(reverse("admin:archive_article_text", args=[text.article_id]))
    box = page.get_by_label("Text", exact=True)
    expect(page.locator(".whole")).to_contain_text(QUOTE)
    box.fill(f"{text.text}\nA line that the extractor left out.")
    page.get_by_role("button", name="Save as a new text").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Text 2 is stored")
    return TextVersion.objects.get(corrects=text)


def claim(page: Page, text: TextVersion) -> Incident:
    page.goto(desk_path(text))
    drag(page, QUOTE)
    expect(page.get_by_label("The words")).to_have_value(QUOTE)
    page.get_by_label("A new incident").check()
    page.get_by_label("Working title").fill("The mill")
    page.get_by_role("radio", name="Injured").check()
    page.locator("#id_count_low").fill("2")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    return Incident.objects.get()


def submit(page: Page, incident: Incident) -> None:
    page.goto(reverse("admin:incidents_incident_submit", args=[incident.pk]))
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def publish(page: Page, incident: Incident, note: str) -> None:
    page.goto(reverse("admin:incidents_incident_publish", args=[incident.pk]))
    page.get_by_label("Public note").fill(note)
    for reason in page.locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")
    page.get_by_role("button", name="Publish", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_page_is_fetched_corrected_cited_published_and_followed(page: Page, live_server, settings) -> None:
    settings.FETCH_DELAY, settings.FETCH_SECONDS = 0, 10
    with serve({"/report": told(QUOTE)}) as served:
        settings.FETCH_INTERNAL = [served.authority]
        fetch(page, f"{served.url}/report")
        drawn = Article.objects.get().texts.get()
        text = correct(page, drawn)
        incident = claim(page, text)
        for aspect, values in {"occurred": {"occurred_edtf": "2019-11-25"}, "place": {"place": PlaceFactory()}}.items():
            judgement = "The editor was told so by the council."
            curation.make_claim(incident=incident, by=None, aspect=aspect, judgement=judgement, **values)
        submit(page, incident)
        page.context.add_cookies([cookie_of(person("Reviewer"), live_server.url)])
        publish(page, incident, "First published.")
        assert incident.editions.count() == 1

        served.answers["/report"] = told(QUOTE.replace("Two", "Nine"))
        fetch(page, f"{served.url}/report")

    expect(page.locator("#fetches tbody")).to_contain_text("a new capture")
    changed = Article.objects.get().texts.get(number=3)
    page.goto(desk_path(changed))
    assert "Nine people were hurt" in doubtful_words(page)
    page.goto(reverse("desk:changes", args=[changed.article.public_id]))
    expect(page.locator("ins", has_text="Nine").first).to_be_visible()
    for address in ("admin:incidents_incident_change", "admin:incidents_incident_publish"):
        page.goto(reverse(address, args=[incident.pk]))
        expect(page.get_by_role("region", name="A cited text has changed")).to_contain_text("needs a look")
