import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.place_words import COMMUNITY, GOVERNORATE, NEIGHBOURHOOD, SUBDISTRICT, describe


@pytest.mark.parametrize(
    ("query", "name", "levels"),
    [
        ("Idlib province", "Idlib", {GOVERNORATE}),
        ("the province of Idlib", "Idlib", {GOVERNORATE}),
        ("southern Idlib", "Idlib", {GOVERNORATE}),
        ("northern Idlib city", "Idlib", {COMMUNITY}),
        ("محافظة إدلب", "إدلب", {GOVERNORATE}),
        ("ريف حلب الشمالي", "حلب", {GOVERNORATE}),
        ("حي الشيخ مقصود", "الشيخ مقصود", {NEIGHBOURHOOD}),
        ("Kafr Nobol sub-district", "Kafr Nobol", {SUBDISTRICT}),
        ("Kafr Nobol", "Kafr Nobol", set()),
        ("countryside", "countryside", set()),
        ("", "", set()),
    ],
)
def test_describe_takes_describing_words_off(query: str, name: str, levels: set[int]) -> None:
    described = describe(query)
    assert (described.name, described.levels) == (name, levels)


def test_describe_tells_the_countryside_from_a_governorate() -> None:
    assert describe("Damascus countryside").is_countryside
    assert not describe("Damascus governorate").is_countryside


@given(st.text(max_size=60))
def test_describe_never_leaves_an_empty_name_of_words(query: str) -> None:
    assert bool(describe(query).name.split()) == bool(query.split())
