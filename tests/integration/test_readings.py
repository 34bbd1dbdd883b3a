"""How what people type is read: places, days, names of facilities, synonyms; it is said, and never nothing."""

import re
from urllib.parse import quote

import pytest
from django.test import Client

from archive import search
from archive.lists.towns import likeliest
from archive.models import Place
from incidents.lists.incident_listing import listing_of
from incidents.models import Facility
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town, published, read_article, spell

pytestmark = pytest.mark.django_db


@pytest.fixture
def capital() -> Place:
    """A governorate and its capital of the same name."""
    town = gazetteer_town()
    district = PlaceFactory(pcode="SY0700", level=2, name_en="Idleb", parent=town.parent)
    city: Place = PlaceFactory(pcode="C3871", level=4, name_en="Idleb", name_ar="إدلب", parent=district)
    spell(district, "Idleb", "إدلب", "Idlib")
    spell(city, "Idleb", "إدلب", "Idlib")
    return city


@pytest.mark.parametrize("name", ["Idlib", "idleb", "إدلب", "ادلب"])
def test_name_of_a_governorate_and_its_capital_is_the_governorate(client: Client, capital: Place, name: str) -> None:
    here = published(places=[capital])

    response = client.get(f"/incidents/?town={quote(name)}")

    listing = response.context["listing"]
    assert [row.code for row in listing.page.rows] == [here.code]
    ((reading, choices),) = listing.readings
    assert reading.place.pcode == "SY07"
    assert "C3871" in [choice.place.pcode for choice in choices]
    assert 'href="?town=C3871"' in response.content.decode()
    link = client.get(f"/incidents.csv?town={quote(name)}").headers["Link"]
    assert "/towns/SY07/" in link


def test_whole_name_of_a_village_without_reports_offers_the_town_whose_name_begins_so(client: Client) -> None:
    town = gazetteer_town()
    village = PlaceFactory(pcode="C1038", name_en="Kafr", parent=town.parent)
    spell(village, "Kafr", "كفر")
    published(places=[town])

    listing = listing_of("town=Kafr")
    ((reading, choices),) = listing.readings
    assert reading.place == village
    assert [choice.place for choice in choices] == [town]
    assert "“<bdi>Kafr</bdi>” is read as" in client.get("/incidents/?town=Kafr").content.decode()
    published(places=[village])
    assert listing_of("town=Kafr").readings == []


def test_misspelt_name_is_read_by_likeness_and_said(client: Client) -> None:
    town = gazetteer_town()
    published(places=[town])

    page = client.get("/incidents/?town=Kafr+Nobil").content.decode()

    assert listing_of("town=Kafr+Nobil").count.number == 1
    assert "“<bdi>Kafr Nobil</bdi>” is read as" in page


@pytest.mark.parametrize("name", ["Edlib", "Idlb", "Edlb", "Idleeb", "ادلبب"])
def test_name_that_is_less_like_lists_the_likeliest_with_the_others_beside_it(
    client: Client, capital: Place, name: str
) -> None:
    here = published(places=[capital])

    response = client.get(f"/incidents/?town={quote(name)}")

    listing = response.context["listing"]
    assert [row.code for row in listing.page.rows] == [here.code]
    ((reading, choices),) = listing.readings
    assert (reading.value, reading.place.pcode) == (name, "SY07")
    assert {choice.place.pcode for choice in choices} == {"SY0700", "C3871"}
    assert 'href="?town=C3871"' in response.content.decode()
    for path in ("incidents.csv", "incidents.geojson", "articles.csv", "incidents.atom"):
        assert "/towns/SY07/" in client.get(f"/{path}?town={quote(name)}").headers["Link"], path
    assert client.get(f"/api/incidents/?town={quote(name)}").json()["count"] == 1


def test_name_that_is_less_like_is_no_place_of_which_nothing_is_told(client: Client, capital: Place) -> None:
    """“Paris” is as like “Barissa” as “Edlib” is like “Idlib”."""
    village = PlaceFactory(pcode="C3884", level=4, name_en="Barissa", parent=capital.parent)
    spell(village, "Barissa")

    listing = listing_of("town=Paris")
    assert "town" in listing.filters.problems
    assert [choice.place for choice in listing.choices] == [village]
    assert client.get("/incidents.csv?town=Paris").status_code == 400

    here = published(places=[village])
    listing = listing_of("town=Paris")
    assert [row.code for row in listing.page.rows] == [here.code]
    assert [reading.place for reading, _choices in listing.readings] == [village]


