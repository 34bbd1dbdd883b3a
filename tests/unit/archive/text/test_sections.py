"""Long texts in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.sections import sections


@given(st.text(alphabet="ab \n.،, ", max_size=400), st.integers(min_value=1, max_value=50))
def test_sections_make_up_the_text_and_are_short(text, longest):
    found = list(sections(text, longest))

    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= longest for start, end in found)
    assert all(start < end for start, end in found) or not text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("one two.\nthree four five six", "one two.\n"),
        ("one two. three four five six", "one two. "),
        ("one two three four five six", "one two three "),
        ("onetwothreefourfivesix", "onetwothreefou"),
    ],
)
def test_section_ends_where_a_line_a_sentence_or_a_word_does(text, first):
    start, end = next(sections(text, 14))

    assert text[start:end] == first
