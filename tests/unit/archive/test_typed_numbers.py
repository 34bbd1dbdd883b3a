"""Numbers that addresses bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.typed_numbers import typed_number, typed_numbers

NO_DIGITS = st.text().filter(lambda text: not (text.isascii() and text.isdigit()))
TOO_LONG = st.from_regex("[0-9]{19,40}", fullmatch=True)


@given(st.integers(0, 10**18 - 1))
def test_number_is_read(number: int) -> None:
    assert typed_number(f"{number}") == number


@given(NO_DIGITS | TOO_LONG)
def test_anything_else_is_none(text: str) -> None:
    assert typed_number(text) is None


@given(st.lists(st.integers(0, 10**18 - 1) | TOO_LONG | st.sampled_from(["", "x", "-1"])))
def test_lists_leave_out_what_is_no_number(given: list[int | str]) -> None:
    assert typed_numbers(",".join(map(str, given))) == [one for one in given if isinstance(one, int)]


@pytest.mark.parametrize("typed", [None, "٣", "²", "-1", "", " 1"])
def test_none_and_digits_of_other_scripts_are_none(typed: str | None) -> None:
    assert typed_number(typed) is None
