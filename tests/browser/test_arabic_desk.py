"""The desk in Arabic, from right to left: suggestions by an Arabic keyboard, Arabic digits, two aspects by one save."""

import datetime
import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import TextVersion
from incidents.models import Claim
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of, desk_path, drag
from tests.factories.archive import ArticleFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, SpeakerFactory, WeaponFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")
# Told for these tests; it happened nowhere.
WORDS = (
    "قتلت غارات جوية روسية يوم الاثنين أربعة مدنيين في المطحنة القديمة.\n\n"
    "وأصيب سبعة أشخاص بينهم طفلان، قال حراس المطحنة."
)
QUOTE = "وأصيب سبعة أشخاص بينهم طفلان"
# What an Arabic keyboard sends: the letter of its key, and where the key lies.
PRESS = """([key, code]) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }))"""


@pytest.fixture
def text() -> TextVersion:
    ActorFactory(slug="russian-armed-forces", name_en="Russian Armed Forces", name_ar="القوات المسلحة الروسية")
    WeaponFactory(slug="air-strike", name_en="air strike", name_ar="غارة جوية")
    article = ArticleFactory(
        title="المطحنة القديمة",
        language="ar",
        published_on=datetime.date(2016, 6, 1),
        source=SourceFactory(name_en="Example Herald", name_ar="صحيفة المثال"),
    )
    text: TextVersion = TextVersionFactory(text=WORDS, article=article)
    return text


@pytest.fixture
def page(open_page: Opener, live_server) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    return page


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"arabic-{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_the_desk_in_arabic(page: Page, text: TextVersion) -> None:
    SpeakerFactory(name_en="Mill guards", name_ar="حراس المطحنة")
    page.goto(reverse("admin:index"))
    page.locator("button[name=language][value=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", name="مقالات غير مقروءة")).to_be_visible()
    pictured(page, "my-work")
    assert violations(page) == ""

    page.goto(desk_path(text))
    page.locator("#desk-text").focus()
    page.evaluate(PRESS, ["ش", "KeyA"])
    page.evaluate(PRESS, ["١", "Digit1"])
    expect(page.locator("#desk-suggestions .pointed")).to_have_count(1)
    pictured(page, "desk")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#suggestions-status")).to_contain_text("اقتراح")
    accepted = Claim.objects.count()
    assert accepted >= 1
    expect(page.locator("#desk-claims")).to_contain_text("القوات المسلحة الروسية")

    drag(page, QUOTE)
    page.get_by_role("radio", name="الجرحى").check()
    page.locator("#id_count_low").fill("٧")
    page.locator("#id_count_high").fill("٧")
    page.locator("details.also summary").click()
    page.locator("details.also").get_by_label("الجرحى", exact=True).check()
    page.locator("#id_injured_low").fill("٢")
    page.locator("#id_injured_high").fill("١")
    page.locator("#id_injured_group").select_option("children")
    page.locator("#id_speaker_words").fill("حراس المطحنة")
    pictured(page, "several")
    assert violations(page) == ""
    page.get_by_role("button", name="حفظ الادعاء").click()

    expect(page.locator("#form-errors")).to_contain_text("لم يُحفظ")
    assert Claim.objects.count() == accepted
    expect(page.locator("#id_injured_low")).to_have_value("٢")
    expect(page.locator(".wrong #id_injured_high")).to_be_visible()
    pictured(page, "refused")
    page.locator("#id_injured_high").fill("٢")
    page.get_by_role("button", name="حفظ الادعاء").click()

    expect(page.locator("#desk-status")).to_contain_text("حُفظ")
    made = Claim.objects.order_by("pk")[accepted:]
    assert [(one.aspect, one.count_low, one.group, one.passage.exact) for one in made] == [
        ("injured", 7, "people", QUOTE),
        ("injured", 2, "children", QUOTE),
    ]
    assert {one.speaker.name_en for one in made} == {"Mill guards"}
    # The speaker stays for the same words, and goes with other ones.
    expect(page.locator("#id_speaker_words")).to_have_value("حراس المطحنة")
    drag(page, "أربعة مدنيين")
    expect(page.locator("#id_speaker_words")).to_have_value("")
    page.reload()
    pictured(page, "saved")
    assert violations(page) == ""
