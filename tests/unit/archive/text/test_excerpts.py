import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.excerpts import CONTEXT, LONGEST_WORD, excerpts, readable

TEXT = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " * 3


@st.composite
def cited_texts(draw):
    text = draw(st.text(alphabet=st.sampled_from("ab \n😀بéَ"), min_size=1, max_size=300))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=5))
    return text, [(start, end) for start, end in spans if start < end]


@given(cited_texts())
def test_excerpts_hold_every_span_with_its_context(cited):
    text, spans = cited

    found = excerpts(text, spans)

    for start, end in spans:
        wanted = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
        assert any(first <= wanted[0] and wanted[1] <= last for first, last in found)


@given(cited_texts())
def test_excerpts_are_sorted_apart_and_in_the_text(cited):
    text, spans = cited

    found = excerpts(text, spans)

    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


@given(cited_texts())
def test_excerpts_show_no_more_than_context_and_a_word(cited):
    text, spans = cited
    allowed = CONTEXT + LONGEST_WORD

    for position in (p for first, last in excerpts(text, spans) for p in range(first, last)):
        assert any(start - allowed <= position < end + allowed for start, end in spans)


def test_excerpts_end_at_whole_words():
    start = TEXT.index("nine")

    [(first, last)] = excerpts(TEXT, [(start, start + 4)], context=8)

    assert TEXT[first:last] == "seven eight nine ten eleven"


def test_excerpts_that_touch_become_one():
    assert len(excerpts(TEXT, [(0, 4), (30, 34)])) == 1


def test_excerpts_far_apart_stay_two():
    assert len(excerpts(TEXT, [(0, 4), (200, 204)])) == 2


@pytest.mark.parametrize(("policy", "spans"), [("full", [(0, len(TEXT))]), ("reference", []), ("unheard of", [])])
def test_readable_follows_the_policy(policy, spans):
    assert readable(TEXT, policy, [(0, 4)]) == spans


def test_readable_without_passages_shows_nothing():
    assert readable(TEXT, "passages", []) == []
