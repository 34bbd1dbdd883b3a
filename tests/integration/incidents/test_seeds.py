"""The five real reports, curated: what their incidents say once published. Reads the texts beside the repository."""

import copy
import csv
import datetime
import json
import pathlib

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange

from archive.models import Article, Place
from incidents import curation_files
from incidents.models import Incident, PublishedIncident
from tests.factories.archive import CountryFactory, PlaceFactory
from tests.kept_rows import MakeOnce

FILE = pathlib.Path(__file__).resolve().parents[3] / "fixtures" / "curation" / "seeds.json"

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def load(shared: pathlib.Path) -> dict[str, Incident]:
    """The incidents by their keys in the file."""
    call_command("import_articles", shared / "seeds")
    governorates = {
        code: PlaceFactory(pcode=code, level=1, parent=CountryFactory()) for code in ("SY05", "SY07", "SY02")
    }
    with (shared / "data" / "gazetteer" / "seed_places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["expected_pcode"].startswith("C"):
                above = governorates["SY02" if row["mention"] == "Aleppo" else "SY07"]
                PlaceFactory(pcode=row["expected_pcode"], name_en=row["cod_name_en"], parent=above)
    call_command("load_vocabularies", stdout=None, verbosity=0)
    return curation_files.load(json.loads(FILE.read_text(encoding="utf-8")), name="seeds", by=None).added


@pytest.fixture(scope="module")
def kept_seeds(shared: pathlib.Path, make_once: MakeOnce) -> dict[str, Incident]:
    return make_once(lambda: load(shared))


@pytest.fixture
def seeds(kept_seeds: dict[str, Incident]) -> dict[str, Incident]:
    return copy.deepcopy(kept_seeds)


def at(pcode: str) -> list[str]:
    """Keys of the published attacks at a place or below it."""
    place = Place.objects.get(pcode=pcode)
    rows = PublishedIncident.objects.published().filter(place_ids__contains=[place.pk], scope="attack")
    return sorted(rows.values_list("incident__identifiers__value", flat=True))


def within(lookup: str) -> list[str]:
    """Keys of what is published of Idlib from 25 to 27 November 2019."""
    days = DateRange(datetime.date(2019, 11, 25), datetime.date(2019, 11, 27), "[]")
    idlib = Place.objects.get(pcode="SY07").pk
    rows = PublishedIncident.objects.published().filter(place_ids__contains=[idlib], **{f"occurred__{lookup}": days})
    return sorted(rows.values_list("incident__identifiers__value", flat=True))


def test_seeds_are_all_published(seeds: dict[str, Incident]) -> None:
    tallies = PublishedIncident.objects.filter(scope="tally").values_list("killed_low", flat=True)

    assert PublishedIncident.objects.published().count() == len(seeds) == 22
    assert sorted(tallies, key=str) == [137, 1378, 544, 90, None, None]
    assert [str(day) for day in Article.objects.order_by("pk").values_list("published_on", flat=True)] == [
        "2019-11-28",
        "2019-07-06",
        "2017-10-01",
        "2016-05-31",
        "2024-12-02",
    ]


def test_seeds_are_found_by_place_and_date(seeds: dict[str, Incident]) -> None:
    certain = [
        "kafranbel-rawda-hospital-2019-11-27",
        "kansafra-kiwan-amal-hospitals-2019-11-25",
        "southern-idlib-strikes-2019-11-27",
    ]
    possible = [
        "idlib-civilians-killed-november-2019",
        "idlib-hospitals-and-clinics-since-april-2019",
        "idlib-hospitals-out-of-use-november-2019",
    ]

    assert at("C4068") == [
        "kafranbel-air-strikes-2019-05-20",
        "kafranbel-hospital-2019-07-04",
        "kafranbel-missiles-2016-05-31",
        "kafranbel-rawda-hospital-2019-11-27",
    ]
    assert within("contained_by") == certain
    assert within("overlap") == sorted(possible + certain)


def test_seeds_contradictions_stand(seeds: dict[str, Incident]) -> None:
    kansafra = seeds["kansafra-kiwan-amal-hospitals-2019-11-25"].editions.get().content
    content = seeds["idlib-hospitals-2016-05-30"].editions.get().content

    assert sorted(actor["slug"] for actor in kansafra["actors"] if actor["asserted"]) == [
        "russian-armed-forces",
        "syrian-government-forces",
    ]
    assert {
        (claim["speaker"]["slug"], claim["value"]["group"], claim["value"]["low"], claim["value"]["high"])
        for claim in content["claims"]
        if claim["aspect"] == "killed" and claim["speaker"]
    } == {
        ("turkish-foreign-ministry", "civilians", 60, None),
        ("local-sources", "civilians", 60, None),
        ("sohr", "people", 23, 23),
        ("sohr", "children", 7, 7),
    }
    assert content["killed"]["contested"]
    russia = next(actor for actor in content["actors"] if actor["slug"] == "russian-armed-forces")
    assert (russia["disputed"], russia["denied_by"][0]["slug"]) == (True, "russian-defence-ministry")
    assert [facility["name_en"] for facility in content["facilities"]] == [
        "Idlib National Hospital",
        "Ibn Sina Hospital",
    ]


def test_seeds_file_holds_no_words_of_the_reports(shared: pathlib.Path) -> None:
    """Eight words in a row of a report would be a quote; names of organisations are shorter."""
    curated = " ".join(FILE.read_text(encoding="utf-8").lower().split())
    for path in (shared / "seeds").glob("*.txt"):
        words = path.read_text(encoding="utf-8").lower().split()
        runs = (" ".join(words[n : n + 8]) for n in range(len(words) - 7))
        assert [run for run in runs if run in curated] == []
