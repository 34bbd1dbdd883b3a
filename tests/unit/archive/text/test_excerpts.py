import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.excerpts import CONTEXT, LONGEST_CONTEXT, LONGEST_WORD, excerpts, readable

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
def test_excerpts_show_no_more_than_the_longest_context(cited):
    text, spans = cited
    allowed = max(LONGEST_CONTEXT, CONTEXT + LONGEST_WORD)

    for position in (p for first, last in excerpts(text, spans) for p in range(first, last)):
        assert any(start - allowed <= position < end + allowed for start, end in spans)


def test_excerpts_end_at_whole_words():
    start = TEXT.index("nine")

    [(first, last)] = excerpts(TEXT, [(start, start + 4)], context=8, longest=30)

    assert TEXT[first:last] == "seven eight nine ten eleven"


def test_excerpts_that_touch_become_one():
    assert len(excerpts(TEXT, [(0, 4), (30, 34)], longest=40)) == 1


def test_excerpts_far_apart_stay_two():
    assert len(excerpts(TEXT, [(0, 4), (200, 204)], longest=40)) == 2


def excerpt(text, words):
    start = text.index(words)
    [(first, last)] = excerpts(text, [(start, start + len(words))])
    return text[first:last]


def test_excerpts_are_whole_sentences():
    before, cited, after = (
        "The mill burned on Friday, its owner wrote.",
        "Its miller left at noon.",
        "Nobody was inside, a neighbour said then.",
    )
    text = f"Rain fell. {before} {cited} {after} It was cold."

    assert excerpt(text, "miller") == f"{before} {cited} {after}"
    assert excerpt(text, cited) == f"{before} {cited} {after}"


def test_excerpts_of_a_sentence_that_is_too_long_end_at_words():
    text = f"Short. {'word ' * 100}here {'more ' * 100}end. Short."

    found = excerpt(text, "here")

    assert found.startswith("word ")
    assert found.endswith(" more")
    assert len(found) < 2 * (CONTEXT + LONGEST_WORD)


def test_rest_of_a_sentence_is_not_taken_for_one():
    text = (
        "A long beginning " * 20
        + "ends. The mill burned at noon, people of the town said. It was cold on that day in the town."
    )

    assert excerpt(text, "It was").startswith("The mill burned")
    assert "beginning ends" in excerpt(text, "The mill")


@pytest.mark.parametrize(("policy", "spans"), [("full", [(0, len(TEXT))]), ("reference", []), ("unheard of", [])])
def test_readable_follows_the_policy(policy, spans):
    assert readable(TEXT, policy, [(0, 4)]) == spans


def test_readable_without_passages_shows_nothing():
    assert readable(TEXT, "passages", []) == []
