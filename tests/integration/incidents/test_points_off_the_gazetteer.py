"""Points as reports give them, with how near they are known: from the services to every file."""

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archive.fields import json_schema
from archive.models import Place, User
from incidents import curation
from incidents.assessment import ClaimView, KnownPoint, Where, assess
from incidents.errors import DuplicateClaimError, InvalidError, NotReadyError
from incidents.formats import package
from incidents.formats.claim_rows import claim_rows
from incidents.formats.conflict_data import acled_row, ged_row
from incidents.formats.schema_org import document
from incidents.models import Claim, Incident, PublishedRecord
from incidents.presentation.changes import changes_between
from incidents.presentation.fact_wording import point as point_in_words
from incidents.record.flat import flat_row
from incidents.record.whole import EDITION
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.histories import read
from tests.factories.incidents import FacilityFactory, IncidentFactory, SpeakerFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.integration.test_generalised_places import LISTS, bytes_of, general, is_of_the_gazetteer, walk
from tests.integration.test_generalised_places import told as told_of_a_town
from tests.integration.test_generalised_places import town as hidden_town

pytestmark = pytest.mark.django_db
JUDGED = "The council wrote it down."
POINT = {"latitude": Decimal("35.61"), "longitude": Decimal("36.56"), "within_m": 500}
POINTS = st.builds(KnownPoint, st.integers(1, 500_000), st.floats(-90, 90), st.floats(-180, 180))
CLOSE = st.builds(KnownPoint, st.integers(1, 2_000), st.floats(35.60, 35.62), st.floats(36.55, 36.57))


@pytest.fixture
def editor() -> User:
    return person("Editor")


def town() -> Place:
    return PlaceFactory(name_en="Upper Town", name_ar="البلدة العليا", lat=35.6, lon=36.5)


def told(incident: Incident, editor: User | None, place: Place, **said: object) -> Claim:
    given = {"judgement": JUDGED, **POINT, **said}
    return curation.make_claim(incident=incident, by=editor, aspect="place", place=place, **given)


def test_point_is_in_record_rows_files_and_words(client: Client, editor: User) -> None:
    place = town()
    incident = publishable(editor, place)
    told(incident, editor, place, speaker=SpeakerFactory(name_en="Rescue Group", name_ar="فريق الإنقاذ"))
    content = curation.publish(incident, by=None, note="First.").content

    Draft202012Validator(json_schema(EDITION)).validate(content)
    [where] = content["places"]
    [claim] = [one for one in content["claims"] if "point" in one["value"]]
    said = {"lat": 35.61, "lon": 36.56, "within_m": 500}
    assert where["point"] == {**said, "contested": False, "claims": [claim["id"]]}
    assert claim["value"]["point"] == said
    columns = {"point_lat": 35.61, "point_lon": 36.56, "within_m": 500}
    assert columns.items() <= flat_row(content).items()
    [row] = [one for one in claim_rows(content, "x") if one["within_m"]]
    assert columns.items() <= row.items()
    [feature] = json.loads(b"".join(client.get("/incidents.geojson").streaming_content))["features"]
    assert feature["geometry"]["coordinates"] == [36.56, 35.61]
    assert (feature["properties"]["within_m"], feature["properties"]["lat"]) == (500, 35.6)
    assert (ged_row(content, "x")["where_prec"], ged_row(content, "x")["geom_wkt"]) == (1, "POINT (36.56 35.61)")
    assert (acled_row(content, "x")["geo_precision"], acled_row(content, "x")["latitude"]) == (1, 35.61)
    assert '"GeoCircle"' in json.dumps(document(content))
    english = client.get(f"/incidents/{incident.code}/").content.decode()
    assert "Point: 35.6100, 36.5600, known to within 500 m, according to Rescue Group." in english
    arabic = client.get(f"/ar/incidents/{incident.code}/").content.decode()
    assert "النقطة: \u206835.6100, 36.5600\u2069، معروفة في حدود 500 متر، بحسب فريق الإنقاذ." in arabic


