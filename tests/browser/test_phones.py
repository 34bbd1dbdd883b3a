"""On a telephone of 390 × 844 the first result stands on the first screen, and long records unfold by aspect."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.full_incident import published as told_in_full
from tests.factories.incidents import ActorFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT = 390, 844
FIRST = {
    "/": ".incidents tbody tr",
    "/incidents/": ".incidents tbody tr",
    "/incidents/?from=2019&to=2019&q=attack": ".incidents tbody tr",
    "/articles/": ".articles > li",
    "/map/": "svg.map",
    "/timeline/": ".bars",
    "/charts/": "figure",
}
TOP = "element => element.getBoundingClientRect().top + scrollY"


@pytest.fixture
def town() -> Place:
    town = gazetteer_town()
    Place.objects.filter(pk=town.pk).update(lat=35.61, lon=36.56, level=4)
    town.refresh_from_db()
    for on in ("2019-11-02", "2019-11", "2018-05-01"):
        published(f"Attack of {on}", on=on, places=[town], killed=2)
    published("Elsewhere", on="2020-02-01", places=[town.parent])
    published("Months of attacks", on="2019", places=[town], scope="series")
    read_article("A mill burned", "It burned.", places=[town], language="en", published_on="2019-11-28")
    return town


@pytest.fixture
def told() -> FullIncident:
    return told_in_full()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_first_result_stands_on_the_first_screen(town: Place, open_page, language: str) -> None:
    page = open_page(width=WIDTH, javascript=False)

    for path, first in FIRST.items():
        page.goto(language + path)
        assert page.locator(first).first.evaluate(TOP) < HEIGHT, path


@pytest.mark.parametrize("language", ["", "/ar"])
def test_filters_that_are_on_leave_the_first_result_well_inside(town: Place, open_page, language: str) -> None:
    actor = ActorFactory(slug="forces", name_en="Armed Forces of the North", name_ar="القوات المسلحة الشمالية")
    kind = FacilityTypeFactory(slug="hospital", name_en="hospital", name_ar="مستشفى")
    published("An attack", places=[town], actors=[actor], facility_types=[kind])
    page = open_page(width=WIDTH, javascript=False)

    page.goto(f"{language}/incidents/?town={town.pcode}&actor=forces&facility_type=hospital")

    assert page.locator(".incidents tbody tr").first.evaluate(TOP) < HEIGHT * 0.82
    chips = page.locator(".active-filters .chip")
    assert chips.count() == 4
    assert len({round(chip.bounding_box()["y"]) for chip in chips.all()}) <= 2
    assert all(chip.bounding_box()["height"] >= 24 for chip in chips.all())
    expect(chips.first).to_have_accessible_name(re.compile(r"^[^:]+: .* \("))


def test_filters_unfold_without_scripts_and_lie_open_on_wide_screens(town: Place, open_page) -> None:
    narrow = open_page("/incidents/", width=WIDTH, javascript=False)
    words = narrow.get_by_label("Words")

    expect(words).to_be_hidden()
    narrow.get_by_text("Search and filters").click()
    words.fill("attack")
    words.press("Enter")

    narrow.wait_for_url("**/incidents/?q=attack")
    wide = open_page("/incidents/", javascript=False)
    expect(wide.get_by_label("Words")).to_be_visible()
    expect(wide.get_by_text("Search and filters")).to_be_hidden()


@pytest.mark.parametrize("path", ["/incidents/", "/map/", "/timeline/", "/articles/"])
def test_filters_are_open_where_something_in_them_is_wrong(town: Place, open_page, path: str) -> None:
    page = open_page(f"{path}?from=x", width=WIDTH, javascript=False)

    expect(page.get_by_label("From")).to_be_visible()
    expect(page.locator(".has-error .errors")).to_be_visible()


def test_first_page_unfolds_places_and_dates(town: Place, open_page) -> None:
    page = open_page("/", width=WIDTH, javascript=False)

    expect(page.get_by_label("Words")).to_be_visible()
    expect(page.get_by_label("From")).to_be_hidden()
    page.get_by_text("Place, dates, actor").click()
    expect(page.get_by_label("From")).to_be_visible()
    expect(open_page("/", javascript=False).get_by_label("From")).to_be_visible()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_summary_stands_on_the_first_screen_and_the_citation_is_one_step_away(
    told: FullIncident, open_page, language: str
) -> None:
    page = open_page(f"{language}/incidents/{told.incident.code}/", width=WIDTH, javascript=False)

    bottom = page.locator(".lede").evaluate("element => element.getBoundingClientRect().bottom + scrollY")
    assert bottom < HEIGHT
    page.locator(".to-cite a").click()
    expect(page.locator(".permalink h2")).to_be_in_viewport()


def test_long_evidence_is_folded_by_aspect_on_a_phone_only(told: FullIncident, open_page) -> None:
    path = f"/incidents/{told.incident.code}/"
    narrow, wide = open_page(path, width=WIDTH, javascript=False), open_page(path, javascript=False)
    quote = "#evidence-occurred ~ *, .aspect:has(#evidence-occurred) blockquote"

    assert HIT in narrow.content()
    expect(narrow.locator(quote).first).to_be_hidden()
    expect(wide.locator(quote).first).to_be_visible()
    assert height(narrow) < height_unfolded(narrow) - 1_000
    narrow.locator(".aspect summary").first.click()
    expect(narrow.locator(quote).first).to_be_visible()


def test_link_of_a_fact_unfolds_its_evidence(told: FullIncident, open_page) -> None:
    page = open_page(f"/incidents/{told.incident.code}/", width=WIDTH, javascript=False)

    page.locator('.fact-evidence a[href="#evidence-killed"]').click()

    expect(page.locator(".aspect:has(#evidence-killed) blockquote").first).to_be_in_viewport()


def test_printing_opens_what_is_folded(told: FullIncident, open_page) -> None:
    page = open_page(f"/incidents/{told.incident.code}/", width=WIDTH, javascript=False)

    page.emulate_media(media="print")

    for quote in page.locator(".aspect blockquote").all():
        expect(quote).to_be_visible()
    expect(page.locator(".aspect summary").first).to_be_hidden()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_folded_and_unfolded_pages_are_accessible(told: FullIncident, open_page, language: str) -> None:
    page = open_page(width=WIDTH)

    for path in ("/", "/incidents/", f"/incidents/{told.incident.code}/"):
        page.goto(language + path)
        assert violations(page) == "", path
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert violations(page) == "", f"{path}, unfolded"


def height_unfolded(page: Page) -> int:
    return page.evaluate("""() => {
        const folds = document.querySelectorAll(".aspect details");
        folds.forEach(one => { one.open = true });
        const height = document.documentElement.scrollHeight;
        folds.forEach(one => { one.open = false });
        return height;
    }""")


def height(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollHeight")
