"""The reading desk in a real browser: words are selected by mouse, by keyboard alone, and without any script."""

import unicodedata

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from archive.models import Passage, Source, TextVersion, User
from incidents import curation
from incidents.models import Claim, Incident
from tests.browser.accessibility import violations
from tests.browser.desk_pages import Open, cookie_of, desk_path, drag, text_of
from tests.factories.archive import ArticleFactory, PassageFactory, TextVersionFactory
from tests.factories.incidents import ClaimFactory, IncidentFactory, WeaponFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Emoji outside the basic plane, a family joined by ZWJ, and letters with combining marks stand before what is selected.
ENGLISH = unicodedata.normalize(
    "NFC",
    "Quay 😀👩‍👩‍👧 of q̃ueens\n\nTwo millers were killed at the old mill 🌾 near the weir. "
    "Five more were hurt, the wardens said. Nobody claimed it.\n\nThe mill stood still & <empty> for a week.\n",
)
ARABIC = unicodedata.normalize(
    "NFC",
    "رصيف 😀 المطحنة\n\nقُتِلَ طحّانان عند المطحنة القديمة 🌾 قرب السدّ. وأُصيب خمسة آخرون، قال الحرّاس.\n\n"
    "بقيت المطحنة مغلقة أسبوعًا.\n",
)


@pytest.fixture
def editor() -> User:
    return person("Editor")


@pytest.fixture
def cookie(editor: User, live_server) -> dict[str, str]:
    return cookie_of(editor, live_server.url)


@pytest.fixture
def open_desk(browser_page: Page, live_server, cookie: dict[str, str]) -> Open:
    browser_page.context.add_cookies([cookie])

    def open_desk(text: TextVersion, query: str = "") -> Page:
        browser_page.goto(f"{live_server.url}{desk_path(text)}{query}")
        return browser_page

    return open_desk


def describe_killed(page: Page, number: int) -> None:
    page.get_by_label("A new incident").check()
    page.get_by_label("Working title").fill("The mill")
    page.get_by_role("radio", name="Killed").check()
    page.locator("#id_count_low").fill(str(number))


def saved_passage(page: Page, text: TextVersion) -> Passage:
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    passage = Passage.objects.get(text_version=text)
    assert text.text[passage.start : passage.end] == passage.exact
    return passage


@pytest.mark.parametrize(
    ("words", "language", "quote"),
    [
        (ENGLISH, "en", "Two millers were killed at the old mill 🌾 near the weir"),
        (ENGLISH, "en", "still & <empty> for"),
        (ARABIC, "ar", "قُتِلَ طحّانان عند المطحنة القديمة 🌾 قرب السدّ"),
    ],
)
def test_desk_selection_by_mouse(open_desk: Open, words: str, language: str, quote: str) -> None:
    text = text_of(words, language)
    page = open_desk(text)
    quote = unicodedata.normalize("NFC", quote)

    drag(page, quote)
    expect(page.get_by_label("The words")).to_have_value(quote)
    describe_killed(page, 2)
    page.get_by_role("button", name="Save claim").click()

    passage = saved_passage(page, text)
    assert passage.exact == quote
    expect(page.locator(f'mark[data-passages="{passage.public_id}"]')).to_have_text(quote)
    expect(page.locator("#desk-claims")).to_contain_text("at least 2 people")


@pytest.mark.parametrize(
    ("words", "language", "forwards", "quote"),
    [
        (ENGLISH, "en", "ArrowRight", "Two millers were killed"),
        # In a line that runs from right to left, the left arrow moves on.
        (ARABIC, "ar", "ArrowLeft", "قُتِلَ طحّانان عند المطحنة"),
    ],
)
def test_desk_selection_by_keyboard_alone(
    open_desk: Open, words: str, language: str, forwards: str, quote: str
) -> None:
    text = text_of(words, language)
    page = open_desk(text)
    press = page.keyboard.press

    press_until(page, "Tab", "document.activeElement.id === 'desk-text'")
    press("Control+Home")
    press("ArrowDown")
    press("ArrowDown")
    press("Home")
    for _ in quote.split():
        press(f"Control+Shift+{forwards}")
    expect(page.get_by_label("The words")).to_have_value(unicodedata.normalize("NFC", quote))
    press("Enter")
    expect(page.get_by_label("A new incident")).to_be_checked()
    press_until(page, "Tab", "document.activeElement.name === 'aspect'")
    press_until(page, "ArrowRight", "document.activeElement.value === 'killed'")
    press_until(page, "Tab", "document.activeElement.name === 'count_low'")
    page.keyboard.type("2")
    press_until(page, "Tab", "document.activeElement.type === 'submit'")
    press("Enter")

    assert saved_passage(page, text).exact == unicodedata.normalize("NFC", quote)
    assert Claim.objects.get().count_low == 2