def test_record_without_a_point_has_no_key_of_one(editor: User) -> None:
    content = curation.publish(publishable(editor, town()), by=None, note="First.").content

    assert "point" not in json.dumps(content)
    assert (flat_row(content)["point_lat"], flat_row(content)["within_m"]) == (None, None)


def test_reports_that_differ_stand_each_with_who_gives_it(client: Client) -> None:
    place, full = town(), FullIncident()
    full.place = place
    full.say_least()
    hit = full.passage(full.english, "Two shells hit the old mill")
    told(full.incident, None, place, passage=hit, judgement="", speaker=full.rescue)
    told(full.incident, None, place, passage=hit, judgement="", speaker=full.ministry, latitude=Decimal("35.64"))
    content = full.publish().content

    assert content["places"][0]["point"].items() >= {"lat": None, "within_m": None, "contested": True}.items()
    assert flat_row(content)["point_lat"] is None
    page = client.get(f"/incidents/{full.incident.code}/").content.decode()
    assert "Reports differ on the point; each stands in the evidence, with who gives it." in page
    for point, speaker in (("35.6100, 36.5600", "Rescue Group"), ("35.6400, 36.5600", "Ministry of Nowhere")):
        at = page.index(f"Upper Town ({point}, known to within 500 m)")
        assert f"said by {speaker}" in page[at : at + 200]


def test_change_of_a_point_is_told(editor: User) -> None:
    place = town()
    incident = publishable(editor, place)
    claim = told(incident, editor, place)
    before = curation.publish(incident, by=None, note="First.")
    changes = {"latitude": "35.6125", "within_m": 50}
    changed = curation.change_claim(claim, by=editor, seen=claim.lock_version, reason="A map.", **changes)
    after = curation.publish(incident, by=None, note="Nearer.")

    assert changed.pk != claim.pk  # an edition has it: replaced, never rewritten
    found = str(changes_between(before.content, after.content))
    assert "35.6100, 36.5600 (within 500 m)" in found
    assert "35.6125, 36.5600 (within 50 m)" in found


def views(points: list[KnownPoint | None], **rest: Any) -> list[ClaimView]:
    return [ClaimView(id=at, aspect="place", value=Where("C1", "in", one), **rest) for at, one in enumerate(points)]


@given(st.lists(POINTS | CLOSE | st.none(), min_size=1, max_size=4), st.randoms())
def test_point_is_that_of_a_claim_whatever_their_order(points: list[KnownPoint | None], random: Any) -> None:
    claims = views(points)
    [fact] = assess(claims).places.items
    random.shuffle(claims)
    [again] = assess(claims).places.items
    given = [one for one in points if one]

    assert (fact.point is None) == (not given)
    if fact.point and again.point:
        assert again.point.point == fact.point.point
        assert fact.point.is_contested == (fact.point.point is None)
        assert sorted(fact.point.claims) == [at for at, one in enumerate(points) if one]
        if fact.point.point:
            assert fact.point.point in given
            assert fact.point.point.within_m == min(one.within_m for one in given)


@given(CLOSE, st.integers(2_000, 500_000))
def test_wider_of_two_precisions_decides(point: KnownPoint, within: int) -> None:
    other = KnownPoint(within, 35.61, 36.56)  # CLOSE lies within 2 km of it

    [fact] = assess(views([point, other])).places.items

    assert fact.point
    assert fact.point.point == min(point, other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": Decimal("35.61")},
        {"longitude": Decimal("36.56")},
        {"within_m": 500},
        {"latitude": Decimal("35.61"), "longitude": Decimal("36.56")},
        {**POINT, "within_m": 0},
        {**POINT, "within_m": 500_001},
        {**POINT, "latitude": Decimal("90.000001")},
        {**POINT, "longitude": Decimal("-180.000001")},
        {**POINT, "stance": "denies"},
    ],
)
def test_database_refuses_what_is_no_point(editor: User, wrong: dict) -> None:
    claim = told(IncidentFactory(), editor, town(), latitude=None, longitude=None, within_m=None)

    with pytest.raises(IntegrityError, match="claim_point_is_whole"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**wrong)


