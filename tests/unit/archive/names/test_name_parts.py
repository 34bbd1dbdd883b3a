import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import name_key
from archive.names.name_parts import letters, parts, signs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tell Rifaat al-Gharbi", ("TALL", "rifaat", ("WEST",))),
        ("Western Tal Refaat", ("TALL", "refaat", ("WEST",))),
        ("تل رفعت الغربي", ("TALL", "رفعت", ("WEST",))),
        ("Southern Lower Um Hajra", ("UMM", "hajra", ("LOWER", "SOUTH"))),
        ("أم حجرة جنوبية تحتاني", ("UMM", "حجره", ("LOWER", "SOUTH"))),
        ("Rash Castle", ("QALA", "rash", ())),
        ("قلعة رش", ("", "قلعهرش", ())),  # two letters are no name
        ("Talha", ("", "talha", ())),
        ("Idlib", ("", "idlib", ())),
    ],
)
def test_parts_of_a_name_are_the_same_in_each_language(name: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert parts(name_key(name)) == expected


@pytest.mark.parametrize(
    ("key", "expected"), [("khoury", "kh ou r y$"), ("كفر", "ك ف ر$"), ("hammam", "h a m a m$"), ("", "")]
)
def test_letters_are_those_that_one_sound_is_written_with(key: str, expected: str) -> None:
    assert letters(key) == expected.split()


@given(st.text(max_size=30))
def test_a_key_keeps_letters_of_its_own(text: str) -> None:
    key = name_key(text)
    assert bool(signs(key)) == bool(key)
    assert parts(key).name or not key
