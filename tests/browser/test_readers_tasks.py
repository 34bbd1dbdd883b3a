"""What readers come for, each task whole and its steps counted: links followed, things typed, chosen and pressed."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from archive.models import Place
from tests.browser.conftest import Opener
from tests.browser.steps import Steps
from tests.factories.full_incident import DEATHS, published
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town
from tests.factories.listed import published as listed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def town() -> Place:
    """Attacks of two actors on hospitals and a school through two years."""
    town = gazetteer_town()
    actors = [ActorFactory(slug=slug, name_en=slug.title(), name_ar="جهة") for slug in ("first", "second")]
    hospital, school = (FacilityTypeFactory(slug=slug, name_en=slug) for slug in ("hospital", "school"))
    struck = [FacilityFactory(place=town, facility_type=kind) for kind in (hospital, hospital, school)]
    for index, on in enumerate(["2018-03-01", "2019-05-02", "2019-05-20", "2019-11-03"]):
        one = struck[index % 3]
        listed(on=on, places=[town], actors=[actors[index % 2]], facility_types=[one.facility_type], facilities=[one])
    return town


def downloaded(page: Page, link: Locator) -> Path:
    """The file that a link gives."""
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path())


def test_hospitals_hit_in_a_place_by_month_as_a_picture(town: Place, open_page: Opener) -> None:
    page = open_page("/")
    steps = Steps(page, "hospitals-by-month")

    steps.do(page.get_by_role("navigation").get_by_role("link", name="Charts").first.click)
    steps.do(lambda: page.get_by_label("Place", exact=True).fill(town.pcode))
    steps.do(lambda: page.get_by_label("A bar for each").select_option("month"))
    steps.do(lambda: page.get_by_label("What is counted").select_option("facilities"))
    steps.do(page.get_by_role("button", name="Search").click)
    steps.do(page.locator(".facets").get_by_role("link", name="hospital").click)
    picture = downloaded(page, page.get_by_role("link", name="PNG"))

    assert steps.taken + 1 <= 7
    assert picture.read_bytes().startswith(PNG)
    table = downloaded(page, page.get_by_role("link", name="CSV")).read_text("utf-8").splitlines()
    months = [row for row in csv.DictReader(table) if row["bar"] == "month"]
    assert [row["from"][:7] for row in months if row["certain_low"] != "0"] == ["2018-03", "2019-05", "2019-11"]


def test_two_actors_by_year_on_one_scale(town: Place, open_page: Opener) -> None:
    page = open_page("/incidents/")
    steps = Steps(page, "actors-by-year")

    steps.do(page.get_by_role("link", name="Charts").first.click)
    steps.do(page.get_by_label("First", exact=True).check)
    steps.do(page.get_by_label("Second", exact=True).check)
    steps.do(page.get_by_role("button", name="Compare").click)

    assert steps.taken <= 4
    expect(page.locator("svg.chart-bars")).to_have_count(2)
    axes = page.locator("svg.chart-bars").evaluate_all("all => all.map(one => one.querySelector('.axis').textContent)")
    assert axes[0] == axes[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_one_quote_with_its_words(open_page: Opener, live_server, width: int) -> None:
    told = published()
    page = open_page(f"/incidents/{told.incident.code}/", width=width)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    steps = Steps(page, f"quote-{width}")

    if width < 600:
        steps.do(
            page.locator("#evidence-killed").locator("xpath=ancestor-or-self::details").locator("summary").first.click
        )
    steps.do(page.get_by_role("link", name=DEATHS[:50]).first.click)
    passage = told.passage(told.english, DEATHS)
    steps.do(
        page.locator(f"#note-{passage.public_id}").get_by_role("button", name="Copy the quote with its link").click
    )

    assert steps.taken <= 3
    words, address = page.evaluate("navigator.clipboard.readText()").rsplit(" ", 1)
    assert words == f"“{DEATHS}”"
    assert address.endswith(f"/passages/{passage.public_id}/")
