import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.graphemes import is_boundary, snap

FAMILY = "👨\u200d👩\u200d👧"
CLUSTERS = [
    "e\u0323\u0301", "ب\u064e\u0651", "👍🏽", FAMILY, "🇸🇾", "❤\ufe0f", "1\ufe0f\u20e3", "ن\u200c",
    "🏴\U000e0067\U000e007f", "\u06dd1",
]  # fmt: skip


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_snap_widens_to_the_whole_cluster(cluster):
    text = f"x{cluster}y"
    stop = 1 + len(cluster)

    assert snap(text, 2, stop) == (1, stop)
    assert snap(text, 1, stop - 1 if len(cluster) > 2 else 2) == (1, stop)
    assert snap(text, 0, 1) == (0, 1)
    assert snap(text, stop, stop + 1) == (stop, stop + 1)


def test_snap_keeps_two_flags_apart():
    assert snap("🇸🇾🇹🇷", 0, 2) == (0, 2)
    assert snap("🇸🇾🇹🇷", 1, 3) == (0, 4)


def test_snap_does_not_join_a_line_to_a_stray_mark():
    assert is_boundary("a\n\u0301b", 2)


@given(st.text(alphabet=st.sampled_from("ab\n\u0301\u064e\u200d👩🏽🇸🇾"), max_size=30), st.data())
def test_snap_widens_and_is_stable(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    wide = snap(text, start, end)

    assert wide[0] <= start <= end <= wide[1]
    assert snap(text, *wide) == wide


@given(st.text())
def test_boundary_never_lies_before_a_combining_mark_of_a_letter(text):
    for index in range(1, len(text)):
        if unicodedata.category(text[index]) == "Mn" and text[index - 1].isalpha():
            assert not is_boundary(text, index)
