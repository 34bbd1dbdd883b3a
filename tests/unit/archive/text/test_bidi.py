import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE, set_apart


@pytest.mark.parametrize(
    ("text", "direction", "apart"),
    [
        ("Example Herald", "ltr", False),
        ("صحيفة المثال", "rtl", False),
        ("صحيفة المثال", "ltr", True),
        ("Example (Herald)", "rtl", True),
        ("2019–2020", "rtl", False),
        ("", "rtl", False),
        ("صحيفة Herald", "rtl", True),
    ],
)
def test_set_apart_only_what_runs_against_the_sentence(text: str, direction: str, apart: bool) -> None:
    assert set_apart(text, direction) == (f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if apart else text)


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_set_apart_keeps_the_text(text: str, direction: str) -> None:
    found = set_apart(text, direction)

    assert found in (text, f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
    if found == text:
        against = "L" if direction == "rtl" else "R"
        assert all(unicodedata.bidirectional(char) != against for char in text)
