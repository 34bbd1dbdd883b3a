import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.closeness import as_in_arabic, closeness


@pytest.mark.parametrize(
    ("key", "right", "other"),
    [("qamishli", "قامشلي", "كمال"), ("kafrnabl", "كفرنبل", "كفرنبوده"), ("uppermajra", "مجريفوقاني", "مجريتحتاني")],
)
def test_closeness_puts_the_same_name_in_the_other_script_first(key: str, right: str, other: str) -> None:
    one, two = closeness(key, [right, other])

    assert one > two


def test_as_in_arabic_moves_the_word_that_tells_namesakes_apart() -> None:
    assert as_in_arabic("littlehamam") == "hamamsaghir"
    assert as_in_arabic("newa") == "newa"


@given(st.text("abcdeqkشمسقك", min_size=1, max_size=12))
def test_closeness_of_a_key_to_itself_is_one(key: str) -> None:
    assert closeness(key, [key])[0] == pytest.approx(1)
