import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.letters import fold_characters, script_of

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىٱکیَُِّْـ ٠١٢۳", max_size=40)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("إدلب أدلب ادلب آدلب", "ادلب ادلب ادلب ادلب"),
        ("حــــلب حَلَب", "حلب حلب"),
        ("مدرسة على", "مدرسه علي"),
        ("٢٠١٦ ۲۰۱۶", "2016 2016"),
        ("م\u200cحمد\u200f", "محمد"),
        ("ﻛﻔﺮ", "كفر"),
        ("Ḥalab İdlib Şam", "halab idlib sam"),
        ("Ma'arrat Nu‘man ʿAyn", "maarrat numan ayn"),
        ("ﬁre ½", "fire 1⁄2"),
    ],
)
def test_fold_characters_writes_plain_letters(written: str, plain: str) -> None:
    assert fold_characters(written)[0] == plain


def test_fold_characters_keeps_the_apostrophe_of_a_possessive_and_of_a_quote() -> None:
    assert fold_characters("the town's 'old' mill")[0] == "the town's 'old' mill"


def test_fold_characters_points_back_to_the_original() -> None:
    text = "😀 كَفْر نبل, ﬁne"
    folded, offsets = fold_characters(text)
    at = folded.index("كفر")
    assert text[offsets[at] : offsets[at + 2] + 1] == "كَفْر"
    assert offsets[folded.index("fine")] == offsets[folded.index("fine") + 1] == text.index("ﬁ")


@given(st.text(max_size=60))
def test_fold_characters_gives_an_offset_for_each_folded_character(text: str) -> None:
    folded, offsets = fold_characters(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(ARABIC)
def test_fold_characters_is_stable_and_blind_to_normalisation(text: str) -> None:
    folded, _ = fold_characters(text)
    assert fold_characters(folded)[0] == folded
    assert fold_characters(unicodedata.normalize("NFD", text))[0] == folded


@given(st.text(max_size=40), st.text(max_size=40))
def test_fold_characters_of_lines_is_their_lines_folded(one: str, other: str) -> None:
    assert fold_characters(f"{one}\n{other}")[0] == f"{fold_characters(one)[0]}\n{fold_characters(other)[0]}"


@pytest.mark.parametrize(
    ("text", "script"), [("Kafr ʿAyn", "Latn"), ("كفر A", "Arab"), ("12 -", "Zyyy"), ("Дамаск", "Zzzz")]
)
def test_script_of_counts_letters(text: str, script: str) -> None:
    assert script_of(text) == script
