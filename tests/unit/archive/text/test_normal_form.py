import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import text

# Surrogates included: they reach us from JSON and from files read with errors="surrogateescape".
any_text = st.text(alphabet=st.characters(codec=None), max_size=80)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u0085b\u2028c\u2029d", "a\nb\nc\nd"),
        ("\r\n\r\n", "\n\n"),
        ("\ufeffword", "word"),
        ("one\ufefftwo", "onetwo"),
        ("a\0b\x01\x0b\x0c\x1f\x7f\x80\x9fc", "abc"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("e\u0301", "é"),
        ("e\0\u0301", "é"),
        ("ا\u0654", "أ"),
        ("\u0628\u0651\u064e", "\u0628\u064e\u0651"),
        ("نیم\u200cفاصله \u200f(x)\u200d كــتاب", "نیم\u200cفاصله \u200f(x)\u200d كــتاب"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("bad \udc00\ud800", "bad \ufffd\ufffd"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_normalise_known_cases(raw, expected):
    assert text.normalise(raw) == expected


@given(any_text)
def test_normalise_twice_changes_nothing(raw):
    once = text.normalise(raw)

    assert text.normalise(once) == once


@given(any_text)
def test_normalise_leaves_no_control_and_no_surrogate(raw):
    normal = text.normalise(raw)

    assert not [char for char in normal if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert unicodedata.is_normalized("NFC", normal)
    assert normal.encode("utf-8").decode("utf-8") == normal


def test_sha256_of_hashes_utf8():
    assert text.sha256_of("كفر 😀") == hashlib.sha256("كفر 😀".encode()).hexdigest()


def test_excerpt_of_a_short_text_is_the_text_on_one_line():
    assert text.excerpt("Two\n\nlines  here", 40) == "Two lines here"


def test_excerpt_cuts_between_words():
    assert text.excerpt("The clinic was struck, twice in an hour", 23) == "The clinic was struck…"


def test_excerpt_of_an_endless_word_keeps_the_letter_with_its_mark():
    assert text.excerpt("ab\u0323c\u0323d\u0323e\u0323", 6) == "ab\u0323c\u0323…"


@given(st.text(max_size=200), st.integers(min_value=2, max_value=60))
def test_excerpt_is_never_too_wide(raw, width):
    excerpt = text.excerpt(raw, width)

    assert len(excerpt) <= width
    assert "\n" not in excerpt