@pytest.mark.parametrize(
    ("words", "language", "quote"),
    [
        (ENGLISH, "en", "more were hurt, the wardens said. Nobody"),
        (ARABIC, "ar", "خمسة آخرون، قال الحرّاس.\n\nبقيت"),
    ],
)
def test_desk_selection_by_toolbar_keyboard_alone(open_desk: Open, words: str, language: str, quote: str) -> None:
    text = text_of(words, language)
    page = open_desk(text)

    for button, times in (("Next sentence", 3), ("Begin a word later", 1), ("End a word later", 1)):
        press_until(page, "Tab", f"document.activeElement === {named(button)}")
        for _ in range(times):
            page.keyboard.press("Enter")

    expect(page.get_by_label("The words")).to_have_value(unicodedata.normalize("NFC", quote))
    start = int(page.locator("[name=start]").input_value())
    assert text.text[start : int(page.locator("[name=end]").input_value())] == unicodedata.normalize("NFC", quote)


def named(button: str) -> str:
    return f"[...document.querySelectorAll('button')].find((b) => (b.ariaLabel ?? b.textContent.trim()) === '{button}')"


def press_until(page: Page, key: str, condition: str, most: int = 60) -> None:
    for _ in range(most):
        if page.evaluate(condition):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never got to {condition}")


def test_desk_text_cannot_be_edited(open_desk: Open) -> None:
    text = text_of(ENGLISH, "en")
    page = open_desk(text)

    page.locator("#desk-text").click()
    for key in ("a", "Delete", "Backspace", "Enter", "Control+x", "Control+b", "Control+v"):
        page.keyboard.press("Control+a")
        page.keyboard.press(key)

    assert page.locator("#desk-text").evaluate("(root) => root.textContent") == ENGLISH


def test_desk_overlapping_passages_and_place_kept(open_desk: Open) -> None:
    long = "".join(f"Line {number} of the miller's log.\n" for number in range(120)) + ENGLISH
    text = text_of(long, "en")
    incident = IncidentFactory()
    first = PassageFactory(text_version=text, exact="Two millers were killed at the old mill")
    ClaimFactory(incident=incident, passage=first, killed=True)
    page = open_desk(text, f"?incident={incident.code}")
    page.locator(f"#p{first.public_id}").scroll_into_view_if_needed()
    scrolled = page.locator("#desk-scroll").evaluate("(box) => box.scrollTop")

    drag(page, " 🌾 near the weir")  # a plain stretch behind the mark
    press_moves(page, ("Begin a word earlier", 2))
    page.get_by_role("radio", name="Killed").check()
    page.locator("#id_count_high").fill("3")
    page.get_by_role("button", name="Save claim").click()

    expect(page.locator("#desk-status")).to_contain_text("Saved")
    second = Passage.objects.exclude(pk=first.pk).get()
    assert second.exact == "old mill 🌾 near the weir"
    assert second.start < first.end < second.end
    expect(page.locator("mark.d2")).to_have_text("old mill")
    assert page.locator("#desk-scroll").evaluate("(box) => box.scrollTop") == pytest.approx(scrolled, abs=60)
    assert Claim.objects.filter(incident=incident).count() == 2


def press_moves(page: Page, *moves: tuple[str, int]) -> None:
    for name, times in moves:
        for _ in range(times):
            page.get_by_role("button", name=name).click()


def test_desk_keeps_what_was_entered_when_the_line_is_cut(open_desk: Open) -> None:
    text = text_of(ENGLISH, "en")
    page = open_desk(text)
    drag(page, "Two millers were killed")
    describe_killed(page, 2)
    page.route("**/admin/desk/**", lambda route: route.abort())

    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("cannot be reached")
    expect(page.get_by_label("The words")).to_have_value("Two millers were killed")
    page.unroute("**/admin/desk/**")
    page.get_by_role("button", name="Save claim").click()

    assert saved_passage(page, text).exact == "Two millers were killed"


def test_desk_signed_out_meanwhile_keeps_what_was_entered(open_desk: Open, cookie: dict[str, str]) -> None:
    text = text_of(ENGLISH, "en")
    page = open_desk(text)
    drag(page, "Two millers were killed")
    describe_killed(page, 2)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("signed out")
    page.context.add_cookies([cookie])
    page.get_by_role("button", name="Save claim").click()

    assert saved_passage(page, text).exact == "Two millers were killed"


def test_desk_text_replaced_meanwhile_is_refused_and_kept(open_desk: Open) -> None:
    text = text_of(ENGLISH, "en")
    page = open_desk(text)
    drag(page, "Two millers were killed")
    describe_killed(page, 2)
    newer = TextVersionFactory(article=text.article, text=f"Corrected. {ENGLISH}")

    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#form-errors")).to_contain_text("replaced meanwhile")
    expect(page.locator("#id_count_low")).to_have_value("2")
    assert not Passage.objects.exists()
    page.get_by_role("button", name="Save claim").click()

    expect(page.locator("#desk-status")).to_contain_text("Saved")
    assert Passage.objects.get().text_version == newer


