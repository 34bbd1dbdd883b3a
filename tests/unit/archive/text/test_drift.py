"""Numbers and negations that come, go or change between two copies of the same words: all of them are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.anchors import Match, describe, reanchor
from archive.text.drift import drifts

# Demonstration: invented sentences about invented places.
ENGLISH = (
    "A first paragraph tells of the weather in the valley. It was dry.\n\n"
    "Residents of Samplebury said that two shells hit the clinic in the morning and hurt seven people, "
    "and that 14 beds burned.\n\n"
    "The mayor spoke to reporters later. The road to the mill was open."
)
QUOTE = "two shells hit the clinic in the morning and hurt seven people"
ARABIC = (
    "تتحدث الفقرة الأولى عن الطقس في الوادي.\n\n"
    "وقال سكان البلدة إن قذيفتين أصابتا العيادة صباح الاثنين وجرحتا سبعة أشخاص واحترق 14 سريراً.\n\n"
    "وتحدث رئيس البلدية إلى الصحفيين لاحقاً."
)
ARABIC_QUOTE = "قذيفتين أصابتا العيادة صباح الاثنين وجرحتا سبعة أشخاص"
NEGATIONS = [
    "not",
    "No",
    "never",
    "didn't",
    "didn’t",
    "cannot",
    "without",
    "denied",
    "denies",
    "denial",
    "nobody",
    "false",
    "neither",
    "refuted",
    "isnt",
]
ARABIC_NEGATIONS = [
    "لم",
    "لا",
    "لن",
    "ليس",
    "ليست",
    "نفى",
    "نفت",
    "ينفي",
    "غير",
    "دون",
    "بدون",
    "ولم",
    "فلا",
    "وليس",
    "وبدون",
    "لَم",
    "نفي",
    "عدم",
    "وعدم",
    "بلا",
    "أنكرت",
    "ما",
    "وما",
]


def found_again(text, quote, changed):
    start = text.index(quote)
    return reanchor(describe(text, start, start + len(quote)), text, changed)


def is_flagged(found):
    return not isinstance(found, Match) or found.method == "needs_review"


def sentence_around(text, quote):
    start = text.rindex("\n\n", 0, text.index(quote)) + 2
    return start, text.index("\n\n", start)


@pytest.mark.parametrize(
    ("text", "quote", "words"), [(ENGLISH, QUOTE, NEGATIONS), (ARABIC, ARABIC_QUOTE, ARABIC_NEGATIONS)]
)
@given(data=st.data())
def test_a_negation_that_comes_or_goes_is_flagged(text, quote, words, data):
    """Anywhere in the words or in their sentence, in any of its forms."""
    start, end = sentence_around(text, quote)
    gaps = [place for place in range(start, end) if text[place] == " "]
    place = data.draw(st.sampled_from(gaps))
    word = data.draw(st.sampled_from(words))
    changed = f"{text[:place]} {word}{text[place:]}"

    assert is_flagged(found_again(text, quote, changed))

    first = text.index(quote)
    is_within = first < place < first + len(quote)
    negated = changed[first : first + len(quote) + len(word) + 1] if is_within else quote
    assert is_flagged(found_again(changed, negated, text))


@pytest.mark.parametrize(("text", "quote"), [(ENGLISH, QUOTE), (ARABIC, ARABIC_QUOTE)])
@given(data=st.data())
def test_a_changed_number_is_flagged(text, quote, data):
    """Numbers in digits of three scripts, at any place of the words."""
    number = data.draw(st.integers(0, 5000))
    other = data.draw(st.integers(0, 5000).filter(lambda one: one != number))
    places = [place for place, letter in enumerate(quote) if letter == " "]
    place = data.draw(st.sampled_from(places))
    script = data.draw(st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
    digits = str.maketrans("0123456789", script)
    words, changed = (f"{quote[:place]} {str(one).translate(digits)}{quote[place:]}" for one in (number, other))

    assert is_flagged(found_again(text.replace(quote, words), words, text.replace(quote, changed)))
    assert is_flagged(found_again(text.replace(quote, words), words, text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("seven people", "eleven people"),
        ("seven people", "people"),
        ("two shells", "three shells"),
        ("hurt seven people", "left seven people unhurt"),
        ("hit the clinic", "missed one clinic"),
    ],
)
def test_number_words_and_opposites(before, after):
    assert is_flagged(found_again(ENGLISH, QUOTE, ENGLISH.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3 killed, 14 hurt", "14 killed, 3 hurt"),
        ("1.5 tonnes", "5.1 tonnes"),
        ("14 people", "40 people"),
        ("was confirmed", "was unconfirmed"),
        ("not killed but hurt", "killed but not hurt"),
        ("جُرح سبعة", "جُرح تسعة"),
        ("قتيلان", "قتلى"),
        ("وسبعة أشخاص", "وتسعة أشخاص"),
        ("بسبع قذائف", "بتسع قذائف"),
        ("نفى الجيش القصف", "أكد الجيش القصف"),
        ("طلب أن يقصف", "طلب ألا يقصف"),
    ],
)
def test_what_drifts(before, after):
    assert drifts(before, (0, len(before)), after, (0, len(after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("14 people", "١٤ people"),
        ("1,400 people", "1400 people"),
        ("did not hit", "didn’t hit"),
        ("hit the clinic", "struck the clinic"),
        ("لم يُصب أحد", "لم يصب أحد"),
        ("تنفيذ غارة", "تنفيذ الغارة"),
        ("the northern road", "the north road"),
    ],
)
def test_what_does_not(before, after):
    assert not drifts(before, (0, len(before)), after, (0, len(after)))


def test_words_that_are_the_same_beside_a_changed_number():
    text, quote = "In all, 14 people were hurt on the road.", "people were hurt on the road"

    assert is_flagged(found_again(text, quote, text.replace("14", "40")))


def test_a_negation_long_before_the_words():
    changed = ENGLISH.replace(
        "Residents of Samplebury said", "It is not true, an officer told reporters on Monday in the capital,"
    )

    assert is_flagged(found_again(ENGLISH, QUOTE, changed))


def test_a_negation_in_another_sentence_is_no_matter():
    changed = ENGLISH.replace("It was dry.", "It was not dry.").replace("was open", "was never open")

    assert found_again(ENGLISH, QUOTE, changed).method == "exact"


@pytest.mark.parametrize(("text", "quote"), [(ENGLISH, QUOTE), (ARABIC, ARABIC_QUOTE)])
def test_a_new_paragraph_flags_nothing(text, quote):
    first, rest = text.split("\n\n", 1)
    changed = f"{first}\n\nNot 3 but 5 roads were closed. لم تُفتح 3 طرق.\n\n{rest}"

    assert found_again(text, quote, changed).method == "exact"