@pytest.mark.parametrize(
    ("wrong", "field", "told_so"),
    [
        ({"within_m": None}, "within_m", "Within how many metres"),
        ({"longitude": None}, "longitude", "a latitude and a longitude"),
        ({"latitude": None}, "latitude", "a latitude and a longitude"),
        ({"latitude": None, "longitude": None}, "latitude", "Write the point"),
        ({"latitude": "35.6100001"}, "latitude", "at most 6 digits"),
        ({"latitude": "91"}, "latitude", "from -90 to 90"),
        ({"longitude": "here"}, "longitude", "as a number"),
        ({"longitude": "NaN"}, "longitude", "as a number"),
        ({"within_m": 0}, "within_m", "from 1 to 500,000"),
        ({"within_m": True}, "within_m", "from 1 to 500,000"),
        ({"stance": "denies"}, "stance", "Only who says that it was there"),
    ],
)
def test_services_say_what_is_wrong(editor: User, wrong: dict, field: str, told_so: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        told(IncidentFactory(), editor, town(), **wrong)

    assert told_so in refusal.value.errors[field]


def test_same_place_at_another_point_is_another_claim(editor: User) -> None:
    incident, place = IncidentFactory(), town()
    told(incident, editor, place)
    told(incident, editor, place, within_m=100)

    with pytest.raises(DuplicateClaimError):
        told(incident, editor, place, latitude="35.610")


def test_point_belongs_to_places_only(editor: User) -> None:
    with pytest.raises(InvalidError) as refusal:
        curation.make_claim(
            incident=IncidentFactory(), by=editor, aspect="strikes", count_low=1, judgement="x", **POINT
        )

    assert {"latitude", "longitude", "within_m"} <= refusal.value.errors.keys()


SENT = {"stance": "asserts", "rank": "normal", "aspect": "place", "place_precision": "near", "incident": "new"}


def send(client: Client, place: Place, **fields: str) -> Any:
    text = TextVersionFactory(text="The mill on the road was hit.")
    words = {"quote": "on the road", "start": 9, "end": 20, "text_sha256": text.sha256}
    sent = {**SENT, **words, "place": place.pcode, **fields}
    return client.post(reverse("desk:article", args=[text.article.public_id]), sent)


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.mark.parametrize("written", ["35.61, 36.56", "35°36'36\"N 36°33'36\"E", "٣٥٫٦١، ٣٦٫٥٦", "N35.61 E36.56"])
def test_desk_takes_a_point_and_shows_it_when_the_claim_is_changed(desk: Client, written: str) -> None:
    send(desk, town(), point=written, within_m="٥٠٠")

    claim = Claim.objects.get()
    assert (claim.latitude, claim.longitude, claim.within_m) == tuple(POINT.values())
    page = desk.get(reverse("desk:claim", args=[claim.public_id])).content.decode()
    assert 'name="point" value="35.6100, 36.5600"' in page
    assert 'name="within_m" value="500"' in page


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"point": "35.61, 36.56"}, "Within how many metres is the point known?"),
        ({"within_m": "500"}, "Write the point that is known so exactly, too."),
        ({"point": "35,61 36,56", "within_m": "500"}, "This can be read in two ways."),
        ({"point": "by the mill", "within_m": "500"}, "Write latitude and longitude like 35.61, 36.56"),
        ({"point": "136.56, 35.61", "within_m": "500"}, "Write the latitude first: 35.61, 36.56."),
        ({"point": "35.61, 236.56", "within_m": "500"}, "a longitude from -180 to 180"),
        ({"point": "35.61, 36.56", "within_m": "near"}, "Enter a whole number."),
        ({"point": "35.61, 36.56", "within_m": "0"}, "Write whole metres"),
        ({"point": "35.61, 36.56", "within_m": "500", "stance": "denies"}, "Only who says that it was there"),
    ],
)
def test_desk_says_how_a_point_is_written(desk: Client, fields: dict, answer: str) -> None:
    page = send(desk, town(), **fields).content.decode()

    assert answer in page
    assert not Claim.objects.exists()
    assert all(value.replace("'", "&#x27;") in page for value in fields.values())


