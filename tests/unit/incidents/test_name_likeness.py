"""Names that may be of the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.name_likeness import are_alike, is_like

LIKE = [
    ("Ariha vegetable market", "ariha Vegetable Market"),
    ("Market of vegetables, Ariha", "Ariha vegetable market"),
    ("Kiwan Hospital", "مشفى كيوان"),
    ("مستشفى كيوان", "مشفى كيوان"),
    ("Keiwan hospital", "Kiwan Hospital"),
    ("Idlib National Hospital", "المستشفى الوطني إدلب"),
    ("SOHR", "Syrian Observatory for Human Rights"),
    ("Al-Amal hospital", "Amal hospital"),
    ("Russian Ministry of Defence", "Russian Defence Ministry"),
    ("Nabd al-Hayat", "Nabd Al Hayat Hospital"),
]
UNLIKE = [
    ("Rawda Hospital", "Rawda school"),
    ("Amal Hospital", "Kiwan Hospital"),
    ("Syrian Ministry of Defence", "Russian Ministry of Defence"),
    ("School 1", "School 2"),
    ("Old Mill", "New Mill"),
    ("Hospital", "National Hospital"),
    ("Islamic State", "Islamic Front"),
    ("", "Kiwan Hospital"),
]


@pytest.mark.parametrize(("one", "other"), LIKE)
def test_names_that_are_alike(one: str, other: str) -> None:
    assert is_like(one, other)
    assert is_like(other, one)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_names_that_are_not(one: str, other: str) -> None:
    assert not is_like(one, other)
    assert not is_like(other, one)


NAMES = st.sampled_from(sorted({name for pair in (*LIKE, *UNLIKE) for name in pair}))


@given(st.lists(NAMES, max_size=3), st.lists(NAMES, max_size=3))
def test_names_are_compared_either_way(one: list[str], other: list[str]) -> None:
    assert are_alike(one, other) == are_alike(other, one)
