"""Nothing typed is lost: on every form of the editors' side, whatever comes between typing and saving."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from archive import spellings
from archive.models import User
from incidents import curation, history, name_merges, proposals
from incidents.desk import urls as desk_urls
from incidents.models import Claim, Incident
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of
from tests.browser.kept_pages import (
    FORM,
    NOTICE,
    PASSWORD,
    expire,
    fill,
    kept,
    said,
    sign_in,
    stored,
    wait_until_kept,
    wait_until_nothing_is_kept,
)
from tests.browser.test_two_editors import NO_FORMS, change_page, reworded, told, two_mills
from tests.factories import histories
from tests.factories.archive import PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory, IncidentFactory, WeaponFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.integration.incidents.conftest import FACTORIES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def user() -> User:
    return somebody("Amal")


def somebody(name: str) -> User:
    found = person("Administrator")
    found.username = found.first_name = name
    found.is_superuser = True
    found.set_password(PASSWORD)
    found.save()
    return found


@pytest.fixture
def page(open_page: Opener, live_server, user: User) -> Page:
    page = open_page()
    enter(page, user, live_server.url)
    return page


def enter(page: Page, user: User, address: str) -> None:
    """Sign in, with the cookie where the site puts its own: another one beside it would outlive the login."""
    cookie = {**cookie_of(user, address), "domain": urlsplit(address).hostname, "path": settings.SESSION_COOKIE_PATH}
    page.context.add_cookies([{name: value for name, value in cookie.items() if name != "url"}])  # type: ignore[arg-type]


class Place(NamedTuple):
    """A form: where it is, how it is filled in, and the button that saves it."""

    path: str
    fill: Callable[[Page, Locator], None] = fill
    button: str = "Save and continue editing"


# Registered, and nothing is typed there: records of failed sign-ins, all of it read-only, and one box that, ticked,
# asks for a second factor before anything else.
NOT_TYPED = {"axes.accessattempt", "axes.accesslog", "axes.accessfailurelog", "archive.accesssettings"}


def forms_of_the_admin() -> list[tuple[str, str]]:
    """Every page of Django's kind on which a superuser can write: (model, "change" or "add")."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    found = []
    for model, one in admin.site._registry.items():
        label = model._meta.label_lower
        if label in NOT_TYPED:
            continue
        found += [(label, "add")] if one.has_add_permission(request) else []
        found += [(label, "change")] if one.has_change_permission(request) else []
    return found


ROWS = {
    **FACTORIES,
    "auth.group": lambda: Group.objects.get_or_create(name="Readers")[0],
    "archive.user": lambda: person("Editor"),
}


@pytest.mark.parametrize(("label", "what"), forms_of_the_admin())
def test_form_of_the_admin_outlives_the_login(page: Page, user: User, label: str, what: str) -> None:
    for make in (PlaceFactory, SourceFactory, FacilityTypeFactory, ActorFactory, WeaponFactory):
        make()
    args = [ROWS[label]().pk] if what == "change" else []
    outlives_the_login(page, user, Place(reverse(f"admin:{label.replace('.', '_')}_{what}", args=args)))


def outlives_the_login(page: Page, user: User, place: Place) -> None:
    page.goto(place.path)
    form = page.locator(FORM).last
    place.fill(page, form)
    typed = said(form)
    wait_until_kept(page)
    expire()
    press(page, place)
    sign_in(page, user.username)

    expect(page.locator("#kept")).to_contain_text(NOTICE)
    assert said(page.locator(FORM).last) == typed

    for secret in page.locator("input[type=password]").all():
        secret.fill(PASSWORD)
    press(page, place)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    wait_until_nothing_is_kept(page)
    page.goto(place.path)
    expect(page.locator("#kept")).not_to_contain_text(NOTICE)


def press(page: Page, place: Place) -> None:
    page.get_by_role("button", name=place.button, exact=True).last.click()


# The pages of services


def linking(incident: Incident, user: User) -> str:
    other = publishable(user)
    return f"{change_page('incidents.incident', incident, 'link')}?to={other.code}&relation=same_operation"


def a_reason(page: Page, form: Locator) -> None:
    page.locator("#id_reason").fill("One report tells of both.")


def write(**values: str) -> Callable[[Page, Locator], None]:
    def fill_in(page: Page, form: Locator) -> None:
        for label, value in values.items():
            page.get_by_label(label.replace("_", " ")).fill(value)

    return fill_in


def a_claim(page: Page, form: Locator) -> None:
    page.get_by_role("radio", name="Injured").check()
    page.locator("#id_count_low").fill("7")
    page.get_by_label("Reasoning").fill("As the council counted them.")


