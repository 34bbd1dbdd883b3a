import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import normalise
from archive.text.anchors import Ambiguous, Match, Selector, check, describe, find_quote, reanchor
from archive.text.graphemes import whole_words

TEXT = (
    "Two shells hit the clinic of Samplebury on Monday. “Nobody was inside,” a guard said.\n\n"
    "The clinic – the only one in the valley – had 14 beds. Seven people were hurt on the road. "
    "A shell hit the school on Tuesday. The clinic was closed after that."
)
ARABIC = "قُصِفَت العيادة الوحيدة في البلدة صباح الاثنين، وجُرح سبعة أشخاص. وأُغلقت المدرسة بعد ذلك بيومين."
# More distinct characters than edlib's alphabet holds.
WIDE = "".join(chr(0x4E00 + number) for number in range(300))

texts = st.text(alphabet=st.sampled_from(list("ab  \n.1é\u0301بّ\u064e\u200d👩🏽")), min_size=1, max_size=60)


def place(text, quote):
    return text.index(quote), text.index(quote) + len(quote)


def found(text, match):
    return text[match.start : match.end]


def test_describe_takes_32_characters_on_either_side():
    start, end = place(TEXT, "the only one")

    selector = describe(TEXT, start, end)

    assert selector.exact == "the only one"
    assert selector.prefix == TEXT[start - 32 : start]
    assert selector.suffix == TEXT[end : end + 32]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, len(TEXT) + 1)])
def test_describe_refuses_what_is_no_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        describe(TEXT, start, end)


@given(texts, st.data())
def test_check_accepts_what_describe_made(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert check(text, describe(text, start, end))


@pytest.mark.parametrize(
    "selector",
    [
        Selector(1, 4, "Two"),
        Selector(0, 3, "two"),
        Selector(0, 3, "Two", suffix=" shots"),
        Selector(4, 10, "shells", prefix="The "),
        Selector(-3, 0, "at."),
        Selector(0, 3000, TEXT),
        Selector(5, 5, ""),
    ],
)
def test_check_refuses_what_does_not_agree(selector):
    assert not check(TEXT, selector)


@pytest.mark.parametrize("quote", ["the only one", "  14 beds.\n", "“Nobody was inside,”"])
def test_find_quote_exact(quote):
    match = find_quote(TEXT, quote)

    assert match == Match(*place(TEXT, quote.strip()), "exact", 1.0)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ('"Nobody was inside,"', "“Nobody was inside,”"),
        ("the clinic - the only one", "The clinic – the only one"),
        ("A GUARD SAID.   The clinic", "a guard said.\n\nThe clinic"),
        ("had ١٤ beds", "had 14 beds"),
    ],
)
def test_find_quote_typed_otherwise(quote, expected):
    match = find_quote(TEXT, quote)

    assert match.method == "folded"
    assert found(TEXT, match) == expected


@pytest.mark.parametrize(
    "quote", ["قصفت العيادة الوحيدة", "قُصفت العيــادة الوحيده", "\u200fقصفت العيادة\u200c الوحيدة"]
)
def test_find_quote_arabic_without_its_marks(quote):
    match = find_quote(ARABIC, quote)

    assert (match.start, found(ARABIC, match)) == (0, "قُصِفَت العيادة الوحيدة")


def test_find_quote_decomposed():
    assert find_quote("Le café fermé", "cafe\u0301").method == "exact"


def test_find_quote_ends_with_the_marks_of_its_last_letter():
    text = "ذهبتُ إلى البيتِ مساء"

    assert found(text, find_quote(text, "الى البيت")) == "إلى البيتِ"


def test_find_quote_nearly():
    match = find_quote(TEXT, "Nobody had been inside, the guard said")

    assert match.method == "needs_review"
    assert "Nobody was inside" in found(TEXT, match)


def test_find_quote_with_one_wrong_letter_is_fuzzy():
    match = find_quote(TEXT, "A shell hit the shcool on Tuesday")

    assert match.method == "fuzzy"
    assert found(TEXT, match) == "A shell hit the school on Tuesday"


@pytest.mark.parametrize("quote", ["", " \n", "\u200d", "ab", "Nothing of the kind was ever reported here"])
def test_find_quote_not_there(quote):
    assert find_quote(TEXT, quote) is None


def test_find_quote_in_an_empty_text():
    assert find_quote("", "words") is None


