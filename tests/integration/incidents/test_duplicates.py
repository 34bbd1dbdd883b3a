"""Making a second facility, speaker or actor of a like name asks first."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from archive.models import User
from incidents import naming, proposals
from incidents.errors import LikelyDuplicateError
from incidents.models import Actor, Claim, Facility, Speaker
from tests.factories.archive import PlaceFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    FacilityFactory,
    FacilityTypeFactory,
    SpeakerFactory,
)
from tests.integration.incidents.conftest import page
from tests.integration.incidents.test_desk import desk, entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Facility:
    town = PlaceFactory(pcode="C1", name_en="Ariha", lat=35.8, lon=36.6)
    facility: Facility = FacilityFactory(name_en="Ariha vegetable market", place=town, aliases=["سوق الخضار"])
    ClaimFactory(at_facility=True, facility=facility)
    return facility


def make(market: Facility, name: str, **others) -> Facility:
    given = {"by": None, "facility_type": market.facility_type, "place": market.place, **others}
    return naming.create_facility(name_en=name, **given)


@pytest.mark.parametrize("name", ["Vegetable market, Ariha", "Ariha  Vegetables Market", "سوق الخضار"])
def test_facility_of_a_like_name_asks(market: Facility, name: str) -> None:
    with pytest.raises(LikelyDuplicateError) as asked:
        make(market, name)

    assert [(row, row.incident_count) for row in asked.value.found] == [(market, 1)]
    assert make(market, name, besides=[market.pk]).pk != market.pk


def test_facility_of_the_very_name_is_that_one(market: Facility) -> None:
    assert make(market, " ariha vegetable  MARKET") == market


def test_facility_of_a_like_name_is_asked_about_close_by_only(market: Facility) -> None:
    quarter = PlaceFactory(pcode="N1", level=5, parent=market.place, lat=None, lon=None)
    beside = PlaceFactory(pcode="C2", lat=35.82, lon=36.62)
    far = PlaceFactory(pcode="C3", lat=36.8, lon=37.6)

    for place in (quarter, beside):
        with pytest.raises(LikelyDuplicateError):
            make(market, "Vegetable market of Ariha", place=place)
    assert make(market, "Vegetable market of Ariha", place=far).place == far


def test_facility_that_nobody_looked_at_is_asked_about(market: Facility) -> None:
    other = make(market, "Ariha vegetables", besides=[market.pk])

    with pytest.raises(LikelyDuplicateError):
        make(market, "Vegetable market of Ariha", besides=[market.pk])
    assert make(market, "Vegetable market of Ariha", besides=[market.pk, other.pk])


def test_facility_of_the_same_letters_is_refused_by_the_database(market: Facility) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        FacilityFactory(name_en="ARIHA Vegetable Market", place=market.place, facility_type=market.facility_type)


def test_speaker_of_a_like_name_asks_anywhere(editor: User) -> None:
    known = SpeakerFactory(name_en="Syrian Observatory for Human Rights")

    with pytest.raises(LikelyDuplicateError) as asked:
        proposals.propose("speaker", by=editor, name="SOHR")

    assert asked.value.found == [known]
    assert proposals.propose("speaker", by=editor, name="SOHR", besides=[known.pk]) != known
    assert proposals.propose("speaker", by=editor, name="syrian observatory FOR human rights") == known


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_the_same_moment_make_one() -> None:
    kind, place = FacilityTypeFactory(), PlaceFactory()
    results: list[object] = []
    start = threading.Barrier(2)

    def create(name: str) -> None:
        start.wait(timeout=30)
        try:
            results.append(naming.create_facility(by=None, name_en=name, facility_type=kind, place=place))
        except LikelyDuplicateError as asked:
            results.append(asked)
        finally:
            connection.close()

    threads = [threading.Thread(target=create, args=(name,)) for name in ("Kiwan Hospital", "Hospital Kiwan")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(type(result).__name__ for result in results) == ["Facility", "LikelyDuplicateError"]
    assert Facility.objects.count() == 1


def new_market(market: Facility, text, **others) -> dict[str, str]:
    facility = {
        "aspect": "facility",
        "facility_new_en": "Market of vegetables, Ariha",
        "facility_new_type": str(market.facility_type.pk),
        "facility_new_place": market.place.pcode,
    }
    return {**entered(text, "Two millers died"), **facility, **others}


@pytest.fixture
def text():
    return TextVersionFactory(text="A mill 😀 burned.\nTwo millers died near the mill. The mill q̃uay stayed open.")


def test_desk_shows_what_is_there_and_keeps_what_was_entered(editor_client: Client, market: Facility, text) -> None:
    response = editor_client.post(desk(text), new_market(market, text))

    assert response.status_code == 409
    assert "Ariha vegetable market" in response.text
    assert "1 incident" in response.text
    assert 'value="Market of vegetables, Ariha"' in response.text
    assert Facility.objects.count() == 1
    assert not Claim.objects.filter(passage__text_version=text).exists()


@pytest.mark.parametrize("is_same", [True, False])
def test_desk_takes_either_answer(editor_client: Client, market: Facility, text, is_same: bool) -> None:
    answer = {"facility_same": str(market.pk) if is_same else "new", "facility_looked_at": str(market.pk)}

    editor_client.post(desk(text), new_market(market, text, **answer))

    claim = Claim.objects.get(passage__text_version=text)
    assert (claim.facility == market) is is_same
    assert Facility.objects.count() == (1 if is_same else 2)


def test_desk_asks_about_speakers(editor_client: Client, editor: User, text) -> None:
    known = SpeakerFactory(name_en="Russian Defence Ministry")
    given = entered(text, "Two millers died", speaker_new="Russian Ministry of Defence")

    asked = editor_client.post(desk(text), given)
    assert "Use this one" in asked.text
    editor_client.post(desk(text), {**given, "speaker_same": str(known.pk), "speaker_looked_at": str(known.pk)})

    assert Speaker.objects.count() == 1
    assert Claim.objects.get().speaker == known


def test_admin_asks_before_a_second_facility(editor_client: Client, market: Facility) -> None:
    address = page("incidents.facility", "add")
    given = {
        "name_en": "Market of vegetables, Ariha",
        "facility_type": market.facility_type.pk,
        "place": market.place.pk,
    }

    asked = editor_client.post(address, given)
    assert "There is one of a like name" in asked.text
    assert f'type="checkbox" name="looked_at" value="{market.pk}"' in asked.text
    assert "at most 400" in editor_client.post(address, {**given, "looked_at": "9" * 5_000}).text
    assert Facility.objects.count() == 1
    editor_client.post(address, {**given, "looked_at": str(market.pk)})

    assert Facility.objects.count() == 2


def test_admin_asks_before_a_second_actor(administrator_client: Client) -> None:
    known = ActorFactory(name_en="Syrian Arab Army", aliases=["SAA"])
    given = {"name_en": "Army of Syrian Arab", "slug": "second", "kind": "state"}

    asked = administrator_client.post(page("incidents.actor", "add"), given)

    assert "There is one of a like name" in asked.text
    assert Actor.objects.get() == known


def test_admin_saves_what_is_there_without_asking(editor_client: Client, market: Facility) -> None:
    FacilityFactory(name_en="Ariha vegetables", place=market.place, facility_type=market.facility_type)
    address = page("incidents.facility", "change", market.pk)
    form = editor_client.get(address).context["adminform"].form
    given = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}

    response = editor_client.post(address, {**given, "aliases": "سوق الخضار", "note": "Looked at."})

    assert response.status_code == 302, response.context["adminform"].form.errors
    market.refresh_from_db()
    assert market.note == "Looked at."
