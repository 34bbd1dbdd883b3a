"""Answering what is suggested for a text: it becomes claims, or stays away; nothing is decided for the editor."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import dates, passages
from archive.models import TextVersion, User
from archive.passages import StaleTextError
from archive.terms import Standing
from incidents import curation, suggested
from incidents.assessment import Count, OneOf, When, Where
from incidents.models import Claim, Facility, Incident, Speaker, SuggestionAnswer
from incidents.suggested.rows import Group, Row
from incidents.suggesting import Struck, Suggestion, key_of
from incidents.terms import Aspect, Stance
from tests.factories.archive import ArticleFactory, PlaceFactory, TextVersionFactory, UserFactory
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
    SpeakerFactory,
    WeaponFactory,
)
from tests.factories.people import person

pytestmark = pytest.mark.django_db

# Told for these tests; it happened nowhere.
WORDS = (
    "An airstrike hit Old Mill clinic in Quayside on 27 November 2019. Two millers were killed. "
    "The river guard denied it."
)


@pytest.fixture
def text() -> TextVersion:
    article = ArticleFactory(published_on=date(2019, 11, 28), language="en")
    return TextVersionFactory(text=WORDS, article=article)


@pytest.fixture
def editor() -> User:
    return person("Editor")


def suggestion(aspect: Aspect, words: str, value: object, **others: object) -> Suggestion:
    start = WORDS.index(words)
    given = {"rule": "date_written", **others}
    return Suggestion(aspect=aspect, start=start, end=start + len(words), value=value, **given)


def row(given: Suggestion, number: int = 1) -> Row:
    return Row(f"A{number}", key_of(given), given, WORDS[given.start : given.end])


def accept(text: TextVersion, rows: list[Row], by: User, **others: object) -> suggested.Accepted:
    given = {"incident": None, "seen_sha256": text.sha256, **others}
    return suggested.accept(text_version=text, rows=rows, by=by, **given)


def killed(**others: object) -> Suggestion:
    return suggestion(Aspect.KILLED, "Two millers were killed", Count(2, 2, "civilians"), **others)


def test_accept_makes_a_claim_of_every_kind_of_value(text: TextVersion, editor: User) -> None:
    place, weapon, kind = PlaceFactory(), WeaponFactory(), FacilityTypeFactory()
    guard, others, wardens = ActorFactory(), ActorFactory(), SpeakerFactory()
    on_record = FacilityFactory(place=place)
    either = OneOf(tuple(sorted([guard.slug, others.slug])))
    day = When(dates.parse("2019-11-27"), "night")
    rows = [
        row(suggestion(Aspect.OCCURRED, "on 27 November 2019", day, speaker=wardens.slug), 1),
        row(suggestion(Aspect.PLACE, "Quayside", Where(place.pcode, "near")), 2),
        row(suggestion(Aspect.FACILITY, "Old Mill clinic", Struck(str(on_record), kind.slug, on_record.public_id)), 3),
        row(suggestion(Aspect.FACILITY_TYPE, "clinic", kind.slug), 4),
        row(suggestion(Aspect.WEAPON, "airstrike", weapon.slug), 5),
        row(suggestion(Aspect.ACTOR, "The river guard denied it", guard.slug, stance=Stance.DENIES), 6),
        row(suggestion(Aspect.ACTOR, "The river guard", either), 7),
        row(killed(), 8),
    ]

    done = accept(text, rows, editor)

    assert not done.left
    said = {claim.aspect: claim for claim in done.claims}
    assert len(done.claims) == Claim.objects.filter(incident=done.incident, created_by=editor).count() == len(rows)
    assert (said["occurred"].occurred_edtf, said["occurred"].part_of_day) == ("2019-11-27", "night")
    assert said["occurred"].speaker == wardens
    assert (said["place"].place, said["place"].place_precision) == (place, "near")
    assert said["facility"].facility == on_record
    assert [claim.stance for claim in done.claims if claim.actor_id] == ["denies"]
    assert [claim.one_of_actors for claim in done.claims if claim.one_of_actors] == [list(either.actors)]
    assert (said["killed"].count_low, said["killed"].count_high, said["killed"].group) == (2, 2, "civilians")
    assert all(claim.passage.exact == one.exact for claim, one in zip(done.claims, rows, strict=True))
    assert SuggestionAnswer.objects.filter(text_version=text, answer="accepted").count() == len(rows)


def test_accept_makes_a_facility_where_the_attack_was(text: TextVersion, editor: User) -> None:
    place, kind = PlaceFactory(), FacilityTypeFactory()
    rows = [row(suggestion(Aspect.FACILITY, "Old Mill clinic", Struck("Old Mill clinic", kind.slug)))]

    made = accept(text, rows, editor, pcode=place.pcode).claims[0].facility

    assert (made.name_en, made.place, made.facility_type) == ("Old Mill clinic", place, kind)


def test_accept_leaves_what_must_be_chosen_and_says_what(text: TextVersion, editor: User) -> None:
    kind = FacilityTypeFactory()
    unknown_place = row(suggestion(Aspect.FACILITY, "Old Mill clinic", Struck("Old Mill clinic", kind.slug)), 1)
    unknown_voice = row(killed(voice="the wardens"), 2)

    done = accept(text, [unknown_place, unknown_voice, row(killed(), 3)], editor)

    assert [claim.speaker for claim in done.claims] == [None]
    assert [(one.code, "choose" in why) for one, why in done.left] == [("A1", True), ("A2", True)]
    assert not Facility.objects.exists()


def test_accept_with_nothing_that_can_be_taken_makes_no_incident(text: TextVersion, editor: User) -> None:
    with pytest.raises(suggested.AcceptError, match="choose who says so"):
        accept(text, [row(killed(voice="the wardens"))], editor)

    assert not Incident.objects.exists()
    assert not SuggestionAnswer.objects.exists()


def test_speaker_of_no_list_is_proposed_when_their_row_is_accepted_alone(text: TextVersion, editor: User) -> None:
    mill = [row(killed(voice="Mill wardens"), 1)]

    [claim] = accept(text, mill, editor, proposes=True).claims

    assert (claim.speaker.name_en, claim.speaker.standing, claim.speaker.created_by) == (
        *("Mill wardens", Standing.PROPOSED),
        editor,
    )
    again = row(suggestion(Aspect.PLACE, "Quayside", Where(PlaceFactory().pcode, "near"), voice="mill wardens"), 2)
    [other] = accept(text, [again], editor, incident=claim.incident, proposes=True).claims
    assert other.speaker == claim.speaker


def test_speaker_that_was_refused_or_is_like_another_is_left_to_the_editor(text: TextVersion, editor: User) -> None:
    SpeakerFactory(name_en="Mill wardens", standing=Standing.REFUSED, decided_at=timezone.now(), decision="No office.")
    SpeakerFactory(name_en="Quayside council", slug="council")

    for voice in ("Mill wardens", "Quaysid council"):
        with pytest.raises(suggested.AcceptError, match=r"A1: "):
            accept(text, [row(killed(voice=voice))], editor, proposes=True)

    assert not Incident.objects.exists()


def test_speaker_of_no_list_is_left_by_those_who_may_not_propose(text: TextVersion, editor: User) -> None:
    editor.user_permissions.set(editor.groups.get().permissions.exclude(codename="propose_term"))
    editor.groups.clear()

    done = accept(text, [row(killed(voice="Mill wardens"), 1), row(killed(), 2)], editor, proposes=True)

    assert [(one.code, "may not propose" in why) for one, why in done.left] == [("A1", True)]
    assert not Speaker.every.exists()


def test_accept_of_another_text_than_was_seen_is_refused(text: TextVersion, editor: User) -> None:
    with pytest.raises(StaleTextError):
        accept(text, [row(killed())], editor, seen_sha256="0" * 64)

    assert not Incident.objects.exists()


def test_accept_what_the_incident_says_already_makes_no_second_claim(text: TextVersion, editor: User) -> None:
    given = row(killed())
    incident = curation.create_incident(by=editor, scope="attack")
    start, end = given.suggestion.start, given.suggestion.end
    passage = passages.mark(
        text_version=text, start=start, end=end, exact=given.exact, seen_sha256=text.sha256, by=editor
    )
    by_hand = curation.make_claim(
        incident=incident,
        by=editor,
        aspect="killed",
        passage=passage,
        count_low=2,
        count_high=2,
        group="civilians",
    )

    assert accept(text, [given], editor, incident=incident).claims == [by_hand]
    assert Claim.objects.count() == 1


@pytest.fixture
def told(text: TextVersion) -> Group:
    """What the rules themselves suggest of the text."""
    WeaponFactory(slug="air-strike", name_en="Air strike", plural_en="Air strikes")
    return suggested.groups_of(text)[0]


def test_dismissed_stays_dismissed_until_it_is_offered_again(text: TextVersion, editor: User, told: Group) -> None:
    chosen = told.rows[0]

    assert suggested.dismiss(text_version=text, rows=[chosen], by=editor) == 1
    again = suggested.row_of(suggested.groups_of(text), chosen.key)
    assert again.state == "dismissed"
    assert suggested.dismiss(text_version=text, rows=[again], by=editor) == 0

    assert suggested.reopen(text_version=text, rows=[again], by=editor) == 1
    assert suggested.row_of(suggested.groups_of(text), chosen.key).is_open


def test_what_was_answered_stays_so_when_its_facility_and_speaker_come_on_record(editor: User) -> None:
    WeaponFactory(slug="air-strike", name_en="Air strike", plural_en="Air strikes")
    kind = FacilityTypeFactory(slug="hospital", name_en="hospital")
    words = "Amal Millwright said that an airstrike hit Old Quay Hospital on 27 November 2019."
    text = TextVersionFactory(text=words, article=ArticleFactory(published_on=date(2019, 11, 28), language="en"))
    [told] = suggested.groups_of(text)
    suggested.dismiss(text_version=text, rows=told.rows, by=editor)

    facility = FacilityFactory(name_en="Old Quay Hospital", facility_type=kind)
    SpeakerFactory(slug="millwright", name_en="Amal Millwright")

    [again] = suggested.groups_of(text)
    [struck] = [one for one in again.rows if one.suggestion.aspect == Aspect.FACILITY]
    assert struck.suggestion.value.id == facility.public_id
    assert struck.suggestion.speaker == "millwright"
    assert [one.key for one in again.rows] == [one.key for one in told.rows]
    assert not again.open_rows


def test_accepted_is_open_again_when_its_claim_is_removed(text: TextVersion, editor: User, told: Group) -> None:
    chosen = told.rows[0]
    claim = accept(text, [chosen], editor).claims[0]
    assert suggested.row_of(suggested.groups_of(text), chosen.key).claim == claim

    curation.remove_claims([(claim, claim.lock_version)], by=editor)

    assert suggested.row_of(suggested.groups_of(text), chosen.key).is_open


def test_answers_cannot_be_rewritten(text: TextVersion, editor: User, told: Group) -> None:
    suggested.dismiss(text_version=text, rows=told.rows[:1], by=editor)

    with pytest.raises(DatabaseError, match=r"immutable|permission"), transaction.atomic():
        SuggestionAnswer.objects.update(answer="reopened")


class TestPage:
    """The rows beside the text, without any script."""

    @pytest.fixture
    def address(self, text: TextVersion) -> str:
        return reverse("desk:article", args=[text.article.public_id])

    def post(self, client: Client, text: TextVersion, act: str, **others: object):
        address = reverse("desk:suggestions", args=[text.article.public_id])
        given = {"group": "A", "act": act, "incident": "new", "text_sha256": text.sha256, **others}
        return client.post(address, given, follow=True)

    def test_shows_each_row_with_its_words_and_its_rule(
        self, editor_client: Client, text: TextVersion, address: str, told: Group
    ) -> None:
        page = editor_client.get(address).content.decode()

        for one in told.rows:
            assert f'data-row="{one.key}"' in page
            assert f'id="ps{one.key}"' in page
            assert one.why in page.replace("&#x27;", "'")

    def test_accepts_one_and_then_the_rest_for_the_same_incident(
        self, editor_client: Client, text: TextVersion, told: Group
    ) -> None:
        self.post(editor_client, text, f"accept {told.rows[0].key}")
        code = Incident.objects.get().code

        shown = [one.key for one in told.rows[1:]]
        page = self.post(editor_client, text, "accept", incident=code, before=code, shown=shown)

        certain = [one for one in told.rows if one.suggestion.is_certain]
        assert Claim.objects.filter(incident__code=code).count() == len({told.rows[0].key, *(o.key for o in certain)})
        assert code in page.content.decode()

    def test_twice_makes_one_claim_and_says_so(self, editor_client: Client, text: TextVersion, told: Group) -> None:
        act = f"accept {told.rows[0].key}"
        self.post(editor_client, text, act)

        page = self.post(editor_client, text, act)

        assert "answered meanwhile" in page.content.decode()
        assert Claim.objects.count() == Incident.objects.count() == 1

    @pytest.mark.parametrize(("name", "is_warned"), [("Samer Harbour", True), ("Mill Wardens Council", False)])
    def test_warns_of_a_proposed_speaker_who_looks_like_a_private_person(
        self, editor_client: Client, name: str, is_warned: bool
    ) -> None:
        words = f"An airstrike hit the mill on 27 November 2019. Two people were killed, {name} said."
        text = TextVersionFactory(text=words, article=ArticleFactory(published_on=date(2019, 11, 28), language="en"))
        rows = [one for group in suggested.groups_of(text) for one in group.rows]
        said = next(one for one in rows if one.suggestion.voice == name)

        page = self.post(editor_client, text, f"accept {said.key}").text

        assert Claim.objects.get().speaker.name_en == name
        assert ("looks like a private person" in page) == is_warned

    @pytest.mark.parametrize("act", ["accept \0", "accept nothing", "", "burn", "reopen", "dismiss 0"])
    def test_takes_no_nonsense(self, editor_client: Client, text: TextVersion, told: Group, act: str) -> None:
        page = self.post(editor_client, text, act)

        assert page.status_code == 200
        assert not Claim.objects.exists()
        assert not SuggestionAnswer.objects.exists()

    def test_for_an_incident_that_was_merged_does_nothing(
        self, editor_client: Client, text: TextVersion, told: Group
    ) -> None:
        merged = IncidentFactory()

        page = self.post(editor_client, text, f"accept {told.rows[0].key}", incident=merged.code + "\0x")

        assert "there no more" in page.content.decode()
        assert not Claim.objects.exists()

    def test_change_fills_the_form_and_saving_it_answers_the_row(
        self, editor_client: Client, text: TextVersion, address: str, told: Group
    ) -> None:
        chosen = next(one for one in told.rows if one.suggestion.aspect == Aspect.OCCURRED)
        form = editor_client.get(f"{address}?suggestion={chosen.key}").context["form"]
        said = {name: form[name].value() or "" for name in ("quote", "start", "end", "aspect", "suggestion")}

        editor_client.post(
            address,
            {
                **said,
                "text_sha256": text.sha256,
                "incident": "new",
                "new_scope": "attack",
                "occurred_edtf": "2019-11",
            },
        )

        claim = Claim.objects.get()
        assert (claim.occurred_edtf, claim.passage.exact) == ("2019-11", chosen.exact)
        assert suggested.row_of(suggested.groups_of(text), chosen.key).claim == claim

    def test_is_refused_to_those_who_may_make_no_claims(self, text: TextVersion, told: Group, client: Client) -> None:
        client.force_login(UserFactory(is_staff=True))

        assert self.post(client, text, "dismiss").status_code in (403, 404)
        assert not SuggestionAnswer.objects.exists()
