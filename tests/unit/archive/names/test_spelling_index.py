from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.spelling_index import SpellingIndex, query_keys
from archive.names.surroundings import Context
from tests.factories import gazetteer


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SpellingIndex:
    return gazetteer.index(tmp_path_factory.mktemp("gazetteer"))


def pcodes(index: SpellingIndex, query: str) -> list[str]:
    return [candidate.pcode for candidate in index.resolve(query).candidates]


@pytest.mark.parametrize(
    "spelling", ["Kafranbel", "Kafr Nabl", "kafr nobol", "كفرنبل", "كفر نبل", "KAFR-NABL", "al-Kafr Nabl", "kafr nābl"]
)
def test_resolve_finds_one_place_in_every_spelling(index: SpellingIndex, spelling: str) -> None:
    resolution = index.resolve(spelling)
    assert resolution.candidates[0].pcode == "C4068"
    assert resolution.is_certain


def test_resolve_puts_a_city_before_its_governorate_and_is_not_certain(index: SpellingIndex) -> None:
    resolution = index.resolve("Idlib")
    assert [candidate.pcode for candidate in resolution.candidates][:2] == ["C3871", "SY07"]
    assert not resolution.is_certain


@pytest.mark.parametrize(
    ("query", "pcode"),
    [
        ("Idlib province", "SY07"),
        ("southern Idlib", "SY07"),
        ("محافظة إدلب", "SY07"),
        ("Idlib city", "C3871"),
        ("مدينة إدلب", "C3871"),
        ("Damascus countryside", "SY03"),
        ("ريف دمشق", "SY03"),
        ("ريف حلب", "SY02"),
        ("Raqqa governorate", "SY11"),
        ("Kafr Nobol subdistrict", "SY070203"),
        ("Douma", "C2338"),
        ("حي الشيخ مقصود", "N0123"),
        ("Syria", "SY"),
    ],
)
def test_resolve_is_certain_of_the_level_that_is_named(index: SpellingIndex, query: str, pcode: str) -> None:
    resolution = index.resolve(query)
    assert resolution.candidates[0].pcode == pcode
    assert resolution.is_certain


def test_resolve_lists_villages_of_one_name_without_choosing(index: SpellingIndex) -> None:
    resolution = index.resolve("Salhiyeh")
    assert {candidate.pcode for candidate in resolution.candidates} == {"C4192", "C4541"}
    assert not resolution.is_certain


def test_resolve_is_not_certain_when_the_named_level_is_missing(index: SpellingIndex) -> None:
    resolution = index.resolve("Kafranbel governorate")
    assert resolution.candidates[0].pcode == "C4068"
    assert not resolution.is_certain


@pytest.mark.parametrize("query", ["Kafar Nobel", "Saraqibb", "كفر نبال", "Aleppoo"])
def test_resolve_answers_an_unknown_spelling_by_likeness_and_is_never_certain(index: SpellingIndex, query: str) -> None:
    resolution = index.resolve(query)
    assert resolution.candidates
    assert resolution.candidates[0].score < 0.97
    assert not resolution.is_certain


def test_resolve_finds_the_likeliest_first(index: SpellingIndex) -> None:
    assert pcodes(index, "Kafar Nobel")[0] == "C4068"
    assert pcodes(index, "Sarakib")[0] == "C3916"


def test_resolve_of_a_run_together_name_finds_the_article_inside(index: SpellingIndex) -> None:
    assert pcodes(index, "Arraqqa")[0] == "C5710"
    assert pcodes(index, "الغوطه") == ["C5728"]


@pytest.mark.parametrize("query", ["", " ", "!?", "\u200f", "ـ"])
def test_resolve_of_nothing_finds_nothing(index: SpellingIndex, query: str) -> None:
    assert index.resolve(query) == ([], False)


