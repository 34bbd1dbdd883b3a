"""A real report, read along by the desk: accepted by keys, reviewed by two people, and merged with a data set's row."""

import datetime
import json
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Article, TextVersion, User
from incidents.models import Claim, Incident, Speaker
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of, desk_path
from tests.factories import gazetteer
from tests.factories.archive import PassageFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import ClaimFactory, IncidentFactory
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")
KEYS = """() => {
    window.pressed = window.clicked = 0;
    addEventListener("keydown", (event) => { if (!event.repeat) window.pressed += 1; }, true);
    addEventListener("click", (event) => { if (event.detail) window.clicked += 1; }, true);
}"""


@pytest.fixture
def text(shared: Path, tmp_path: Path) -> TextVersion:
    """The report of the seeds on two hospitals of Idlib, with its day, and what is on record before it is read."""
    call_command("load_gazetteer", str(gazetteer.write(tmp_path / "places.jsonl")), verbosity=0)
    call_command("load_vocabularies", verbosity=0)
    (path,) = (shared / "seeds").glob("003_*.txt")
    call_command("import_articles", path, verbosity=0)
    article = Article.objects.get()
    article.published_on, article.source = datetime.date(2016, 5, 31), SourceFactory()
    article.save()
    return article.texts.get()


@pytest.fixture
def row_of_a_data_set(text: TextVersion) -> Incident:
    """A draft as a data set's row makes it, in words of our own; the row is one of 31 May 2016 in Idlib."""
    from archive.models import Place  # noqa: PLC0415 (beside its use)

    words = TextVersionFactory(text="Date: 31-05-2016. Place: Idlib. What: a hospital, from the air.")
    incident = IncidentFactory(working_title="Row of a data set")
    at = {quote: PassageFactory(text_version=words, exact=quote) for quote in ("31-05-2016", "Idlib")}
    ClaimFactory(incident=incident, occurred_edtf="2016-05-31", passage=at["31-05-2016"])
    place = Place.objects.get(pcode="C3871")
    ClaimFactory(incident=incident, at_place=True, place=place, passage=at["Idlib"])
    return incident


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"report-{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def keep_all(page: Page) -> None:
    for reason in page.locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")


def do(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).last.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()


def accept_by_keys(page: Page, text: TextVersion) -> Incident:
    """The first attack with keys alone: all that is sure at once, then what must be looked at twice, one by one."""
    page.goto(desk_path(text))
    page.evaluate(KEYS)
    page.locator("#desk-text").focus()
    page.keyboard.press("a")
    pointed = page.locator("#desk-suggestions .pointed")
    expect(pointed).to_have_count(1)
    pictured(page, "desk")
    page.keyboard.press("Control+Enter")
    status = page.locator("#suggestions-status")
    expect(status).to_contain_text("accepted, as claims of")
    rows = page.locator('[data-attack="A"] [data-row]')
    page.keyboard.press("a")
    while left := rows.count():
        expect(pointed).to_have_count(1)
        wanted = re.search(r"Facility:|Who did it:", pointed.locator(".says").inner_text())
        page.keyboard.press("Enter" if wanted else "Delete")
        expect(rows).to_have_count(left - 1)
    return Incident.objects.exclude(working_title="Row of a data set").get()


def said(incident: Incident) -> set[str]:
    """What the incident says, each in a line."""
    claims = Claim.objects.filter(incident=incident).select_related("speaker", "actor", "facility")
    return {f"{c.aspect} {c.value_text} {c.stance} {c.speaker.slug if c.speaker else '-'}" for c in claims}


