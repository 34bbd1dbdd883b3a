"""The small map of an incident, a place and a facility."""

import re

import pytest
from django.test import Client

from archive.models import Place
from archive.web import pixels
from incidents.maps import small
from tests.factories.archive import PlaceFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.generalised import general
from tests.factories.incidents import FacilityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Place]:
    country = PlaceFactory(pcode="SY", level=0, name_en="Syria", parent=None)
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="Idleb", name_ar="إدلب", parent=country)
    district = PlaceFactory(pcode="SY0702", level=2, name_en="Al Ma'ra", parent=governorate)
    part = PlaceFactory(pcode="SY070201", level=3, name_en="Kafr Part", parent=district)
    town = PlaceFactory(pcode="C1", level=4, name_en="Town", name_ar="بلدة", parent=part, lat=35.6, lon=36.6)
    nowhere = PlaceFactory(pcode="C2", level=4, name_en="Nowhere", parent=part, lat=None, lon=None)
    found = (country, governorate, district, part, town, nowhere)
    return {place.pcode: place for place in found}


def drawn(place: Place) -> small.SmallMap:
    found = small.of_place(place)
    assert found
    return found


def test_town_is_a_dot_with_its_name(places: dict[str, Place]) -> None:
    found = drawn(places["C1"])

    assert found.title == "Map: Town, Idleb"
    assert 'class="here-dot"' in found.svg
    assert "known-area" not in found.svg
    assert ">Town</text>" in found.svg
    assert ">Idleb</text>" in found.svg


@pytest.mark.parametrize(("pcode", "name"), [("SY07", "Idleb"), ("SY0702", "Al Ma&#x27;ra"), ("SY070201", "")])
def test_area_is_shaded_and_has_no_dot(places: dict[str, Place], pcode: str, name: str) -> None:
    found = drawn(places[pcode])

    assert "known-area" in found.svg
    assert "here-dot" not in found.svg
    assert f">{name}</text>" in found.svg or not name


def test_nothing_is_drawn_of_a_country_or_of_what_has_no_position(places: dict[str, Place]) -> None:
    assert small.of_place(places["SY"]) is None
    assert small.of_place(places["C2"]) is None


def test_point_off_the_gazetteer_is_drawn_with_how_near_it_is_known(places: dict[str, Place]) -> None:
    place = {"pcode": "C1", "name_en": "Town", "name_ar": "", "level": "community", "lat": 35.6, "lon": 36.6}
    above = [{"pcode": "SY", "name_en": "Syria", "name_ar": "", "level": "country"}]
    content = {"places": [{**place, "ancestors": above, "point": {"lat": 35.7, "lon": 36.7, "within_m": 5000}}]}

    found = small.of_record(content)  # type: ignore[arg-type] (only this of a record is read)

    assert found
    (circle,) = re.findall(r'<circle class="known-area" r="([\d.]+)"', found.svg)
    assert float(circle) == pytest.approx(5 / 111.195 * 100 / 0.812, rel=0.01)
    assert 'cx="3670"' in found.svg


def test_picture_stands_alone_within_another_and_as_pixels(places: dict[str, Place]) -> None:
    found = small.of_place(places["C1"], pixels=520, ratio=1)

    assert found
    assert found.alone.startswith('<svg viewBox="')
    assert 'width="520" height="520"' in found.alone
    assert 'x="620" y="60" width="520" height="520"' in found.inside(x=620, y=60)
    assert pixels.png(found.alone).startswith(b"\x89PNG")


def told(place: Place) -> FullIncident:
    made = FullIncident()
    made.place = place
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=place)
    made.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    made.publish("First.")
    return made


def test_pages_have_a_map(places: dict[str, Place], client: Client) -> None:
    made = told(places["C1"])
    record = f"incidents/{made.incident.code}/"

    for path in ("/towns/C1/", f"/facilities/{made.facility.public_id}/", f"/{record}", f"/ar/{record}"):
        page = client.get(path).content.decode()
        assert page.count('class="map small-map"') == 1, path
        assert '?town=C1"' in page, path
    assert "خريطة: بلدة، إدلب" in page


def test_record_and_facility_whose_town_is_withheld_show_the_district(places: dict[str, Place], client: Client) -> None:
    made = told(places["C1"])
    general(made)
    made.publish("Second.")
    record = f"/incidents/{made.incident.code}/"

    for path in (record, f"{record}v1/", f"/facilities/{made.facility.public_id}/"):
        page = client.get(path).content.decode()
        assert "known-area" in page, path
        assert "here-dot" not in page, path
        assert "The area is all that is known; it is shaded." in page, path
        assert '?town=SY0702"' in page, path
