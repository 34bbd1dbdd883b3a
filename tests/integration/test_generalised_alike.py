"""Two archives that differ in the town of a generalised facility alone are the same to readers, at every address.

No list of secrets is needed for that: whatever told the town in any way would differ.
"""

import random
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from django.test import Client

from archive import codes
from archive.lists import labels
from archive.models import Place
from archive.terms import Level
from incidents import curation, name_merges
from incidents.lists import incident_columns
from incidents.maps import orientation
from incidents.releases import making
from tests.factories import archive as of_archive
from tests.factories import incidents as of_incidents
from tests.factories.archive import PlaceFactory, PlaceNameFactory
from tests.factories.full_incident import DEATHS, HIT, FullIncident
from tests.factories.generalised import bytes_of, general
from tests.factories.incidents import FacilityFactory, SpeakerFactory
from tests.factories.routes import addresses, public_routes, values

pytestmark = pytest.mark.django_db
HERE, THERE, SEAT = "C7741", "C7742", "C7743"
LISTS = [f"/incidents{form}" for form in ("/", ".csv", ".json", ".geojson", ".atom", ".xlsx", ".ftm.json")]
LISTS += ["/ar/incidents/", "/map/", "/map.svg", "/timeline/", "/articles/", "/embed/map/", "/incidents/card.png"]
ASKED = [
    *(f"scope=any&town={pcode}" for pcode in (HERE, THERE, SEAT, "SY990101", "SY990102", "SY9901", "SY99")),
    *(f"scope=any&q={words}" for words in ("Quillhaven", "Quilhavn", "Brookside", "Reedmarsh", "Meadows", "mill")),
    "scope=any&updated_since=2000-01-01",
    "scope=any&order=updated",
]
VARYING = r"'(ETag|Last-Modified|Content-Length|Expires|X-Request-ID)': '[^']*',?"
LEFT_OUT = ("<path:url>", "<slug:sha256>", "readyz")  # the last tells of the machine
# What differs between any two archives, or what older editions are verified by.
MEANWHILE = re.compile(
    r"[0-9a-f]{64}|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?|\b\d\d:\d\d(:\d\d)?\b|[\d.]+\xa0(KB|ك\.ب)"
    r"|datetime\.datetime\([^)]*\)"
    r"|<v>4\d{4}\.\d+</v>|\b1[789]\d{8}\b"  # moments of workbooks, and in seconds
)


def gazetteer() -> dict[str, Place]:
    """Three towns of a district in two sub-districts; one is called as the district, as is its sub-district."""
    above = PlaceFactory(pcode="SY99", level=Level.GOVERNORATE, name_en="Northmoor", name_ar="السهل")
    named = {"level": Level.DISTRICT, "name_en": "Long Meadows", "name_ar": "المروج"}
    district = PlaceFactory(pcode="SY9901", parent=above, lat=35.1, lon=36.2, **named)
    below = PlaceFactory(
        pcode="SY990101", level=Level.SUBDISTRICT, name_en="Reedmarsh", name_ar="ناحية القصب", parent=district
    )
    seat = PlaceFactory(pcode="SY990102", parent=district, **{**named, "level": Level.SUBDISTRICT})
    towns = [
        PlaceFactory(pcode=HERE, name_en="Quillhaven", name_ar="البلدة المخفية", parent=below, lat=35.73, lon=36.87),
        PlaceFactory(pcode=THERE, name_en="Brookside", name_ar="الجدول", parent=seat, lat=35.92, lon=36.41),
        PlaceFactory(pcode=SEAT, name_en="Long Meadows", name_ar="المروج", parent=seat, lat=35.64, lon=36.55),
    ]
    PlaceNameFactory(place=towns[0], name="Quilhavn")
    return {one.pcode: one for one in towns}


def say_town(made: FullIncident) -> None:
    """In all that editors write themselves."""
    town, hit = made.place, made.passage(made.english, HIT)
    made.say("killed", hit, count_low=1, group="people", speaker=SpeakerFactory(name_en=f"Council of {town.name_en}"))
    point = {"latitude": round(town.lat + 0.004, 4), "longitude": round(town.lon - 0.003, 4), "within_m": 500}
    made.say("place", made.passage(made.english, DEATHS), place=town, place_precision="in", **point)
    made.say("looted", hit, reasoning=f"{town.name_en} has one mill.")
    made.say("injured", None, count_low=1, group="people", judgement=f"One in {town.name_ar}.")
    text_en, text_ar = f"{town.name_en} was hit.", f"قُصفت {town.name_ar}."
    curation.add_sentence(made.incident, by=None, text_en=text_en, text_ar=text_ar, passages=[hit])


