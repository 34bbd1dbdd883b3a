"""Where readers learn only the district of a facility, its town is in no public byte of it and of its incidents."""

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from archive.locking import StaleRowError
from archive.models import Place
from incidents import curation, name_merges
from incidents.errors import FacilityPlaceError, InvalidError, NameMergeError
from incidents.formats import package
from incidents.models import Edition, Facility, Incident, PublishedIncident
from incidents.record.writing import digest
from tests.factories import reviewed
from tests.factories.archive import PassageFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.generalised import (
    LISTS,
    MEADOWS,
    QUERIES,
    WHY,
    bytes_of,
    general,
    is_of_the_gazetteer,
    leaks,
    told,
    town,
    walk,
)
from tests.factories.incidents import FacilityFactory, FacilityTypeFactory
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_generalised_place_is_in_no_public_byte(client: Client, tmp_path: Path) -> None:
    made = told()
    concerning = [one for one in walk() if not is_of_the_gazetteer(one)] + [f"{a}?{q}" for a in LISTS for q in QUERIES]
    before = {one: bytes_of(client, one) for one in concerning}
    leaking = [one for one, given in before.items() if any(leaks(raw) for raw in given)]
    kinds = {re.sub(r"[a-z0-9]{6,}", "x", one) for one in leaking}
    assert len(kinds) > 25, kinds  # would be seen

    general(made)

    leaking = {one: found for one in concerning for raw in bytes_of(client, one) if (found := leaks(raw))}
    assert leaking == {}
    package.export(tmp_path / "data")
    files = {file.name: leaks(file.read_bytes()) for file in (tmp_path / "data").iterdir()}
    assert {name for name, found in files.items() if found} <= {"places.csv"}
    told_of = client.get(reverse("api_facilities")).content.decode()
    assert ("C7741" in told_of, "SY9901" in told_of) == (False, True)


def tag_of(client: Client, address: str) -> str:
    """The entity tag of an address where a reader may hold a copy of what it gives, else nothing."""
    answer = client.get(address)
    assert "immutable" not in answer["Cache-Control"]
    return answer.headers.get("ETag", "") if answer.status_code == 200 else ""


def still_good(client: Client, held: dict[str, str]) -> list[str]:
    """The addresses whose copies are said to be good."""
    return [one for one, tag in held.items() if client.get(one, headers={"If-None-Match": tag}).status_code == 304]


def test_generalised_place_leaves_no_copy_in_caches(client: Client) -> None:
    """What a reader holds of before is asked for again and found changed; switched off, it is as it was."""
    made = told()
    concerning = [one for one in walk() if not is_of_the_gazetteer(one) and "package" not in one]
    concerning += [f"{a}?scope=any" for a in LISTS]
    leaking = [one for one in concerning if any(leaks(raw) for raw in bytes_of(client, one))]
    held = {one: tag for one in leaking if (tag := tag_of(client, one))}
    assert any(one.endswith("/v1.bib") for one in held)
    general(made)

    assert still_good(client, held) == []
    now = {one: tag_of(client, one) for one in held}
    curation.show_place(Facility.objects.get(pk=made.facility.pk), by=None, reason="It moved.")
    assert still_good(client, now) == []
    assert [one for one in held if not any(leaks(raw) for raw in bytes_of(client, one))] == []


def test_publishing_writes_lists_and_citations_once() -> None:
    """Also once a place was ever hidden, of a facility of another attack."""
    general(told())
    draft = publishable(person("Editor"))
    passage = PassageFactory(text_version__text="The mill burned.", exact="The mill burned.")
    curation.make_claim(
        incident=draft, by=None, aspect="facility_type", facility_type=FacilityTypeFactory(), passage=passage
    )

    with CaptureQueriesContext(connection) as asked:
        reviewed.publish(draft, note="First.")

    for table in ("archive_citation", "incidents_publishedincident", "incidents_publishedrecord"):
        written = [query["sql"] for query in asked if f'INSERT INTO "{table}"' in query["sql"]]
        assert len(written) == 1, table


def test_generalised_place_is_found_by_the_district_alone(client: Client) -> None:
    made = told()
    code = made.incident.code

    def found(query: str) -> bool:
        return code in client.get(f"/incidents.json?scope=any&{query}").getvalue().decode()

    exact = ("town=C7741", "town=SY990101", "q=Quillhaven", "q=Quilhavn", "q=Reedmarsh")
    vague = ("town=SY9901", "town=SY99", "q=Long+Meadows", "q=mill")
    assert [query for query in exact[:3] if not found(query)] == []
    general(made)

    assert [query for query in exact if found(query)] == []
    assert [query for query in vague if not found(query)] == []
    assert code not in client.get("/towns/C7741/").content.decode()
    assert made.facility.public_id not in client.get("/towns/C7741/").content.decode()
    assert made.facility.public_id in client.get("/towns/SY9901/").content.decode()
    assert code in client.get("/towns/SY9901/").content.decode()


def test_generalised_record_says_so_and_can_be_verified(client: Client) -> None:
    made = told()
    editions = list(Edition.objects.values_list("pk", "content", "sha256"))
    general(made)

    record = client.get(f"/incidents/{made.incident.code}.json").json()
    page = strip_tags(client.get(f"/incidents/{made.incident.code}/v1/").content.decode())

    assert record["place_generalised"] is True
    assert [place["pcode"] for place in record["places"]] == ["SY9901"]
    assert (record["places"][0]["lat"], record["places"][0]["lon"]) == (35.1, 36.2)
    assert [place["level"] for place in record["places"][0]["ancestors"]] == ["country", "governorate"]
    assert record["facilities"][0]["pcode"] == "SY9901"
    assert record["title_en"].split(", ")[1] == f"{MEADOWS} District"
    assert record["title_ar"].split("، ")[1] == "منطقة المروج"
    assert "only the district" in page
    assert list(Edition.objects.values_list("pk", "content", "sha256")) == editions
    assert all(digest(content) == sha256 for _pk, content, sha256 in editions)
    assert record["sha256"] == Edition.objects.get(incident=made.incident, number=3).sha256
    assert list(curation.rows_that_differ(list(Incident.objects.values_list("pk", flat=True)))) == []