def test_find_quote_twice_is_ambiguous():
    result = find_quote("One shell fell. Then one shell fell.", "shell fell")

    assert isinstance(result, Ambiguous)
    assert [candidate.start for candidate in result.candidates] == [4, 25]


def test_find_quote_twice_told_apart_by_context():
    text = "One shell fell. Then one shell fell."

    assert find_quote(text, "shell fell", prefix="Then one ").start == 25
    assert find_quote(text, "shell fell", suffix=". Then").start == 4


def test_find_quote_twice_told_apart_by_an_exact_hint():
    text = "One shell fell. Then one shell fell."

    assert find_quote(text, "shell fell", hint=25).start == 25
    assert isinstance(find_quote(text, "shell fell", hint=20), Ambiguous)


def test_find_quote_shows_at_most_fifty_candidates():
    assert len(find_quote("boom " * 200, "boom").candidates) == 50


@given(texts, st.data())
def test_find_quote_finds_what_was_copied(raw, data):
    text = normalise(raw)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]

    result = find_quote(text, quote, hint=start)

    if normalise(quote).strip() == quote:
        assert result.start == start
        assert found(text, result) == quote


@given(texts, texts)
def test_find_quote_answers_with_spans_of_the_text(text, quote):
    result = find_quote(text, quote)
    matches = result.candidates if isinstance(result, Ambiguous) else [result] if result else []

    assert all(0 <= match.start < match.end <= len(text) and 0 < match.score <= 1 for match in matches)


def test_reanchor_same_text_copies_the_place():
    selector = describe("boom boom boom", 5, 9)

    assert reanchor(selector, "boom boom boom", "boom boom boom") == Match(5, 9, "same", 1.0)


def test_reanchor_of_a_passage_that_the_old_text_does_not_have_is_an_error():
    with pytest.raises(ValueError, match="not in the text"):
        reanchor(Selector(0, 4, "boom"), "bang", "boom")


def test_reanchor_moved_words_are_exact():
    selector = describe(TEXT, *place(TEXT, "the only one"))

    match = reanchor(selector, TEXT, "A new first line.\n" + TEXT)

    assert match == Match(selector.start + 18, selector.end + 18, "exact", 1.0)


def test_reanchor_unique_words_in_new_context_are_exact():
    quote = "The clinic – the only one in the valley – had 14 beds. Seven people were hurt on the road."
    selector = describe(TEXT, *place(TEXT, quote))

    assert reanchor(selector, TEXT, f"So they say. {quote}") == Match(13, 13 + len(quote), "exact", 1.0)


def test_reanchor_a_few_words_in_quite_other_surroundings_need_review():
    selector = describe(TEXT, *place(TEXT, "the only one"))

    match = reanchor(selector, TEXT, "It was the only one there.")

    assert (match.start, match.end, match.method) == (7, 19, "needs_review")
    assert match.score < 0.9


def test_reanchor_another_of_the_same_words_is_not_taken_for_those_that_are_gone():
    text = "In the north a shell fell on a school. In the south, much later, a shell fell near the bridge."
    selector = describe(text, *place(text, "a shell fell"))

    match = reanchor(selector, text, "In the south, much later, a shell fell near the bridge.")

    assert match.method == "needs_review"


def test_reanchor_repeated_words_told_apart_by_context():
    text = "In the north a shell fell on a school. In the south a shell fell on a bridge."
    selector = describe(text, *place(text, "a shell fell"))

    match = reanchor(selector, text, "UPDATE: " + text.replace("a school", "the school"))

    assert (match.start, match.method) == (21, "exact")


def test_reanchor_repeated_words_without_context_are_ambiguous():
    result = reanchor(Selector(0, 4, "boom", "", ""), "boom", "a boom, a boom")

    assert isinstance(result, Ambiguous)


def test_reanchor_one_of_several_that_is_gone_is_not_taken_for_another():
    line = "Taken from the tower of the old mill by a resident of the valley on Monday.\n"
    text = f"{line}A clinic.\n{line}A school.\n{line}"
    selector = describe(text, len(line) + 10, 2 * len(line) + 9)

    match = reanchor(selector, text, f"{line}A clinic.\nA school.\n{line}")

    assert isinstance(match, Ambiguous) or match.method == "needs_review"


