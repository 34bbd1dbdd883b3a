"""The whole way of an incident: submitted, sent back, mended, published by somebody else."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import User
from incidents import curation
from incidents.models import Incident
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of
from tests.factories.archive import PassageFactory, TextVersionFactory
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")


def pictured(page: Page, name: str) -> None:
    """With PICTURES=folder: the page as it is seen, wide and narrow."""
    if PICTURES:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def named(role: str, name: str) -> User:
    user = person(role)
    user.first_name = name
    user.save()
    return user


def incident_by(editor: User) -> Incident:
    incident = publishable(editor)
    text = TextVersionFactory(text="Shells fell at noon. Two people died at the old mill, the wardens said.")
    passage = PassageFactory(text_version=text, exact="Two people died at the old mill")
    curation.make_claim(
        incident=incident, by=editor, aspect="killed", passage=passage, count_low=2, count_high=2, group="people"
    )
    return incident


def do(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_an_incident_is_submitted_sent_back_mended_and_published(open_page: Opener, live_server) -> None:
    editor, reviewer = named("Editor", "Amal"), named("Reviewer", "Basil")
    incident = incident_by(editor)
    TextVersionFactory()
    amal, basil = open_page(), open_page()
    for page, user in ((amal, editor), (basil, reviewer)):
        page.context.clear_cookies()
        page.context.add_cookies([cookie_of(user, live_server.url)])
    home = reverse("admin:index")

    amal.goto(reverse("admin:incidents_incident_change", args=[incident.pk]))
    amal.get_by_role("link", name="Submit for review …").click()
    amal.get_by_label("Comment for the reviewer").fill("Is the number that of the wardens?")
    for reason in amal.locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")
    pictured(amal, "submit")
    assert violations(amal) == ""
    do(amal, "Submit for review")

    basil.goto(home)
    pictured(basil, "my-work")
    assert violations(basil) == ""
    basil.get_by_role("region", name="To review").get_by_role("link").first.click()
    expect(basil.get_by_role("region", name="In review")).to_contain_text("Is the number that of the wardens?")
    expect(basil.get_by_role("region", name="Each value beside its words")).to_contain_text(
        "Two people died at the old"
    )
    pictured(basil, "review")
    assert violations(basil) == ""
    basil.get_by_label("What is to be mended").fill("It says at least two.")
    do(basil, "Send it back")

    amal.goto(home)
    back = amal.get_by_role("region", name="Came back to me")
    expect(back).to_contain_text("It says at least two.")
    back.get_by_role("link").first.click()
    expect(amal.get_by_role("region", name="Sent back")).to_contain_text("Basil")
    pictured(amal, "sent-back")
    claim = incident.claims.get(aspect="killed")
    curation.change_claim(claim, by=editor, seen=claim.lock_version, count_high=None)
    amal.goto(reverse("admin:incidents_incident_submit", args=[incident.pk]))
    do(amal, "Submit for review")
    assert amal.goto(reverse("admin:incidents_incident_publish", args=[incident.pk])).status == 403

    basil.goto(reverse("admin:incidents_incident_publish", args=[incident.pk]))
    basil.get_by_label("Public note").fill("First told here.")
    for reason in basil.locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")
    do(basil, "Publish")

    edition = incident.editions.get()
    assert (edition.published_by, edition.content["killed"]["low"]) == (reviewer, 2)
    amal.goto(home)
    expect(amal.get_by_role("region", name="Came back to me")).to_contain_text("Nothing came back")
    pictured(amal, "my-work-of-an-editor")


def test_one_key_leads_to_the_next_article(open_page: Opener, live_server) -> None:
    first, second = TextVersionFactory(text="Rain fell on the mill."), TextVersionFactory(text="The weir held.")
    page = open_page()
    page.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    page.goto(reverse("desk:article", args=[second.article.public_id]))
    pictured(page, "desk")
    page.get_by_role("link", name="Nothing here …").click()
    page.get_by_label("Why nothing of it belongs here").fill("Of the weather.")
    pictured(page, "nothing")
    page.get_by_role("button", name="Nothing here, on to the next").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(first.article.title)
    page.keyboard.press("n")
    expect(page.locator(".messagelist")).to_contain_text("No other article is unread")
