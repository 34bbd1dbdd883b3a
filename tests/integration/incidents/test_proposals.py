"""Terms that are proposed in the middle of the work: used at once, never published before they are accepted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.locking import StaleRowError
from archive.models import User
from incidents import curation, deciding, proposals
from incidents.errors import CurationError, InvalidError, LikelyDuplicateError, NotReadyError, RefusedTermError
from incidents.models import Actor, Claim, Facility, Incident, Weapon
from incidents.models.vocabulary import Term
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    SpeakerFactory,
    WeaponFactory,
)
from tests.factories.people import person
from tests.integration.incidents.conftest import signed_in

pytestmark = pytest.mark.django_db
KINDS = list(proposals.KINDS)
FACTORIES = {
    "actor": ActorFactory,
    "weapon": WeaponFactory,
    "facility_type": FacilityTypeFactory,
    "speaker": SpeakerFactory,
}
TEXT = "The old mill burned. Two millers died near the mill, the wardens said. It was struck from a barge."
HOSTILE = "<script>alert(1)</script> \u202eevil\u202c"


@pytest.fixture
def administrator(db: None) -> User:
    return person("Administrator")


@pytest.fixture
def text():
    return TextVersionFactory(text=TEXT)


def propose(kind: str, by: User, name: str = "River fleet", **more) -> Term:
    return proposals.propose(kind, by=by, name=name, **more)


def claim_by(incident: Incident, by: User, **values) -> Claim:
    exact = "Two millers died" if "count_low" in values else "struck from a barge"
    passage = PassageFactory(text_version__text=TEXT, exact=exact)
    return curation.make_claim(incident=incident, by=by, passage=passage, **values)


def naming(term: Term, incident: Incident, by: User) -> Claim:
    """A claim that names the term."""
    kind = proposals.kind_of(term)
    if kind == "speaker":
        return claim_by(incident, by, aspect="injured", count_low=2, count_high=2, group="people", speaker=term)
    return claim_by(incident, by, aspect=kind, **{kind: term})


@pytest.mark.parametrize("kind", KINDS)
def test_proposed_term_is_used_at_once_and_kept_from_readers(kind: str, draft: Incident, editor: User) -> None:
    term = propose(kind, editor)
    naming(term, draft, editor)

    assert term.is_open
    assert term.created_by == editor
    assert not type(term).objects.filter(pk=term.pk).exists()
    with pytest.raises(NotReadyError) as refused:
        reviewed.publish(draft, note="First edition.")
    assert [item.key for item in refused.value.missing] == ["proposed_term"]
    assert "River fleet" in refused.value.missing[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_accepted_term_is_published(kind: str, draft: Incident, editor: User, administrator: User) -> None:
    term = propose(kind, editor)
    naming(term, draft, editor)

    accepted = deciding.accept(term, by=administrator, seen=term.lock_version, name_en="Barge fleet")
    edition = reviewed.publish(draft, note="First edition.")

    assert type(term).objects.get(pk=term.pk).name_en == "Barge fleet"
    assert accepted.slug == "barge-fleet"
    assert accepted.decided_by == administrator
    assert "Barge fleet" in str(edition.content)


@pytest.mark.parametrize("kind", KINDS)
def test_merged_term_moves_its_claims(kind: str, draft: Incident, editor: User, administrator: User) -> None:
    term, other = propose(kind, editor), FACTORIES[kind](name_en="Harbour office")
    claim = naming(term, draft, editor)
    removed = naming(term, draft, editor)
    curation.remove_claims([(removed, removed.lock_version)], by=editor)

    deciding.merge(term, by=administrator, seen=term.lock_version, into=other)

    claim.refresh_from_db()
    assert getattr(claim, kind) == other
    term.refresh_from_db()
    assert (term.standing, term.merged_into, term.decided_by) == ("merged", other, administrator)
    removed = Claim.every.get(pk=removed.pk)
    assert getattr(removed, kind) == other
    assert removed.ended_at
    assert propose(kind, editor) == other, "the name that was proposed means the other one from now on"
    reviewed.publish(draft, note="First edition.")


def test_merging_keeps_the_name_and_the_history(draft: Incident, editor: User, administrator: User) -> None:
    term, other = propose("actor", editor), ActorFactory(name_en="Harbour guard", aliases=["HG"])
    claim = naming(term, draft, editor)

    deciding.merge(term, by=administrator, seen=term.lock_version, into=other)

    other.refresh_from_db()
    assert other.aliases == ["HG", "River fleet"]
    assert list(Claim.pgh_event_model.objects.filter(pgh_obj_id=claim.pk).values_list("actor", flat=True)) == [
        term.pk,
        other.pk,
    ]
    last = Actor.pgh_event_model.objects.filter(pgh_obj_id=term.pk).latest("pgh_id")
    assert last.pgh_context.metadata["user"] == administrator.pk


def test_claim_that_says_the_same_after_merging_is_removed(draft: Incident, editor: User, administrator: User) -> None:
    term, other = propose("weapon", editor), WeaponFactory(name_en="Barge bomb")
    mine = naming(term, draft, editor)
    kept = curation.make_claim(incident=draft, by=editor, aspect="weapon", passage=mine.passage, weapon=other)

    deciding.merge(term, by=administrator, seen=term.lock_version, into=other)

    assert Claim.objects.get(incident=draft, aspect="weapon") == kept
    ended = Claim.every.get(pk=mine.pk)
    assert "merged into" in ended.end_reason
    assert ended.weapon == other


def test_merging_a_kind_moves_facilities_unless_two_become_one(editor: User, administrator: User) -> None:
    term, other = propose("facility_type", editor), FacilityTypeFactory(name_en="Harbour")
    facility = FacilityFactory(name_en="Quay", facility_type=term)
    twin = FacilityFactory(name_en="quay", facility_type=other, place=facility.place)

    with pytest.raises(CurationError, match="Quay"):
        deciding.merge(term, by=administrator, seen=term.lock_version, into=other)
    term.refresh_from_db()
    assert term.is_open

    Facility.objects.filter(pk=twin.pk).update(name_en="Old quay")
    deciding.merge(term, by=administrator, seen=term.lock_version, into=other)
    facility.refresh_from_db()
    assert facility.facility_type == other


@pytest.mark.parametrize("kind", KINDS)
def test_term_in_use_is_not_refused(kind: str, draft: Incident, editor: User, administrator: User) -> None:
    term = propose(kind, editor)
    claim = naming(term, draft, editor)

    with pytest.raises(CurationError, match=draft.code):
        deciding.refuse(term, by=administrator, seen=term.lock_version, reason="Nobody is called so.")
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    with pytest.raises(InvalidError):
        deciding.refuse(term, by=administrator, seen=term.lock_version, reason=" ")
    deciding.refuse(term, by=administrator, seen=term.lock_version, reason="Nobody is called so.")

    with pytest.raises(RefusedTermError, match="Nobody is called so"):
        propose(kind, editor)


def test_restored_claim_of_a_refused_term_is_not_published(draft: Incident, editor: User, administrator: User) -> None:
    term = propose("actor", editor)
    claim = naming(term, draft, editor)
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    deciding.refuse(term, by=administrator, seen=term.lock_version, reason="Nobody is called so.")
    curation.restore_claim(claim, by=editor, seen=Claim.every.get(pk=claim.pk).lock_version)

    with pytest.raises(NotReadyError, match="Nobody is called so"):
        reviewed.publish(draft, note="First edition.")


def test_decision_is_made_once_and_on_what_was_shown(editor: User, administrator: User) -> None:
    term, other = propose("actor", editor), ActorFactory()
    seen = term.lock_version
    accepted = deciding.accept(term, by=administrator, seen=seen)

    with pytest.raises(StaleRowError):
        deciding.merge(term, by=administrator, seen=seen, into=other)
    with pytest.raises(CurationError, match="accepted already"):
        deciding.merge(term, by=administrator, seen=accepted.lock_version, into=other)
    for standing in ("proposed", "merged", "refused"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Actor.every.filter(pk=term.pk).update(standing=standing)


def test_merging_is_into_an_accepted_term_of_the_kind(editor: User, administrator: User) -> None:
    term, waiting = propose("actor", editor), propose("actor", editor, "Canal police")
    for wrong in (term, waiting, WeaponFactory()):
        with pytest.raises(InvalidError):
            deciding.merge(term, by=administrator, seen=term.lock_version, into=wrong)


def test_like_names_are_asked_about(editor: User, administrator: User) -> None:
    known = ActorFactory(name_en="Syrian Arab Army")
    with pytest.raises(LikelyDuplicateError) as asked:
        propose("actor", editor, "Army of Syrian Arab")
    assert asked.value.found == [known]
    assert propose("actor", editor, "syrian ARAB army") == known
    term = propose("actor", editor)
    with pytest.raises(LikelyDuplicateError):
        deciding.accept(term, by=administrator, seen=term.lock_version, name_en="Army of Syrian Arab")
    deciding.accept(term, by=administrator, seen=term.lock_version, name_en="Army of Syrian Arab", besides=[known.pk])


@pytest.mark.parametrize("name", ["", " \n ", "\u202e\u202c", "a" * 201, "a\0b"])
def test_what_is_no_name_is_refused(editor: User, name: str) -> None:
    with pytest.raises(InvalidError):
        propose("actor", editor, name)
    assert not Actor.every.exists()


def test_hostile_and_arabic_names(editor: User, administrator_client: Client) -> None:
    assert propose("weapon", editor, HOSTILE).name_en == "<script>alert(1)</script> evil"
    arabic = propose("speaker", editor, "مجلس المدينة")
    assert (arabic.name_en, arabic.name_ar) == ("مجلس المدينة", "مجلس المدينة")

    listed = administrator_client.get(reverse("desk:terms")).text

    assert "<script>alert" not in listed
    assert "&lt;script&gt;alert(1)" in listed
    assert "مجلس المدينة" in listed


@pytest.mark.django_db(transaction=True)
def test_two_editors_propose_the_same_at_once() -> None:
    people = [person("Editor"), person("Editor")]

    def run(user: User) -> int:
        try:
            return propose("actor", user).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(run, people * 3))

    assert len(set(found)) == 1
    assert Actor.every.count() == 1


# The desk


def entered(text, quote: str, **values: str) -> dict[str, str]:
    start = text.text.index(quote)
    position = {"quote": quote, "start": str(start), "end": str(start + len(quote)), "text_sha256": text.sha256}
    return {
        **position,
        "incident": "new",
        "working_title": "The mill",
        "scope": "attack",
        "stance": "asserts",
        **values,
    }


def desk(text) -> str:
    return reverse("desk:article", args=[text.article.public_id])


def test_desk_saves_a_claim_with_proposed_terms(editor_client: Client, text) -> None:
    given = {
        "aspect": "weapon",
        "weapon_new": "Barge mortar",
        "speaker_new": "The wardens of the weir",
        "rank": "normal",
    }

    answer = editor_client.post(desk(text), entered(text, "struck from a barge", **given), follow=True)

    claim = Claim.objects.get()
    assert (claim.weapon.name_en, claim.weapon.standing) == ("Barge mortar", "proposed")
    assert claim.speaker.standing == "proposed"
    assert "“Barge mortar” is proposed: go on" in answer.text
    assert "Barge mortar</span>: proposed" in answer.text
    assert "Barge mortar (proposed)" in answer.text, "the next claim can choose it"


def test_desk_proposes_the_kind_of_a_new_facility(editor_client: Client, text) -> None:
    place = PlaceFactory(pcode="C77")
    given = {
        "aspect": "facility",
        "facility_new_en": "The old mill",
        "facility_new_type_new": "Water mill",
        "facility_new_place": place.pcode,
    }
    editor_client.post(desk(text), entered(text, "The old mill", **given))

    facility = Claim.objects.get().facility
    assert (facility.facility_type.name_en, facility.facility_type.standing) == ("Water mill", "proposed")


def test_desk_keeps_what_was_entered_when_it_asks(editor_client: Client, text) -> None:
    known = ActorFactory(name_en="Syrian Arab Army")
    given = entered(
        text, "struck from a barge", aspect="actor", actor_new="Army of Syrian Arab", actor_new_kind="group"
    )

    asked = editor_client.post(desk(text), given)
    assert asked.status_code == 409
    assert "Use this one" in asked.text
    assert 'value="Army of Syrian Arab"' in asked.text
    editor_client.post(desk(text), {**given, "actor_same": str(known.pk), "actor_looked_at": str(known.pk)})

    assert Claim.objects.get().actor == known
    assert Actor.every.get() == known


def test_desk_refuses_both_a_choice_and_a_proposal(editor_client: Client, text) -> None:
    weapon = WeaponFactory()
    given = entered(text, "struck", aspect="weapon", weapon=str(weapon.pk), weapon_new="Barge mortar")

    assert "is chosen too" in editor_client.post(desk(text), given).text
    assert not Weapon.every.exclude(pk=weapon.pk).exists()


def test_desk_takes_no_proposal_of_who_may_not(text) -> None:
    editor = person("Editor")
    editor.user_permissions.set(editor.groups.get().permissions.exclude(codename="propose_term"))
    editor.groups.clear()
    given = entered(text, "struck", aspect="weapon", weapon_new="Barge mortar")

    answer = signed_in(editor).post(desk(text), given)

    assert "You may not propose terms" in answer.text
    assert not Weapon.every.exists()
    assert not Claim.objects.exists()


def test_proposing_takes_the_right_to_and_choosing_what_is_there_does_not(editor: User) -> None:
    known = propose("weapon", editor)
    other = person("Editor")
    other.groups.clear()

    with pytest.raises(PermissionDenied, match="You may not propose terms"):
        propose("weapon", other, name="Barge mortar")
    assert propose("weapon", other) == known
    assert Weapon.every.get() == known


@pytest.mark.parametrize("name", ["Samer Harbour", "Mill wardens"])
def test_desk_warns_of_a_proposed_speaker_who_looks_like_a_private_person(
    editor_client: Client, text, name: str
) -> None:
    given = entered(text, "Two millers died", aspect="killed", count_low="2", group="people", speaker_new=name)

    answer = editor_client.post(desk(text), given, follow=True)

    assert Claim.objects.get().speaker.name_en == name
    assert ("looks like a private person" in answer.text) == (name == "Samer Harbour")


@pytest.mark.parametrize("name", ["a\0b", "a" * 201])
def test_desk_answers_what_is_no_name(editor_client: Client, text, name: str) -> None:
    answer = editor_client.post(desk(text), entered(text, "struck", aspect="weapon", weapon_new=name))
    assert answer.status_code < 500
    assert not Weapon.every.exists()


# The work list


def address_of(term: Term) -> str:
    return reverse("desk:term", args=[proposals.kind_of(term), term.pk])


def test_administrator_decides_on_a_page(administrator_client: Client, draft: Incident, editor: User) -> None:
    first, second, third = (propose("actor", editor, name) for name in ("River fleet", "Canal police", "Nobody"))
    other = ActorFactory(name_en="Harbour guard")
    claim = naming(second, draft, editor)
    listed = administrator_client.get(reverse("desk:terms")).text
    assert all(address_of(term) in listed for term in (first, second, third))
    assert draft.code in administrator_client.get(address_of(second)).text

    seen = {"lock_version": "1"}
    names = {"name_en": "River fleet", "name_ar": "أسطول النهر", "kind": "state"}
    administrator_client.post(address_of(first), {"act": "accept", **seen, **names})
    administrator_client.post(address_of(second), {"act": "merge", **seen, "into": str(other.pk)})
    administrator_client.post(address_of(third), {"act": "refuse", **seen, "reason": "No actor."})

    for term in (first, second, third):
        term.refresh_from_db()
    assert [first.standing, second.standing, third.standing] == ["accepted", "merged", "refused"]
    assert (first.name_ar, first.kind) == ("أسطول النهر", "state")
    claim.refresh_from_db()
    assert claim.actor == other
    decided = signed_in(editor).get(reverse("desk:terms")).text
    assert "No actor." in decided
    assert "Harbour guard" in decided


def test_page_keeps_what_was_entered(administrator_client: Client, draft: Incident, editor: User) -> None:
    term = propose("actor", editor)
    naming(term, draft, editor)
    for sent in (
        {"act": "refuse", "reason": "Not so."},
        {"act": "merge", "into": ""},
        {"act": "accept", "name_en": ""},
        {"act": "accept", "name_en": "a\0b"},
    ):
        answer = administrator_client.post(address_of(term), {"lock_version": "1", **sent})
        assert answer.status_code == 409, sent
        assert "Not saved" in answer.text
    Actor.every.filter(pk=term.pk).update(name_ar="أسطول")
    stale = administrator_client.post(address_of(term), {"act": "accept", "lock_version": "1", "name_en": "Other"})
    assert stale.status_code == 409
    assert "Somebody else saved this meanwhile" in stale.text
    term.refresh_from_db()
    assert term.is_open
    assert administrator_client.post(address_of(term), {"act": "nonsense"}).status_code == 200


def test_incident_is_read_by_another_while_a_term_waits(
    editor_client: Client, reviewer_client: Client, draft: Incident, editor: User, administrator: User
) -> None:
    term = propose("actor", editor)
    naming(term, draft, editor)
    address = reverse("admin:incidents_incident_submit", args=[draft.pk])

    assert "To be decided before it is published" in editor_client.get(address).text
    sent = {"comment": "River fleet is new.", "lock_version": draft.lock_version, "act": "submit"}
    editor_client.post(address, sent)
    draft.refresh_from_db()
    assert draft.status == "in_review"
    publishing = reverse("admin:incidents_incident_publish", args=[draft.pk])
    assert "an administrator has not decided on it yet" in reviewer_client.get(publishing).text
    deciding.accept(term, by=administrator, seen=term.lock_version)
    assert "an administrator has not decided" not in reviewer_client.get(publishing).text


def test_incident_with_a_refused_term_is_not_submitted(draft: Incident, editor: User) -> None:
    term = propose("actor", editor)
    naming(term, draft, editor)
    Actor.every.filter(pk=term.pk).update(  # no page lets this happen
        standing="refused", decision="It is none.", decided_by=editor, decided_at=timezone.now()
    )

    with pytest.raises(NotReadyError) as refused:
        curation.submit(draft, by=editor)

    assert [item.key for item in refused.value.missing] == ["refused_term"]


def test_publish_page_names_the_term_and_links_to_it(reviewer_client: Client, draft: Incident, editor: User) -> None:
    term = propose("actor", editor)
    naming(term, draft, editor)

    shown = reviewer_client.get(reverse("admin:incidents_incident_publish", args=[draft.pk])).text

    assert "is proposed: an administrator has not decided on it yet" in shown
    assert f'href="{reverse("desk:terms")}#actor-{term.pk}"' in shown
    assert f'id="actor-{term.pk}"' in reviewer_client.get(reverse("desk:terms")).text


def test_readers_meet_no_proposed_term(client: Client, editor: User) -> None:
    for kind in KINDS:
        propose(kind, editor, "Zzyzx fleet")
    actor = Actor.every.get()
    assert client.get(f"/actors/{actor.slug}/").status_code == 404
    for path in ("/", "/incidents/", "/actors/", "/ar/", "/data/"):
        assert "Zzyzx" not in client.get(path).text, path
    assert "Zzyzx" not in client.get("/incidents/", {"actor": actor.slug}, follow=True).text