def test_of_names_that_are_about_as_like_the_one_that_is_told_of_is_meant(capital: Place) -> None:
    villages = [PlaceFactory(pcode=code, level=4, name_en="Barissa", parent=capital.parent) for code in ("C1", "C2")]
    for village in villages:
        spell(village, "Barissa")
    assert "town" in listing_of("town=Paris").filters.problems

    published(places=[villages[1]])

    ((reading, choices),) = listing_of("town=Paris").readings
    assert reading.place == villages[1]
    assert [choice.place for choice in choices] == [villages[0]]


@pytest.mark.parametrize("name", ["Nowhere at all", "جبل الزاوية", "Jabal al-Zawiya"])
def test_name_that_is_like_nothing_is_refused(client: Client, name: str) -> None:
    gazetteer_town()

    listing = listing_of(f"town={quote(name)}")

    assert "town" in listing.filters.problems
    assert listing.choices == []
    assert ("region" in listing.filters.problems["town"][0]) == (name != "Nowhere at all")


def test_likeliest_takes_the_first_without_a_governorate_around_it() -> None:
    one, other = PlaceFactory(pcode="C1", name_en="Twin"), PlaceFactory(pcode="C2", name_en="Twin")

    assert likeliest([one, other]) == one


def test_box_holds_the_name_of_a_code_and_tells_namesakes_apart(client: Client, capital: Place) -> None:
    assert listing_of("town=C4068").town_values == ["Kafr Nobol"]
    assert listing_of("town=c3871&town=Kafranbel").town_values == ["Idleb (C3871)", "Kafranbel"]
    assert listing_of(f"town={quote('Idleb (C3871)')}").filters.value("town") == [capital]
    assert 'value="Kafr Nobol"' in client.get("/incidents/?town=C4068").content.decode()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("25/11/2019", "2019-11-25", "2019-11-25"),
        ("٢٥/١١/٢٠١٩", "2019-11-25", "2019-11-25"),
        ("Nov 2019", "2019-11-01", "2019-11-30"),
        ("2019/11", "2019-11-01", "2019-11-30"),
        ("2019-1", "2019-01-01", "2019-01-31"),
        ("تشرين الثاني 2019", "2019-11-01", "2019-11-30"),
        ("نوفمبر ٢٠١٩", "2019-11-01", "2019-11-30"),
        ("3/4/2019", "2019-04-03", "2019-04-03"),
        ("25 November 2019", "2019-11-25", "2019-11-25"),
    ],
)
def test_days_are_read_as_people_write_them_and_it_is_said(client: Client, typed: str, first: str, last: str) -> None:
    page = client.get(f"/incidents/?from={quote(typed)}&to={quote(typed)}")

    filters = page.context["listing"].filters
    assert (str(filters.value("from")), str(filters.value("to"))) == (first, last)
    assert len(filters.notes()) == 2
    assert ("the day comes before the month" in filters.notes()[0]) == (typed == "3/4/2019")
    assert client.get(f"/incidents.csv?from={quote(typed)}").status_code == 200


@pytest.mark.parametrize("typed", ["about 2019", "2019/2020", "since 2019", "31/02/2019", "13/13/2019", "soon"])
def test_what_is_no_plain_day_is_refused(typed: str) -> None:
    assert "from" in listing_of(f"from={quote(typed)}").filters.problems


def test_iso_days_need_no_note() -> None:
    assert listing_of("from=2019-11&to=2020-01-02").filters.notes() == []


@pytest.mark.parametrize("path", ["/incidents/", "/map/", "/timeline/", "/articles/", "/ar/incidents/"])
def test_form_leads_to_a_clean_address(client: Client, path: str) -> None:
    response = client.get(f"{path}?q=&town=&from=2019&expand=yes&order=newest&x=1")

    assert response.status_code == 302
    assert response.headers["Location"] == f"{path}?from=2019&x=1"
    assert client.get(f"{path}?q=&town=").headers["Location"] == path


def test_address_without_blanks_stays(client: Client) -> None:
    assert client.get("/incidents/?scope=attack&from=2019").status_code == 200