def another_count(page: Page, form: Locator) -> None:
    page.locator("#id_count_high").fill("7")
    page.get_by_label("Reasoning").fill("As the council counted them.")


def a_judgement(page: Page, form: Locator) -> None:
    a_claim(page, form)
    page.get_by_label("The reason, as readers will see it").fill("The council counted seven people that day.")


def an_edition(page: Page, form: Locator) -> None:
    page.get_by_label("Public note").fill("All that was typed.")
    for reason in page.locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")


def withdrawn(incident: Incident, user: User) -> Incident:
    curation.withdraw(incident, by=user, reason="A drill.")
    return incident


def merging(incident: Incident) -> str:
    other = IncidentFactory(working_title="The other mill")
    return f"{change_page('incidents.incident', incident, 'merge')}?survivor={other.code}"


def splitting(incident: Incident, claim: Claim) -> str:
    return f"{change_page('incidents.incident', incident, 'split')}?claim={claim.public_id}"


def uniting(incident: Incident, claim: Claim) -> str:
    curation.split(incident, claims=[(claim, claim.lock_version)], by=None, reason="Another mill.")
    [event] = curation.splits_of(incident)
    return f"{change_page('incidents.incident', incident, 'unite')}?split={event.pk}"


def in_review(incident: Incident) -> str:
    curation.submit(incident, by=None)
    return change_page("incidents.incident", incident, "send_back")


def several(incident: Incident) -> str:
    claims = "&".join(f"claim={claim.public_id}" for claim in incident.claims.all())
    return f"{reverse('desk:remove_several', args=[incident.code])}?{claims}"


def desk(claim: Claim) -> str:
    article = claim.passage.text_version.article
    return f"{reverse('desk:article', args=[article.public_id])}?passage={claim.passage.public_id}"


def merging_names() -> str:
    row, other = two_mills()
    return f"{reverse('desk:merge_names', args=['facility', row.pk])}?into={other.public_id}"


def parting_names(user: User) -> str:
    row, other = two_mills()
    return reverse("desk:part_names", args=[name_merges.merge(row, into=other, by=user, reason="One mill.").pk])


def proposed_term(user: User) -> str:
    return reverse("desk:term", args=["actor", proposals.propose("actor", by=user, name="River fleet").pk])


def proposed_spelling(user: User) -> str:
    proposal = spellings.propose(by=user, place=PlaceFactory(), name="Weirbanksa")
    assert proposal is not None
    return reverse("desk:spelling", args=[proposal.pk])


def earlier_state(incident: Incident) -> str:
    before = histories.told(history.lines_of(incident))[0]
    curation.change_incident(incident, by=None, seen=incident.lock_version, working_title="The weir")
    return f"{change_page('incidents.incident', incident, 'restore_state')}?to={before.name}"


def place_of_a_facility() -> str:
    return reverse("desk:facility_place", args=[FacilityFactory(name_en="Weir mill").pk])


Make = Callable[[Incident, Claim, User], Place]
SERVICES: dict[str, Make] = {
    "merge_names": lambda i, c, u: Place(merging_names(), write(Why="It has two names."), "Merge it"),
    "facility_place": lambda i, c, u: Place(
        place_of_a_facility(), write(Why="Its millers were threatened."), "Give only the district"
    ),
    "part_names": lambda i, c, u: Place(parting_names(u), write(Why="They are two."), "Take it back"),
    "term": lambda i, c, u: Place(proposed_term(u), write(Why="It is none."), "Refuse"),
    "spelling": lambda i, c, u: Place(proposed_spelling(u), write(Why="It is none."), "Refuse"),
    "publish": lambda i, c, u: Place(change_page("incidents.incident", i, "publish"), an_edition, "Publish"),
    "comments": lambda i, c, u: Place(
        reverse("desk:comments", args=[i.code]), write(Your_comment="Which mill?"), "Comment"
    ),
    "nothing": lambda i, c, u: Place(
        reverse("desk:nothing", args=[TextVersionFactory().article.public_id]),
        write(Why_nothing_of_it_belongs_here="Of trade."),
        "Nothing here, on to the next",
    ),
    "submit": lambda i, c, u: Place(
        change_page("incidents.incident", i, "submit"), write(Comment_for_the_reviewer="Mind it."), "Submit for review"
    ),
    "send_back": lambda i, c, u: Place(in_review(i), write(What_is_to_be_mended="The day."), "Send it back"),
    "withdraw": lambda i, c, u: Place(
        change_page("incidents.incident", i, "withdraw"), write(Public_reason="A rumour."), "Withdraw it"
    ),
    "restore": lambda i, c, u: Place(
        change_page("incidents.incident", withdrawn(i, u), "restore"), write(Public_reason="It stands."), "Restore it"
    ),
    "restore_state": lambda i, c, u: Place(
        earlier_state(i), write(Why_it_is_restored="It is the right name."), "Restore it so"
    ),
    "merge": lambda i, c, u: Place(merging(i), write(Public_reason="It is the same."), "Merge it"),
    "split": lambda i, c, u: Place(splitting(i, c), write(Why="Another mill."), "Carry them over"),
    "link": lambda i, c, u: Place(linking(i, u), a_reason, "Link them"),
    "unite": lambda i, c, u: Place(uniting(i, c), write(Why="The same mill."), "Put them back"),
    "claim": lambda i, c, u: Place(reverse("desk:claim", args=[c.public_id]), another_count, "Save"),
    "remove": lambda i, c, u: Place(reverse("desk:remove", args=[c.public_id]), write(Why="Another day."), "Remove it"),
    "remove_several": lambda i, c, u: Place(several(i), write(Why="Another day."), "Remove them"),
    "passage": lambda i, c, u: Place(
        reverse("desk:passage", args=[reworded(c).pk]), write(Why="Another number."), "It is not in this text"
    ),
    "judgement": lambda i, c, u: Place(reverse("desk:judgement", args=[i.code]), a_judgement, "Save"),
}


