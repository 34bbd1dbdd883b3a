"""Names on maps in a real browser, in the fonts that it has: none lies over another, over a mark, or over the edge."""

import random

import pytest

from archive.models import Place
from tests.browser.accessibility import violations
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import ActorFactory
from tests.factories.listed import published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST, MOST_REQUESTS = 250_000, 15
PAGES = ["/map/", "/map/?by=town&split=actor", "/map/?town=SY07", "/towns/C1000/", "/towns/SY0702/"]
OVERLAPS = """() => {
  const seen = (element, edge) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const line = edge * height;
    return { words: element.textContent, left, right, top: top + line, bottom: bottom - line, width };
  };
  const found = [];
  for (const svg of document.querySelectorAll("svg.map")) {
    const isSeen = (one) => getComputedStyle(one).visibility === "visible";
    const names = [...svg.querySelectorAll(".names text, .scale text")].filter(isSeen).map((one) => seen(one, 0.18));
    const shown = names.filter((one) => one.width && one.words);
    const marks = [...svg.querySelectorAll(".marks .spot > *, .here-dot")].map((one) => seen(one, 0.04));
    const { left, right, top, bottom } = svg.getBoundingClientRect();
    if (!shown.length) found.push("no names");
    shown.forEach((one, at) => {
      if (one.left < left || one.right > right || one.top < top || one.bottom > bottom) found.push(one.words);
      for (const other of [...shown.slice(at + 1), ...marks]) {
        if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom) {
          found.push(`${one.words} / ${other.words}`);
        }
      }
    });
  }
  return found;
}"""


@pytest.fixture
def towns() -> None:
    """Forty towns near each other, struck by some actors; some attacks known only by the district."""
    rng = random.Random(5)
    country = PlaceFactory(pcode="SY", level=0, name_en="Syria", name_ar="سوريا", parent=None)
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="Idleb", name_ar="إدلب", parent=country)
    district = PlaceFactory(pcode="SY0702", level=2, name_en="Al Ma'ra", name_ar="معرة النعمان", parent=governorate)
    PlaceFactory(pcode="SY02", level=1, name_en="Aleppo", name_ar="حلب", parent=country)
    places: list[Place] = [
        PlaceFactory(
            pcode=f"C{1000 + at}", level=4, name_en=f"Town of the hill {at}", name_ar=f"بلدة التل {at}",
            parent=district, lat=35.4 + rng.random() / 2, lon=36.3 + rng.random() / 2,
        )
        for at in range(40)
    ]  # fmt: skip
    actors = [ActorFactory(slug=f"actor-{at}", name_en=f"Actor {at}", name_ar="جهة") for at in range(4)]
    for _ in range(60):
        published(places=[rng.choice([*places, *places, district])], actors=rng.sample(actors, rng.choice([0, 1, 2])))


@pytest.mark.parametrize("width", [1280, 390])
def test_names_lie_free(towns: None, open_page, width: int) -> None:
    page = open_page(width=width)

    for language in ("", "/ar"):
        for path in PAGES:
            page.goto(f"{language}{path}")
            assert page.evaluate(OVERLAPS) == [], f"{language}{path}"


NAMES = """() => [...document.querySelectorAll(".of-mark text")]
  .filter((text) => text.getClientRects().length && text.textContent)
  .map((text) => text.textContent)"""


def test_each_mark_has_a_name_or_a_number_and_zooming_makes_room_for_names(towns: None, open_page) -> None:
    page = open_page("/map/?town=SY07", width=390)
    before = page.evaluate(NAMES)
    rows = page.locator("#towns ~ section tbody tr")

    assert len(before) == page.locator(".marks a:visible path").count()
    numbers = [one for one in before if one.isdigit()]
    assert numbers
    for number in numbers:
        assert rows.nth(int(number) - 1).inner_text().startswith(f"{number} ")

    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)

    after = page.evaluate(NAMES)
    assert len([one for one in after if one.isdigit()]) < len(numbers)
    assert [one for one in page.evaluate(OVERLAPS) if " / " in one] == []
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(300)
    assert page.evaluate(NAMES) == before


def test_maps_are_accessible_and_light(towns: None, open_page) -> None:
    page = open_page(scheme="dark")
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(len(answer.body())))

    for path in PAGES:
        answers.clear()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert len(answers) <= MOST_REQUESTS, path
        assert sum(answers) < HEAVIEST, path
        assert violations(page) == "", path


def test_scale_says_what_is_seen_when_zoomed(towns: None, open_page) -> None:
    page = open_page("/map/?town=SY07")
    words, bar, here = (page.locator(one) for one in (".scale text", ".scale path", ".inset .here"))
    before = words.text_content(), bar.bounding_box()["width"], here.bounding_box()["width"]

    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()

    kilometres = [float(one.split()[0]) for one in (before[0], words.text_content())]
    lengths = before[1] / kilometres[0], bar.bounding_box()["width"] / kilometres[1]
    assert lengths[1] / lengths[0] == pytest.approx(2.25, rel=0.05)
    assert here.bounding_box()["width"] == pytest.approx(before[2] / 2.25, rel=0.2)
