"""Pages of merges of names and of near copies, in both languages, wide and narrow, by keyboard and without scripts."""

import random

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive import copies, passages
from archive.models import TextVersion, User
from archive.web.editors_language import COOKIE
from incidents import curation, name_merges
from incidents.models import Actor, Claim, Facility, Incident
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of, desk_path
from tests.factories.archive import ArticleFactory, PassageFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.factories.rewritten import report, rewrite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "ar"]
WIDTHS = [1280, 360]


@pytest.fixture
def reviewer() -> User:
    return person("Reviewer")


@pytest.fixture
def enter(open_page: Opener, live_server, reviewer: User):
    """Return what opens a page of the editors' side as a reviewer."""

    def enter(path: str, *, language: str = "en", **options) -> Page:
        page = open_page(**options)
        address = f"{live_server.url}/admin"
        page.context.add_cookies([cookie_of(reviewer, live_server.url)])
        page.context.add_cookies([{"name": COOKIE, "value": language, "url": address}])
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        return page

    return enter


def expect_fit(page: Page) -> None:
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"


@pytest.fixture
def mills() -> tuple[Facility, Facility]:
    one = FacilityFactory(name_en="Weir mill", name_ar="طاحونة السد", aliases=["Old weir mill"])
    return one, FacilityFactory(name_en="Mill of the weir", place=one.place, facility_type=one.facility_type)


def claimed(facility: Facility, incident: Incident | None = None) -> Claim:
    text = TextVersionFactory(text="Shells fell on the weir mill at noon, the council said.")
    passage = passages.mark(text_version=text, start=0, end=11, exact="Shells fell", seen_sha256=text.sha256, by=None)
    incident = incident or publishable(person("Editor"))
    return curation.make_claim(incident=incident, by=None, passage=passage, aspect="facility", facility=facility)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_merge_of_names(mills: tuple[Facility, Facility], enter, reviewer: User, language: str, width: int) -> None:
    row, survivor = mills
    claimed(row)
    page = enter(reverse("desk:merge_names", args=["facility", row.pk]), language=language, width=width)
    expect_fit(page)
    page.locator(".likely a").first.click()
    expect(page.locator(".plan")).to_contain_text("طاحونة السد")
    expect_fit(page)

    merge = name_merges.merge(row, into=survivor, by=reviewer, reason="One mill, two names.")
    for one in (row, survivor):
        page.goto(reverse("admin:incidents_facility_change", args=[one.pk]))
        expect_fit(page)
    page.goto(reverse("desk:part_names", args=[merge.pk]))
    expect(page.locator(".plan")).to_be_visible()
    expect_fit(page)


def test_names_are_merged_by_the_keyboard_alone(mills: tuple[Facility, Facility], enter) -> None:
    row, survivor = mills
    claim = claimed(row)
    page = enter(reverse("admin:incidents_facility_change", args=[row.pk]))
    page.get_by_role("link", name="Merge into another").press("Enter")
    page.wait_for_url("**/merge/**")  # with its scripts, which offer the names
    page.get_by_label("The one that stays").press_sequentially("Mill of the")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Why").fill("Two names of one mill.")
    page.get_by_role("button", name="Show what will happen").press("Enter")
    expect(page.locator(".plan")).to_contain_text("Weir mill")
    page.get_by_role("button", name="Merge it").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("is merged into")
    claim.refresh_from_db()
    assert claim.facility == survivor
    page.get_by_role("link", name="Take back the merge").press("Enter")
    page.get_by_label("Why").fill("Two mills.")
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("stands for itself again")
    claim.refresh_from_db()
    assert claim.facility == row


def test_names_are_merged_without_scripts(mills: tuple[Facility, Facility], enter) -> None:
    row, survivor = mills
    page = enter(reverse("desk:merge_names", args=["facility", row.pk]), javascript=False)
    page.get_by_label("The one that stays").fill("Mill of the weir")
    page.get_by_label("Why").fill("Two names of one mill.")
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Merge it").click()
    expect(page.locator(".messagelist")).to_contain_text("is merged into")
    row.refresh_from_db()
    assert row.merged_into == survivor


def test_claim_that_a_colleague_makes_meanwhile_is_given_back(enter, reviewer: User) -> None:
    """In Arabic on a telephone: names are in Arabic, and what came up while the page was read is shown first."""
    row = ActorFactory(name_en="River fleet", name_ar="أسطول النهر")
    survivor = ActorFactory(name_en="Fleet of the river", name_ar="الأسطول النهري")
    draft = publishable(person("Editor"))
    says(draft, row, "The river fleet fired")
    merge = name_merges.merge(row, into=survivor, by=reviewer, reason="One fleet.")
    first = says(draft, survivor, "Boats came at dusk")
    page = enter(reverse("desk:part_names", args=[merge.pk]), language="ar", width=390)
    expect(page.locator(".plan")).to_contain_text("أسطول النهر")
    expect(page.locator("#content")).not_to_contain_text("Fleet of the river")
    expect_fit(page)

    last = says(draft, survivor, "the fleet denied it")
    page.locator("input[name=give_back]").check()
    page.locator("textarea").fill("أسطولان لا واحد.")
    page.locator(".submit button").click()
    expect(page.locator("input[name=give_back]")).to_have_count(2)
    expect(page.locator("input[name=give_back]:checked")).to_have_count(1)
    expect_fit(page)
    page.locator(".submit button").click()
    expect(page.locator(".messagelist")).to_contain_text("أسطول النهر")
    assert [Claim.objects.get(pk=one.pk).actor for one in (first, last)] == [row, survivor]


def says(incident: Incident, actor: Actor, words: str) -> Claim:
    text = "The river fleet fired on the mill, and the fleet denied it. Boats came at dusk."
    passage = PassageFactory(text_version__text=text, exact=words)
    return curation.make_claim(incident=incident, by=None, passage=passage, aspect="actor", actor=actor)


def near(language: str) -> tuple[TextVersion, TextVersion]:
    rng = random.Random(1)
    wire = report(rng, place="Weir", language=language)
    texts = [
        TextVersionFactory(text=text, article=ArticleFactory(title=f"Report {number}", language=language))
        for number, text in enumerate((wire, rewrite(wire, rng, language=language)), start=1)
    ]
    copies.note_copies(texts)
    return texts[0], texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_near_copies_at_the_desk(enter, language: str, width: int) -> None:
    first, second = near(language)
    page = enter(desk_path(second), language=language, width=width)
    expect(page.locator(".copies li")).to_have_count(1)
    expect_fit(page)
    page.locator(".copies li a").nth(1).click()
    expect(page.locator(".copy-columns section")).to_have_count(2)
    expect(page.locator(".copy-columns mark").first).to_be_visible()
    expect_fit(page)
    page.locator(".copy-columns h2 a").nth(1).click()
    expect(page).to_have_url(f"{page.url.split('/admin/')[0]}{desk_path(first)}?text=1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reviewers_see_reports_that_echo_each_other(enter, language: str) -> None:
    draft = publishable(person("Editor"))
    for text in near(language):
        passage = passages.mark(
            text_version=text, start=0, end=9, exact=text.text[:9], seen_sha256=text.sha256, by=None
        )
        curation.make_claim(
            incident=draft, by=None, passage=passage, aspect="killed", count_low=2 + text.pk % 90, group="people"
        )
    page = enter(reverse("admin:incidents_incident_publish", args=[draft.pk]), language=language)
    expect(page.locator("section:has(#echoes-heading) li")).to_have_count(1)
    expect_fit(page)
    assert settings.SESSION_COOKIE_PATH in page.url