def test_every_page_of_services_is_among_them() -> None:
    prefix = "incidents_incident_"
    urls = admin.site._registry[Incident].get_urls()
    own = {url.name.removeprefix(prefix) for url in urls if (url.name or "").startswith(prefix)}
    of_django = {"changelist", "add", "history", "delete", "change"}

    of_the_desk = {url.name for url in desk_urls.urlpatterns} - NO_FORMS
    assert own - of_django | of_the_desk == {*SERVICES, "article"}  # the desk itself: below


@pytest.mark.parametrize("name", SERVICES)
def test_page_of_a_service_outlives_the_login(page: Page, user: User, name: str, settings) -> None:
    settings.ONE_PERSON_ARCHIVE = name == "publish"  # of the one who types here
    incident, claim = told(user)
    place = SERVICES[name](incident, claim, user)
    page.goto(place.path)
    form = page.locator(FORM).last
    place.fill(page, form)
    typed = said(form)
    wait_until_kept(page)
    expire()
    press(page, place)
    sign_in(page, user.username)

    expect(page.locator("#kept")).to_contain_text(NOTICE)
    assert said(page.locator(FORM).last) == typed

    press(page, place)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    wait_until_nothing_is_kept(page)


def test_pasted_addresses_outlive_the_login(page: Page, user: User) -> None:
    page.goto(reverse("admin:archive_article_fetch"))
    box = page.get_by_label("Addresses", exact=True)
    box.fill("https://news.example/report")
    wait_until_kept(page)
    expire()
    page.get_by_role("button", name="Look at the addresses").click()
    sign_in(page, user.username)

    expect(page.locator("#kept")).to_contain_text(NOTICE)
    expect(box).to_have_value("https://news.example/report")

    page.get_by_role("button", name="Look at the addresses").click()
    page.get_by_role("button", name="Fetch", exact=True).click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    wait_until_nothing_is_kept(page)


# The desk, which saves without leaving its page


def test_desk_outlives_the_login(page: Page, user: User) -> None:
    _incident, claim = told(user)
    page.goto(desk(claim))
    drag_words(page, "old mill")
    a_claim(page, page.locator("#claim-form"))
    typed = said(page.locator("#claim-form"))
    assert (typed["quote"], typed["count_low"]) == (["old mill"], ["7"])
    wait_until_kept(page)
    expire()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("You are signed out")
    page.reload()
    sign_in(page, user.username)

    expect(page.locator("#kept")).to_contain_text(NOTICE)
    assert said(page.locator("#claim-form")) == typed
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    wait_until_nothing_is_kept(page)
    expect(page.locator("#kept")).to_be_empty()
    made = Claim.objects.get(aspect="injured", count_low=7)
    assert (made.passage.exact, made.count_low, made.reasoning) == ("old mill", 7, "As the council counted them.")


