import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import codes

lengths = st.integers(min_value=3, max_value=codes.MAX_LENGTH)


@given(lengths)
def test_new_code_is_valid_and_starts_with_a_letter(length):
    code = codes.new_code(length)

    assert len(code) == length
    assert codes.is_valid(code)
    assert code[0] in codes.CONSONANTS


def test_new_code_differs_each_time():
    assert len({codes.new_code(12) for _ in range(200)}) == 200


@pytest.mark.parametrize("length", [-1, 0, 2, 29])
def test_new_code_refuses_a_length_it_cannot_protect(length):
    with pytest.raises(ValueError, match="characters"):
        codes.new_code(length)


def test_alphabet_has_no_vowel_and_no_l():
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 29
    assert not set("aeiouyl") & set(codes.ALPHABET)


def test_check_character_of_the_published_example():
    # The worked example in NOID's own manual.
    assert codes.check_character("13030/xf93gt2") == "q"


@given(lengths)
def test_is_valid_detects_every_single_wrong_character(length):
    code = codes.new_code(length)

    wrong = [
        code[:place] + char + code[place + 1 :]
        for place in range(length)
        for char in codes.ALPHABET
        if char != code[place]
    ]

    assert len(wrong) == length * 28
    assert not any(map(codes.is_valid, wrong))


@given(lengths)
def test_is_valid_detects_every_exchange_of_neighbours(length):
    code = codes.new_code(length)

    swapped = [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(length - 1) if code[i] != code[i + 1]]

    assert not any(map(codes.is_valid, swapped))


@pytest.mark.parametrize("code", ["", "0", "00", "bcdl0", "BCD10", "b c d", "٣٣٣٣", "b" * 29])
def test_is_valid_refuses_what_is_no_code(code):
    assert not codes.is_valid(code)


@given(st.text())
def test_is_valid_never_fails(text):
    assert codes.is_valid(text) in (True, False)
