"""A facility of which readers learn only the district, all that tells its town, and where an answer may tell it."""

import re
import unicodedata
import zipfile
from html import unescape
from io import BytesIO
from unittest import mock
from urllib.parse import unquote

from django.test import Client
from django.utils.html import strip_tags

from archive.models import Place
from archive.terms import Level
from archive.text.folding import fold
from archive.web import pixels
from incidents import curation
from incidents.models import Facility
from tests.factories.archive import PlaceFactory, PlaceNameFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.incidents import FacilityFactory, SpeakerFactory
from tests.factories.routes import addresses, public_routes, values

WHY = "Its doctors were threatened."
# The town, its sub-district, an older spelling, the P-codes and the point.
NAMES = ("Quillhaven", "البلدة المخفية", "Quilhavn", "Reedmarsh", "ناحية القصب")
CODES = ("C7741", "SY990101", "35.731", "36.871")
MEADOWS = "Long Meadows"


def town(name_en: str = "Quillhaven", name_ar: str = "البلدة المخفية") -> Place:
    """A town in a sub-district of a district of a governorate, with one more spelling."""
    governorate = PlaceFactory(pcode="SY99", level=Level.GOVERNORATE, name_en="Northmoor", name_ar="السهل")
    district = PlaceFactory(
        pcode="SY9901", level=Level.DISTRICT, name_en=MEADOWS, name_ar="المروج", parent=governorate, lat=35.1, lon=36.2
    )
    below = PlaceFactory(
        pcode="SY990101",
        level=Level.SUBDISTRICT,
        name_en="Reedmarsh",
        name_ar="ناحية القصب",
        parent=district,
        lat=35.7315,
        lon=36.8715,
    )
    found = PlaceFactory(pcode="C7741", name_en=name_en, name_ar=name_ar, parent=below, lat=35.7312, lon=36.8719)
    PlaceNameFactory(place=found, name="Quilhavn")
    return found


def told() -> FullIncident:
    """An incident with an edition that names no facility, one that does, one after, and another merged into it."""
    told = FullIncident()
    told.place = town()
    told.facility = FacilityFactory(
        name_en="Old Mill", name_ar="المطحنة القديمة", facility_type=told.type, place=told.place
    )
    hit = told.passage(told.english, HIT)
    told.say_least()
    told.publish("First, of Quillhaven.")
    told.say("facility", hit, facility=told.facility, reasoning="Quillhaven has one mill; Quilhavn is the same.")
    told.say("killed", hit, count_low=1, group="people", speaker=SpeakerFactory(name_en="Council of Quillhaven"))
    told.say("damage", hit, damage="destroyed", facility=told.facility)
    curation.add_sentence(
        told.incident, by=None, text_en="Quillhaven was hit.", text_ar="قُصفت البلدة المخفية.", passages=[hit]
    )
    told.publish("Second.")
    told.say("actor", None, actor=told.actor, judgement="It reaches Reedmarsh.")
    told.publish("Third.")
    merged = FullIncident()
    merged.place = told.place
    merged.say_least()
    merged.publish("Only.")
    curation.merge(merged.incident, into=told.incident, by=None, reason="Both tell of Quillhaven.")
    return told


def general(told: FullIncident) -> Facility:
    return curation.generalise_place(told.facility, by=None, reason=WHY)


def bytes_of(client: Client, address: str) -> list[bytes]:
    """The headers of an answer, what it gives, and the files in that.

    A picture is given as what is drawn, which can be read, and takes no time to draw.
    """
    with mock.patch.object(pixels, "png", str.encode):
        response = client.get(address)
    raw = response.getvalue() if response.streaming else response.content
    assert response.status_code < 500, address
    given = [str(response.headers).encode(), raw]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(raw)) as bag:
            given += [name.encode() + bag.read(name) for name in bag.namelist()]
    return given


def leaks(raw: bytes) -> list[str]:
    """What an answer says of where the town is, in whatever notation."""
    text = raw.decode(errors="replace")
    readings = [text, unescape(text), strip_tags(unescape(text)), unquote(text)]
    if "\\u" in text:
        readings.append(re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text))
    readings = list(dict.fromkeys(readings))  # mostly the same
    folded = [squeezed(one) for one in readings]
    return [name for name in NAMES if any(squeezed(name) in one for one in folded)] + [
        code for code in CODES if any(code.lower() in one.lower() for one in readings)
    ]


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(unicodedata.normalize("NFC", text)).text)


LISTS = [f"/incidents{form}" for form in ("/", ".csv", ".json", ".jsonl", ".geojson", ".atom", ".xlsx", ".ftm.json")]
QUERIES = ("scope=any", "town=SY9901", "updated_since=2000-01-01", "q=mill", "q=shelling")


def is_of_the_gazetteer(address: str) -> bool:
    """Pages and files of all places there are, with what happened in each, name the town, as does its own page."""
    return bool(re.search(r"C7741|SY99|/towns/|places|/api/v1/places|sitemap|suggest|/data/|gazetteer", address))


def walk() -> list[str]:
    known = values()
    routes = [route for route in public_routes() if "<path:url>" not in route]
    return [address for route in routes for address in addresses(route, known)]
