"""Ways in which the town of a generalised facility might be told: its names, other records, older states."""

import json
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from archive.models import Place
from incidents import curation, name_merges
from incidents.errors import FacilityPlaceError, InvalidError, NameMergeError, NotReadyError
from incidents.models import Facility
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.generalised import MEADOWS, WHY, bytes_of, general, leaks, town
from tests.factories.incidents import FacilityFactory, SpeakerFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db
DISTRICT = f"{MEADOWS} District"


def struck(**town_names: str) -> FullIncident:
    """An incident near a town with an edition that names a facility there."""
    made = FullIncident()
    made.place = town(**town_names)
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    made.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    made.publish("First.")
    return made


def titles(made: FullIncident, client: Client) -> list[str]:
    """What readers are told as the title in English, edition by edition, in the record and on its page."""
    numbers = made.incident.editions.order_by("number").values_list("number", flat=True)
    addresses = [f"/incidents/{made.incident.code}/v{number}" for number in numbers]
    records = [client.get(f"{address}.json").json()["title_en"] for address in addresses]
    pages = [client.get(f"{address}/").content.decode() for address in addresses]
    assert all(title in strip_tags(page) for title, page in zip(records, pages, strict=True))
    return records


def test_generalised_seat_of_the_same_name_is_titled_by_the_district(client: Client) -> None:
    """A town that is called as its district: “near it” is as telling in an older title as any name."""
    made = struck(name_en=MEADOWS, name_ar="المروج")
    assert titles(made, client)[0].split(", ")[1] == f"near {MEADOWS}"
    general(made)
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    made.publish("Second.")

    assert [title.split(", ")[1] for title in titles(made, client)] == [DISTRICT, DISTRICT]
    assert f", {DISTRICT}, " in client.get("/incidents.csv").getvalue().decode()
    stored = made.incident.editions.get(number=2).content
    assert (stored["title_en"].split(", ")[1], stored["title_ar"].split("، ")[1]) == (DISTRICT, "منطقة المروج")


@pytest.mark.parametrize("name", [f"{MEADOWS} City Hospital", f"{MEADOWS} Hospital", "مستشفى المروج"])
def test_generalised_name_that_has_the_seat_in_it_is_refused(name: str) -> None:
    place = town(name_en=MEADOWS, name_ar="المروج")
    facility = FacilityFactory(name_en=name, place=place)

    with pytest.raises(FacilityPlaceError, match="another name"):
        curation.generalise_place(facility, by=None, reason=WHY)
    Facility.objects.filter(pk=facility.pk).update(name_en="A hospital")
    curation.generalise_place(facility, by=None, reason=WHY)


def test_generalised_town_whose_name_begins_that_of_its_district_is_hidden(client: Client) -> None:
    made = struck(name_en="Long Mead", name_ar="مرج")
    made.say("killed", None, count_low=1, group="people", judgement="Long Mead in Long Meadows has one school.")
    made.publish("Long Mead was hit.")
    general(made)

    page = strip_tags(client.get(f"/incidents/{made.incident.code}/v2/").content.decode())
    record = client.get(f"/incidents/{made.incident.code}/v2.json").json()
    assert f"[withheld: name of a place] in {MEADOWS} has one school." in page
    assert record["note"] == "[withheld: name of a place] was hit."
    assert record["title_en"].split(", ")[1] == DISTRICT


def test_generalised_by_an_older_edition_alone(client: Client) -> None:
    """A draft that names the facility no more is of the same attack: its next edition tells no town either."""
    made = struck()
    general(made)
    claim = made.incident.claims.get(aspect="facility")
    curation.remove_claims([(claim, claim.lock_version)], by=None, reason="Another house.")
    made.publish("Second.")

    edition = made.incident.editions.get(number=2)
    assert edition.content["facilities"] == []
    assert leaks(json.dumps(edition.content, ensure_ascii=False).encode()) == []
    assert edition.content["place_generalised"] is True


def test_generalised_by_a_merged_record_alone(client: Client) -> None:
    made, other = struck(), FullIncident()
    other.place = made.place
    other.say_least()
    other.publish("First.")
    curation.merge(made.incident, into=other.incident, by=None, reason="The same.")
    general(made)
    carried = other.incident.claims.filter(aspect="facility")
    curation.remove_claims([(one, one.lock_version) for one in carried], by=None, reason="Another house.")
    other.say("injured", other.passage(other.english, HIT), count_low=1, group="people")
    other.publish("Second.")

    stored = other.incident.editions.get(number=2).content
    assert leaks(json.dumps(stored, ensure_ascii=False).encode()) == []


def merged_facility(made: FullIncident, name: str) -> Facility:
    """A facility of another name that an edition names, merged into that of ``made``."""
    other = FullIncident()
    other.place = made.place
    row = FacilityFactory(name_en=name, facility_type=made.facility.facility_type, place=made.place)
    other.say_least()
    other.say("facility", other.passage(other.english, HIT), facility=row)
    other.publish("First.")
    name_merges.merge(row, into=made.facility, by=None, reason="One house.")
    return row


