"""Two people in two browsers, on every form of the editors' side: both save, and both versions are found again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive import following, spellings
from archive.admin.locked_admin import LockedAdmin
from archive.models import FoundAgain, FoundVerdict, User
from archive.versions import events_of
from incidents import curation, history, name_merges, proposals
from incidents.desk import urls as desk_urls
from incidents.models import Claim, Facility, Incident
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.factories import histories, reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.incidents import FacilityFactory, IncidentFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.integration.incidents.conftest import FACTORIES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDITED = [model._meta.label_lower for model, one in admin.site._registry.items() if isinstance(one, LockedAdmin)]
# Addresses of the desk without a form to write in: answers to scripts, buttons, and a list.
# Of suggestions and pairs the answers are appended: none is lost, the last counts.
APPENDED = {"suggestions", "pair"}
NO_FORMS = {"find", "date", "rank", "terms", "passages", "changes", "next", "pairs", "copy", *APPENDED}
Enter = Callable[[User], Page]


@pytest.fixture
def enter(open_page: Opener, live_server) -> Enter:
    """Return what opens a browser of somebody's own, signed in."""

    def enter(user: User) -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page = open_page()
        cookie = {"name": name, "value": client.cookies[name].value, "url": f"{live_server.url}/admin"}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return enter


@pytest.fixture
def people() -> tuple[User, User]:
    found = []
    for name in ("Amal", "Basil"):
        user = person("Administrator")
        user.first_name, user.is_superuser = name, True
        user.save()
        found.append(user)
    return found[0], found[1]


@pytest.fixture
def both(enter: Enter, people: tuple[User, User]) -> tuple[Page, Page]:
    return enter(people[0]), enter(people[1])


def show(pages: tuple[Page, Page], path: str) -> None:
    for page in pages:
        page.goto(path)


def expect_conflict(page: Page, *texts: str) -> None:
    """The conflict is what the page begins with: in view, with the focus, and it says all versions."""
    panel = page.locator("#conflict")
    expect(panel).to_be_in_viewport()
    expect(panel).to_be_focused()
    for text in texts:
        expect(panel).to_contain_text(text)


def change_page(label: str, row: Any, what: str = "change") -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{what}", args=[row.pk])


@pytest.mark.parametrize("label", EDITED)
def test_change_form_of_the_admin(both: tuple[Page, Page], people: tuple[User, User], label: str) -> None:
    row = FACTORIES[label]()
    show(both, change_page(label, row))
    fields = [page.locator("#content-main form input.vTextField, #content-main form textarea").first for page in both]
    name = fields[0].get_attribute("name")
    began = fields[0].input_value()
    for page, field, text in zip(both, fields, ("Of Amal", "Of Basil"), strict=True):
        field.fill(text)
        page.get_by_role("button", name="Save and continue editing").click()

    first, second = both
    expect(first.locator(".messagelist")).to_contain_text("changed successfully")
    expect_conflict(second, began, "Of Amal", "Of Basil", "Amal")
    row.refresh_from_db()
    assert getattr(row, name) == "Of Amal"
    second.get_by_label("Take mine").check()
    second.get_by_role("button", name="Save with these choices").click()
    expect(second.locator(".messagelist")).to_contain_text("changed successfully")

    row.refresh_from_db()
    assert getattr(row, name) == "Of Basil"
    kept = events_of(type(row)).objects.filter(pgh_obj_id=row.pk).values_list(name, flat=True)
    assert {began, "Of Amal", "Of Basil"} <= set(kept)
    second.goto(change_page(label, row, "history"))
    expect(second.locator("ol.history > li").first).to_contain_text("Of Amal")
    expect(second.locator("ol.history > li").first).to_contain_text("Of Basil")
    assert violations(second) == ""


