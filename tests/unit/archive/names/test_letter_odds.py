import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.letter_odds import log_odds

KEYS = st.text(alphabet="abdeghiklmnrstuyzابتحخدرسشعكلمنهوي", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "name", "other"),
    [
        ("rabee", "ربيع", "رابيه"),
        ("tallrifaatgharbi", "westerntalrefaat", "tallrifaatsharqi"),
        ("khirbatqadi", "kherbetelqadi", "khirbatqasr"),
        ("شويحه", "shweiha", "sweida"),
        ("jrash castle".replace(" ", ""), "قلعهجرش", "جرش"),
    ],
)
def test_log_odds_are_higher_for_the_name_that_is_written(written: str, name: str, other: str) -> None:
    right, wrong = log_odds(written, [name, other])
    assert right > wrong


@given(KEYS, st.lists(KEYS, max_size=5))
def test_log_odds_are_logarithms_of_chances_and_do_not_depend_on_the_others(key: str, others: list[str]) -> None:
    together = log_odds(key, others)
    assert together.shape == (len(others),)
    assert np.all(together <= 1e-9)
    for other, odds in zip(others, together, strict=True):
        assert log_odds(key, [other])[0] == pytest.approx(odds)