def test_a_report_is_accepted_by_keys_reviewed_published_and_merged(
    text: TextVersion, row_of_a_data_set: Incident, open_page: Opener, live_server
) -> None:
    editor, reviewer = person("Editor"), person("Reviewer")
    amal, basil = signed_in(open_page, live_server, editor), signed_in(open_page, live_server, reviewer)

    incident = accept_by_keys(amal, text)

    lines = said(incident)
    print(json.dumps(sorted(lines), indent=1, ensure_ascii=False))  # noqa: T201 (shown when it fails)
    assert any(line.startswith("occurred 2016-05-30/2016-05-31") for line in lines)
    facilities = {line.split(" asserts")[0] for line in lines if line.startswith("facility ")}
    assert len([one for one in facilities if "ospital" in one]) >= 2
    for speaker in ("turkish-foreign-ministry", "local-sources"):
        assert any(line.startswith("killed at least 6") and line.endswith(speaker) for line in lines)
    assert any(line.startswith("killed 23") and line.endswith("sohr") for line in lines)
    assert any(line.startswith("actor") and "denies russian-defence-ministry" in line for line in lines)
    pressed, clicked = amal.evaluate("[window.pressed, window.clicked]")
    count = Claim.objects.filter(incident=incident).count()
    assert pressed / count <= 6
    assert clicked / count <= 2.5

    accept_terms(carol := signed_in(open_page, live_server, person("Administrator")))
    carol.close()
    submit(amal, incident, "Accepted from what the rules suggest, each looked at.")
    send_back(basil, incident, "The report of the morning is no date of the attack.")
    mend(amal, incident)
    submit(amal, incident, "Mended.")
    assert amal.goto(reverse("admin:incidents_incident_publish", args=[incident.pk])).status == 403
    publish(basil, incident)

    basil.goto(reverse("admin:incidents_incident_change", args=[row_of_a_data_set.pk]))
    expect(basil.locator("#content")).to_contain_text(incident.code)
    merge(basil, row_of_a_data_set, incident)
    carried = Claim.objects.filter(incident=incident, passage__text_version__text__startswith="Date: 31-05-2016")
    assert {claim.aspect for claim in carried} == {"occurred", "place"}
    assert not Claim.objects.filter(incident=row_of_a_data_set).exists()


def signed_in(open_page: Opener, live_server, user: User) -> Page:
    page = open_page()
    page.context.add_cookies([cookie_of(user, live_server.url)])
    return page


def submit(page: Page, incident: Incident, comment: str) -> None:
    page.goto(reverse("admin:incidents_incident_submit", args=[incident.pk]))
    pictured(page, "submit")
    page.get_by_label("Comment for the reviewer").fill(comment)
    keep_all(page)
    do(page, "Submit for review")


def send_back(page: Page, incident: Incident, comment: str) -> None:
    page.goto(reverse("admin:incidents_incident_publish", args=[incident.pk]))
    pictured(page, "review")
    assert violations(page) == ""
    page.get_by_label("What is to be mended").fill(comment)
    do(page, "Send it back")


def mend(page: Page, incident: Incident) -> None:
    """The editor sets one date aside that is not of the attack, if there are several."""
    dates = Claim.objects.filter(incident=incident, aspect="occurred").exclude(occurred_edtf="2016-05-30/2016-05-31")
    claims = list(dates) or list(Claim.objects.filter(incident=incident, aspect="weapon"))[1:2]
    for claim in claims:
        page.goto(reverse("desk:remove", args=[claim.public_id]))
        page.get_by_role("button", name="Remove").last.click()
        expect(page.locator(".messagelist .success").first).to_be_visible()


def accept_terms(page: Page) -> None:
    """What was proposed on the way: a speaker who was in no list."""
    for proposed in Speaker.every.filter(standing="proposed"):
        page.goto(reverse("desk:term", args=["speaker", proposed.pk]))
        do(page, "Accept")


def publish(page: Page, incident: Incident) -> None:
    page.goto(reverse("admin:incidents_incident_publish", args=[incident.pk]))
    page.get_by_label("Public note").fill("First told here.")
    keep_all(page)
    do(page, "Publish")


def merge(page: Page, merged: Incident, survivor: Incident) -> None:
    page.goto(f"{reverse('admin:incidents_incident_merge', args=[merged.pk])}?survivor={survivor.code}")
    pictured(page, "merge")
    page.get_by_label("Public reason").or_(page.get_by_label("Reason")).first.fill(
        "The same night, the same hospitals."
    )
    page.locator("button[type=submit].default, input[type=submit], #action-form button").last.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
