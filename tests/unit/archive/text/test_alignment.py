import edlib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.alignment import NOWHERE, best, likeness

MANY = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))


def test_edlib_still_refuses_more_than_256_distinct_characters():
    with pytest.raises(ValueError, match="256"):
        edlib.align("abc", MANY, mode="HW", task="locations")


def test_best_finds_all_equally_near_places():
    spans, score = best("shelling", "shellinx and shellinx")

    assert {(0, 8), (13, 21)} <= set(spans)
    assert score == 7 / 8


@pytest.mark.parametrize("text", ["", "zzzzzz", MANY])
def test_best_without_a_place_is_nowhere(text):
    assert best("shelling", text) == NOWHERE


def test_best_of_many_characters_with_a_quote_longer_than_the_text():
    assert best(MANY, MANY[:250]).spans == [(0, 250)]


@pytest.mark.parametrize(
    ("expected", "found", "score"), [("", "x", 1), ("ab", "ab", 1), ("ab", "ax", 0.5), ("a", "xyz", 0)]
)
def test_likeness(expected, found, score):
    assert likeness(expected, found) == score


@given(st.text(min_size=1), st.text())
def test_best_gives_spans_that_are_not_empty(quote, text):
    spans, score = best(quote, text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert bool(spans) == (score > 0)


@pytest.mark.parametrize("pad", ["", "x"])
@pytest.mark.parametrize("words", ["abXcdefgh", "abcdefXgh", "abcdfgh"])
def test_best_of_many_characters_measures_the_place_as_where_there_are_few(pad, words):
    start = len(MANY + pad)

    assert best("abcdefgh", MANY + pad + words + MANY) == ([(start, start + len(words))], 7 / 8)
