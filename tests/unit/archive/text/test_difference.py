"""What differs between two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.difference import Piece, compare

words = st.lists(st.sampled_from(["one", "two", "three", "قُصفت", "العيادة", ",", ".", "\n"]), max_size=30).map(" ".join)


@given(words, words)
def test_the_pieces_are_both_texts(before, after):
    pieces = compare(before, after).pieces

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Two people were hurt.",
            "Nine people were hurt.",
            [Piece("removed", "Two"), Piece("added", "Nine"), Piece("same", " people were hurt.")],
        ),
        (
            "جُرح سبعة أشخاص.",
            "جُرح تسعة أشخاص.",
            [Piece("same", "جُرح "), Piece("removed", "سبعة"), Piece("added", "تسعة"), Piece("same", " أشخاص.")],
        ),
        ("قُصفت", "قصفت", [Piece("removed", "قُصفت"), Piece("added", "قصفت")]),
        ("It is so.", "It is not so.", [Piece("same", "It is "), Piece("added", "not "), Piece("same", "so.")]),
        ("", "New.", [Piece("added", "New.")]),
        ("same", "same", [Piece("same", "same")]),
    ],
)
def test_words_are_never_cut(before, after, expected):
    assert list(compare(before, after).pieces) == expected


def test_words_are_counted():
    found = compare("Two men, they say, were hurt.", "A boy, they say, was not hurt.")

    assert (found.removed, found.added) == (3, 4)


def test_what_stayed_the_same_is_left_out():
    same = "word " * 400
    pieces = compare(f"{same}old {same}", f"{same}new {same}").brief()

    assert [piece.kind for piece in pieces] == ["skipped", "same", "removed", "added", "same", "skipped"]
    assert sum(len(piece.text) for piece in pieces) < 400


def test_huge_texts_are_compared_by_lines_or_not_at_all():
    before = "\n".join(f"a{number} b c d e f g h i j k l" for number in range(4000))
    after = "\n".join(f"A{number} b c d e f g h i j k l" for number in range(4000))
    begun = time.process_time()

    assert compare(before, after).is_whole_lines
    assert compare("\n".join(map(str, range(30_000))), "\n".join(map(str, range(-1, -30_000, -1)))) is None
    assert time.process_time() - begun < 10
