"""Marking a passage: what is stored, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Passage, TextVersion
from archive.passages import QuoteMismatchError, StaleTextError, mark, mark_all, trimmed
from tests.factories.archive import TextVersionFactory, UserFactory

pytestmark = pytest.mark.django_db

# An emoji, a combining mark that NFC cannot compose, Arabic with harakat.
TEXT = "Shells 😀 fell on x̂.\n\nقُصفت المدرسة ظهرًا."


@pytest.fixture
def text() -> TextVersion:
    return TextVersionFactory(text=TEXT)


def mark_words(text: TextVersion, words: str, **changes: object) -> Passage:
    start = text.text.index(words)
    values = {"start": start, "end": start + len(words), "exact": words, "seen_sha256": text.sha256}
    return mark(**{"text_version": text, "by": None, **values, **changes})


@pytest.mark.parametrize("words", ["Shells", "😀 fell", "قُصفت المدرسة", ".\n\nقُصفت"])
def test_mark_counts_code_points(text: TextVersion, words: str) -> None:
    passage = mark_words(text, words)

    assert text.text[passage.start : passage.end] == passage.exact == words
    assert text.text[: passage.start].endswith(passage.prefix)
    assert text.text[passage.end :].startswith(passage.suffix)


def test_mark_same_span_twice_is_one_passage(text: TextVersion) -> None:
    editor = UserFactory()

    first = mark_words(text, "Shells")
    second = mark(text_version=text, start=0, end=6, exact="Shells", seen_sha256=text.sha256, by=editor)

    assert first == second
    assert second.created_by is None


def test_mark_overlapping_spans_are_two_passages(text: TextVersion) -> None:
    assert mark_words(text, "Shells 😀") != mark_words(text, "😀 fell")


def test_mark_leaves_out_white_space_at_the_edges(text: TextVersion) -> None:
    passage = mark_words(text, ".\n\nقُصفت المدرسة ")

    assert passage.exact == ".\n\nقُصفت المدرسة"


def test_mark_does_not_cut_a_character(text: TextVersion) -> None:
    passage = mark_words(text, "on x")

    assert passage.exact == "on x̂"


def test_mark_quote_in_another_normal_form_accepted(text: TextVersion) -> None:
    composed = TextVersionFactory(text="Café shelled.")

    passage = mark(text_version=composed, start=0, end=4, exact="Cafe\u0301", seen_sha256=composed.sha256, by=None)

    assert passage.exact == "Café"


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [(0, 6, "Shellz"), (1, 7, "Shells"), (0, 0, ""), (5, 2, "she"), (-6, 6, "Shells"), (0, 9999, TEXT), (6, 7, " ")],
)
def test_mark_other_words_refused(text: TextVersion, start: int, end: int, exact: str) -> None:
    with pytest.raises(QuoteMismatchError):
        mark(text_version=text, start=start, end=end, exact=exact, seen_sha256=text.sha256, by=None)

    assert not Passage.objects.exists()


def test_mark_of_a_text_that_was_replaced_refused(text: TextVersion) -> None:
    newer = TextVersionFactory(article=text.article, text="Another text.")

    with pytest.raises(StaleTextError):
        mark_words(text, "Shells", text_version=newer)


@pytest.mark.parametrize("exact", ["x" * 80 + "y", "Other"])
def test_quote_that_is_not_there_is_told_with_80_characters_of_each(exact: str) -> None:
    text = TextVersionFactory(text="a" * 80 + "b" * 20)

    with pytest.raises(QuoteMismatchError) as refused:
        mark(text_version=text, start=0, end=100, exact=exact, seen_sha256=text.sha256, by=None)

    assert str(refused.value) == f"The text does not have “{exact[:80]}” at that place, but “{'a' * 80}”."


def test_mark_all_gives_the_passages_that_mark_gives_in_the_order_of_the_spans(text: TextVersion) -> None:
    other = TextVersionFactory(text="Two schools.")
    editor = UserFactory()
    words = [(text, ".\n\nقُصفت المدرسة "), (other, " schools"), (text, "on x"), (text, " fell ")]
    spans = [(version, version.text.index(quote), len(quote)) for version, quote in words]

    found = mark_all([(version, start, start + length) for version, start, length in spans], by=editor)

    marked = [mark_words(version, quote) for version, quote in words]
    assert found == marked
    assert [(passage.exact, passage.prefix, passage.suffix) for passage in found] == [
        (passage.exact, passage.prefix, passage.suffix) for passage in marked
    ]
    assert {passage.created_by for passage in found} == {editor}


def test_mark_all_gives_passages_that_are_there_already(text: TextVersion) -> None:
    there = mark_words(text, "Shells")

    found = mark_all([(text, 0, 6), (text, 9, 13), (text, 0, 7)], by=None)

    assert [passage.exact for passage in found] == ["Shells", "fell", "Shells"]
    assert found[0] == found[2] == there


@given(st.text(alphabet="a \n\t\u00a0", max_size=12), st.data())
def test_white_space_at_the_edges_is_no_part_of_a_span(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = trimmed(text, start, end)

    assert start <= first <= last <= end
    assert text[first:last] == text[start:end].strip()
