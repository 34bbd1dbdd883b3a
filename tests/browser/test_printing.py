"""Lists on paper: no sheet for the foot alone, and the day of printing."""

import re
import zlib

import pytest
from playwright.sync_api import Page, expect

from tests.factories.listed import gazetteer_town, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOOT = 15  # runs of words that the foot alone has at most
LONGER = """height => {
    const filler = document.querySelector("#filler") ?? Object.assign(document.createElement("div"), {id: "filler"});
    filler.style.height = `${height}px`;
    document.querySelector(".incidents").before(filler);
}"""


def runs_of_words(page: Page) -> list[int]:
    """How many runs of words stand on each sheet of the printed page."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    objects = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    sheets = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    contents = [objects[re.search(rb"/Contents (\d+) 0 R", sheet)[1]] for sheet in sheets]  # type: ignore[index]
    streams = [body[body.index(b"stream\n") + 7 : body.rindex(b"\nendstream")] for body in contents]
    return [zlib.decompress(stream).count(b"BT\n") for stream in streams]


def test_no_sheet_holds_the_foot_alone(open_page) -> None:
    town = gazetteer_town()
    for day in range(1, 8):
        published(f"Attack {day}", on=f"2019-11-0{day}", places=[town], killed=2)
    page = open_page("/incidents/")
    sheets = []

    for height in range(0, 900, 60):
        page.evaluate(LONGER, height)
        sheets.append(runs_of_words(page))

    assert {len(counts) for counts in sheets} == {1, 2}
    assert [counts for counts in sheets if counts[-1] <= FOOT] == []


@pytest.mark.parametrize(("language", "printed"), [("", "Printed on "), ("/ar", "طُبع في ")])
def test_day_of_printing_stands_on_paper_only(open_page, language: str, printed: str) -> None:
    page = open_page(f"{language}/incidents/")
    expect(page.locator("#printed")).to_be_hidden()

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(page.locator("#printed")).to_be_visible()
    assert re.fullmatch(rf"{printed}\d{{1,2}} \D+ \d{{4}}", page.locator("#printed").inner_text())
