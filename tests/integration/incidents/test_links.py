"""Links between incidents: made, read from both ends, changed, ended, and never shown with what readers may not see."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from archive import intake
from archive.locking import StaleRowError
from archive.models import User
from incidents import curation
from incidents.errors import ClosedIncidentError, CurationError, InvalidError, MergeError
from incidents.likeness import likely_same
from incidents.likeness.pairs import note_pairs
from incidents.models import Incident, IncidentLink, LikelyPair, PublishedIncident
from incidents.models.choices import RELATIONS
from incidents.terms import Relation
from tests.factories import full_incident, generalised
from tests.factories.archive import PassageFactory, UserFactory
from tests.factories.full_incident import DENIAL, HIT, FullIncident
from tests.factories.incidents import IncidentFactory, IncidentLinkFactory
from tests.factories.listed import close, published
from tests.factories.people import person

pytestmark = pytest.mark.django_db

WHY = "The council tells of both in one report."
WHY_AR = "يذكر المجلس كليهما في تقرير واحد."
LABELS = dict(RELATIONS)


@pytest.fixture
def struck() -> FullIncident:
    return full_incident.published()


@pytest.fixture
def later(struck: FullIncident) -> PublishedIncident:
    """Three days later the same facility was hit."""
    again = FullIncident()
    hit = again.passage(again.english, HIT)
    again.say("occurred", hit, occurred_edtf="2019-11-30")
    again.say("place", hit, place=struck.place)
    again.say("facility", hit, facility=struck.facility)
    again.say("weapon", hit, weapon=struck.weapon)
    again.publish()
    return PublishedIncident.objects.select_related("incident").get(pk=again.incident.pk)


def link(one: Incident, other: Incident, relation: str = "later_attack", **said: Any) -> IncidentLink:
    """By default ``other`` is a later attack on what ``one`` had struck."""
    return curation.link_incidents(one, to=other, relation=relation, by=None, **{"reason": WHY, **said})


def page(client: Client, incident: Incident, language: str = "") -> str:
    return client.get(f"{language}/incidents/{incident.code}/").content.decode()


def section(html: str) -> str:
    """What stands under “Linked by the editors”; empty without that."""
    found = re.search(r'aria-labelledby="related-linked">(.*?)</section>', html, re.DOTALL)
    return found[1] if found else ""


def document(client: Client, incident: Incident) -> dict[str, Any]:
    return json.loads(client.get(f"/incidents/{incident.code}.json").content)


def relations(incident: Incident) -> dict[str, str]:
    return {one.incident.code: one.relation.value for one in curation.links_of(incident)}


def test_both_pages_say_what_the_other_is_and_why(client: Client, struck: FullIncident, later) -> None:
    link(struck.incident, later.incident, reason_ar=WHY_AR)

    ours, theirs = section(page(client, struck.incident)), section(page(client, later.incident))
    arabic = section(page(client, struck.incident, "/ar"))

    assert str(LABELS["later_attack"]) in ours
    assert f"/incidents/{later.code}/" in ours
    assert WHY in ours
    assert str(LABELS["earlier_attack"]) in theirs
    assert f"/incidents/{struck.incident.code}/" in theirs
    assert "also hit" in ours  # what they share besides is said with it, and not again below
    assert page(client, struck.incident).count(f'href="/incidents/{later.code}/"') == 1
    assert WHY_AR in arabic
    assert WHY not in arabic
    assert "هجوم لاحق على الموقع نفسه" in arabic


def test_arabic_pages_mark_an_english_reason(client: Client, struck: FullIncident, later) -> None:
    link(struck.incident, later.incident)

    assert f'lang="en">{WHY}' in section(page(client, struck.incident, "/ar"))


def test_json_of_today_has_links_and_an_edition_has_none(client: Client, struck: FullIncident, later) -> None:
    code = struck.incident.code
    address = f"/incidents/{code}/v1.json"
    before = client.get(address).content, client.get(f"/incidents/{code}/v1/").content
    made = link(struck.incident, later.incident, passage=struck.passage(struck.english, HIT))

    [told] = document(client, struck.incident)["links"]
    api = json.loads(client.get(f"/api/incidents/{code}/").content)["links"]

    assert (told["relation"], told["code"], told["reason"]) == ("later_attack", later.code, WHY)
    assert (told["passage"]["exact"], told["passage"]["id"]) == (HIT, made.passage.public_id)
    assert "reason_ar" not in told
    assert api == [told]
    assert (client.get(address).content, client.get(f"/incidents/{code}/v1/").content) == before


@pytest.mark.parametrize(
    ("relation", "seen_from_other"),
    [
        ("whole", "part"),
        ("part", "whole"),
        ("same_operation", "same_operation"),
        ("later_attack", "earlier_attack"),
        ("earlier_attack", "later_attack"),
        ("answered", "answer"),
        ("answer", "answered"),
        ("different_from", "different_from"),
    ],
)
def test_each_relation_reads_from_both_ends(relation: str, seen_from_other: str) -> None:
    one, other = IncidentFactory(scope="series"), IncidentFactory(scope="tally")

    link(one, other, relation, passage=cited_by(one) if "answer" in relation else None)

    assert relations(one) == {other.code: relation}
    assert relations(other) == {one.code: seen_from_other}


def cited_by(incident: Incident) -> Any:
    passage = PassageFactory()
    curation.make_claim(
        incident=incident, by=None, aspect="killed", count_low=2, group="people", passage=passage, judgement=""
    )
    return passage


def test_every_relation_was_read() -> None:
    assert len(Relation) == 8


@pytest.mark.parametrize(
    ("relation", "said", "where"),
    [
        ("later_attack", {"reason": " \n"}, "reason"),
        ("sometime", {}, "relation"),
        ("whole", {}, "relation"),  # one attack has no parts
        ("answer", {}, "passage"),  # why somebody attacked is said by words
    ],
)
def test_what_cannot_be_linked_so_is_refused(relation: str, said: dict[str, str], where: str) -> None:
    with pytest.raises(InvalidError) as refused:
        link(IncidentFactory(), IncidentFactory(), relation, **said)

    assert list(refused.value.errors) == [where]
    assert not IncidentLink.objects.exists()


def test_words_that_neither_cites_are_refused() -> None:
    one, other = IncidentFactory(), IncidentFactory()

    with pytest.raises(InvalidError, match="No claim of the two"):
        link(one, other, passage=PassageFactory())

    assert link(one, other, "answer", passage=cited_by(other)).passage


def test_days_that_say_the_contrary_are_refused(struck: FullIncident) -> None:
    before = FullIncident()
    before.say("occurred", None, occurred_edtf="2019-11-20", judgement="The wardens wrote it down.")
    about = FullIncident()
    about.say("occurred", None, occurred_edtf="2019-11-25~", judgement="Told long after.")

    with pytest.raises(InvalidError, match="certainly before"):
        link(struck.incident, before.incident)
    link(struck.incident, before.incident, "earlier_attack")
    link(struck.incident, about.incident)  # it may have been then


def test_one_of_a_kind_stands_between_two_whichever_way() -> None:
    one, other = IncidentFactory(), IncidentFactory()
    first = link(one, other)

    for again in (("earlier_attack", one, other), ("later_attack", one, other), ("later_attack", other, one)):
        with pytest.raises(InvalidError, match="linked so already"):
            link(again[1], again[2], again[0])
    link(one, other, "same_operation")
    curation.end_link(first, by=None, seen=1, reason="They are of other years.")
    link(other, one)

    assert [found.relation for found in curation.links_of(one)] == ["same_operation", "earlier_attack"]


def test_incident_is_not_linked_to_itself_or_to_what_was_withdrawn(struck: FullIncident) -> None:
    gone = IncidentFactory()
    curation.withdraw(gone, by=None, reason="It was a thunderstorm.")

    with pytest.raises(InvalidError, match="itself"):
        link(struck.incident, struck.incident)
    with pytest.raises(ClosedIncidentError):
        link(struck.incident, gone)


@pytest.mark.parametrize("state", ["withdrawn", "draft", "in_review"])
def test_nothing_leaks_of_what_readers_may_not_see(client: Client, struck: FullIncident, state: str) -> None:
    if state == "withdrawn":
        other = published("Zebra stables").incident
        link(struck.incident, other)
        close(other, "withdrawn", None)
    else:
        other = IncidentFactory(working_title="Zebra stables")
        link(struck.incident, other)
    for address in (f"/incidents/{struck.incident.code}/", f"/ar/incidents/{struck.incident.code}/"):
        html = client.get(address).content.decode()
        assert section(html) == ""
        assert other.code not in html
        assert "Zebra" not in html
        assert WHY not in html
    assert "links" not in document(client, struck.incident)


def test_link_waits_until_a_published_version_cites_its_words(client: Client, struck: FullIncident, later) -> None:
    fresh = struck.passage(struck.english, full_incident.UNCITED)
    struck.say("weapon", fresh, weapon=struck.weapon)
    link(struck.incident, later.incident, passage=fresh)

    assert section(page(client, struck.incident)) == ""
    struck.publish("One more report.")
    assert full_incident.UNCITED in section(page(client, struck.incident))


def test_words_of_a_withheld_report_are_not_shown(client: Client, struck: FullIncident, later) -> None:
    link(struck.incident, later.incident, passage=struck.passage(struck.english, DENIAL))
    article = struck.english.article
    article.refresh_from_db()
    intake.correct_article(
        article, by=UserFactory(), seen=article.lock_version, visibility="withheld", visibility_reason="It was asked."
    )

    for incident in (struck.incident, later.incident):
        assert DENIAL not in page(client, incident)
        assert "not shown" in section(page(client, incident))
        assert DENIAL not in json.dumps(document(client, incident), ensure_ascii=False)


@pytest.mark.parametrize("seen_from", ["struck", "later"])
def test_withheld_words_are_withheld_in_the_reason_too(
    client: Client, struck: FullIncident, later, seen_from: str
) -> None:
    link(struck.incident, later.incident, reason="Okapi Smith saw both.", reason_ar="Okapi Smith هنا.")
    intake.withhold([struck.english.article], words="Okapi Smith", kind="private", reason="They asked for it.", by=None)
    incident = {"struck": struck.incident, "later": later.incident}[seen_from]

    for text in (page(client, incident), page(client, incident, "/ar"), json.dumps(document(client, incident))):
        assert "Okapi" not in text
    assert "saw both." in section(page(client, incident))


def test_town_that_readers_do_not_learn_is_not_told(client: Client, later) -> None:
    told = generalised.told()
    link(told.incident, later.incident, reason="Quillhaven and its mill were hit again.")
    generalised.general(told)

    for incident in (told.incident, later.incident):
        for text in (page(client, incident), json.dumps(document(client, incident), ensure_ascii=False)):
            assert "its mill were hit again" in text
            assert not set(generalised.leaks(text.encode())) & {"Quillhaven", "Reedmarsh"}
    with pytest.raises(InvalidError, match="tells the town: “Quilhavn”"):
        link(told.incident, later.incident, "same_operation", reason="Quilhavn was hit twice.")


def test_merges_are_followed_and_a_link_to_oneself_vanishes_until_they_are_parted(client: Client, later) -> None:
    one, other = full_incident.published(), full_incident.published()
    link(one.incident, other.incident, "same_operation")
    link(other.incident, later.incident)

    curation.merge(other.incident, into=one.incident, by=None, reason="The same attack.")

    assert relations(one.incident) == {later.code: "later_attack"}
    assert relations(later.incident) == {one.incident.code: "earlier_attack"}
    assert f"/incidents/{one.incident.code}/" in section(page(client, later.incident))
    assert other.incident.code not in section(page(client, later.incident))
    assert f"/incidents/{later.code}/" in section(page(client, one.incident))
    other.incident.refresh_from_db()
    curation.restore(other.incident, by=None, reason="They were two.")
    assert relations(one.incident) == {other.incident.code: "same_operation"}


def test_what_is_said_to_be_two_attacks_is_not_merged_or_asked_again(struck: FullIncident) -> None:
    double = FullIncident()
    double.place, double.facility = struck.place, struck.facility
    double.say_all()
    double.publish()
    assert [one.incident for one in likely_same(double.incident)] == [struck.incident]
    note_pairs(double.incident, by=None)
    apart = link(double.incident, struck.incident, "different_from", reason="One was at noon.")

    assert likely_same(double.incident) == likely_same(struck.incident) == []
    assert not LikelyPair.objects.to_decide().exists()
    with pytest.raises(MergeError, match="One was at noon"):
        curation.merge(double.incident, into=struck.incident, by=None, reason="The same attack.")
    curation.end_link(apart, by=None, seen=1, reason="It was read wrongly.")
    assert LikelyPair.objects.to_decide().exists()
    curation.merge(double.incident, into=struck.incident, by=None, reason="The same attack.")


def test_link_changes_under_the_lock_and_ends_once() -> None:
    editor = UserFactory()
    made = link(IncidentFactory(), IncidentFactory())

    with pytest.raises(StaleRowError):
        curation.change_link(made, by=editor, seen=2, reason="Better.")
    with pytest.raises(InvalidError, match="filled in"):
        curation.change_link(made, by=editor, seen=1, reason=" ")
    with pytest.raises(TypeError, match="kind"):
        curation.change_link(made, by=editor, seen=1, kind="response")
    changed = curation.change_link(made, by=editor, seen=1, reason=" Better. ", reason_ar=WHY_AR)
    with pytest.raises(InvalidError, match="colleagues"):
        curation.end_link(made, by=editor, seen=changed.lock_version, reason="")
    ended = curation.end_link(made, by=editor, seen=changed.lock_version, reason="Other years.")
    with pytest.raises(CurationError, match="Other years"):
        curation.end_link(made, by=editor, seen=3, reason="Again.")
    with pytest.raises(CurationError, match="Other years"):
        curation.change_link(made, by=editor, seen=3, reason="Again.")

    assert (changed.reason, changed.lock_version, bool(ended.ended_at)) == ("Better.", 2, True)


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("UPDATE incidents_incidentlink SET other_id = one_id", "never changes"),
        ("UPDATE incidents_incidentlink SET kind = 'murmur'", "never changes"),
        ("DELETE FROM incidents_incidentlink", "permission denied"),
        ("UPDATE incidents_incidentlink SET ended_at = now()", "ended_with_reason"),
    ],
)
def test_database_refuses(sql: str, answer: str) -> None:
    IncidentLinkFactory()

    with pytest.raises(DatabaseError, match=answer), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_kept_copies_are_stale_when_a_link_is_made_changed_and_ended(client: Client, struck, later) -> None:
    addresses = [f"/incidents/{struck.incident.code}{end}" for end in ("/", ".json")]
    tags = [[client.get(address).headers["ETag"] for address in addresses]]

    def look() -> None:
        tags.append([client.get(address).headers["ETag"] for address in addresses])

    made = link(struck.incident, later.incident)
    look()
    made = curation.change_link(made, by=None, seen=1, reason="Better said.")
    look()
    for address, tag in zip(addresses, tags[-1], strict=True):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    curation.end_link(made, by=None, seen=2, reason="Other years.")
    look()

    for before, after in pairwise(tags):
        assert all(one != other for one, other in zip(before, after, strict=True))
    assert section(page(client, struck.incident)) == ""


def test_queries_do_not_grow_with_the_links(client: Client, struck, later, django_assert_max_num_queries) -> None:
    address = f"/incidents/{struck.incident.code}/"
    for relation in ("later_attack", "same_operation", "different_from"):
        link(struck.incident, later.incident, relation)
        other = published(on="2019-12-01")
        link(struck.incident, other.incident, relation)
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def form(other: str, **said: str) -> dict[str, str]:
    return {
        "to": other,
        "to_words": "",
        "relation": "later_attack",
        "reason": WHY,
        "reason_ar": "",
        "passage": "",
        **said,
    }


@pytest.fixture
def editor() -> User:
    return person("Editor")


def test_editor_links_changes_and_ends_in_the_admin(client: Client, editor: User, struck, later) -> None:
    client.force_login(editor)
    address = reverse("admin:incidents_incident_link", args=[struck.incident.pk])
    struck.incident.refresh_from_db()
    version = {"lock_version": str(struck.incident.lock_version)}

    refused = client.post(address, {**form(later.code, reason=""), **version})
    done = client.post(address, {**form(later.code), **version}, follow=True)
    again = client.post(address, {**form(later.code), **version})
    made = IncidentLink.objects.get()
    change = reverse("admin:incidents_incidentlink_change", args=[made.pk]) + f"?incident={later.pk}"
    opened = client.get(change).text
    said = {"reason": "Better said.", "reason_ar": WHY_AR, "passage": "", "end_reason": ""}
    changed = client.post(change, {**said, "lock_version": "1"})
    ended = client.post(change, {**said, "end_reason": "Other years.", "lock_version": "2"}, follow=True)

    assert refused.status_code == 200
    assert "required" in refused.text
    assert WHY in done.text
    assert "Readers see it." in done.text
    assert made.created_by == editor
    assert "linked so already" in again.text
    assert WHY in opened
    assert changed.headers["Location"] == reverse("admin:incidents_incident_change", args=[later.pk])
    made.refresh_from_db()
    assert (made.reason, made.reason_ar, made.end_reason) == ("Better said.", WHY_AR, "Other years.")
    assert "Better said." not in ended.text
    history = client.get(reverse("admin:incidents_incident_history", args=[struck.incident.pk])).text
    assert "Better said." in history
    assert "Other years." in history


def test_two_editors_of_one_link_lose_nothing(client: Client, editor: User, struck, later) -> None:
    made = link(struck.incident, later.incident)
    address = reverse("admin:incidents_incidentlink_change", args=[made.pk])
    client.force_login(editor)
    curation.change_link(made, by=person("Editor"), seen=1, reason="Theirs.")
    mine = {"reason": "Mine.", "reason_ar": "", "passage": "", "end_reason": "", "lock_version": "1"}

    asked = client.post(address, mine)
    made.refresh_from_db()
    assert asked.status_code == 200
    assert "Mine." in asked.text
    assert "Theirs." in asked.text
    assert made.reason == "Theirs."

    curation.end_link(made, by=person("Editor"), seen=2, reason="Other years.")
    over = client.post(address, mine)
    made.refresh_from_db()
    assert over.status_code == 200
    assert "It was ended meanwhile" in over.text
    assert "Mine." in over.text
    assert made.reason == "Theirs."
    assert client.get(address).status_code == 200


def test_reader_of_the_editors_side_without_the_permission_links_nothing(client: Client, struck, later) -> None:
    client.force_login(UserFactory(is_staff=True))

    answer = client.post(reverse("admin:incidents_incident_link", args=[struck.incident.pk]), form(later.code))

    assert answer.status_code == 403
    assert not IncidentLink.objects.exists()