def test_sentence_of_a_summary(both: tuple[Page, Page], people: tuple[User, User]) -> None:
    incident, claim = told(people[0])
    curation.add_sentence(incident, by=people[0], text_en="A mill was hit.", passages=[claim.passage])
    show(both, change_page("incidents.incident", incident))
    for page, text in zip(both, ("The mill was hit twice.", "A mill was shelled."), strict=True):
        page.locator("details.collapse summary, fieldset.collapse summary, #summary-group summary").first.click()
        page.locator("#id_summary-0-text_en").fill(text)
        page.get_by_role("button", name="Save and continue editing").click()

    first, second = both
    expect(first.locator(".messagelist")).to_contain_text("changed successfully")
    expect_conflict(second, "A mill was hit.", "The mill was hit twice.", "A mill was shelled.", "Amal")
    second.get_by_label("Take theirs").check()
    second.get_by_role("button", name="Save with these choices").click()
    expect(second.locator(".messagelist")).to_contain_text("changed successfully")

    assert incident.summary.get().text_en == "The mill was hit twice."


def test_sentence_that_was_removed_meanwhile_is_put_back(both: tuple[Page, Page], people: tuple[User, User]) -> None:
    incident, claim = told(people[0])
    for text in ("A mill was hit.", "Nobody was inside."):
        curation.add_sentence(incident, by=people[0], text_en=text, passages=[claim.passage])
    show(both, change_page("incidents.incident", incident))
    for page in both:
        page.locator("details.collapse summary, fieldset.collapse summary, #summary-group summary").first.click()
    first, second = both
    first.locator("#id_summary-0-DELETE").check()
    second.locator("#id_summary-0-text_en").fill("A mill was shelled.")
    for page in both:
        page.get_by_role("button", name="Save and continue editing").click()

    expect_conflict(second, "Amal removed it", "A mill was hit.", "A mill was shelled.")
    second.get_by_label("Put it back").check()
    second.get_by_role("button", name="Save with these choices").click()
    expect(second.locator(".messagelist")).to_contain_text("changed successfully")

    sentences = {sentence.text_en: list(sentence.passages.all()) for sentence in incident.summary.all()}
    assert sentences == {"A mill was shelled.": [claim.passage], "Nobody was inside.": [claim.passage]}


def test_published_claim_saved_untouched_is_not_replaced(both: tuple[Page, Page], people: tuple[User, User]) -> None:
    incident, claim = told(people[0])
    curation.change_claim(claim, by=people[0], seen=1, reasoning="One line.\nAnother.")
    reviewed.publish(incident, note="First edition.")
    page = both[0]

    for one in incident.claims.all():
        page.goto(reverse("desk:claim", args=[one.public_id]))
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".messagelist")).to_contain_text("Changed")

    assert not Claim.every.exclude(ended_at=None).exists()


def told(editor: User) -> tuple[Incident, Claim]:
    """A draft that may be published, and a claim of it that rests on words."""
    incident = publishable(editor)
    text = TextVersionFactory(text="Two people died at the old mill, the wardens said.")
    passage = PassageFactory(text_version=text, exact="Two people died")
    claim = curation.make_claim(
        incident=incident, by=editor, aspect="killed", passage=passage, count_low=2, count_high=2, group="people"
    )
    return incident, claim


# The pages of services, each as something that two people do with it


def withdraw(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, change_page("incidents.incident", incident, "withdraw"))
    for page, reason in zip(pages, ("A drill.", "A rumour."), strict=True):
        page.get_by_label("Public reason").fill(reason)
        page.get_by_role("button", name="Withdraw it").click()
    expect_conflict(pages[1], "Amal", "A drill.")
    expect(pages[1].get_by_label("Public reason")).to_have_value("A rumour.")


