import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Clinic”", '"clinic"'),
        ("it’s", "it's"),
        ("a – b", "a - b"),
        ("a \n\t b", "a b"),
        ("Straße", "STRASSE"),
        ("wait…", "wait..."),
        ("كَفَرْ", "كفر"),
        ("إدلب", "ادلب"),
        ("مدرســة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("کتاب", "كتاب"),
        ("٢٠١٩", "2019"),
        ("ﻻ", "لا"),
        ("می\u200cرود", "ميرود"),
    ],
)
def test_fold_makes_one_of_two_ways_to_type(one, other):
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("14", "15"), ("clinic", "clinics"), ("قصف", "قصر"), ("a.b", "ab")])
def test_fold_keeps_different_words_apart(one, other):
    assert fold(one).text != fold(other).text


def test_fold_span_leads_back():
    folded = fold("xكَفَـرy")

    assert folded.span(1, 4) == (1, 7)


@given(st.text())
def test_fold_has_an_origin_for_each_character(text):
    folded = fold(text)

    assert len(folded.text) == len(folded.origins)
    assert folded.origins == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)
