import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.keys import name_key, spaceless
from archive.names.romanised import as_arabic


@pytest.mark.parametrize(
    ("name", "arabic"),
    [
        ("Ḩuwaytah", "حويتة"),
        ("Muqa`barah", "مقعبرة"),
        ("Rasm aḑ Ḑab‘", "رسم الضبع"),
        ("Mu‘az̧z̧amīyah", "معظمية"),
        ("Qarat Rabū‘", "قرة ربوع"),
        ("Khirbat al Ḩişān", "خربة الحصان"),
        ("Az̧ Z̧āhirah al ‘Ulyā", "الظاهرة العليا"),
        ("Ra’s al ‘Ayn", "رأس العين"),
        ("Qoudeïrâne", "قوديران"),
    ],
)
def test_marked_transliterations_are_read_back(name: str, arabic: str) -> None:
    assert as_arabic(name) == name_key(arabic)


@pytest.mark.parametrize("name", ["Kafr Nabl", "Ma'arrat", "كفر نبل", "", "Idlib-Stadt"])
def test_names_without_marks_tell_nothing(name: str) -> None:
    assert as_arabic(name) == ""


@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(text: str) -> None:
    key = as_arabic(text)
    assert key == spaceless(key)  # folded letters and digits; two words run together may begin like an article
