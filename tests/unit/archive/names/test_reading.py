from hypothesis import given
from hypothesis import strategies as st

from archive.names.reading import BREAK, Reading


def test_reading_runs_joined_words_together_without_articles() -> None:
    reading = Reading("Deir al-Zor, Kafr Nabl")
    assert reading.stream.split(BREAK) == ["", "deirzor", "kafrnabl"]


def test_reading_breaks_at_punctuation_and_lines() -> None:
    assert Reading("Kafr. Nabl\nHass").stream.split(BREAK) == ["", "kafr", "nabl", "hass"]


def test_reading_skips_a_possessive_after_a_word() -> None:
    reading = Reading("Idlib's province")
    assert reading.after(0) == "province"
    assert reading.before(0) == ""


def test_reading_begins_a_name_with_its_article_but_not_with_an_english_word() -> None:
    assert Reading("the al-Bab road").with_article(2) == 1
    assert Reading("met at Tabqa").with_article(2) == 2


def test_reading_spans_include_marks_after_the_last_letter() -> None:
    text = "كَفَرَ"
    assert Reading(text).span(0, 0, 0) == (0, len(text))


@given(st.text(max_size=60))
def test_reading_maps_every_letter_to_its_word(text: str) -> None:
    reading = Reading(text)
    assert len(reading.first_at) == len(reading.stream)
    for end, position in reading.ends.items():
        assert reading.stream[:end].endswith(reading.words[position].letters)
        start, stop = reading.span(position, position, 0)
        assert 0 <= start < stop <= len(text)