def test_rank_is_not_certain_of_a_spelling_tied_by_likeness_alone(tmp_path: Path) -> None:
    lines = gazetteer.places()
    lines[-3]["names"].append(["Tellul", "und", "wof", "fuzzy"])
    lines[-3]["names"].append(["Salhieh", "und", "wof", "fuzzy"])
    index = gazetteer.index_of(gazetteer.read(gazetteer.write(tmp_path / "places.jsonl", lines)))
    assert pcodes(index, "Tellul") == ["C4192"]
    assert not index.resolve("Tellul").is_certain
    answer = index.resolve("Salhieh")  # it sounds like the official name, but another place's sounds so too
    assert [one.pcode for one in answer.candidates] == ["C4192", "C4541"]
    assert not answer.is_certain


@given(st.text(max_size=30))
def test_resolve_never_raises_and_scores_fall(index: SpellingIndex, query: str) -> None:
    candidates = index.resolve(query).candidates
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({candidate.pcode for candidate in candidates}) == len(candidates) <= 5


@pytest.mark.parametrize("query", ["Idlib province", "ريف دمشق", "Douma", "Arraqqa"])
def test_query_keys_hold_what_resolve_looks_for(index: SpellingIndex, query: str) -> None:
    wanted = {i for key in query_keys(query) for i in index.by_key.get(key, {})}
    assert {candidate.place_id for candidate in index.resolve(query).candidates} <= wanted


def test_resolve_of_few_consonants_is_like_nothing_much(index: SpellingIndex) -> None:
    assert all(candidate.score < 0.75 for candidate in index.resolve("Xyzzy").candidates)


def test_resolve_offers_the_town_before_the_unit_that_alone_has_the_spelling(tmp_path: Path) -> None:
    lines = gazetteer.places()
    for line in lines:
        if line["pcode"] == "SY070203":
            line["names"].append(["Kafr Nuboul", "en", "open-syria", "exact"])
    index = gazetteer.index_of(gazetteer.read(gazetteer.write(tmp_path / "places.jsonl", lines)))

    answer = index.resolve("Kafr Nuboul")

    assert [one.pcode for one in answer.candidates][:2] == ["C4068", "SY070203"]
    assert not answer.is_certain


@pytest.mark.parametrize(("unit", "pcode"), [("SY07", "C4192"), ("SY11", "C4541")])
def test_resolve_puts_the_place_first_that_lies_in_the_context(tmp_path: Path, unit: str, pcode: str) -> None:
    index = gazetteer.index(tmp_path)

    for context in (Context(within=(unit,)), Context(near=(unit,)), Context(habitual=(unit,))):
        assert index.resolve("Salhiyeh", context=context).candidates[0].pcode == pcode


def test_resolve_is_not_certain_of_an_alias_where_the_place_shares_its_official_name(tmp_path: Path) -> None:
    lines = gazetteer.places()
    for line in lines:
        if line["pcode"] == "C4192":
            line["names"].append(["Tellul", "en", "test", "exact"])
    index = gazetteer.index_of(gazetteer.read(gazetteer.write(tmp_path / "places.jsonl", lines)))

    answer = index.resolve("Tellul")

    assert [one.pcode for one in answer.candidates] == ["C4192"]
    assert not answer.is_certain


def test_resolve_finds_a_place_whose_direction_is_a_part_of_its_name(tmp_path: Path) -> None:
    lines = gazetteer.places()
    for line in lines:
        if line["pcode"] == "C4192":
            line["names"].append(["الصالحية الشرقية", "ar", "test", "exact"])
    index = gazetteer.index_of(gazetteer.read(gazetteer.write(tmp_path / "places.jsonl", lines)))

    for query, first in (("Eastern Salhiyeh", "C4192"), ("Eastern Kafr Nobol", "C4068")):
        answer = index.resolve(query)
        assert answer.candidates[0].pcode == first
        assert not answer.is_certain


def test_resolve_weighs_the_marks_of_a_transliteration(tmp_path: Path) -> None:
    lines = gazetteer.places()
    for line in lines:
        if line["pcode"] in ("C4192", "C4541"):
            line["names"] = [["شابة" if line["pcode"] == "C4192" else "شعبة", "ar", "test", "official"]]
    index = gazetteer.index_of(gazetteer.read(gazetteer.write(tmp_path / "places.jsonl", lines)))

    assert pcodes(index, "Shābah")[0] == "C4192"
    assert pcodes(index, "Sha‘bah")[0] == "C4541"
