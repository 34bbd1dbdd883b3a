"""How long the desk takes to answer a key or a button in a text of a million characters, in a real browser.

`python -m pytest benchmarks/desk_keys.py -s -n 0` prints a table; it is a measurement, not a test, and nothing runs it
by itself. A key has answered when the frame that shows it has been made. Opening is the time until the page answers.
"""

import random
import statistics
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.browser.desk_pages import cookie_of, desk_path, text_of
from tests.factories.people import person

pytestmark = [pytest.mark.django_db(transaction=True)]

LENGTH = 1_000_000
TIMES = 15
WORDS = {
    "en": "the mill stood near a weir and wardens said that two millers were hurt when its roof fell in",
    "ar": "قال الحرّاس إن المطحنة القديمة قرب السدّ بقيت مغلقة أسبوعًا وأُصيب خمسة آخرون عندما سقط السقف",
}
KEYS = (
    *("ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Control+Shift+ArrowRight", "Control+Shift+ArrowLeft"),
    *("Shift+ArrowDown", "Shift+ArrowUp", "Shift+Home", "Shift+End"),
)
MOVES = ("next", "previous", "end-on", "end-back", "start-on", "start-back")
# The time from the event to the frame after the next, less the wait for that frame, cannot be told; so until the next.
WATCH = """
() => {
  window.answered = [];
  for (const type of ["keydown", "click"]) {
    window.addEventListener(type, (event) => {
      if (["Shift", "Control"].includes(event.key)) return;
      const start = event.timeStamp;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.answered.push(performance.now() - start);
        port2.postMessage(null);
      });
    }, true);
  }
}
"""


def long_text(language: str, paragraph: int) -> str:
    """A text of `LENGTH` characters in paragraphs of about so many."""
    rng = random.Random(7)
    lines, length = [], 0
    while length < LENGTH:
        sentences: list[str] = []
        while sum(map(len, sentences)) < min(paragraph, LENGTH - length):
            sentences.append(" ".join(rng.choices(WORDS[language].split(), k=rng.randint(5, 25))) + ".")
        lines.append(" ".join(sentences))
        length += len(lines[-1]) + 1
    return "\n".join(lines)[:LENGTH].strip()


@pytest.fixture
def desk(browser: Browser, live_server) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(120_000)
    context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("paragraph", [600, 2 * LENGTH], ids=["paragraphs", "one paragraph"])
@pytest.mark.parametrize("language", list(WORDS))
def test_desk_keys(desk: Page, language: str, paragraph: int) -> None:
    text = text_of(long_text(language, paragraph), language)
    start = time.perf_counter()
    desk.goto(desk_path(text))
    desk.locator("#desk-tools").wait_for()
    print(f"\n{language}, paragraphs of {paragraph:,}: opened in {time.perf_counter() - start:.1f} s")
    desk.evaluate(WATCH)
    desk.evaluate("() => { const box = document.getElementById('desk-scroll'); box.scrollTop = box.scrollHeight / 2 }")
    desk.mouse.click(400, 500)
    for key in KEYS:
        measured(desk, key, lambda key=key: desk.keyboard.press(key))
    for move in MOVES:
        measured(desk, f"button {move}", lambda move=move: desk.locator(f"[data-move={move}]").click())


def measured(desk: Page, name: str, act) -> None:
    desk.evaluate("() => { window.answered = [] }")
    for _ in range(TIMES):
        act()
        desk.wait_for_timeout(30)
    found = desk.evaluate("window.answered")
    print(f"  {name:<26} median {statistics.median(found):5.0f} ms   worst {max(found):5.0f} ms   ({len(found)})")
