"""Places by their spellings: loaded, resolved, found in texts, expanded in queries."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import gazetteer
from archive.gazetteer.gazetteer_file import GazetteerError
from archive.gazetteer.index import everything
from archive.gazetteer.storing import load
from archive.models import GazetteerFile, Place, PlaceName
from archive.terms import Level
from tests.factories import gazetteer as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    file = factory.write(tmp_path / "places.jsonl")
    load(file)
    return file


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_load_stores_places_below_their_units(loaded: Path) -> None:
    town = Place.objects.get(pcode="C4068")
    above = list(Place.objects.in_bulk(town.ancestors).values())
    assert [Place.objects.get(pk=pk).pcode for pk in town.ancestors] == ["SY", "SY07", "SY0702", "SY070203"]
    assert town.parent in above
    assert Place.objects.count() == len(factory.places())
    assert PlaceName.objects.filter(place=town, is_official=True).count() == 2


def test_load_again_changes_nothing(loaded: Path) -> None:
    before = list(PlaceName.objects.order_by("id").values()), list(Place.objects.order_by("id").values())
    assert load(loaded)[3:] == (0, 0, 0)
    assert load(loaded, again=True)[3:] == (0, 0, 0)
    assert (list(PlaceName.objects.order_by("id").values()), list(Place.objects.order_by("id").values())) == before


def test_load_accepts_a_place_before_its_unit(tmp_path: Path) -> None:
    load(factory.write(tmp_path / "reversed.jsonl", factory.places()[::-1]))
    assert len(Place.objects.get(pcode="N0123").ancestors) == 5


def test_load_of_a_newer_file_mends_what_differs_and_keeps_what_editors_added(loaded: Path) -> None:
    town = Place.objects.get(pcode="C4068")
    added = PlaceName.objects.create(
        place=town, name="Kefr Enbel", folded="kefrenbel", skeleton="kfrnbl", script="Latn", source="editor"
    )
    lines = factory.places()
    line = next(line for line in lines if line["pcode"] == "C4068")
    line["lat"] = 35.6
    line["names"] = [*line["names"][:2], ["Kafr Nubl", "ceb", "wof", "exact"]]
    result = load(factory.write(loaded, lines))
    town.refresh_from_db()
    assert result[3:] == (1, 1, 2)
    assert town.lat == 35.6
    assert set(town.names.values_list("name", flat=True)) == {"Kafr Nobol", "كفر نبل", "Kafr Nubl", added.name}


def test_load_refuses_a_broken_file_whole(tmp_path: Path) -> None:
    lines = factory.places()
    lines[5]["level"] = "planet"
    with pytest.raises(GazetteerError, match="line 6"):
        load(factory.write(tmp_path / "broken.jsonl", lines))
    assert not Place.objects.exists()


@pytest.mark.parametrize("parent", ["SY99", "C4058"])
def test_load_refuses_a_parent_that_is_no_larger_unit(tmp_path: Path, parent: str) -> None:
    lines = factory.places()
    next(line for line in lines if line["pcode"] == "C4068")["parent"] = parent
    with pytest.raises(GazetteerError, match=f"C4068 lies in {parent}"):
        load(factory.write(tmp_path / "broken.jsonl", lines))
    assert not Place.objects.exists()
    assert not GazetteerFile.objects.exists()


@pytest.mark.parametrize("change", [{"parent": "SY0702"}, {"level": "neighbourhood"}])
def test_load_refuses_to_move_a_place_in_the_tree(loaded: Path, change: dict[str, str]) -> None:
    before = list(Place.objects.order_by("id").values())
    lines = factory.places()
    next(line for line in lines if line["pcode"] == "C4068").update(change)

    with pytest.raises(GazetteerError, match="C4068 lies in SY070203 and stays there"):
        load(factory.write(loaded, lines))

    assert list(Place.objects.order_by("id").values()) == before


def test_load_gazetteer_reports_each_file_and_fails_for_a_broken_one(loaded: Path, tmp_path: Path) -> None:
    assert run("load_gazetteer", str(loaded)) == "places.jsonl: 28 places, 72 names: nothing to change.\n"
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}")
    with pytest.raises(CommandError, match="1 of 2 files were refused") as failure:
        run("load_gazetteer", str(loaded), str(broken))
    assert failure.value.returncode == 1
    with pytest.raises(CommandError, match="There is no file") as failure:
        run("load_gazetteer", str(tmp_path / "missing.jsonl"))
    assert failure.value.returncode == 2


def test_load_gazetteer_loads_the_project_s_own_file() -> None:
    run("load_gazetteer")
    counts = {level: Place.objects.filter(level=level).count() for level in Level}
    assert list(counts.values()) == [1, 14, 62, 272, 7593, 414]
    assert PlaceName.objects.filter(place__level=Level.COMMUNITY).count() >= 43_699
    for spelling in ("Kafranbel", "Kafr Nabl", "kafr nobol", "كفرنبل", "كفر نبل"):
        answer = gazetteer.resolve(spelling)
        assert (answer.matches[0].place.pcode, answer.is_certain) == ("C4068", True)
    for spelling in ("المعرة", "معرة النعمان", "Maarat al-Numan"):
        assert gazetteer.resolve(spelling).matches[0].place.pcode == "C3985", spelling


@pytest.mark.shared
def test_resolve_and_find_mentions_know_every_place_of_the_seeds(shared: Path) -> None:
    run("load_gazetteer")
    with (shared / "data" / "gazetteer" / "seed_places.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["expected_pcode"]]
    assert len(rows) > 15
    for row in rows:
        answer = gazetteer.resolve(row["mention"])
        assert answer.matches[0].place.pcode == row["expected_pcode"], row["mention"]
    for seed in {row["seed"] for row in rows}:
        (file,) = (shared / "seeds").glob(f"{seed}_*.txt")
        spans = everything().finder.find(file.read_text(encoding="utf-8"))
        best = {span.candidates[0].pcode for span in spans}
        assert {row["expected_pcode"] for row in rows if row["seed"] == seed} <= best
        assert "C5728" not in best


def test_resolve_answers_known_spellings_in_few_queries(loaded: Path) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = gazetteer.resolve("Idlib")
    assert [match.place.pcode for match in answer.matches] == ["C3871", "SY07", "SY0700", "SY070000"]
    assert not answer.is_certain
    assert len(queries) <= 9


def test_resolve_takes_a_pcode_in_any_case(loaded: Path) -> None:
    answer = gazetteer.resolve("c4068")
    assert ([match.place.pcode for match in answer.matches], answer.is_certain) == (["C4068"], True)


def test_resolve_notices_a_spelling_that_was_added(loaded: Path) -> None:
    assert all(match.score < 0.9 for match in gazetteer.resolve("Little Cairo").matches)
    PlaceName.objects.create(
        place=Place.objects.get(pcode="C4058"),
        name="Little Cairo",
        folded="littlecairo",
        skeleton="ltlkr",
        script="Latn",
    )
    assert gazetteer.resolve("little cairo").is_certain
    assert gazetteer.resolve("Litle Cairo").matches[0].place.pcode == "C4058"


@pytest.mark.parametrize("query", ["", "\x00", "x" * 5_000, "%", "'", "…"])
def test_resolve_never_fails(loaded: Path, query: str) -> None:
    assert not gazetteer.resolve(query).is_certain


def test_resolve_without_a_gazetteer_finds_nothing() -> None:
    assert gazetteer.resolve("Idlib").matches == []
    assert everything().finder.find("In Idlib") == []
    assert gazetteer.expansions("Idlib") == []


def test_resolve_command_prints_a_line_for_each_name(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected: dict[str, Any] = {
        "query": "Kafranbel",
        "candidates": [
            {"pcode": "C4068", "name_en": "Kafr Nobol", "name_ar": "كفر نبل", "level": "community", "score": 0.97}
        ],
        "certain": True,
    }
    first, second = run("resolve", "Kafranbel", "كفرنبل").splitlines()
    assert json.loads(first) == expected
    assert "كفرنبل" in second
    typed = io.TextIOWrapper(io.BytesIO("\ufeffKafranbel\r\n\nHass\n".encode()))
    monkeypatch.setattr("sys.stdin", typed)
    lines = [json.loads(line) for line in run("resolve", "-").splitlines()]
    assert lines[0] == expected
    assert [line["query"] for line in lines] == ["Kafranbel", "", "Hass"]


def test_resolve_command_refuses_names_beside_standard_input() -> None:
    with pytest.raises(CommandError) as failure:
        run("resolve", "-", "Idlib")
    assert failure.value.returncode == 2


def test_find_mentions_gives_places_and_spans(loaded: Path) -> None:
    (span,) = everything().finder.find("A school in Kafr Nabl opened.")
    assert (span.start, span.end, span.exact) == (12, 21, "Kafr Nabl")
    assert span.candidates[0].place_id == Place.objects.get(pcode="C4068").pk


def test_expansions_give_the_other_spellings_of_the_longest_name(loaded: Path) -> None:
    query = "hospital in kafr nabl"
    (expansion,) = gazetteer.expansions(query)
    assert query[expansion.start : expansion.end] == expansion.typed == "kafr nabl"
    assert [place.pcode for place in expansion.places] == ["C4068", "SY070203"]
    assert expansion.spellings == ("Kafr Nobol", "كفر نبل", "Kafranbel")


def test_expansions_of_a_shared_name_keep_to_how_it_sounds(loaded: Path) -> None:
    PlaceName.objects.create(
        place=Place.objects.get(pcode="C4541"),
        name="Old Mill",
        folded="oldmill",
        skeleton="ldml",
        script="Latn",
        language="en",
        quality="exact",
    )
    (expansion,) = gazetteer.expansions("Salhiyeh")
    assert expansion.spellings == ("الصالحية",)


@pytest.mark.parametrize("query", ["", "hospital", "غوطة", "Syria", "a\x00b", '"', "x " * 2_000])
def test_expansions_leave_other_words_alone(loaded: Path, query: str) -> None:
    assert gazetteer.expansions(query) == []


def test_expansions_ask_a_constant_number_of_queries(loaded: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(gazetteer.expansions("Idlib Aleppo Kafranbel Hass Raqqa")) == 5
    assert len(queries) <= 5
