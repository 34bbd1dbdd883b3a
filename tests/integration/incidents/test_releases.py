"""Releases: whole or absent, never changed, and closed by what has been withheld since."""

import copy
import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from archive import intake
from archive.depot.folder import CapturesFolder
from archive.models import Article, Source
from incidents import curation
from incidents.models import Release
from incidents.releases import keeping, making
from tests.factories.archive import PlaceFactory
from tests.factories.captured import captures_in
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.generalised import town
from tests.factories.incidents import FacilityFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path):
    with captures_in(tmp_path / "captures") as folder:
        yield folder


@pytest.fixture(scope="module")
def kept(make_once: MakeOnce) -> FullIncident:
    return make_once(tell)


@pytest.fixture
def told(kept: FullIncident) -> FullIncident:
    return copy.deepcopy(kept)


def tell() -> FullIncident:
    made = FullIncident()
    made.place = town()
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    made.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    made.publish("First.")
    return made


def bytes_of(client, release: Release, name: str) -> bytes:
    response = client.get(f"/data/releases/{release.name}/{name}")
    assert response.status_code == 200, response.content
    return response.getvalue()


def status_of(client, release: Release) -> int:
    response = client.get(f"/data/releases/{release.name}/incidents.csv")
    if response.streaming:
        response.getvalue()
    return response.status_code


def test_files_are_those_of_the_checksums(client, told) -> None:
    release = making.make(note="The first one.")

    whole = zipfile.ZipFile(io.BytesIO(bytes_of(client, release, release.archive["name"])))
    inside = {Path(name).name: whole.read(name) for name in whole.namelist()}
    sums = dict(reversed(line.split("  ")) for line in inside["sha256sums.txt"].decode().splitlines())

    assert whole.testzip() is None
    assert set(sums) == set(inside) - {"sha256sums.txt"}
    assert set(inside) == {file["name"] for file in release.files}
    for file in release.files:
        raw = bytes_of(client, release, file["name"])
        assert raw == inside[file["name"]]
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (file["size"], file["sha256"])
        assert sums.get(file["name"], file["sha256"]) == file["sha256"]
    described = json.loads(inside["datapackage.json"])
    assert described["version"] == release.name
    assert {one["hash"].removeprefix("sha256:") for one in described["resources"]} <= set(sums.values())


def test_counts_and_differences_are_told(client, told) -> None:
    first = making.make()
    told.say("killed", told.passage(told.english, HIT), count_low=1, group="people")
    told.publish("Second.")
    other = FullIncident()
    other.say_least()
    other.publish("Another.")

    second = making.make()

    day = f"{timezone.now():%Y-%m-%d}"
    assert (first.name, second.name) == (day, f"{day}-2")
    assert (first.counts["incidents"], second.counts["incidents"]) == (1, 2)
    assert second.differences["incidents"] == {"added": 1, "changed": 1, "removed": 0}
    page = client.get("/about/data/releases/").content.decode()
    assert page.index(second.name) < page.index(f">{first.name}<")
    assert "1 new, 1 changed, 0 gone" in page
    assert second.archive["sha256"] in page


def test_release_stays_when_an_incident_changes_or_is_withdrawn(client, told) -> None:
    release = making.make()
    before = bytes_of(client, release, "incidents.csv")
    curation.withdraw(told.incident, by=None, reason="It was another day’s.")

    assert bytes_of(client, release, "incidents.csv") == before
    assert making.make().differences["incidents"] == {"added": 0, "changed": 0, "removed": 1}


def withhold_report(told: FullIncident) -> None:
    Article.objects.filter(pk=told.english.article_id).update(visibility="withheld", visibility_reason="Asked for.")


def withhold_words(told: FullIncident) -> None:
    intake.withhold([told.english.article], words="Old Mill", kind="witness", reason="A name.", by=None)


def generalise(told: FullIncident) -> None:
    curation.generalise_place(told.facility, by=None, reason="Threatened.")