def test_generalised_place_is_not_in_new_editions_at_all(client: Client) -> None:
    """Neither what is stored nor its digest tells the town. Shown again, that edition still has the district."""
    made = FullIncident()
    made.place = town()
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    general(made)
    made.say_all()
    edition = made.publish("First.")

    assert leaks(json.dumps(edition.content, ensure_ascii=False).encode()) == []
    assert f", {MEADOWS} District, " in edition.content["title_en"]
    curation.show_place(Facility.objects.get(pk=made.facility.pk), by=None, reason="It moved.")
    assert client.get(f"/incidents/{made.incident.code}/v1.json").json()["places"][0]["pcode"] == "SY9901"
    made.publish("Second, with the town.")
    assert client.get(f"/incidents/{made.incident.code}.json").json()["places"][0]["pcode"] == "C7741"


def test_generalised_place_follows_into_the_records_that_are_merged(client: Client) -> None:
    """Where one of two alone names the facility, a merge takes the town from both; taking it back gives it again."""
    made, other = FullIncident(), FullIncident()
    other.place = made.place = town()
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    for one in (made, other):
        one.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    for one in (made, other):
        one.publish("First, of Quillhaven.")
    general(made)
    article = f"/articles/{other.english.article.public_id}/"
    concerning = [f"/incidents/{other.incident.code}/", "/incidents.csv", article]
    assert [one for one in concerning if not any(leaks(raw) for raw in bytes_of(client, one))] == []

    curation.merge(made.incident, into=other.incident, by=None, reason="The same.")

    assert [one for one in concerning if any(leaks(raw) for raw in bytes_of(client, one))] == []
    made.incident.refresh_from_db()
    curation.restore(made.incident, by=None, reason="Not the same.")
    assert [one for one in concerning if not any(leaks(raw) for raw in bytes_of(client, one))] == []


def test_generalised_rows_that_tell_the_town_are_refused_by_the_database() -> None:
    made = told()
    general(made)
    row = PublishedIncident.objects.get(pk=made.incident.pk)
    record = row.incident.record

    with pytest.raises(DatabaseError, match="place_ids"), transaction.atomic():
        PublishedIncident.objects.filter(pk=row.pk).update(place_ids=[*row.place_ids, made.place.pk])
    with pytest.raises(DatabaseError, match="place_pcode"), transaction.atomic():
        type(record).objects.filter(pk=row.pk).update(record={**record.record, "place_pcode": "C7741"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT general_place_id FROM incidents_facility WHERE id = %s", [made.facility.pk])
        assert Place.objects.get(pk=cursor.fetchone()[0]).pcode == "SY9901"


def test_generalised_facility_takes_a_right_a_reason_and_a_name_without_the_town() -> None:
    place = town()
    facility = FacilityFactory(name_en="Quillhaven Clinic", aliases=["Clinic"], place=place)

    with pytest.raises(PermissionDenied):
        curation.generalise_place(facility, by=person("Editor"), reason=WHY)
    with pytest.raises(InvalidError):
        curation.generalise_place(facility, by=None, reason=" ")
    with pytest.raises(FacilityPlaceError, match="Quillhaven Clinic"):
        curation.generalise_place(facility, by=None, reason=WHY)
    Facility.objects.filter(pk=facility.pk).update(name_en="A clinic")
    with pytest.raises(StaleRowError):
        curation.generalise_place(facility, by=None, reason=WHY, seen=1)
    now = curation.generalise_place(facility, by=person("Reviewer"), reason=WHY, seen=2)
    assert (now.is_generalised, now.public_place.pcode) == (True, "SY9901")
    with pytest.raises(FacilityPlaceError):
        curation.generalise_place(now, by=None, reason=WHY)
    other = FacilityFactory(name_en="Another clinic", facility_type=facility.facility_type, place=place)
    with pytest.raises(NameMergeError):
        name_merges.plan_merge(other, into=now)


def test_generalised_at_the_desk(client: Client) -> None:
    """A reviewer sees what will happen, does it with a reason that the history keeps, and takes it back."""
    made = told()
    client.force_login(person("Reviewer"), backend=BACKEND)
    address = f"/admin/desk/facilities/{made.facility.pk}/place/"
    page = client.get(address).content.decode()
    assert (made.incident.code in page, MEADOWS in page) == (True, True)

    version = Facility.objects.get(pk=made.facility.pk).lock_version
    assert client.post(address, {"reason": "", "lock_version": version}).status_code == 409
    answer = client.post(address, {"reason": WHY, "lock_version": version}, follow=True)

    assert Facility.objects.get(pk=made.facility.pk).is_generalised
    shown = answer.content.decode()
    assert ("for editors alone" in shown, "Quillhaven" in shown) == (True, True)
    assert WHY in client.get(f"/admin/incidents/facility/{made.facility.pk}/history/").content.decode()
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    assert (
        "Readers learn only the district"
        in client.get(f"/admin/incidents/incident/{made.incident.pk}/publish/").content.decode()
    )
    version = Facility.objects.get(pk=made.facility.pk).lock_version
    client.post(address, {"reason": "It moved.", "lock_version": version})
    assert not Facility.objects.get(pk=made.facility.pk).is_generalised