def build(pcode: str, *, is_written: bool) -> None:
    """A facility in this town, editions of before it is generalised and after, others of the same attack, one gone;
    in ``is_written`` all that editors wrote names the town.
    """
    towns = gazetteer()
    made, other, elsewhere, gone = FullIncident(), FullIncident(), FullIncident(), FullIncident()
    said = f" in {towns[pcode].name_en}" if is_written else ""
    made.place = other.place = gone.place = towns[pcode]
    elsewhere.place = towns[HERE]
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    row = FacilityFactory(name_en="New Mill", facility_type=made.type, place=made.place)
    for one in (made, other, elsewhere, gone):
        one.say_least()
        one.publish(f"First{said}." if one is not elsewhere else "First.")
    for one, facility in ((made, made.facility), (gone, made.facility), (other, row)):
        one.say("facility", one.passage(one.english, HIT), facility=facility)
        one.say("damage", one.passage(one.english, HIT), damage="destroyed", facility=facility)
    if is_written:
        say_town(made)
    for one in (made, other, gone):
        one.publish(f"Second{said}.")
    name_merges.merge(row, into=made.facility, by=None, reason="One house.")
    curation.merge(other.incident, into=made.incident, by=None, reason=f"The same{said}.")
    curation.withdraw(gone.incident, by=None, reason=f"Nothing happened{said}.")
    made.facility.refresh_from_db()
    general(made)
    claims = made.incident.claims.filter(aspect__in=("killed", "looted", "injured"))
    curation.remove_claims([(one, one.lock_version) for one in claims], by=None, reason="Said otherwise.")
    made.incident.summary.all().delete()
    made.say("detained", made.passage(made.english, DEATHS), count_low=1, group="people")
    made.publish("Third.")


@contextmanager
def taken_back(seed: int) -> Iterator[None]:
    """What is made meanwhile has the same public codes each time, and is gone afterwards."""
    for module in (of_archive, of_incidents):
        for name in [name for name in vars(module) if name.endswith("Factory")]:
            factory = getattr(module, name)
            if hasattr(factory, "reset_sequence"):
                factory.reset_sequence(0, force=True)
    kept = (incident_columns.ACTORS, incident_columns.FACILITY_TYPES, incident_columns.WEAPONS)
    for known in (labels.PLACES, labels.SOURCES, orientation.PLACES_NAMED, *kept):
        known.until = 0.0
    codes.secrets = random.Random(seed)  # type: ignore[assignment]
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def read(client: Client, asked: Iterable[str]) -> dict[str, list[str]]:
    return {one: [plain(raw) for raw in bytes_of(client, one) if raw[:2] != b"PK"] for one in asked}


def plain(raw: bytes) -> str:
    if raw[:4] == b"PAR1":
        raw = str(pq.read_table(BytesIO(raw)).to_pylist()).encode()
    text = re.sub(
        r"'(ETag|Last-Modified|Content-Length|Expires|X-Request-ID)': '[^']*',?", "", raw.decode(errors="replace")
    )
    text = re.sub(r'name="opened" value="[^"]*"', "", text)  # a signed time
    return MEANWHILE.sub("·", text)


def every_address() -> list[str]:
    known = values()
    routes = [route for route in public_routes() if not any(part in route for part in LEFT_OUT)]
    pages = [address for route in routes for address in addresses(route, known)]
    return [
        *pages,
        *(f"/ar{one}" for one in pages if one.endswith(("/", ".png"))),
        *(f"{LISTS[0]}?{q}" for q in ASKED),
        # Each form is asked a third of them, each is asked of a third of the forms.
        *(f"{a}?{q}" for m, a in enumerate(LISTS[1:]) for n, q in enumerate(ASKED) if (m + n) % 3 == 0),
    ]


@pytest.mark.parametrize(("other", "is_written"), [(THERE, True), (SEAT, False)])
def test_generalised_town_makes_no_difference_to_readers(
    client: Client, monkeypatch: pytest.MonkeyPatch, other: str, is_written: bool
) -> None:
    monkeypatch.setattr(codes, "secrets", codes.secrets)
    given = []
    for pcode in (HERE, other):
        with taken_back(seed=7):
            build(pcode, is_written=is_written)
            making.make()
            given.append(read(client, every_address()))

    one, another = given
    assert one.keys() == another.keys()
    assert len([address for address, (_headers, *bodies) in one.items() if any(bodies)]) > 250
    differing = [address for address in one if one[address] != another[address]]
    told = [f"{address}: {first_difference(one[address], another[address])}" for address in differing]
    assert not told, "\n".join(told)


def first_difference(one: list[str], another: list[str]) -> tuple[str, str]:
    a, b = "\n".join(one), "\n".join(another)
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[max(0, at - 60) : at + 60], b[max(0, at - 60) : at + 60]