def restore(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    curation.withdraw(incident, by=people[0], reason="A drill.")
    show(pages, change_page("incidents.incident", incident, "restore"))
    for page, reason in zip(pages, ("It was none.", "It stands."), strict=True):
        page.get_by_label("Public reason").fill(reason)
        page.get_by_role("button", name="Restore it").click()
    expect_conflict(pages[1], "Amal", "A drill.")
    expect(pages[1].get_by_label("Public reason")).to_have_value("It stands.")


def merge(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    others = IncidentFactory(), IncidentFactory()
    show(pages, change_page("incidents.incident", incident, "merge"))
    for page, other in zip(pages, others, strict=True):
        page.get_by_label("The incident that stays").fill(other.code)
        page.get_by_label("Public reason").fill(f"The same as {other.code}.")
        page.get_by_role("button", name="Show what will happen").click()
        page.get_by_role("button", name="Merge it").wait_for()
    for page in pages:
        page.get_by_role("button", name="Merge it").click()
    expect_conflict(pages[1], "Amal", others[0].code)
    expect(pages[1].get_by_label("Public reason")).to_have_value(f"The same as {others[1].code}.")


def split(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, f"{change_page('incidents.incident', incident, 'split')}?claim={claim.public_id}")
    for page, reason in zip(pages, ("Another mill.", "Another day."), strict=True):
        page.get_by_label("Why").fill(reason)
        page.get_by_role("button", name="Carry them over").click()
    expect(pages[1].get_by_role("alert")).to_contain_text("changed or removed meanwhile")
    expect(pages[1].get_by_label("Why")).to_have_value("Another day.")
    assert incident.editorial_events.filter(action="split").count() == 1


def link(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    other = publishable(people[0])
    show(pages, f"{change_page('incidents.incident', incident, 'link')}?to={other.code}&relation=same_operation")
    for page, reason in zip(pages, ("One patrol.", "One evening."), strict=True):
        page.locator("#id_reason").fill(reason)
    for page in pages:
        page.get_by_role("button", name="Link them").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("are linked")
    expect(pages[1].get_by_text("They are linked so already").first).to_be_visible()
    expect(pages[1].locator("#id_reason")).to_have_value("One evening.")
    assert [found.link.reason for found in curation.links_of(incident)] == ["One patrol."]


def unite(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    curation.split(incident, claims=[(claim, claim.lock_version)], by=people[0], reason="Another mill.")
    [event] = curation.splits_of(incident)
    show(pages, f"{change_page('incidents.incident', incident, 'unite')}?split={event.pk}")
    for page, reason in zip(pages, ("The same mill.", "The same day."), strict=True):
        page.get_by_label("Why").fill(reason)
        page.get_by_role("button", name="Put them back").click()
    expect(pages[1].get_by_role("alert")).to_contain_text("taken back already")
    expect(pages[1].get_by_label("Why")).to_have_value("The same day.")
    assert incident.claims.filter(pk=claim.pk).exists()


def publish(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    curation.submit(incident, by=people[0])
    show(pages, change_page("incidents.incident", incident, "publish"))
    curation.rank_claim(claim, by=people[0], seen=claim.lock_version, rank="preferred")
    pages[1].get_by_label("Public note").fill("What Basil says of it.")
    for reason in pages[1].locator("textarea[name^=keep]").all():
        reason.fill("It is right as it is: see the text.")
    pages[1].get_by_role("button", name="Publish", exact=True).last.click()
    expect_conflict(pages[1], "Amal", "preferred")
    expect(pages[1].get_by_label("Public note")).to_have_value("What Basil says of it.")
    assert not incident.editions.exists()


def submit(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, change_page("incidents.incident", incident, "submit"))
    for page, comment in zip(pages, ("It is ready.", "Mind the date."), strict=True):
        page.get_by_label("Comment for the reviewer").fill(comment)
        page.get_by_role("button", name="Submit for review").click()
    expect_conflict(pages[1], "Amal")
    expect(pages[1].get_by_label("Comment for the reviewer")).to_have_value("Mind the date.")
    assert incident.submissions.count() == 1


def send_back(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    curation.submit(incident, by=people[0])
    show(pages, change_page("incidents.incident", incident, "publish"))
    for page, comment in zip(pages, ("Who says so?", "Which day?"), strict=True):
        page.get_by_label("What is to be mended").fill(comment)
        page.get_by_role("button", name="Send it back").click()
    expect_conflict(pages[1], "Amal")
    expect(pages[1].get_by_label("What is to be mended")).to_have_value("Which day?")
    assert incident.editorial_events.filter(action="sent_back").count() == 1


def comment(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    """Both say something and nothing is lost; who resolves what was answered meanwhile reads the answer first."""
    first = curation.comment(incident, by=people[0], text="Which mill?", claim=claim)
    show(pages, reverse("desk:comments", args=[incident.code]))
    for page, text, button in zip(pages, ("The old one.", "It is clear."), ("Answer", "Resolve"), strict=True):
        page.locator(f"#thread-{first.pk}").get_by_label("Answer").fill(text)
        page.locator(f"#thread-{first.pk}").get_by_role("button", name=button).click()
    expect(pages[1].get_by_role("alert")).to_contain_text("Amal answered meanwhile")
    expect(pages[1].locator(f"#thread-{first.pk}").get_by_label("Answer")).to_have_value("It is clear.")
    expect(pages[1].locator(f"#thread-{first.pk}")).to_contain_text("The old one.")
    pages[1].locator(f"#thread-{first.pk}").get_by_role("button", name="Resolve").click()
    expect(pages[1].locator(".messagelist")).to_contain_text("Resolved")
    assert [one.text for one in incident.comments.all()] == ["Which mill?", "The old one.", "It is clear."]


def nothing(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    text = TextVersionFactory(text="The mill has new owners.")
    show(pages, reverse("desk:nothing", args=[text.article.public_id]))
    PassageFactory(text_version=text, exact="new owners")
    pages[1].get_by_label("Why nothing of it belongs here").fill("Of trade.")
    pages[1].get_by_role("button", name="Nothing here").click()
    expect(pages[1].get_by_role("alert")).to_contain_text("Passages are marked in it")
    expect(pages[1].get_by_label("Why nothing of it belongs here")).to_have_value("Of trade.")
    assert not text.article.readings.exists()


def change_claim(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, reverse("desk:claim", args=[claim.public_id]))
    for page, number in zip(pages, ("5", "4"), strict=True):
        page.locator("#id_count_high").fill(number)
        page.get_by_role("button", name="Save").click()
    expect_conflict(pages[1], "2", "5", "4", "Amal")
    pages[1].get_by_label("Take mine").check()
    pages[1].get_by_role("button", name="Save with these choices").click()
    expect(pages[1].locator(".messagelist")).to_contain_text("Changed")
    assert set(events_of(Claim).objects.filter(pgh_obj_id=claim.pk).values_list("count_high", flat=True)) == {2, 4, 5}


def remove_claim(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    pages[0].goto(reverse("desk:claim", args=[claim.public_id]))
    pages[1].goto(reverse("desk:remove", args=[claim.public_id]))
    pages[0].locator("#id_count_high").fill("5")
    pages[0].get_by_role("button", name="Save").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("Changed")
    pages[1].get_by_label("Why").fill("Of another day.")
    pages[1].get_by_role("button", name="Remove it").click()
    expect_conflict(pages[1], "Amal", "5")
    expect(pages[1].get_by_label("Why")).to_have_value("Of another day.")
    assert Claim.objects.get(pk=claim.pk).count_high == 5


def remove_several(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    pages[1].goto(change_page("incidents.incident", incident))
    for box in pages[1].locator("input[name=claim][form=remove-several]").all():
        box.check()
    pages[1].get_by_role("button", name="Remove the selected").click()
    curation.change_claim(claim, by=people[0], seen=claim.lock_version, count_high=5)
    pages[1].get_by_role("button", name="Remove them").click()
    expect_conflict(pages[1], "Amal", "5")
    assert incident.claims.count() == 4


def judge(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, reverse("desk:judgement", args=[incident.code]))
    for page, number in zip(pages, ("7", "8"), strict=True):
        page.get_by_role("radio", name="Injured").check()
        page.locator("#id_count_low").fill(number)
        page.get_by_label("The reason, as readers will see it").fill(f"The council counted {number} people that day.")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".messagelist")).to_contain_text("Saved")
    assert {7, 8} <= set(incident.claims.filter(aspect="injured").values_list("count_low", flat=True))


def claim_words(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    article = claim.passage.text_version.article
    show(pages, f"{reverse('desk:article', args=[article.public_id])}?passage={claim.passage.public_id}")
    for page, number in zip(pages, ("7", "8"), strict=True):
        page.get_by_role("radio", name="Injured").check()
        page.locator("#id_count_low").fill(number)
        page.get_by_role("button", name="Save claim").click()
        expect(page.locator("#desk-status")).to_contain_text("Saved")
    assert set(
        article.texts.get().passages.get().claims.filter(aspect="injured").values_list("count_low", flat=True)
    ) == {
        7,
        8,
    }


def decide(pages: tuple[Page, Page], path: str) -> None:
    """One accepts; the other, who refuses, finds that said, and nothing to press."""
    show(pages, path)
    pages[0].get_by_role("button", name="Accept").click()
    expect(pages[0].locator(".messagelist")).to_be_visible()
    pages[1].get_by_label("Why").fill("It is none.")
    pages[1].get_by_role("button", name="Refuse").click()
    expect(pages[1].locator(".messagelist")).to_contain_text("It was decided on before; nothing was done.")
    expect(pages[1].locator("#content")).to_contain_text("It is accepted (")
    expect(pages[1].get_by_role("button", name="Refuse")).to_have_count(0)


def decide_term(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    term = proposals.propose("actor", by=people[0], name="River fleet")
    decide(pages, reverse("desk:term", args=["actor", term.pk]))


def decide_spelling(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    proposal = spellings.propose(by=people[0], place=PlaceFactory(), name="Weirbanksa")
    assert proposal is not None
    decide(pages, reverse("desk:spelling", args=[proposal.pk]))


def reworded(claim: Claim) -> FoundAgain:
    """What became of the words of a claim in a later text of their article: another number stands there."""
    first = claim.passage.text_version
    TextVersionFactory(article=first.article, text=f"Seen again. {first.text.replace('Two', 'Nine')}")
    following.follow([first.article_id])
    found: FoundAgain = claim.passage.found_again.get()
    return found


def judge_passage(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    show(pages, reverse("desk:passage", args=[reworded(claim).pk]))
    pages[0].get_by_role("button", name="It is this passage").click()
    expect(pages[0].locator(".messagelist")).to_be_visible()
    pages[1].get_by_label("Why").fill("The number is another one.")
    pages[1].get_by_role("button", name="It is not in this text").click()
    expect(pages[1].get_by_role("alert")).to_contain_text("Amal")
    expect(pages[1].get_by_label("Why")).to_have_value("The number is another one.")
    pages[1].get_by_role("button", name="It is not in this text").click()
    expect(pages[1].locator(".messagelist")).to_be_visible()
    assert [verdict.verdict for verdict in FoundVerdict.objects.order_by("pk")] == ["confirmed", "rejected"]


def two_mills() -> tuple[Facility, Facility]:
    """One mill under two names."""
    first = FacilityFactory(name_en="Weir mill", name_ar="طاحونة السد")
    return first, FacilityFactory(name_en="Mill of the weir", place=first.place, facility_type=first.facility_type)


def merge_names(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    row, other = two_mills()
    third = FacilityFactory(name_en="Weir old mill", place=row.place, facility_type=row.facility_type)
    for page, survivor in zip(pages, (other, third), strict=True):
        page.goto(f"{reverse('desk:merge_names', args=['facility', row.pk])}?into={survivor.public_id}")
        page.get_by_label("Why").fill(f"It is {survivor.name_en}.")
    for page in pages:
        page.get_by_role("button", name="Merge it").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("is merged into")
    expect_conflict(pages[1], "Amal", "Mill of the weir")
    expect(pages[1].get_by_label("Why")).to_have_value("It is Weir old mill.")
    row.refresh_from_db()
    assert row.merged_into == other


def part_names(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    row, other = two_mills()
    done = name_merges.merge(row, into=other, by=people[0], reason="One mill.")
    show(pages, reverse("desk:part_names", args=[done.pk]))
    for page, reason in zip(pages, ("Two mills.", "One of them burned before."), strict=True):
        page.get_by_label("Why").fill(reason)
        page.get_by_role("button", name="Take it back").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("stands for itself again")
    expect(pages[1].get_by_role("heading", name="It cannot be taken back now")).to_be_visible()
    expect(pages[1].get_by_label("Why")).to_have_value("One of them burned before.")


def restore_state(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    """Each wants another working title back; the second to send it is first shown what the other has restored."""
    for title in ("The weir", "The bridge", "The ford"):
        incident.refresh_from_db()
        curation.change_incident(incident, by=people[0], seen=incident.lock_version, working_title=title)
    _ford, bridge, weir, *_before = histories.told(history.lines_of(incident))
    for page, change in zip(pages, (bridge, weir), strict=True):
        page.goto(f"{change_page('incidents.incident', incident, 'restore_state')}?to={change.name}")
        page.get_by_label("Why it is restored").fill("It is the right name.")
    pages[0].get_by_role("button", name="Restore it so").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("Restored")
    pages[1].get_by_role("button", name="Restore it so").click()
    expect_conflict(pages[1], "The bridge", "Amal")
    expect(pages[1].get_by_label("Why it is restored")).to_have_value("It is the right name.")
    pages[1].get_by_role("button", name="Restore it so").first.click()
    expect(pages[1].locator(".messagelist")).to_contain_text("Restored")
    incident.refresh_from_db()
    assert incident.working_title == "The weir"


def facility_place(pages: tuple[Page, Page], incident: Incident, claim: Claim, people: tuple[User, User]) -> None:
    """The second, who saw the town still given, is not taken to want it given again."""
    mill = FacilityFactory(name_en="Weir mill")
    show(pages, reverse("desk:facility_place", args=[mill.pk]))
    for page, reason in zip(pages, ("Its millers were threatened.", "They asked for it."), strict=True):
        page.get_by_label("Why").fill(reason)
        page.get_by_role("button", name="Give only the district").click()
    expect(pages[0].locator(".messagelist")).to_contain_text("only the district")
    expect(pages[1].get_by_role("alert").first).to_contain_text("Amal")
    expect(pages[1].get_by_label("Why")).to_have_value("They asked for it.")
    mill.refresh_from_db()
    assert mill.is_generalised


SERVICES = {
    "facility_place": facility_place,
    "merge_names": merge_names,
    "part_names": part_names,
    "restore_state": restore_state,
    "passage": judge_passage,
    "term": decide_term,
    "spelling": decide_spelling,
    "withdraw": withdraw,
    "restore": restore,
    "merge": merge,
    "split": split,
    "unite": unite,
    "link": link,
    "publish": publish,
    "submit": submit,
    "comments": comment,
    "nothing": nothing,
    "send_back": send_back,
    "claim": change_claim,
    "remove": remove_claim,
    "remove_several": remove_several,
    "judgement": judge,
    "article": claim_words,
}


def test_every_page_of_services_is_among_them() -> None:
    incident_admin = admin.site._registry[Incident]
    prefix = "incidents_incident_"
    own = {url.name.removeprefix(prefix) for url in incident_admin.get_urls() if (url.name or "").startswith(prefix)}
    of_django = {"changelist", "add", "history", "delete", "change"}

    assert own - of_django | {url.name for url in desk_urls.urlpatterns} - NO_FORMS == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_page_of_a_service(both: tuple[Page, Page], people: tuple[User, User], name: str) -> None:
    incident, claim = told(people[0])

    SERVICES[name](both, incident, claim, people)

    for page in both:
        assert page.url == "about:blank" or violations(page) == ""  # where one alone had a page open