def test_desk_date_hint_reads_words_from_the_publication_date(open_desk: Open) -> None:
    text = TextVersionFactory(
        text="It burned on Wednesday night.", article=ArticleFactory(published_on="2019-11-28", language="en")
    )
    page = open_desk(text)
    drag(page, "Wednesday night")

    page.get_by_role("radio", name="Date").check()
    page.get_by_role("button", name="2019-11-27").click()

    expect(page.locator("[name=occurred_edtf]")).to_have_value("2019-11-27")
    expect(page.locator("#date-hint")).to_contain_text("November 2019")


@pytest.mark.parametrize(
    ("words", "language", "quote"), [(ENGLISH, "en", "Five more were hurt"), (ARABIC, "ar", "خمسة")]
)
def test_desk_pasted_quote_without_scripts(
    browser: Browser, live_server, cookie: dict[str, str], words: str, language: str, quote: str
) -> None:
    text = text_of(words, language)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + desk_path(text))

    page.get_by_label("The words").fill(quote)
    page.get_by_label("A new incident").check()
    page.get_by_role("radio", name="Injured").check()
    page.locator("#id_count_low").fill("5")
    page.get_by_role("button", name="Save claim").click()

    passage = Passage.objects.get()
    assert passage.exact == quote
    assert page.url.endswith(f"#p{passage.public_id}")
    assert page.locator("mark:not(.d1.suggested)").inner_text() == quote
    context.close()


MIXED = "The mill was hit.\nقُصفت الطاحونة."
ENDS = """root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const letters = [];
    while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) letters.push([walker.currentNode, i]);
    return [letters.findIndex(([node, i]) => node.data[i] === "ق"), letters.length - 1].map((at) => {
        const range = document.createRange();
        range.setStart(...letters[at]);
        range.setEnd(letters[at][0], letters[at][1] + 1);
        return range.getBoundingClientRect().left;
    });
}"""


def test_each_paragraph_runs_in_the_direction_of_its_words(open_desk: Open, live_server) -> None:
    text = text_of(MIXED, "en")
    Source.objects.update(text_policy="full")
    page = open_desk(text)

    first, stop = page.locator("#desk-text").evaluate(ENDS)
    assert stop < first
    page.goto(f"{live_server.url}{text.article.get_absolute_url()}")
    first, stop = page.locator(".text").evaluate(ENDS)
    assert stop < first


def test_desk_is_accessible(open_desk: Open) -> None:
    text = text_of(ENGLISH, "en")
    ClaimFactory(passage=PassageFactory(text_version=text, exact="Two millers were killed"), killed=True)
    page = open_desk(text)
    for aspect in ("Date", "Facility", "Killed"):
        page.locator("label.chip", has_text=aspect).first.click()
        assert violations(page) == ""


def test_incident_page_is_accessible(open_desk: Open, live_server) -> None:
    claim = ClaimFactory(killed=True)
    page = open_desk(claim.passage.text_version)
    page.context.add_cookies([cookie_of(person("Reviewer"), live_server.url)])
    for address in (
        reverse("admin:incidents_incident_change", args=[claim.incident_id]),
        reverse("admin:incidents_incident_submit", args=[claim.incident_id]),
        reverse("admin:incidents_incident_publish", args=[claim.incident_id]),
        reverse("admin:incidents_incident_merge", args=[claim.incident_id]),
        reverse("admin:incidents_incident_history", args=[claim.incident_id]),
        reverse("desk:judgement", args=[claim.incident.code]),
        reverse("desk:remove", args=[claim.public_id]),
    ):
        page.goto(live_server.url + address)
        assert violations(page) == "", address


def test_desk_publish_after_selecting(open_desk: Open, live_server) -> None:
    incident: Incident = IncidentFactory()
    for given in ({}, {"at_place": True}, {"killed": True}):
        ClaimFactory(incident=incident, **given)
    curation.submit(incident, by=None)
    page = open_desk(text_of(ENGLISH, "en"))
    page.context.add_cookies([cookie_of(person("Reviewer"), live_server.url)])
    page.goto(live_server.url + reverse("admin:incidents_incident_change", args=[incident.pk]))

    page.get_by_role("link", name="Review …").click()
    page.get_by_label("Public note").fill("First told here.")
    page.get_by_role("button", name="Publish").click()

    expect(page.locator(".messagelist")).to_contain_text("Published")
    assert incident.editions.get().note == "First told here."


def test_page_ends_where_the_desk_ends(open_desk: Open) -> None:
    """What only screen readers meet lies in the scrolled parts of the desk, and does not lengthen the page."""
    WeaponFactory(slug="air-strike", name_en="air strike")
    told = "".join(f"Two air strikes on the mill killed {number} millers on Monday.\n" for number in range(3, 30))
    page = open_desk(text_of(told, "en"))

    page.set_viewport_size({"width": 1280, "height": 500})
    assert page.locator("#desk-suggestions [data-row]").count() > 4
    bottom = "() => document.querySelector('.desk-panel').getBoundingClientRect().bottom + scrollY"
    assert page.evaluate("document.documentElement.scrollHeight") < page.evaluate(bottom) + 300
