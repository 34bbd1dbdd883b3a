"""Random gestures of mouse and keys at the desk, and beside it a bare copy of the text that says what they select.

The copy is the same page without our scripts: the same letters at the same places, editable, so that Shift and the
arrows select in it. Each gesture is made on both; what the browser itself then has selected in the copy, without the
white space at its edges, is what the desk must claim. Only what the desk adds to the browser is said here: a gesture
that goes on from words chosen before finds them selected, though the browser forgot them when the focus left the text.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# Positions are UTF-16 units of the text; boxes are the page's pixels.
LIBRARY = """
(() => {
  const root = () => document.getElementById("desk-text");
  const scroll = () => document.getElementById("desk-scroll");
  const lengthTo = (node, offset) => {
    const range = document.createRange();
    range.setStart(root(), 0);
    range.setEnd(node, offset);
    return range.toString().length;
  };
  const place = (position) => {
    const walker = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
    let left = position;
    let node;
    for (node = walker.nextNode(); node && left > node.length; node = walker.nextNode()) left -= node.length;
    return [node, left];
  };
  const within = () => {
    const { anchorNode, focusNode, isCollapsed } = getSelection();
    return !isCollapsed && root().contains(anchorNode) && root().contains(focusNode);
  };
  window.trial = {
    within,
    makeEditable: () => {
      root().contentEditable = "true";
      for (const type of ["beforeinput", "paste", "cut", "drop", "dragstart"]) {
        root().addEventListener(type, (event) => event.preventDefault());
      }
      document.getElementById("desk-tools").hidden = false;
    },
    forget: () => getSelection().removeAllRanges(),
    select: (start, end) => {
      root().focus({ preventScroll: true });
      getSelection().setBaseAndExtent(...place(start), ...place(end));
    },
    // Where the selection began and ends, or the caret is, in the text.
    ends: () => {
      const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
      if (!root().contains(anchorNode) || !root().contains(focusNode)) return null;
      return [lengthTo(anchorNode, anchorOffset), lengthTo(focusNode, focusOffset)];
    },
    selected: () => {
      if (!within()) return null;
      const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
      return [lengthTo(anchorNode, anchorOffset), lengthTo(focusNode, focusOffset)].sort((a, b) => a - b);
    },
    claimed: () => {
      const { quote, start, end, passage } = document.querySelector("[data-claim-form]").elements;
      const painted = [...(CSS.highlights.get("desk-selection") ?? [])].map(String).join("");
      return { quote: quote.value, start: start.value, end: end.value, passage: passage.value, painted };
    },
    box: () => {
      const { left, top, right, bottom } = scroll().getBoundingClientRect();
      return { left, top, right, bottom: Math.min(bottom, innerHeight) };
    },
    // A box of some letters that can be seen, of the words from `start` to `end`.
    boxOf: (start, end) => {
      const range = document.createRange();
      range.setStart(...place(start));
      range.setEnd(...place(end));
      const { top, bottom } = scroll().getBoundingClientRect();
      const seen = [...range.getClientRects()].filter((box) => box.width > 6 && box.top > top && box.bottom < bottom);
      return seen.map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    },
    scrolled: () => [scroll().scrollTop, window.scrollY],
    // A block of a long text that comes into sight is laid out in the frame after that.
    scrollTo: async (top, page) => {
      scroll().scrollTop = top;
      window.scrollTo(0, page);
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    },
    corner: () => [root().getBoundingClientRect().left, root().getBoundingClientRect().top],
    moved: (start, end, move) => {
      const text = root().textContent;
      const language = root().lang === "und" ? undefined : root().lang;
      const trim = ({ index, segment }) => {
        const from = index + segment.length - segment.trimStart().length;
        return { start: from, end: from + segment.trim().length };
      };
      const cut = (granularity) => [...new Intl.Segmenter(language, { granularity }).segment(text)]
        .filter((piece) => granularity === "sentence" || piece.isWordLike).map(trim).filter((p) => p.start < p.end);
      const words = cut("word");
      const sentences = cut("sentence");
      const next = sentences.find((piece) => piece.start > start);
      const previous = sentences.findLast((piece) => piece.start < start);
      return {
        "next": next ? [next.start, next.end] : [start, end],
        "previous": previous ? [previous.start, previous.end] : [start, end],
        "start-back": [words.findLast((word) => word.start < start)?.start ?? start, end],
        "start-on": [words.find((word) => word.start > start && word.start < end)?.start ?? start, end],
        "end-on": [start, words.find((word) => word.end > end)?.end ?? end],
        "end-back": [start, words.findLast((word) => word.end < end && word.end > start)?.end ?? end],
      }[move];
    },
  };
})();
"""
MOVES = ("next", "previous", "start-back", "start-on", "end-on", "end-back")
KEYS = (
    *("Shift+ArrowRight", "Shift+ArrowLeft", "Control+Shift+ArrowRight", "Control+Shift+ArrowLeft"),
    *("Shift+ArrowDown", "Shift+ArrowUp", "Shift+End", "Shift+Home"),
)
ELSEWHERE = (
    "[name=quote]",
    "label.chip:visible",
    "[name=stance]",
    "[name=speaker_words]",
    "[name=reasoning]",
    "[name=incident]",
    "#claim-heading",
    "h1",
)
AT_ONCE = ("drag", "double", "triple", "inside", "keys")
GOING_ON = ("shift-click", "longer", "toolbar")


@dataclass
class Desk:
    """The desk, its bare copy, and what the editor has chosen last; ``told`` is how it came to be."""

    page: Page
    copy: Page
    text: str
    rng: random.Random
    chosen: tuple[int, int] | None = None  # in UTF-16 units
    told: list[str] = field(default_factory=list)

    def call(self, page: Page, name: str, *given: Any) -> Any:
        return page.evaluate("([name, given]) => window.trial[name](...given)", [name, list(given)])

    def ready(self) -> None:
        """Lay the copy over the desk as it is now; both are new, or have been changed by a save."""
        self.copy.goto(self.page.url.split("#")[0])
        self.call(self.copy, "makeEditable")

    def lay_over(self) -> None:
        self.call(self.copy, "scrollTo", *self.call(self.page, "scrolled"))
        assert self.call(self.copy, "corner") == self.call(self.page, "corner"), "the copy does not lie over the desk"

    def go_elsewhere(self) -> None:
        """Put the focus anywhere but into the text."""
        place = self.rng.choice(ELSEWHERE)
        found = self.page.locator(place)
        found.nth(self.rng.randrange(found.count())).click()
        self.told.append(f"click {place}")

    def scroll(self) -> None:
        top = self.rng.randrange(2_000)
        self.call(self.page, "scrollTo", top, 0)
        self.told.append(f"scroll {top}")

    def gesture(self) -> None:
        """Make one on both, and remember what it chose."""
        kind = self.rng.choice((*AT_ONCE, *(GOING_ON if self.chosen else ())))
        self.lay_over()
        getattr(self, kind.replace("-", "_"))()
        if kind != "toolbar":
            self.remember()

    def remember(self) -> None:
        selected = self.call(self.copy, "selected")
        if selected and (span := trimmed(units_of(self.text), *selected)):
            self.chosen = span

    def point(self) -> tuple[float, float]:
        box = self.call(self.page, "box")
        # Within 20 pixels of its edge a box scrolls by itself while somebody drags, as far as the time allows.
        pixels = [box["left"] + 24, box["right"] - 24, box["top"] + 24, box["bottom"] - 24]
        return self.rng.uniform(*pixels[:2]), self.rng.uniform(*pixels[2:])

    def pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.told.append(f"drag {start} {end}")
        self.call(self.copy, "forget")
        steps = self.rng.randint(2, 6)
        for page in (self.copy, self.page):
            page.mouse.move(*start)
            page.mouse.down()
            page.mouse.move(*end, steps=steps)
            page.mouse.up()

    def drag(self) -> None:
        self.pull(self.point(), self.point())

    def inside(self) -> None:
        """Drag from within the words that are selected to anywhere."""
        boxes = self.call(self.page, "boxOf", *self.chosen) if self.chosen else []
        if not boxes:
            return self.drag()
        box = self.rng.choice(boxes)
        start = self.rng.uniform(box["left"] + 1, box["right"] - 1), (box["top"] + box["bottom"]) / 2
        return self.pull(start, self.point())

    def press(self, times: int) -> None:
        point = self.point()
        self.told.append(f"{times} clicks {point}")
        self.call(self.copy, "forget")
        for page in (self.copy, self.page):
            page.mouse.click(*point, click_count=times)

    def double(self) -> None:
        self.press(2)

    def triple(self) -> None:
        self.press(3)

    def keys(self) -> None:
        """Put the caret somewhere, and select from there."""
        self.press(1)
        self.type_keys()

    def type_keys(self) -> None:
        pressed = [self.rng.choice(KEYS) for _ in range(self.rng.randint(1, 6))]
        self.told.append(" ".join(pressed))
        for key in pressed:
            self.copy.keyboard.press(key)
            self.remember()  # what is left again is still what was chosen last
        for key in pressed:
            self.page.keyboard.press(key)

    def go_on(self) -> None:
        """Select in the copy what a gesture goes on from: at the desk it may be painted only, from its start on."""
        ends = self.call(self.page, "ends")
        if ends != self.call(self.copy, "ends") or ends is None:
            self.call(self.copy, "select", *ends or self.chosen or (0, 0))

    def shift_click(self) -> None:
        self.go_on()
        point = self.point()
        self.told.append(f"Shift+click {point}")
        for page in (self.copy, self.page):
            page.keyboard.down("Shift")
            page.mouse.click(*point)
            page.keyboard.up("Shift")

    def longer(self) -> None:
        """Come back into the text from the form, and go on from the words."""
        self.page.locator("[name=reasoning]").focus()
        self.page.keyboard.press("Escape")
        self.told.append("Escape")
        self.call(self.copy, "select", *self.chosen or (0, 0))
        self.type_keys()

    def toolbar(self) -> None:
        assert self.chosen
        move = self.rng.choice(MOVES)
        self.told.append(f"toolbar {move}")
        self.chosen = tuple(self.call(self.copy, "moved", *self.chosen, move))
        self.page.locator(f"[data-move={move}]").click()

    @property
    def expected(self) -> dict[str, str]:
        """What the form must say."""
        if self.chosen is None:
            return {"quote": "", "start": "", "end": "", "painted": ""}
        start, end = (len(units_of(self.text)[: 2 * units].decode("utf-16-le")) for units in self.chosen)
        exact = self.text[start:end]
        return {"quote": exact, "start": str(start), "end": str(end), "painted": exact}

    def check(self) -> None:
        """Compare what would be claimed with what was chosen; a selection is reported to the page a moment later."""
        self.page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
        claimed = self.call(self.page, "claimed")
        expected = self.expected
        if claimed.pop("passage"):  # of the last save, instead of the positions
            expected |= {"start": "", "end": ""}
        assert claimed == expected, f"{claimed} is not {expected}: {self.told[-8:]}"


def units_of(text: str) -> bytes:
    return text.encode("utf-16-le")


def trimmed(units: bytes, start: int, end: int) -> tuple[int, int] | None:
    """A span without the white space at its edges."""
    words = units[2 * start : 2 * end].decode("utf-16-le")
    if not words.strip():
        return None
    before, after = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return start + before, end - after  # white space is one unit a character