def test_generalised_facility_has_no_telling_name_by_a_merged_one(client: Client) -> None:
    made = struck()
    row = merged_facility(made, "Quillhaven Mill")
    made.facility.refresh_from_db()
    Facility.objects.filter(pk=made.facility.pk).update(aliases=[])
    files = [reverse("api_facilities"), f"{reverse('api_facilities')}?format=csv"]
    assert "Quillhaven Mill" in client.get(files[0]).content.decode()

    with pytest.raises(FacilityPlaceError, match="Quillhaven Mill"):
        general(made)
    Facility.objects.filter(pk=row.pk).update(name_en="New Mill")
    general(made)

    given = [one for address in files for one in bytes_of(client, address)]
    assert [leaks(raw) for raw in given] == [[] for _raw in given]


def test_generalised_facilities_are_merged_only_where_no_name_tells_either_town() -> None:
    made = struck()
    elsewhere = PlaceFactory(name_en="Elsewhere", parent=made.place.parent)
    of_it = FacilityFactory(name_en="Quillhaven House", facility_type=made.facility.facility_type, place=elsewhere)
    for one in (made.facility, of_it):
        curation.generalise_place(one, by=None, reason=WHY)
        one.refresh_from_db()

    for row, into in ((of_it, made.facility), (made.facility, of_it)):
        with pytest.raises(NameMergeError, match="Quillhaven House"):
            name_merges.plan_merge(row, into=into)


def test_generalised_facility_gets_no_telling_name_at_its_form(client: Client) -> None:
    """Neither it, nor one that was merged into it, by either town."""
    made = struck()
    row = merged_facility(made, "New Mill")
    elsewhere = PlaceFactory(name_en="Elsewhere", name_ar="مكان آخر", parent=made.place.parent)
    Facility.objects.filter(pk=row.pk).update(place=elsewhere)
    general(made)
    client.force_login(person("Administrator"), backend="django.contrib.auth.backends.ModelBackend")
    for facility, name in ((made.facility, "Elsewhere Mill"), (row, "Quillhaven Mill"), (row, "Elsewhere Mill")):
        facility.refresh_from_db()
        data = {
            "name_en": name,
            "name_ar": "",
            "facility_type": facility.facility_type_id,
            "place": facility.place_id,
            "aliases": "",
            "note": "",
            "lock_version": facility.lock_version,
        }
        answer = client.post(f"/admin/incidents/facility/{facility.pk}/change/", data)
        assert f"this tells the town: {name}" in answer.content.decode(), name


def test_generalised_facility_that_was_said_to_be_elsewhere_hides_that_too(client: Client) -> None:
    """A place that only an older edition states, or in which the facility stood before it was corrected."""
    made = FullIncident()
    first = town()
    made.place = PlaceFactory(name_en="Corrected Town", name_ar="بلدة صحيحة", parent=first.parent.parent)
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=first)
    made.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    made.publish("First, of Quillhaven.")
    Facility.objects.filter(pk=made.facility.pk).update(place=made.place)
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    made.publish("It was not Quillhaven, a correction of Quilhavn.")
    general(made)
    curation.withdraw(made.incident, by=None, reason="It was in Reedmarsh, not Quillhaven.")
    concerning = ["/incidents.atom?scope=any", f"/incidents/{made.incident.code}/", "/changes/", "/incidents.json"]

    given = {one: leaks(raw) for one in concerning for raw in bytes_of(client, one)}
    assert {one: found for one, found in given.items() if found} == {}
    curation.restore(made.incident, by=None, reason="It was there.")


def written_of_the_town(made: FullIncident) -> dict[str, str]:
    """Something of each kind that an editor writes, telling the town; what it is called → its text."""
    hit = made.passage(made.english, HIT)
    made.say("injured", None, count_low=1, group="people", judgement="One was seen in Quillhaven.")
    made.say("strikes", hit, count_low=2, reasoning="They say Quilhavn.")
    made.say("killed", hit, count_low=1, group="people", speaker=SpeakerFactory(name_en="Council of Quillhaven"))
    text_ar = "قُصفت البلدة المخفية."
    curation.add_sentence(made.incident, by=None, text_en="A mill was hit.", text_ar=text_ar, passages=[hit])
    return {
        "the judgement on “Injured": "Quillhaven",
        "the reason for “Number of strikes": "Quilhavn",
        "the name of the speaker “Council of Quillhaven”": "Quillhaven",
        "sentence 1 of the summary": "البلدة المخفية",
    }