@pytest.fixture
def hospital() -> Facility:
    kind = FacilityTypeFactory(slug="hospital", name_en="hospital", name_ar="مستشفى")
    town = gazetteer_town()
    hospital: Facility = FacilityFactory(
        name_en="Ibn Sina Hospital",
        name_ar="مستشفى ابن سينا",
        aliases=["Avicenna Hospital"],
        facility_type=kind,
        place=town,
    )
    published("Ibn Sina Hospital struck مستشفى ابن سينا", facilities=[hospital], places=[town])
    published("Another thing")
    return hospital


@pytest.mark.parametrize(
    "typed",
    ["Avicenna", "Avicenna Hospital", "avicenna kafranbel", "مشفى ابن سينا", '"مشفى ابن سينا"', "مستشفى ابن سينا"],
)
def test_facility_is_found_by_its_other_names_and_by_synonyms(hospital: Facility, typed: str) -> None:
    assert listing_of(f"q={quote(typed)}").count.number == (0 if "kafranbel" in typed else 1)


def test_other_names_are_said_and_can_be_turned_off(client: Client, hospital: Facility) -> None:
    page = client.get("/incidents/?q=Avicenna").content.decode()

    assert "“<bdi>Avicenna</bdi>” is read as <bdi>Ibn Sina Hospital</bdi>" in page
    assert listing_of("q=Avicenna&expand=no").count.number == 0
    assert listing_of(f"q={quote('مشفى ابن سينا')}&expand=no").count.number == 0


def test_new_alias_is_found_at_once(hospital: Facility) -> None:
    assert listing_of("q=Blue+House").count.number == 0

    hospital.aliases = [*hospital.aliases, "Blue House"]
    hospital.save()

    assert listing_of("q=Blue+House").count.number == 1


@pytest.mark.parametrize(
    "typed",
    [
        "Avicena",
        "avicenna hosptal",
        "Avicena Hospital",
        "Ibn Seena Hospital",
        "مشفى ابن سيناء",
        "struck Avicena",
    ],
)
def test_misspelt_facility_is_read_by_likeness_said_and_turned_off(
    client: Client, hospital: Facility, typed: str
) -> None:
    listing = listing_of(f"q={quote(typed)}")

    assert [row.title_en for row in listing.page.rows] == ["Ibn Sina Hospital struck مستشفى ابن سينا"]
    (guess,) = [one for one in listing.filters.query.expansions if one.is_guess]
    assert guess.place == "Ibn Sina Hospital"
    assert "it is read as <bdi>Ibn Sina Hospital</bdi>" in client.get(f"/incidents/?q={quote(typed)}").content.decode()
    assert listing_of(f"q={quote(typed)}&expand=no").filters.query.expansions == ()
    assert listing_of(f"q={quote(typed)}&expand=no").count.number == 0


@pytest.mark.parametrize(
    "typed", ["Rusian Armed Forces", "russian armd forces", "القوات المسلحه الروسيه", "Novorussk Wing"]
)
def test_misspelt_actor_is_read_by_likeness(client: Client, typed: str) -> None:
    actor = ActorFactory(
        name_en="Russian Armed Forces", name_ar="القوات المسلحة الروسية", aliases=["Novorossiysk Wing"], slug="russian"
    )
    here = published("Strike ascribed to the Russian Armed Forces القوات المسلحة الروسية", actors=[actor])
    published("Another thing")

    assert [row.code for row in listing_of(f"q={quote(typed)}").page.rows] == [here.code]


@pytest.mark.parametrize("typed", ['"Avicena"', "Avirana", "hosptal", "Avicenn school 1", "Vienna"])
def test_words_that_are_quoted_or_hardly_like_a_facility_are_not_read_as_one(hospital: Facility, typed: str) -> None:
    assert [one for one in listing_of(f"q={quote(typed)}").filters.query.expansions if one.is_guess] == []


def test_word_of_the_texts_is_no_misspelt_facility(hospital: Facility) -> None:
    for number in range(4):
        read_article(f"Report {number}", "They write Avicena here.")

    assert listing_of("q=Avicena").filters.query.expansions == ()


