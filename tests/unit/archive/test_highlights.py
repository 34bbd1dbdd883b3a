"""Where words stand in a text: found fast, and as cutting the whole text into words would find them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search import highlights
from archive.search.words import SURFACE

LETTERS = st.text("abé م\u064eل'’\u200d_-1\n", max_size=40)


def in_words(text: str, surface: str) -> list[tuple[int, int]]:
    return [match.span() for match in SURFACE.finditer(text) if match[0] == surface]


@given(LETTERS)
@example("ab a'b a'ab ab' \u200dab a\u200db _ab- 1ab")
def test_occurrences_are_those_of_the_whole_text(text: str) -> None:
    for surface in {"a", "ab", "م", *SURFACE.findall(text)}:
        assert list(highlights._occurrences(text, surface)) == in_words(text, surface)


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "ab" * 20_000 + " b", "b " + "a'" * 20_000, "b\u200d" * 20_000 + " b b"]
)
def test_occurrences_bear_a_text_without_spaces(text: str) -> None:
    for surface in ("a", "b"):
        assert list(highlights._occurrences(text, surface)) == in_words(text, surface)


def test_spellings_forget_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlights, "MOST_PIECES", 3)
    monkeypatch.setattr(highlights, "lexemes", lambda words: {word: word for word in words})
    spellings = highlights.Spellings()

    before = spellings.of(["Mill, mill dam"])
    after = spellings.of(["Road mill"])

    assert before["mill"] == {"Mill", "mill"}
    assert after == {"road": {"Road"}, "mill": {"mill"}}
    assert spellings.of(["road"])["road"] == {"Road", "road"}