def test_point_that_was_typed_for_another_aspect_does_not_count(desk: Client) -> None:
    send(desk, town(), aspect="looted", point="nonsense", within_m="nonsense")

    assert Claim.objects.get().aspect == "looted"


def change(desk: Client, claim: Claim, **fields: object) -> Any:
    sent = {
        **SENT,
        "incident": claim.incident.code,
        "lock_version": claim.lock_version,
        "quote": "on the road",
        "start": 9,
        "end": 20,
        "passage": claim.passage.public_id,
        "text_sha256": claim.passage.text_version.sha256,
        "place": claim.place.pcode,
        "point": "35.6100, 36.5600",
        "within_m": "500",
        **fields,
    }
    return desk.post(reverse("desk:claim", args=[claim.public_id]), sent)


def test_two_editors_of_one_point_are_asked(desk: Client) -> None:
    send(desk, town(), point="35.61, 36.56", within_m="500")
    claim = Claim.objects.get()
    colleague = person("Editor")
    theirs = {"latitude": "35.62", "longitude": "36.57"}
    curation.change_claim(claim, by=colleague, seen=claim.lock_version, **theirs)

    page = change(desk, claim, point="35.63, 36.58").content.decode()

    now = Claim.objects.get()
    assert str(now.point) == "35.6200, 36.5700"
    assert "35.6200, 36.5700" in page
    assert "35.63, 36.58" in page

    change(
        desk,
        claim,
        point="35.63, 36.58",
        compared_with=now.lock_version,
        **{"asked-point": "1", "choose-point": "mine"},
    )
    assert str(Claim.objects.get().point) == "35.6300, 36.5800"


def test_what_only_a_colleague_changed_of_a_point_is_taken_over(desk: Client) -> None:
    send(desk, town(), point="35.61, 36.56", within_m="500")
    claim = Claim.objects.get()
    curation.change_claim(claim, by=person("Editor"), seen=claim.lock_version, within_m=100)

    page = change(desk, claim, reasoning="By the bend.").content.decode()
    now = Claim.objects.get()
    change(desk, claim, reasoning="By the bend.", within_m="100", compared_with=now.lock_version)

    assert "100" in page
    claim = Claim.objects.get()
    assert (claim.within_m, claim.reasoning) == (100, "By the bend.")


def test_history_tells_of_a_point(desk: Client, editor: User) -> None:
    incident = publishable(editor)
    claim = told(incident, editor, town())
    curation.change_claim(claim, by=editor, seen=claim.lock_version, latitude="35.62", within_m=100)

    page = read(desk.get(reverse("admin:incidents_incident_history", args=[incident.pk])).content.decode())

    assert all(said in page for said in ("Latitude", "35.620000", "Known to within, in metres"))


def test_words_of_a_point_in_both_languages() -> None:
    said = {"lat": 35.614685, "lon": -36.5, "within_m": 25_000}

    assert point_in_words(said) == "35.614685, -36.5000, known to within 25 km"
    with translation.override("ar"):
        assert point_in_words(said) == "\u206835.614685, -36.5000\u2069، معروفة في حدود 25 كيلومترًا"
        assert point_in_words({**said, "within_m": 3}).endswith("3 أمتار")
        assert point_in_words({**said, "within_m": 2000}).endswith("كيلومترين")


def told_with_a_point() -> FullIncident:
    """An incident whose point, near the town that is to be hidden, stands in an edition and in editors' words."""
    made = told_of_a_town()
    hit = made.passage(made.english, HIT)
    given = {"latitude": "35.731402", "longitude": "36.871303", "within_m": 250}
    why = "The point 35.73140, 36.87130 is on the map."
    made.say("place", hit, place=made.place, speaker=made.rescue, reasoning=why, **given)
    district = Place.objects.get(pcode="SY9901")
    made.say("place", None, place=district, judgement="At 35.731, 36.871 or 35°43'53\"N, by a map.", **given)
    made.publish("Fourth, at 35.7314, 36.8713.")
    return made