def refuse_words(told: FullIncident) -> None:
    Source.objects.filter(pk=told.english.article.source_id).update(text_policy="reference")


def embargo(told: FullIncident) -> None:
    Article.objects.filter(pk=told.english.article_id).update(
        visibility="embargoed", visibility_reason="For a week.", public_from=timezone.now().date() + timedelta(days=7)
    )


@pytest.mark.parametrize("hide", [withhold_report, withhold_words, generalise, refuse_words, embargo])
def test_what_is_withheld_later_closes_a_release_and_not_the_next(client, told, hide) -> None:
    release = making.make()
    assert status_of(client, release) == 200

    hide(told)

    for file in [release.archive, *release.files]:
        response = client.get(f"/data/releases/{release.name}/{file['name']}")
        assert response.status_code == 410
        assert "no-store" in response["Cache-Control"]
    page = client.get(f"/about/data/releases/{release.name}/").content.decode()
    assert release.files[0]["sha256"] in page
    assert "can no longer be downloaded" in page
    assert f'href="/data/releases/{release.name}/' not in page
    assert "no longer to be downloaded" in client.get("/about/data/releases/").content.decode()
    assert status_of(client, making.make()) == 200


def test_what_is_shown_again_opens_a_release_again(client, told) -> None:
    release = making.make()
    facility = curation.generalise_place(told.facility, by=None, reason="Threatened.")
    assert status_of(client, release) == 410

    curation.show_place(facility, by=None, reason="The threat is over.")

    assert status_of(client, release) == 200


def test_what_came_later_or_was_withheld_before_closes_nothing(client, told) -> None:
    refuse_words(told)
    withhold_words(told)
    generalise(told)
    release = making.make()
    later = FullIncident()
    later.place = PlaceFactory(pcode="C9999", name_en="Elsewhere")
    later.facility = FacilityFactory(name_en="New Mill", facility_type=later.type, place=later.place)
    later.say_least()
    later.say("facility", later.passage(later.english, HIT), facility=later.facility)
    later.publish("Later.")
    withhold_report(later)
    generalise(later)

    assert status_of(client, release) == 200


def test_nothing_of_what_was_withheld_before_is_in_a_release(client, told) -> None:
    generalise(told)
    release = making.make()

    for file in release.files:
        if file["name"] not in ("places.csv",):  # the gazetteer names every town
            assert b"Quillhaven" not in bytes_of(client, release, file["name"]), file["name"]