def test_facilities_that_are_as_like_are_offered_beside_it(client: Client, hospital: Facility) -> None:
    other = FacilityFactory(name_en="Avicenne Clinic", facility_type=hospital.facility_type, place=hospital.place)
    published("Avicenne Clinic", facilities=[other], places=[hospital.place])

    (guess,) = listing_of("q=Avicena").filters.query.expansions
    page = client.get("/incidents/?q=Avicena").content.decode()

    assert {guess.place, *guess.others} == {"Ibn Sina Hospital", "Avicenne Clinic"}
    assert f'href="?q={guess.others[0].replace(" ", "+")}"' in page


def test_misspelt_facility_is_found_by_its_telling_words_alone(hospital: Facility) -> None:
    here = published("Strike near the gates of Avicenna")

    assert here.code in [row.code for row in listing_of("q=Avicena").page.rows]


def test_misspelt_town_goes_before_the_facility_that_has_its_name(hospital: Facility) -> None:
    clinic = FacilityFactory(name_en="Kafranbel Clinic", facility_type=hospital.facility_type, place=hospital.place)
    published("Kafranbel Clinic struck", facilities=[clinic], places=[hospital.place])

    (guess,) = listing_of("q=Kafarnabel").filters.query.expansions

    assert (guess.place, guess.others) == ("Kafr Nobol", ("Kafranbel Clinic",))


def test_misspelt_name_of_what_is_not_published_is_not_told(client: Client, hospital: Facility) -> None:
    FacilityFactory(name_en="Quaggamire Shelter", aliases=["Hidden Cavern"], place=hospital.place)

    for typed in ("Quagamire", "Hiden Cavern"):
        assert listing_of(f"q={quote(typed)}").filters.query.expansions == ()


def test_facility_and_town_that_are_misspelt_are_both_read(hospital: Facility) -> None:
    listing = listing_of("q=Avicena+Kafarnabel")

    assert {one.place for one in listing.filters.query.expansions if one.is_guess} == {
        "Ibn Sina Hospital",
        "Kafr Nobol",
    }


def test_names_of_what_is_not_published_are_not_told(client: Client, hospital: Facility) -> None:
    FacilityFactory(name_en="Secret Shelter", aliases=["Hidden Cave"], place=hospital.place)

    assert "Secret" not in client.get("/incidents/?q=Hidden+Cave").content.decode()


def test_kind_or_town_alone_is_no_name_of_a_facility(hospital: Facility) -> None:
    assert listing_of("q=hospital").filters.query.expansions == ()


def test_synonyms_hold_in_reports(hospital: Facility) -> None:
    read_article("تقرير", "قُصف مستشفى الروضة أمس.")

    (reports,) = [one for one in listing_of(f"q={quote('مشفى الروضة')}").beside if one.view == "articles"]

    assert reports.number == 1


WRITTEN = ["airstrike", "airstrikes", "Air strike", "air strikes", "air-strike", '"air strike"', '"airstrikes"']


@pytest.mark.parametrize("typed", WRITTEN)
@pytest.mark.parametrize("said", ["An airstrike", "Airstrikes", "An air strike", "Air strikes", "An air-strike"])
def test_compound_is_found_as_one_word_or_two_and_marked_as_it_stands(db, typed: str, said: str) -> None:
    text = f"{said} hit the mill."
    read_article("A report", text)

    (reports,) = [one for one in listing_of(f"q={quote(typed + ' mill')}").beside if one.view == "articles"]
    (found,) = search.parse(typed).spans([text])
    marked = {index for start, end in found for index in range(start, end)}
    compound = said.removeprefix("An ")

    assert reports.number == 1
    assert "".join(text[index] for index in sorted(marked) if text[index].isalpha()) == re.sub(
        "[^A-Za-z]", "", compound
    )


def test_compound_holds_in_phrases_after_a_minus_and_not_where_turned_off() -> None:
    parse = search.parse

    assert "'air' <1> 'strike' <1> 'mill'" in parse('"airstrike mill"').wanted
    assert "'airstrik' <1> 'mill'" in parse('"air strike mill"').wanted
    assert "'mill' <1> 'airstrik'" in parse('"mill air strikes"').wanted
    assert "'air' <1> 'strike'" in parse("mill -airstrike").excluded
    assert "'air'" not in parse("airstrike", expand=False).wanted
    assert "'airstrik'" not in parse("air raid strike").wanted
