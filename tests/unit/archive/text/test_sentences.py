from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.sentences import LONGEST_PIECE, sentences, short_sentences


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Two shells fell.", "Nobody was hurt!", "Why?"],
        ["Dr. Example met Gen. Sample at 9 a.m. on Monday.", "They left."],
        ["It hit clinic No. 5 on St. Example road.", "It burned."],
        ["He said no.", "The ward was full."],
        ["It cost 2.5 million.", "It was new."],
        ["The U.S. Navy said so.", "J. R. Sample agreed."],
        ["It was made in the U.S.", "The maker closed."],
        ["“We saw it fall.”", "(It did not explode.)", "She ran."],
        ["1. The first clinic fell.", "2. The second stood."],
        ["That was in 2019.", "The year after was calm."],
        ["He waited… and left.", "Gone..."],
        ["وصل المسعفون إلى المكان.", "هل كان أحد هناك؟", "لا أحد!"],
        ["قال د. مثال إن الوضع صعب.", "وأضاف أنه سيبقى."],
        ["«وصلنا بعد ساعة.»", "ثم عدنا."],
    ],
)
def test_sentences_known_texts(parts):
    assert cut(" ".join(parts)) == parts


def test_sentences_arabic_without_a_space_after_the_full_stop():
    assert cut("سقطت القذيفة.وهرب الناس؟نعم") == ["سقطت القذيفة.", "وهرب الناس؟", "نعم"]


def test_sentences_lines_are_sentences():
    assert cut("A headline\nBy a reporter\n\n  The text. ") == ["A headline", "By a reporter", "The text."]


def test_sentences_a_wrapped_line_goes_on():
    assert cut("The shell fell on the\nroof of the school. It burned.") == [
        "The shell fell on the\nroof of the school.",
        "It burned.",
    ]


def test_sentences_directional_mark_stays_with_its_full_stop():
    assert cut("انتهى.\u200f بدأ.") == ["انتهى.\u200f", "بدأ."]


@given(st.text(alphabet=st.sampled_from(list("aB1 .!?\n\t\"'”»).أب؟د\u200f…😀")), max_size=60) | st.text(max_size=60))
def test_sentences_hold_every_visible_character_once(text):
    spans = sentences(text)

    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = [i for i in range(len(text)) if not any(start <= i < end for start, end in spans)]
    assert all(text[i].isspace() for i in outside)
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize("text", ["Shells fell. " * 3, "a, " * 2_000, "a" * 5_000, ""])
def test_sentences_without_an_end_are_cut_between_words(text: str) -> None:
    spans = short_sentences(text)

    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    assert all(0 < end - start <= LONGEST_PIECE for start, end in spans)
    assert all(text[start - 1 : start + 1] != "aa" or "," not in text for start, _ in spans)