def test_release_cannot_be_changed_nor_taken_away(told) -> None:
    release = making.make()

    for change in (lambda: Release.objects.update(note="Other."), release.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_failure_leaves_nothing(told, folder, monkeypatch) -> None:
    saved = []
    save = CapturesFolder._save

    def fail(self, name, content):
        saved.append(name)
        if len(saved) > 4:
            raise OSError(28, "No space left on device")
        return save(self, name, content)

    monkeypatch.setattr(CapturesFolder, "_save", fail)

    with pytest.raises(CommandError, match="No release was made"):
        call_command("make_release")

    assert not Release.objects.exists()
    assert keeping.folders() == []


def test_files_of_a_killed_one_are_removed_by_the_next(told, folder) -> None:
    left = folder / "releases" / "0123456789abcdef"
    left.mkdir(parents=True)
    (left / "incidents.csv").write_text("half")

    release = making.make()

    assert keeping.folders() == [release.folder]


def test_bytes_that_are_gone_are_told_plainly(client, told, folder) -> None:
    release = making.make()
    (folder / "releases" / release.folder / "incidents.csv").unlink()

    response = client.get(f"/data/releases/{release.name}/incidents.csv")

    assert (response.status_code, response["Content-Type"]) == (503, "text/plain; charset=utf-8")


@pytest.mark.parametrize("path", ["2020-01-01/incidents.csv", "{}/nothing.csv", "{}/..%2f..%2fx", "{}/%00", "x/y"])
def test_files_that_are_not_there_are_404(client, told, path) -> None:
    release = making.make()

    assert client.get("/data/releases/" + path.format(release.name)).status_code == 404


def test_who_has_a_file_is_told_so(client, told) -> None:
    release = making.make()
    address = f"/data/releases/{release.name}/claims.csv"
    first = client.get(address)
    first.getvalue()

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.head(address)["Content-Length"] == first["Content-Length"]
    assert first["Content-Disposition"] == 'attachment; filename="claims.csv"'


def test_metadata_have_what_registries_require(client, told, settings) -> None:
    settings.DOI_PREFIX, settings.SITE_URL = "10.1234/attacks", "https://archive.example"
    making.make()
    release = making.make()

    said = json.loads(bytes_of(client, release, "datacite.json"))
    cited = yaml.safe_load(bytes_of(client, release, "CITATION.cff"))

    assert said["doi"] == f"10.1234/attacks.{release.name}"
    for required in ("creators", "titles", "publisher", "publicationYear", "types", "url", "schemaVersion"):
        assert said[required]
    assert said["types"]["resourceTypeGeneral"] == "Dataset"
    assert re.fullmatch(r"\d{4}", said["publicationYear"])
    assert said["relatedIdentifiers"][0]["relationType"] == "IsNewVersionOf"
    assert said["url"] == f"https://archive.example/about/data/releases/{release.name}/"
    assert (cited["cff-version"], cited["type"], cited["doi"]) == ("1.2.0", "dataset", said["doi"])
    assert (cited["version"], cited["date-released"]) == (release.name, date.fromisoformat(release.name[:10]))
    assert {"message", "title", "authors"} <= set(cited)


def test_metadata_without_a_doi(client, told) -> None:
    said = json.loads(bytes_of(client, making.make(), "datacite.json"))

    assert "doi" not in said
    assert said["identifiers"] == []


def test_note_that_no_text_has_is_refused(told) -> None:
    with pytest.raises(CommandError):
        call_command("make_release", note="a\x00b")
    assert not Release.objects.exists()


def test_hostile_note_is_text(client, told) -> None:
    making.make(note="<script>alert(1)</script> \u202eabc")

    assert "<script>alert" not in client.get("/about/data/releases/").content.decode()


def test_pages_are_in_arabic_too(client, told) -> None:
    release = making.make()

    for path in ("/ar/about/data/releases/", f"/ar/about/data/releases/{release.name}/"):
        assert 'dir="rtl"' in client.get(path).content.decode()


def test_list_of_releases_costs_the_same_however_many(client, told, django_assert_max_num_queries) -> None:
    for _time in range(3):
        making.make()

    with django_assert_max_num_queries(6):
        client.get("/about/data/releases/")


def test_two_at_once_are_one(told) -> None:
    second = connection.copy()
    try:
        with second.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [making.LOCK])
        with pytest.raises(CommandError, match="Another release is being made"):
            call_command("make_release")
    finally:
        second.rollback()
        second.close()

    call_command("make_release")
    assert Release.objects.count() == 1
    call_command("make_release", "--only-first")
    assert Release.objects.count() == 1


# The data of today


def test_whole_data_set_is_that_of_a_release(client, told) -> None:
    release = making.make()

    response = client.get("/data/current.zip")

    bag = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    inside = {Path(name).name: bag.read(name) for name in bag.namelist()}
    assert "no-store" in response["Cache-Control"]
    for name, raw in inside.items():
        if name.endswith(".csv"):
            assert raw == bytes_of(client, release, name), name
    for resource in json.loads(inside["datapackage.json"])["resources"]:
        assert resource["hash"] == f"sha256:{hashlib.sha256(inside[resource['path']]).hexdigest()}"
        assert resource["bytes"] == len(inside[resource["path"]])
    assert len(list(csv.reader(io.StringIO(inside["incidents.csv"].decode())))) == 2
