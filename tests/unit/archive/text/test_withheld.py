"""Where withheld words stand in a text, and the text without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.folding import fold
from archive.text.withheld import Masked, Span, Withheld, has_enough, holds, one_sign, spans


def stretches(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end, _kind in spans(text, [Withheld(one, "witness") for one in words])]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Tamsin Quill said", "tamsin quill", ["Tamsin Quill"]),
        ("TAMSIN\u00a0\nQUILL'S house", "Tamsin Quill", ["TAMSIN\u00a0\nQUILL"]),
        ("Tamsin-Quill, tamsin_quill", "Tamsin Quill", ["Tamsin-Quill", "tamsin_quill"]),
        ("Ta\u00admsin Quíll", "Tamsin Quill", ["Ta\u00admsin Quíll"]),
        ("Abdulnamely", "Namely", ["namely"]),
        ("The reality of Ali and Alia", "Ali", ["Ali"]),
        ("قال وهيبـــة الشَّمّاخ", "وهيبه الشماخ", ["وهيبـــة الشَّمّاخ"]),
        ("وعلي قال لعلي والعلية", "علي", ["علي", "علي"]),
        ("الشَّمَّاخَ", "الشماخ", ["الشَّمَّاخَ"]),
        ("call 0931-555 123 now", "٠٩٣١ ٥٥٥ ١٢٣", ["0931-555 123"]),
        ("قال عبد الرحمن", "عبدالرحمن", ["عبد الرحمن"]),
        ("قتلوا محمداً هنا", "محمد", ["محمداً"]),
        ("رأى محمداً عليّاً", "محمد علي", ["محمداً عليّاً"]),
        ("قال للشماخ والشماخ", "الشماخ", ["للشماخ", "الشماخ"]),
        ("call +963 944 123 456", "+963944123456", ["963 944 123 456"]),
        ("Quill-\nfeather, Quill\u200bfeather", "Quillfeather", ["Quill-\nfeather", "Quill\u200bfeather"]),
        ("O'Neil and ʿAlī", "ONeil", ["O'Neil"]),
        ("and ʿAlī.", "Ali", ["Alī"]),
        ("It has sanctions", "Hassan", []),
        ("see https://x.example/%D9%88%D9%87%D9%8A there", "وهي", ["https://x.example/%D9%88%D9%87%D9%8A"]),
        ("nothing", "Tamsin", []),
        ("", "Tamsin", []),
        ("a.b", ".", []),
    ],
)
def test_withheld_words_are_found_as_they_are_read(text: str, words: str, found: list[str]) -> None:
    assert stretches(text, words) == found


def test_withheld_words_that_overlap_are_one_stretch() -> None:
    assert stretches("Tamsin Quill Feather", "Tamsin Quill", "Quill Feather") == ["Tamsin Quill Feather"]


@pytest.mark.parametrize(
    "address",
    ["https://x.example/tamsin-quill/", "https://x.example/?q=Tamsin%20Quill", "https://x.example/%D9%88%D9%87%D9%8A%D8%A8%D8%A9"],
)  # fmt: skip
def test_withheld_words_are_found_in_addresses(address: str) -> None:
    assert holds(address, [Withheld("Tamsin Quill", "witness"), Withheld("وهيبة", "witness")])


def test_withheld_words_cut_at_an_edge_are_withheld_whole() -> None:
    text = "before Tamsin Quill after"
    shown = Masked(text, spans(text, [Withheld("Tamsin Quill", "witness")]), lambda kind: f"[{kind}]")

    assert shown.text == "before [witness] after"
    assert shown.between(9, 22) == "[witness] af"
    assert shown.between(0, 10) == "before [witness]"
    assert shown.between(8, 10) == "[witness]"
    assert shown.text[shown.at(7) : shown.at(19, is_end=True)] == "[witness]"
    assert shown.text[shown.at(20) :] == "after"


@pytest.mark.parametrize(("words", "enough"), [("Al", True), ("x", False), (" .-", False), ("12", True), ("ع", False)])
def test_withheld_words_need_something_to_look_for(words: str, enough: bool) -> None:
    assert has_enough(words) == enough


NAMES = st.text("abعلي ", min_size=1, max_size=4).filter(has_enough)


@given(st.text("abعلي \n-ً", max_size=30), st.lists(NAMES, max_size=3))
def test_withheld_words_are_in_no_text_that_is_shown(text: str, names: list[str]) -> None:
    words = [Withheld(name, "witness") for name in names]
    found = spans(text, words)
    shown = Masked(text, found, one_sign)

    assert spans(shown.text, words) == []
    assert len(shown.text) == len(text) - sum(end - start - 1 for start, end, _kind in found)
    for place in range(len(text) + 1):
        assert shown.at(place) <= shown.at(place, is_end=True) <= len(shown.text)
        if not any(start < place < end for start, end, _kind in found):
            assert fold(shown.text[: shown.at(place)]).text == fold(shown.between(0, place)).text


def test_withheld_stretches_keep_their_kinds() -> None:
    text = "Ali met Tamsin"
    assert spans(text, [Withheld("Tamsin", "victim"), Withheld("Ali", "witness")]) == [
        Span(0, 3, "witness"),
        Span(8, 14, "victim"),
    ]
