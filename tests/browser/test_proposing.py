"""Proposing terms in the middle of a claim with a real mouse, and deciding on them in another browser."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from archive.models import User
from incidents.models import Actor, Claim, Speaker, Weapon
from tests.browser.desk_pages import cookie_of, desk_path, text_of
from tests.browser.test_reading_desk import drag
from tests.factories.incidents import ActorFactory, IncidentFactory, WeaponFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], Page]
TEXT = (
    "A text made up for this test.\n\nThe old mill was struck from a barge. The river fleet did it, the weir wardens "
    "said. Two millers were hurt.\n"
)


@pytest.fixture
def enter(browser: Browser, live_server) -> Iterator[Enter]:
    """Return what opens a browser of somebody's own, signed in."""
    contexts = []

    def enter(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies([cookie_of(user, live_server.url)])
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()


def claim_words(page: Page, words: str, code: str, aspect: str) -> None:
    drag(page, words)
    page.locator(f"[name=incident][value={code}]").check()
    page.get_by_role("radio", name=aspect).check()


def propose(page: Page, summary: str, field: str, name: str) -> None:
    """Open what proposes a term, with the mouse, unless it is open; write the name by keys."""
    box = page.locator(f"[name={field}]")
    if not box.is_visible():
        page.locator("summary", has_text=summary).click()
    box.click()
    page.keyboard.type(name)


def decide(page: Page, name: str) -> None:
    page.goto("/admin/desk/terms/")
    page.get_by_role("link", name=f"Decide: {name}").click()


def test_terms_are_proposed_in_the_middle_of_claims_and_decided_on(enter: Enter) -> None:
    editor, administrator = person("Editor"), person("Administrator")
    incident, text = IncidentFactory(created_by=editor), text_of(TEXT, "en")
    guard, mortar = ActorFactory(name_en="Harbour guard"), WeaponFactory(name_en="Mortar")
    page = enter(editor)
    page.goto(f"{desk_path(text)}?incident={incident.code}")

    claim_words(page, "The river fleet did it", incident.code, "Who did it")
    propose(page, "One who is not in the list", "actor_new", "River fleet")
    propose(page, "A speaker that is not in the list", "speaker_new", "Wardens of the weir")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("body")).to_contain_text("“River fleet” is proposed: go on")

    claim_words(page, "struck from a barge", incident.code, "Weapon")
    expect(page.locator("[name=actor_new]")).to_have_value("")
    propose(page, "A weapon that is not in the list", "weapon_new", "Barge catapult")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("body")).to_contain_text("“Barge catapult” is proposed: go on")
    expect(page.locator("[name=weapon] option", has_text="Barge catapult (proposed)")).to_have_count(1)
    assert not Axe().run(page).response["violations"]

    said = {claim.aspect: claim for claim in Claim.objects.select_related("actor", "weapon", "speaker", "passage")}
    assert said["actor"].passage.exact == "The river fleet did it"
    assert (said["actor"].actor.name_en, said["actor"].speaker.name_en) == ("River fleet", "Wardens of the weir")
    assert (said["weapon"].passage.exact, said["weapon"].weapon.name_en) == ("struck from a barge", "Barge catapult")

    admin = enter(administrator)
    decide(admin, "River fleet")
    admin.get_by_label("It is the same as").select_option(label="Harbour guard")
    admin.get_by_role("button", name="Merge").click()
    expect(admin.locator(".messagelist")).to_contain_text("is merged into “Harbour guard”")
    decide(admin, "Barge catapult")
    assert not Axe().run(admin).response["violations"]
    admin.get_by_label("Name (English)").fill("Catapult on a barge")
    admin.get_by_role("button", name="Accept").click()
    expect(admin.locator(".messagelist")).to_contain_text("“Catapult on a barge” is accepted")
    decide(admin, "Wardens of the weir")
    admin.get_by_label("Why").fill("An office, not a person: name it.")
    admin.get_by_role("button", name="Refuse").click()
    expect(admin.locator("#form-errors")).to_contain_text(incident.code)

    claim = Claim.objects.get(aspect="actor")
    assert claim.actor == guard
    assert Claim.objects.get(aspect="weapon").weapon == Weapon.objects.get(name_en="Catapult on a barge") != mortar
    assert Actor.objects.get().aliases == ["River fleet"]
    assert Speaker.every.get().is_open

    page.reload()
    expect(page.locator(f"#claim-{claim.public_id}")).to_contain_text("Harbour guard")
    expect(page.locator(f"#claim-{claim.public_id}")).not_to_contain_text("River fleet")


def test_two_administrators_decide_on_one_term(enter: Enter) -> None:
    people = [person("Administrator"), person("Administrator")]
    term = Actor.every.create(name_en="River fleet", slug="river-fleet", kind="group", standing="proposed")
    pages = [enter(user) for user in people]
    for page in pages:
        decide(page, "River fleet")

    pages[0].get_by_role("button", name="Accept").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("is accepted")
    pages[1].get_by_label("Why").fill("It is no actor.")
    pages[1].get_by_role("button", name="Refuse").click()

    expect(pages[1].locator("#content")).to_contain_text("It is accepted")
    term.refresh_from_db()
    assert term.is_accepted
