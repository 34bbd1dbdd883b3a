"""A page that changed: an editor sees what became of the passages, judges one, and the publish page says it."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive import following
from archive.models import FoundVerdict, TextVersion
from incidents import curation
from tests.browser.accessibility import violations
from tests.browser.desk_pages import cookie_of, desk_path, doubtful_words
from tests.factories.archive import ArticleFactory, PassageFactory, SourceFactory, TextVersionFactory
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Demonstration: an invented report and what its outlet made of it.
FIRST = "Shells hit the old mill of Samplebury at noon. The miller said that two people were killed there.\n"
SECOND = "Updated in the evening.\n" + FIRST.replace("two people", "nine people")
ARABIC = "سقطت قذائف على الطاحونة القديمة ظهرًا. وقال الطحان إن شخصين قُتلا هناك.\n"
ARABIC_SECOND = ARABIC.replace("إن شخصين", "إن تسعة أشخاص")
PICTURES = os.environ.get("PICTURES", "")


def later(first: str, second: str, language: str) -> TextVersion:
    """The second text of an article, after both sentences of the first were marked."""
    article = ArticleFactory(language=language, source=SourceFactory(text_policy="full"))
    old = TextVersionFactory(article=article, text=first)
    for sentence in first.strip().split(". "):
        PassageFactory(text_version=old, exact=sentence.rstrip("."))
    new: TextVersion = TextVersionFactory(article=article, text=second)
    following.follow([article.pk])
    return new


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_an_editor_sees_what_became_of_passages_and_judges_one(open_page, live_server) -> None:
    text = later(FIRST, SECOND, "en")
    editor = person("Editor")
    doubtful = text.passages_found.get(state="review")
    incident = publishable(editor)
    curation.make_claim(
        incident=incident,
        by=editor,
        aspect="killed",
        count_low=2,
        group="people",
        passage=doubtful.passage,
        judgement="",
    )
    page = open_page("/")
    page.context.add_cookies([cookie_of(editor, live_server.url)])

    page.goto(reverse("desk:passages"))
    expect(page.get_by_role("heading", name="Waiting (1)")).to_be_visible()
    page.goto(desk_path(text))
    expect(page.locator("#desk-text mark.again")).to_have_text("Shells hit the old mill of Samplebury at noon")
    assert "nine people were killed" in doubtful_words(page)
    assert violations(page) == ""
    pictured(page, "desk")

    page.locator("li.doubtful").get_by_role("link", name="Look at").click()
    expect(page.locator("del")).to_have_text("two")
    expect(page.locator("ins")).to_have_text("nine")
    assert violations(page) == ""
    pictured(page, "passage")
    page.get_by_role("button", name="It is this passage").click()
    expect(page.get_by_text("The passage in text 2: confirmed by an editor.")).to_be_visible()
    assert FoundVerdict.objects.get().created_by == editor

    page.goto(reverse("admin:incidents_incident_change", args=[incident.pk]))
    section = page.get_by_role("region", name="A cited text has changed")
    expect(section).to_contain_text("confirmed by an editor")
    pictured(page, "publish")


@pytest.mark.parametrize(("language", "first", "second"), [("en", FIRST, SECOND), ("ar", ARABIC, ARABIC_SECOND)])
def test_readers_see_what_changed_on_a_narrow_screen(open_page, language, first, second) -> None:
    text = later(first, second, language)
    prefix = "/ar" if language == "ar" else ""
    path = f"{prefix}{reverse('article_changes', args=[text.article.public_id])}"

    page = open_page(path, width=390)

    assert page.locator(".difference ins, .difference del").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == ""
    pictured(page, f"changes-{language}")
