import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import is_article, likeness, name_key, name_keys, skeleton, spaceless

LATIN_WORD = st.text(alphabet="bcdfghjkmopqtuvwxyz", min_size=3, max_size=8)
LATIN_NAME = st.lists(LATIN_WORD, min_size=1, max_size=3)
ARABIC_NAME = st.lists(st.text(alphabet="بتجحدرسعفقكمنهوي", min_size=3, max_size=6), min_size=1, max_size=3)


@pytest.mark.parametrize(
    "spellings",
    [
        ["Kafr Nabl", "KAFR-NABL", "Kafr_Nabl", "kafrnabl", "Kafr Nābl", "Kafr  Nabl'"],
        ["كفر نبل", "كفرنبل", "كَفَر نَبِل", "کفر نبل", "كفـر\u200cنبل", "كفر\u00a0نبل"],
        ["Ar-Raqqa", "ar raqqa", "Raqqa", "al-Raqqa", "Arraqqa", "AR RAQQA"],
        ["Ma'arrat An Nu'man", "Maarrat al-Numan", "Ma‘arrat an-Nu‘mān", "Maʿarrat al Nuʿman"],
        ["الرقة", "رقة", "الرقه"],
        ["إدلب", "ادلب", "أدلب"],
        ["البيضاء", "بيضا", "البيضا"],
        ["Abu l-Duhur", "Abu al-Duhur", "Abu ad-Duhur"],
        ["Deir Elfardis", "Deir al-Fardis", "Deir el Fardis"],
        ["المجدل 6", "مجدل ٦"],
    ],
)
def test_fold_gives_spellings_of_one_name_one_key(spellings: list[str]) -> None:
    assert {name_key(spelling) for spelling in spellings} == {name_key(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("Kafr Nabl", "Kafr Nabudah"), ("كفرنبل", "كفرنبودة"), ("Hama", "Homs"), ("Aleppo", "Eppo")]
)
def test_fold_keeps_different_names_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(("name", "key"), [("Al", "al"), ("ال", "ال"), ("الي", "الي"), ("As", "as"), ("!?", "")])
def test_fold_never_takes_an_article_that_is_the_whole_name(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("word", "following", "expected"),
    [("al", "bab", True), ("ar", "raqqa", True), ("ash", "sham", True), ("as", "kafr", False), ("an", "", False)],
)
def test_is_article_wants_the_sound_of_the_next_word(word: str, following: str, expected: bool) -> None:
    assert is_article(word, following) is expected


@given(LATIN_NAME)
def test_fold_ignores_case_hyphens_apostrophes_and_spaces(words: list[str]) -> None:
    key = name_key(" ".join(words))
    assert name_key("-".join(words).upper()) == key
    assert name_key("  ".join(words).title()) == key
    assert name_key("".join(words)) == key
    assert name_key(" ".join(f"{word[0]}'{word[1:]}" for word in words)) == key


@given(LATIN_NAME)
def test_fold_ignores_the_article(words: list[str]) -> None:
    assert name_key("al-" + " el ".join(words)) == name_key(" ".join(words))


@given(ARABIC_NAME)
def test_fold_ignores_arabic_vowels_spaces_and_article(words: list[str]) -> None:
    key = name_key(" ".join(words))
    assert name_key("".join(words)) == key
    assert name_key(" ".join("ال" + word for word in words)) == key
    assert name_key("ـ".join("".join(words)) + "\u064e") == key


@given(st.text(max_size=40))
def test_fold_holds_letters_and_digits_only(name: str) -> None:
    key = name_key(name)
    assert all(character.isalnum() for character in key)
    assert bool(key) == bool(spaceless(name))


@pytest.mark.parametrize(
    ("written", "recorded"),
    [("Deirezzor", "Deir-ez-Zor"), ("ديرالزور", "دير الزور"), ("Al Bukamal", "Albukamal"), ("Kamal", "Alkamal")],
)
def test_fold_keys_tries_articles_that_were_run_together(written: str, recorded: str) -> None:
    assert set(name_keys(written)) & {name_key(recorded), spaceless(recorded)}


@given(st.text(max_size=60))
def test_fold_keys_begins_with_the_key_and_stays_short(name: str) -> None:
    keys = name_keys(name)
    assert keys[:1] == ([name_key(name)] if name_key(name) else [])
    assert len(keys) <= 12


@pytest.mark.parametrize(
    "spellings",
    [["Kafranbel", "Kafr Nabl", "kafr nobol", "كفرنبل"], ["Qamishli", "Kamishly", "قامشلي"], ["Douma", "Duma", "دوما"]],
)
def test_skeleton_is_the_same_in_both_scripts(spellings: list[str]) -> None:
    assert {skeleton(spelling) for spelling in spellings} == {skeleton(spellings[0])}


@pytest.mark.parametrize(
    ("query", "nearer", "farther"),
    [
        ("Kafranbel", "Kafr Nobol", "Kafr Nabudah"),
        ("كفرنبل", "Kafr Nobol", "كفرنبودة"),
        ("Sarakeb", "Saraqib", "Sarmada"),
        ("Ouaouiye", "Wawiyah", "Warda"),
    ],
)
def test_likeness_prefers_the_same_place(query: str, nearer: str, farther: str) -> None:
    assert likeness(query, nearer) > likeness(query, farther)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_symmetric_and_whole_only_for_equal_keys(one: str, other: str) -> None:
    value = likeness(one, other)
    assert 0 <= value <= 1
    assert value == pytest.approx(likeness(other, one))
    assert (value == 1) == (name_key(one) == name_key(other) != "")