def test_desk_goes_on_after_signing_in_beside_it(page: Page, user: User) -> None:
    _incident, claim = told(user)
    page.goto(desk(claim))
    a_claim(page, page.locator("#claim-form"))
    expire()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("You are signed out")
    beside = page.context.new_page()
    beside.goto("/admin/")
    expect(beside.locator("#kept")).to_contain_text("What was typed here and not saved is kept")
    sign_in(beside, user.username)

    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#desk-status")).to_contain_text("Saved")
    wait_until_nothing_is_kept(page)
    page.get_by_label("Reasoning").fill("For the next claim.")
    wait_until_kept(page)
    page.reload()
    expect(page.get_by_label("Reasoning")).to_have_value("For the next claim.")


def drag_words(page: Page, words: str) -> None:
    page.evaluate(
        """words => { const text = document.getElementById('desk-text');
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) { const at = walker.currentNode.data.indexOf(words); if (at < 0) continue;
          const range = document.createRange(); range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + words.length);
          document.getSelection().removeAllRanges(); document.getSelection().addRange(range); return } }""",
        words,
    )
    expect(page.locator("#id_quote")).to_have_value(words)


# What else may come between


@pytest.fixture
def incident() -> Incident:
    made: Incident = IncidentFactory(working_title="A mill", note="Nothing yet.")
    return made


NOTE = "Typed for a long time: عن المطحنة القديمة."


def type_a_note(page: Page, incident: Incident, note: str = NOTE) -> str:
    path = change_page("incidents.incident", incident)
    page.goto(path)
    page.locator("#id_note").fill("")
    page.locator("#id_note").press_sequentially(note)
    return path


def expect_the_note(page: Page, note: str = NOTE) -> None:
    expect(page.locator("#kept")).to_contain_text(NOTICE)
    expect(page.locator("#id_note")).to_have_value(note)
    expect(page.locator("#id_working_title")).to_have_value("A mill")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_closed_tab(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident)
    beside = page.context.new_page()
    page.close()
    beside.goto(path)
    expect_the_note(beside)
    save(beside)
    incident.refresh_from_db()
    assert (incident.note, kept(beside)) == (NOTE, [])


def test_back_button(page: Page, incident: Incident) -> None:
    type_a_note(page, incident)
    page.goto("/admin/incidents/incident/")
    page.go_back()
    expect(page.locator("#id_note")).to_have_value(NOTE)
    save(page)
    wait_until_nothing_is_kept(page)


def test_lost_line(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(path)
    expect_the_note(page)
    save(page)
    incident.refresh_from_db()
    assert (incident.note, kept(page)) == (NOTE, [])


def test_saved_but_the_answer_was_lost(page: Page, incident: Incident) -> None:
    """Stored, yet the browser never heard of it: nothing is offered again once the page shows it as stored."""
    path = type_a_note(page, incident)
    wait_until_kept(page)
    Incident.objects.filter(pk=incident.pk).update(note=NOTE)
    page.goto(path)
    page.wait_for_function("() => !Object.keys(localStorage).some(name => name.startsWith('typed.'))")
    expect(page.locator("#kept")).to_be_empty()


def test_refused_form_is_kept_until_it_is_mended(page: Page, user: User) -> None:
    incident, _claim = told(user)
    path = reverse("desk:judgement", args=[incident.code])
    page.goto(path)
    page.get_by_label("The reason, as readers will see it").fill("The council counted them that day.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#form-errors")).to_be_visible()
    assert len(kept(page)) == 1
    page.goto(path)
    expect(page.locator("#kept")).to_contain_text(NOTICE)
    expect(page.get_by_label("The reason, as readers will see it")).to_have_value("The council counted them that day.")


def test_somebody_else_saved_meanwhile(page: Page, incident: Incident) -> None:
    """The version comes back with the words: what was saved meanwhile is asked about, not overwritten."""
    path = type_a_note(page, incident)
    wait_until_kept(page)
    page.goto("/admin/")
    Incident.objects.filter(pk=incident.pk).update(note="Of Basil.", working_title="The mill of Basil")
    page.goto(path)
    expect(page.locator("#kept")).to_contain_text("Somebody else has saved this since")
    expect(page.locator("#id_note")).to_have_value(NOTE)
    expect(page.locator("#id_working_title")).to_have_value("The mill of Basil")
    page.get_by_role("button", name="Save and continue editing").click()

    for text in ("Nothing yet.", "Of Basil.", NOTE):
        expect(page.locator("#conflict")).to_contain_text(text)
    incident.refresh_from_db()
    assert incident.note == "Of Basil."


