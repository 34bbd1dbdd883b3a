"""What was chosen last is what is claimed: random gestures of real mouse and keys, in random order.

A hundred in each language; ``GESTURES=1000 GESTURES_SEED=7 pytest tests/browser/test_selecting.py`` makes more, and
others.
"""

import os
import random
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from archive.models import Passage, TextVersion
from tests.browser.desk_pages import cookie_of, desk_path, drag, text_of
from tests.browser.gestures import LIBRARY, Desk
from tests.factories.archive import PassageFactory
from tests.factories.incidents import ClaimFactory, IncidentFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENGLISH = """The millers' log, a text made up for this test.

Two millers were hurt at the old mill 🌾 near the weir. Five more were missing, the wardens said; nobody knew why.
"Nobody claimed it," wrote Ms. Quay, who keeps the log. The mill stood still & <empty> for a week.

On 3 May the wheel turned again 👩‍👩‍👧. It turned for 12.5 hours, and then it stopped… The naïve façade of q̃ueens fell.
\tA line that begins with a tab, and  two  spaces.
"""
ARABIC = """سجلّ الطحّانين، نصّ موضوع لهذا الاختبار.

أُصيب طحّانان عند المطحنة القديمة 🌾 قرب السدّ. وفُقد خمسة آخرون، قال الحرّاس؛ ولم يعرف أحد السبب.
«لم يتبنَّ ذلك أحد»، كتبت السيدة قاي التي تحفظ السجلّ. وبقيت المطحنة مغلقة أسبوعًا.

في ٣ أيار دارت العجلة من جديد. دارت ١٢ ساعة ثمّ توقّفت… وسقطت الواجهة.
"""
GESTURES = int(os.environ.get("GESTURES", "100"))
SEED = int(os.environ.get("GESTURES_SEED", "20191127"))


def mixed() -> str:
    """A long text of both scripts, in lines and within them; its second half is one line, in blocks, too."""
    lines = [line for pair in zip(ENGLISH.splitlines(), ARABIC.splitlines(), strict=False) for line in pair]
    numbered = [f"{number}. {line} {lines[-number % len(lines)]}" for number, line in enumerate(lines * 30, 1)]
    half = len(numbered) // 2
    return "\n".join([*numbered[:half], " ".join(numbered[half:])])


TEXTS = {"en": ENGLISH * 4, "ar": ARABIC * 4, "und": mixed()}


