"""Addresses at rest, and the words that confirm and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.alerts import sealing

REFERENCES = st.text("0123456789bcdfghjkmnpqrstvwxz", min_size=1, max_size=20)


@given(st.emails())
def test_what_is_sealed_is_unsealed_and_nothing_of_it_shows(address: str) -> None:
    sealed = sealing.seal(address)

    assert sealing.unseal(sealed) == address
    assert address not in sealed
    assert "@" not in sealed
    assert sealing.seal(address) != sealed


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "@", "changed"])
def test_what_was_not_sealed_here_is_not_unsealed(sealed: str) -> None:
    if sealed == "changed":  # sealed anew for each test: no two are the same
        sealed = sealing.seal("a@b.example")[:-2] + "xx"
    with pytest.raises(sealing.UnsealableError):
        sealing.unseal(sealed)


@given(REFERENCES, st.text(max_size=60))
def test_a_word_ends_its_own_alert_alone(reference: str, other: str) -> None:
    word = sealing.word_of_end(reference)

    assert sealing.read_end(word) == reference
    assert sealing.read_end(other) == "" or other == sealing.word_of_end(sealing.read_end(other))
    assert sealing.read_end(f"{word}0") == ""
    assert sealing.read_end(f"b{word}") == ""


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("a.b+list@c.example", "ab@c.example"),
        ("A.B@C.Example", "ab@c.example"),
        ("+@c.example", "+@c.example"),
        ("a@مثال.example", "a@xn--mgbh0fb.example"),
    ],
)
def test_mailbox_of_an_address(address: str, same: str) -> None:
    assert sealing.mailbox_of(address) == same