def test_generalised_draft_that_tells_the_town_is_not_published(client: Client) -> None:
    """Each place is named to the editor, with the words; once they are gone, the edition has none of them."""
    made = struck()
    general(made)
    written = written_of_the_town(made)

    told = [one.message for one in curation.missing(made.incident) if one.key == "tells_town"]
    assert len(told) == len(written)
    for (where, words), message in zip(sorted(written.items()), sorted(told), strict=True):
        assert f"and {where}" in message
        assert f"“{words}”" in message
    with pytest.raises(NotReadyError):
        made.publish("Second.")
    client.force_login(person("Reviewer"), backend="django.contrib.auth.backends.ModelBackend")
    page = unescape(client.get(f"/admin/incidents/incident/{made.incident.pk}/publish/").content.decode())
    assert [message for message in told if message not in page] == []

    mended = made.incident.claims.filter(aspect__in=("injured", "strikes", "killed"))
    curation.remove_claims([(one, one.lock_version) for one in mended], by=None)
    made.incident.summary.all().delete()
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    with pytest.raises(InvalidError, match="the public note tells the town: “Quillhaven”, “Reedmarsh”"):
        made.publish("It was Quillhaven, not Reedmarsh.")
    stored = made.publish("Second.").content
    assert leaks(json.dumps(stored, ensure_ascii=False).encode()) == []


def test_generalised_place_that_is_shown_may_be_written_of() -> None:
    made = struck()
    general(made)
    written_of_the_town(made)
    curation.show_place(Facility.objects.get(pk=made.facility.pk), by=None, reason="It moved.")

    assert curation.missing(made.incident) == []
    made.publish("Second, of Quillhaven.")


def test_generalised_with_what_else_may_tell_is_said_to_the_editor(client: Client) -> None:
    """Another facility that is named, whose page tells where it is, and a report that only the summary quotes."""
    made = struck()
    inn = FacilityFactory(name_en="Red Inn", facility_type=made.type, place=made.place)
    made.say("facility", made.passage(made.english, HIT), facility=inn)
    told = TextVersionFactory(text="Quillhaven burned.", article__title="A report of the inn")
    quote = PassageFactory(text_version=told, exact="Quillhaven burned")
    curation.add_sentence(made.incident, by=None, text_en="The inn burned.", text_ar="احترق.", passages=[quote])
    made.publish("Second.")
    client.force_login(person("Reviewer"), backend="django.contrib.auth.backends.ModelBackend")
    publish = f"/admin/incidents/incident/{made.incident.pk}/publish/"

    before = client.get(f"/admin/desk/facilities/{made.facility.pk}/place/").content.decode()
    general(made)
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    after = client.get(publish).content.decode()

    for page in (before, after):
        assert f"/admin/desk/facilities/{inn.pk}/place/" in page
        assert f"/admin/archive/article/{told.article_id}/withhold/" in page
    Facility.objects.filter(pk=inn.pk).update(is_generalised=True)
    assert f"/admin/desk/facilities/{inn.pk}/place/" not in client.get(publish).content.decode()


def test_generalised_town_is_hidden_by_what_it_was_called_once(client: Client) -> None:
    """A name that only an older edition has, and that the gazetteer has no more."""
    made = struck()
    Place.objects.filter(pk=made.place.pk).update(name_en="Newhaven")
    made.say("injured", made.passage(made.english, HIT), count_low=1, group="people")
    made.publish("Once called Quillhaven.")
    made.say("killed", made.passage(made.english, HIT), count_low=1, group="people")
    general(made)

    assert client.get(f"/incidents/{made.incident.code}/v2.json").json()["note"].startswith("Once called [withheld")
    with pytest.raises(InvalidError, match="tells the town: “Quillhaven”"):
        made.publish("Once called Quillhaven.")


def test_generalised_facility_that_is_corrected_is_not_found_by_the_new_town(client: Client) -> None:
    made = FullIncident()
    made.place = town()
    made.facility = FacilityFactory(name_en="Quiet House", facility_type=made.type, place=made.place)
    elsewhere = PlaceFactory(name_en="Ashgrove", name_ar="الدردار", parent=made.place.parent)
    hit = made.passage(made.english, HIT)
    made.say_least()
    made.say("facility", hit, facility=made.facility)
    curation.add_sentence(made.incident, by=None, text_en="Ashgrove burned.", text_ar="احترقت الدردار.", passages=[hit])
    made.publish("First.")
    general(made)
    found = "/incidents.json?scope=any&q=Ashgrove"
    assert made.incident.code in client.get(found).getvalue().decode()
    client.force_login(person("Administrator"), backend="django.contrib.auth.backends.ModelBackend")
    made.facility.refresh_from_db()
    data = {"name_en": "Quiet House", "name_ar": "", "aliases": "", "note": "", "place": elsewhere.pk}
    data |= {"facility_type": made.facility.facility_type_id, "lock_version": made.facility.lock_version}

    assert client.post(f"/admin/incidents/facility/{made.facility.pk}/change/", data).status_code == 302
    assert made.incident.code not in client.get(found).getvalue().decode()