@pytest.fixture
def pages(browser: Browser, live_server) -> Iterator[tuple[Page, Page]]:
    """The desk of somebody who is signed in, and a page without its scripts, each in a window of its own.

    A tab behind another one is painted once a second at most, and a press of the mouse waits for that.
    """
    cookie = cookie_of(person("Editor"), live_server.url)
    contexts = [
        browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}) for _ in ("desk", "copy")
    ]
    for context in contexts:
        context.set_default_timeout(15_000)
        context.add_cookies([cookie])
        context.add_init_script(LIBRARY)
    desk, copy = (context.new_page() for context in contexts)
    copy.route("**/js/desk.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    desk.on("dialog", lambda dialog: dialog.accept())
    yield desk, copy
    for context in contexts:
        context.close()


class Saves:
    """Saves what is chosen as a claim; the number killed tells the claims apart."""

    def __init__(self, desk: Desk, text: TextVersion, code: str) -> None:
        self.desk, self.text, self.code, self.number = desk, text, code, 0

    def fill_in(self) -> None:
        self.number += 1
        page = self.desk.page
        page.locator(f"[name=incident][value={self.code}]").check()
        page.get_by_role("radio", name="Killed").check()
        page.locator("[name=count_low]").fill(str(self.number))

    def press(self) -> None:
        self.desk.page.get_by_role("button", name="Save claim").click()

    def check(self, chosen: dict[str, str]) -> None:
        """The database has the words that were chosen when it was saved."""
        expect(self.desk.page.locator("#desk-status")).to_contain_text(f"{self.number} people")
        passage = Passage.objects.get(claims__count_low=self.number)
        assert {"quote": passage.exact, "start": str(passage.start), "end": str(passage.end)} == {
            name: chosen[name] for name in ("quote", "start", "end")
        }
        assert self.text.text[passage.start : passage.end] == passage.exact

    def save(self) -> None:
        self.desk.told.append("save")
        self.fill_in()
        self.press()
        self.check(self.desk.expected)

    def save_and_go_on_meanwhile(self) -> None:
        """Choose other words while the answer is on its way: the old ones are saved, the new ones stay chosen."""
        self.desk.told.append("save, and meanwhile:")
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        self.desk.page.route("**/admin/desk/**", hold)
        self.fill_in()
        before = self.desk.expected
        self.press()
        self.desk.gesture()
        held[0].continue_()
        self.desk.page.unroute("**/admin/desk/**")
        self.check(before)


def laid_out(pages: tuple[Page, Page], language: str, rng: random.Random) -> tuple[Desk, Saves]:
    text = text_of(unicodedata.normalize("NFC", TEXTS[language]), language if language != "und" else "")
    incident = IncidentFactory()
    # One text has marks from the beginning; the others get theirs as claims are saved.
    if language == "en":
        for words in ("were hurt at the old mill 🌾 near", "old mill 🌾 near the weir. Five", "The mill stood"):
            start = text.text.index(words)
            passage = PassageFactory(text_version=text, start=start, end=start + len(words), exact=words)
            ClaimFactory(incident=incident, passage=passage, killed=True, count_low=1_000, count_high=None)
    pages[0].goto(f"{desk_path(text)}?incident={incident.code}")
    desk = Desk(*pages, text.text, rng)
    desk.ready()
    return desk, Saves(desk, text, incident.code)


@pytest.mark.parametrize("language", list(TEXTS))
def test_what_was_chosen_last_is_what_is_claimed(pages: tuple[Page, Page], language: str) -> None:
    print(f"GESTURES_SEED={SEED}, {language}")  # noqa: T201 - shown when it fails
    rng = random.Random(f"{SEED} {language}")
    desk, saves = laid_out(pages, language, rng)

    for number in range(GESTURES):
        if rng.random() < 0.4:
            desk.go_elsewhere()
        if rng.random() < 0.15:
            desk.scroll()
        desk.gesture()
        desk.check()
        if desk.chosen and number % 12 == 11:
            saves.save() if rng.random() < 0.5 else saves.save_and_go_on_meanwhile()
            desk.ready()
            desk.check()


def test_words_of_the_last_claim_are_gone_on_from_in_the_text(pages: tuple[Page, Page]) -> None:
    """White space was selected while it was saved: the words stay chosen, and Shift goes on from them."""
    page = pages[0]
    text = text_of("One two three four five.\n\n\n\nSix seven eight.", "en")
    incident = IncidentFactory()
    page.goto(f"{desk_path(text)}?incident={incident.code}")
    held: list[Route] = []
    page.route("**/admin/desk/**", lambda route: held.append(route))  # noqa: PLW0108 - a bare method cannot be wrapped
    drag(page, "two three")
    page.get_by_role("radio", name="Killed").check()
    page.locator("[name=count_low]").fill("3")
    page.get_by_role("button", name="Save claim").click()
    gap = text.text.index("\n") + 1
    page.evaluate("(gap) => window.trial.select(gap, gap)", gap)
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("() => window.trial.selected()") == [gap, gap + 1]
    held[0].continue_()
    page.unroute("**/admin/desk/**")
    expect(page.locator("#desk-status")).to_contain_text("3 people")

    page.keyboard.press("Control+Shift+ArrowRight")

    expect(page.locator("[name=quote]")).to_have_value("two three four")


def test_words_that_a_drag_only_passed_over_are_not_chosen(pages: tuple[Page, Page]) -> None:
    """A drag that goes out over words and comes back to where it began leaves what was chosen before."""
    page = pages[0]
    text = text_of("One two three four five.\n\n\n\nSix seven eight.", "en")
    page.goto(desk_path(text))
    drag(page, "three four")
    quote = page.get_by_label("The words")
    expect(quote).to_have_value("three four")
    box = page.evaluate("([start, end]) => window.trial.boxOf(start, end)[0]", [28, 31])
    y = (box["top"] + box["bottom"]) / 2

    page.mouse.move(box["left"] + 1, y)
    page.mouse.down()
    page.mouse.move(box["right"] + 30, y, steps=4)
    page.mouse.move(box["left"] + 1, y, steps=4)
    page.mouse.up()

    expect(quote).to_have_value("three four")
    assert page.evaluate("() => window.trial.claimed().painted") == "three four"

    page.mouse.down()
    page.mouse.move(box["right"] + 2, y, steps=4)
    expect(quote).to_have_value("three four")
    page.mouse.up()
    expect(quote).to_have_value("Six")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_arrow_up_at_the_top_of_a_block_goes_to_the_line_above(pages: tuple[Page, Page], language: str) -> None:
    page = pages[0]
    text = text_of(unicodedata.normalize("NFC", TEXTS[language] * 30), language)
    page.goto(desk_path(text))
    start = page.evaluate(
        """() => {
          const [before, block] = document.querySelectorAll(".text-block");
          block.scrollIntoView({ block: "center" });
          return before.textContent.length;
        }"""
    )
    page.evaluate("(start) => window.trial.select(start + 9, start + 9)", start)

    page.keyboard.press("Shift+ArrowUp")

    expect(page.get_by_label("The words")).not_to_have_value("")
    assert len(page.get_by_label("The words").input_value()) < 200