def test_generalised_point_is_in_no_public_byte(client: Client, tmp_path: Path) -> None:
    made = told_with_a_point()
    concerning = [one for one in walk() if not is_of_the_gazetteer(one)] + LISTS
    before = [one for one in concerning if any(gives_point(raw) for raw in bytes_of(client, one))]
    kinds = {re.sub(r"[a-z0-9]{6,}", "x", one) for one in before}
    assert len(kinds) > 8, kinds  # would be seen

    general(made)

    assert [one for one in concerning if any(gives_point(raw) for raw in bytes_of(client, one))] == []
    package.export(tmp_path / "data")
    files = [file.name for file in (tmp_path / "data").iterdir() if gives_point(file.read_bytes())]
    assert files == []
    features = json.loads(b"".join(client.get("/incidents.geojson").streaming_content))["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [[36.2, 35.1]]
    assert [one["properties"]["within_m"] for one in features] == [None]


def gives_point(raw: bytes) -> bool:
    text = unescape(raw.decode(errors="replace"))
    return bool(re.search(r"35\.731[34]|36\.871[23]|35\.731\b|36\.871\b|43'53|\b250\b", text))


def test_generalised_point_is_not_in_new_editions_at_all() -> None:
    """Neither what is stored nor its digest tells it; nor can editors' words be published that do."""
    made = FullIncident()
    made.place = hidden_town()
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    general(made)
    made.say_all()
    hit = made.passage(made.english, HIT)
    for place in (made.place, Place.objects.get(pcode="SY9901")):
        made.say("place", hit, place=place, latitude="35.731402", longitude="36.871303", within_m=250)
    telling = made.say("looted", hit, reasoning="Whoever was at 35.7314, 36.8713 took it.")
    with pytest.raises(NotReadyError, match=re.escape("“35.7314”, “36.8713”")):
        made.publish("First.")
    curation.remove_claims([(telling, telling.lock_version)], by=None)
    with pytest.raises(InvalidError, match=re.escape("36.87")):
        made.publish("First, at 36.87.")

    edition = made.publish("First.")

    assert "within_m" not in json.dumps(edition.content)
    assert [place["pcode"] for place in edition.content["places"]] == ["SY9901"]


def test_generalised_point_of_a_district_is_hidden_too(client: Client) -> None:
    """The place stays what it is; a point in it would tell more: of older editions at reading, of new ones for ever."""
    made = FullIncident()
    town = hidden_town()
    made.place = Place.objects.get(pcode="SY9901")
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=town)
    made.say_least()
    hit = made.passage(made.english, HIT)
    made.say("facility", hit, facility=made.facility)
    made.say("place", hit, place=made.place, latitude="35.731402", longitude="36.871303", within_m=250)
    assert made.publish("First.").content["places"][0]["point"]["within_m"] == 250
    general(made)
    made.say("looted", hit)

    new = made.publish("Second.").content

    old = client.get(f"/incidents/{made.incident.code}/v1.json").json()
    for content in (old, new):
        assert [place["pcode"] for place in content["places"]] == ["SY9901"]
        assert "within_m" not in json.dumps(content)


def test_generalised_row_that_gives_a_point_is_refused_by_the_database() -> None:
    made = told_with_a_point()
    row = PublishedRecord.objects.get(incident=made.incident)
    assert row.record["point_lat"] == 35.731402
    with pytest.raises(DatabaseError, match="within_m"), transaction.atomic():
        PublishedRecord.objects.filter(pk=row.pk).update(record={**row.record, "within_m": 25})
    general(made)

    row.refresh_from_db()
    for column, value in (("point_lat", 35.731402), ("point_lon", 36.8), ("within_m", 250)):
        with pytest.raises(DatabaseError, match="point_lat"), transaction.atomic():
            PublishedRecord.objects.filter(pk=row.pk).update(record={**row.record, column: value})
    assert list(curation.rows_that_differ([made.incident.pk])) == []


def test_reports_that_give_coordinates_are_shown_before_a_place_is_generalised() -> None:
    made = told_of_a_town()
    text = TextVersionFactory(text="Latitude: 35.731402. Longitude: 36.871303.")
    made.say("looted", PassageFactory(text_version=text, exact="Latitude: 35.731402."))

    assert text.article in curation.plan_place(made.facility).reports