def test_reanchor_small_change_is_fuzzy():
    selector = describe(TEXT, *place(TEXT, "A shell hit the school on Tuesday"))

    match = reanchor(selector, TEXT, TEXT.replace("hit the school", "hit a school"))

    assert match.method == "fuzzy"
    assert match.score > 0.9


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        (TEXT, "The clinic – the only one in the valley – had 14 beds", "14", "15"),
        (TEXT, "Seven people were hurt on the road", "Seven", "Eleven"),
        (ARABIC, "الاثنين، وجُرح سبعة أشخاص", "سبعة", "تسعة"),
    ],
)
def test_reanchor_changed_number_needs_review(text, quote, before, after):
    selector = describe(text, *place(text, quote))

    match = reanchor(selector, text, text.replace(before, after))

    assert match.score > 0.9
    assert match.method == "needs_review"


def test_reanchor_digits_of_another_script_are_the_same_number():
    selector = describe(TEXT, *place(TEXT, "the only one in the valley – had 14 beds"))

    assert reanchor(selector, TEXT, TEXT.replace("14", "١٤")).method == "fuzzy"


def test_reanchor_large_change_needs_review():
    selector = describe(TEXT, *place(TEXT, "A shell hit the school on Tuesday"))

    match = reanchor(selector, TEXT, TEXT.replace("A shell hit the school", "Some shells had hit the schoolyard"))

    assert match.method == "needs_review"


def test_reanchor_gone_words_are_none():
    selector = describe(TEXT, *place(TEXT, "Seven people were hurt on the road"))

    assert reanchor(selector, TEXT, "Another report about quite different things.") is None
    assert reanchor(selector, TEXT, "") is None


def test_reanchor_with_too_many_characters_for_edlib():
    text = WIDE[:150] + "A shell hit the school on Tuesday" + WIDE[150:]
    selector = describe(text, *place(text, "A shell hit the school on Tuesday"))

    match = reanchor(selector, text, text.replace("the school", "a school"))

    assert match.method == "fuzzy"
    assert found(text.replace("the school", "a school"), match) == "A shell hit a school on Tuesday"


def test_reanchor_with_too_many_characters_and_nothing_alike_is_none():
    assert reanchor(Selector(0, 9, "unrelated"), "unrelated", WIDE) is None


@given(texts, texts, st.data())
def test_reanchor_answers_with_spans_of_the_new_text(old, new, data):
    start = data.draw(st.integers(0, len(old) - 1))
    selector = describe(old, start, data.draw(st.integers(start + 1, len(old))))

    result = reanchor(selector, old, new)
    matches = result.candidates if isinstance(result, Ambiguous) else [result] if result else []

    assert all(0 <= match.start < match.end <= len(new) for match in matches)
    assert all(match.method != "exact" or found(new, match) == selector.exact for match in matches)


def test_find_quote_nearly_is_one_place_though_it_may_be_cut_a_little_otherwise():
    match = find_quote("They hit the schoox. No more.", "hit the school")

    assert (match.start, match.end, match.method) == (5, 19, "fuzzy")


def test_find_quote_nearly_in_two_places_is_ambiguous():
    result = find_quote("They hit the schoox. Later they hit the schooz.", "hit the school")

    assert [(candidate.start, candidate.end) for candidate in result.candidates] == [(5, 19), (32, 46)]


@pytest.mark.parametrize(("hint", "starts"), [(5, [4, 25]), (20, [25, 4])])
def test_find_quote_shows_the_place_nearest_to_the_hint_first(hint, starts):
    result = find_quote("One shell fell. Then one shell fell.", "shell fell", hint=hint)

    assert [candidate.start for candidate in result.candidates] == starts
    assert all(0.9 < candidate.score <= 1 for candidate in result.candidates)


@pytest.mark.parametrize(
    ("old", "quote", "new", "found"),
    [
        ("Fifteen people fled the old mill.", "Fifteen people fled", "At least 15 people fled the old mill.", "least"),
        ("قُتل خمسة عشر عاملًا في الطاحونة.", "خمسة عشر عاملًا في الطاحونة", "قُتل ما لا يقل عن 15 عاملًا في الطاحونة.", ""),
    ],
)
def test_reanchor_nearly_takes_whole_words(old: str, quote: str, new: str, found: str) -> None:
    start = old.index(quote)

    match = reanchor(describe(old, start, start + len(quote)), old, new)

    assert isinstance(match, Match)
    assert match.method == "needs_review"
    assert new[match.start : match.end].startswith(found)
    assert whole_words(new, match.start, match.end) == (match.start, match.end)


def test_whole_words_stay_where_no_space_is() -> None:
    text = "水" * 200

    assert whole_words(text, 90, 110) == (90, 110)
    assert whole_words("old mill", 2, 6) == (0, 8)
