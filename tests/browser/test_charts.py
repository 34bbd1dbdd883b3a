"""Charts in a real browser: accessible, by keyboard, without scripts, on a phone, with no request elsewhere."""

import pytest
from django.http import QueryDict
from playwright.sync_api import Page, expect

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST = 250_000  # bytes
DRAWN = [
    "by=month&from=2019&to=2019",
    "measure=killed&by=month&from=2019&to=2019",
    "split=actor&by=quarter",
    "split=facility_type&layout=stacked",
    "compare=from:2018,to:2018&compare=from:2019,to:2019&by=month",
    "by=week&from=2018&to=2019",
    "split=actor&layout=lines&by=month&from=2019&to=2019",
    "compare=nothing",
]


@pytest.fixture
def town() -> Place:
    """Attacks of two actors on certain and vague dates, with numbers that differ."""
    town = gazetteer_town()
    actors = [ActorFactory(slug=slug, name_en=slug.title(), name_ar="جهة") for slug in ("first", "second")]
    kinds = [FacilityTypeFactory(slug=slug, name_en=slug) for slug in ("hospital", "school")]
    facility = FacilityFactory(place=town, facility_type=kinds[0])
    for index, (on, killed) in enumerate(
        [("2019-05-02", 3), ("2019-05-20", (4, 6)), ("2019-05", None), ("2018-03-01", (5, None)), ("2019", 2)]
    ):
        published(
            on=on,
            places=[town],
            actors=[actors[index % 2]],
            facility_types=kinds[: 1 + index % 2],
            facilities=[facility],
            killed=killed,
        )
    return town


@pytest.mark.parametrize("language", ["", "/ar"])
def test_charts_are_accessible_and_fit(town: Place, open_page, language: str) -> None:
    page, phone = open_page("/about/"), open_page("/about/", width=390)

    for asked in DRAWN:
        for one in (page, phone):
            one.goto(f"{language}/charts/?{asked}")
            assert violations(one) == "", asked
            wider = one.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider == 0, asked


def test_charts_are_light_and_ask_nobody_else(town: Place, open_page, live_server) -> None:
    page = open_page("/about/")
    asked: list[str] = []
    weights: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: weights.append(len(response.body())))

    for query in DRAWN:
        asked.clear()
        weights.clear()
        page.goto(f"/charts/?{query}")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if not url.startswith(live_server.url)] == []
        assert len(asked) <= 15
        assert sum(weights) < HEAVIEST, query


def query(page: Page) -> dict[str, list[str]]:
    return dict(QueryDict(page.url.partition("?")[2]).lists())


@pytest.mark.parametrize("language", ["", "/ar"])
def test_bar_leads_to_its_list_without_scripts(town: Place, open_page, language: str) -> None:
    page = open_page(f"{language}/charts/?by=month&from=2019&to=2019&town=C4068", javascript=False)

    bar = page.locator(".chart-bars a").nth(4)
    expect(bar.locator("title")).to_contain_text("2019")
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/**")

    assert query(page) == {"town": ["C4068"], "from": ["2019-05"], "to": ["2019-05"]}


def test_many_bars_are_one_image_whose_table_has_the_links(town: Place, open_page) -> None:
    page = open_page("/charts/?by=week&from=2018&to=2019", javascript=False)
    few = open_page("/charts/?by=month&from=2019&to=2019", javascript=False)

    assert few.locator("svg.chart-bars").get_attribute("role") == "group"
    drawn = page.locator("svg.chart-bars .tag, svg.chart-bars rect.possible, svg.chart-bars rect.certain").count()
    links = page.locator("svg.chart-bars a").count()
    assert (page.locator("svg.chart-bars").get_attribute("role") == "img") == (links == 0)
    assert drawn > 0
    assert page.get_by_role("table").get_by_role("link").count() > 0


def test_selections_are_chosen_and_compared_without_scripts(town: Place, open_page) -> None:
    page = open_page("/charts/?town=C4068&measure=killed", javascript=False)

    page.get_by_role("checkbox", name="First").check()
    page.get_by_role("checkbox", name="Second").check()
    page.get_by_role("button", name="Compare").click()

    assert query(page)["compare"] == ["actor:first", "actor:second"]
    assert query(page)["measure"] == ["killed"]
    expect(page.locator(".panels figure")).to_have_count(2)
    expect(page.locator(".panels figcaption").first).to_have_text("First")
    expect(page.get_by_role("checkbox", name="First")).to_be_checked()


def test_form_draws_otherwise(town: Place, open_page) -> None:
    page = open_page("/charts/?from=2019", javascript=False)

    page.get_by_label("A bar for each").select_option("quarter")
    page.get_by_label("What is counted").select_option("facilities")
    page.get_by_role("button", name="Search").click()

    assert query(page) == {"from": ["2019"], "by": ["quarter"], "measure": ["facilities"]}
    expect(page.locator(".chart h2")).to_contain_text("facilities hit, by quarter")


def test_town_leads_to_its_chart_and_chart_to_its_files(town: Place, open_page) -> None:
    page = open_page("/towns/C4068/", javascript=False)

    page.get_by_role("link", name="Draw the attacks as a chart").click()

    assert query(page) == {"town": ["C4068"]}
    for form in ("svg", "png", "csv"):
        address = page.get_by_role("link", name=form.upper(), exact=True).get_attribute("href")
        assert address == f"/charts.{form}?town=C4068"


@pytest.mark.parametrize("language", ["", "/ar"])
def test_file_is_drawn_by_a_browser_as_it_stands(town: Place, open_page, language: str) -> None:
    page = open_page(f"{language}/charts.svg?measure=killed&split=actor")

    boxes = page.evaluate(
        "[...document.querySelectorAll('text')].map(text => { const box = text.getBBox();"
        " const at = text.getCTM(); return [box.x + at.e, box.x + box.width + at.e]; })"
    )
    width = page.evaluate("document.documentElement.viewBox.baseVal.width")

    assert boxes
    assert all(left >= -1 and right <= width + 1 for left, right in boxes), boxes
