import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.languages import guess_language, is_arabic, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("The clinic was struck", "Latn"),
        ("قصفت المدرسة", "Arab"),
        ("قصفت المدرسة (School No. 5)", "Arab"),
        ("The town of كفر was struck", "Latn"),
        ("Больница", "Cyrl"),
        ("2019 – 100%", ""),
        ("", ""),
    ],
)
def test_script_of_known_texts(text, script):
    assert script_of(text) == script
    assert is_arabic(text) is (script == "Arab")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The clinic in the north of the town was struck by a shell on Monday.", "en"),
        ("قصفت طائرة المدرسة في شمال البلدة يوم الاثنين", "ar"),
        ("مشفى البلدة", "ar"),
        ("پزشکان گفتند که این درمانگاه در شمال شهر است", "fa"),
        ("نەخۆشخانەکە لە باکووری شار بوو کە بۆ هەموو خەڵک کراوە بوو", "ku"),
        ("Nexweşxane li bakurê bajêr bû û ji bo her kesî vekirî bû", "ku"),
        ("Hastane kasabanın kuzeyinde olarak bilinen bir yerde ve çok eski bir bina", "tr"),
        ("La clinique est dans le nord de la ville et les blessés sont sur place", "fr"),
        ("Больница в городе", ""),
        ("Xyzzy plugh", ""),
        ("ہسپتال شہر کے شمال میں ہے اور بڑا ہے", ""),
        ("", ""),
    ],
)
def test_guess_language_known_texts(text, language):
    assert guess_language(text) == language


@given(st.text())
def test_guess_language_never_fails(text):
    assert guess_language(text) in {"", "ar", "en", "fa", "fr", "ku", "tr"}