def test_new_rows_of_a_part(page: Page, user: User) -> None:
    incident, claim = told(user)
    for text in ("One.", "Two."):
        curation.add_sentence(incident, by=user, text_en=text, passages=[claim.passage])
    path = change_page("incidents.incident", incident)
    page.goto(path)
    open_summary(page)
    page.locator("#id_summary-1-text_en").fill("Two, as typed.")
    page.locator("#summary-group .add-row a").click()
    page.locator("#id_summary-2-text_en").fill("Three, as typed.")
    page.locator("[name=summary-2-passages]").first.check()
    wait_until_kept(page)
    page.goto("/admin/")
    first = incident.summary.order_by("pk").first()
    curation.remove_sentence(first, by=user, seen=first.lock_version)

    page.goto(path)
    expect(page.locator("#kept")).to_contain_text(NOTICE)
    expect(page.locator("#id_summary-0-text_en")).to_have_value("Two, as typed.")
    expect(page.locator("#id_summary-1-text_en")).to_have_value("Three, as typed.")
    save(page)
    assert set(incident.summary.values_list("text_en", flat=True)) == {"Two, as typed.", "Three, as typed."}
    wait_until_nothing_is_kept(page)


def open_summary(page: Page) -> None:
    page.locator("#summary-group summary").first.click()


def test_discarding(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident)
    wait_until_kept(page)
    page.goto(path)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Discard it").click()
    expect_the_note(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator("#id_note")).to_have_value("Nothing yet.")
    expect(page.locator("#kept")).to_be_empty()
    wait_until_nothing_is_kept(page)


def test_two_windows_keep_their_own(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident, "In the first window.")
    wait_until_kept(page)
    beside = page.context.new_page()
    beside.goto(path)
    expect(beside.locator("#kept")).to_contain_text("open in another window too")
    expect(beside.locator("#id_note")).to_have_value("Nothing yet.")
    beside.locator("#id_note").fill("In the second window.")
    wait_until_kept(beside, 2)
    for window in (page, beside):
        window.close(run_before_unload=False)

    third = open_beside(beside, reverse("admin:index"))
    third.wait_for_function("async () => !(await navigator.locks.query()).held.length")
    third.goto(path)
    expect_the_note(third, "In the second window.")
    third.get_by_role("button", name="Show that instead").click()
    expect_the_note(third, "In the first window.")
    expect(third.locator("#kept")).to_contain_text("You had also typed something else here")


def open_beside(page: Page, path: str) -> Page:
    window = page.context.new_page()
    window.goto(path)
    return window


# The next person at the same machine


def test_next_person_finds_nothing(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident)
    wait_until_kept(page)
    assert NOTE not in stored(page)
    assert "incident" not in stored(page)
    expire()
    page.goto(path)
    expect(page.locator("#kept")).to_contain_text("What was typed here and not saved is kept")
    assert NOTE not in stored(page) + page.content()
    assert "data-key=" not in page.content()
    other = somebody("Basil")
    sign_in(page, other.username)

    expect(page.locator("#id_note")).to_have_value("Nothing yet.")
    expect(page.locator("#kept")).to_be_empty()
    wait_until_nothing_is_kept(page)
    assert page.locator("#kept").get_attribute("data-key")


def test_window_left_open_keeps_nothing_for_the_next_person(page: Page, user: User, incident: Incident) -> None:
    path = type_a_note(page, incident)
    wait_until_kept(page)
    expire()
    beside = open_beside(page, path)
    sign_in(beside, somebody("Basil").username)
    expect(beside.locator("#id_note")).to_have_value("Nothing yet.")
    page.locator("#id_note").press_sequentially("And more.")
    page.wait_for_timeout(300)
    wait_until_nothing_is_kept(beside)

    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("heading", name="The form could not be accepted")).to_be_visible()
    incident.refresh_from_db()
    assert incident.note == "Nothing yet."


def test_signing_out_asks_and_removes(page: Page, incident: Incident) -> None:
    type_a_note(page, incident)
    wait_until_kept(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("#id_note")).to_have_value(NOTE)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in again")).to_be_visible()
    wait_until_nothing_is_kept(page)
    assert "typed" not in stored(page)


def test_old_words_are_removed(page: Page, incident: Incident) -> None:
    path = type_a_note(page, incident)
    wait_until_kept(page)
    page.goto("/about/")
    page.evaluate(
        """() => { const then = Date.now() - 15 * 86400000;
        for (const name of Object.keys(localStorage)) if (name.startsWith('typed.'))
          localStorage[name] = `${then}.${localStorage[name].split('.')[1]}` }"""
    )
    page.goto(path)
    expect(page.locator("#id_note")).to_have_value("Nothing yet.")
    wait_until_nothing_is_kept(page)
