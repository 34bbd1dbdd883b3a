"""Words and queries: what is the same, and that anything can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import syntax
from archive.search.syntax import Notice
from archive.search.words import MAX_WORD, words, words_of

ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=60)
TYPED = st.lists(st.sampled_from(['"', "-", " ", "or", "a", "مدرسة", "al", "|", "\x00", "'", "٣", "x-y"])).map("".join)


def read_words(text: str) -> list[str]:
    return [word.word for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hospital's roof", ["the", "hospital", "roof"]),
        ("Ma'arrat al-Nuʿman", ["maarrat", "numan"]),
        ("Deir ez-Zor, Deir al Zor", ["deir", "zor", "deir", "zor"]),
        ("والمدرسة المدرسة بالمدرسة للمدرسة", ["مدرسه"] * 4),
        ("والد والده والدتها الوالد", ["والد", "والده", "والدتها", "والد"]),
        ("حَلَب حــلب", ["حلب", "حلب"]),
        ("٢٠١٦ ۲۰۱۶ 2016", ["2016"] * 3),
        ("م‌حمد", ["محمد"]),
        ("a/b.c:d_e", ["a", "b", "c", "d", "e"]),
        ("don't ’quoted’", ["dont", "quoted"]),
        ("", []),
        ("%&! 😀", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert read_words(text) == expected


def test_words_name_takes_in_the_positions_of_its_words_only() -> None:
    found = list(words("in Deir al-Zor now"))

    assert [(word.word, word.position) for word in found] == [("in", 0), ("deir", 1), ("zor", 2), ("now", 3)]


@given(ANYTHING)
def test_words_lie_in_the_text_in_order(text: str) -> None:
    found = list(words(text))

    assert [word.position for word in found] == list(range(len(found)))
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.word) <= MAX_WORD
        assert "'" not in word.word
        assert "\\" not in word.word
        assert not any(character.isspace() for character in word.word)


@given(ANYTHING)
def test_fold_is_settled(text: str) -> None:
    for folded in words_of(text):
        assert words_of(folded) in ((folded,), words_of(words_of(folded)[0]))


@given(st.one_of(ANYTHING, TYPED))
def test_read_takes_anything(typed: str) -> None:
    found = syntax.read(typed)

    for group in found.groups:
        assert group
        for term in group:
            assert term.words


def terms(typed: str) -> list[list[str]]:
    return [
        [("-" if term.is_excluded else "") + " ".join(word for _position, word in term.words) for term in group]
        for group in syntax.read(typed).groups
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mill roof", [["mill"], ["roof"]]),
        ("mill or roof night", [["mill", "roof"], ["night"]]),
        ("mill أو roof OR night", [["mill", "roof", "night"]]),
        ('"mill roof"', [["mill roof"]]),
        ("“mill roof”", [["mill roof"]]),
        ('-"mill roof" -night', [["-mill roof"], ["-night"]]),
        ("well-known", [["well known"]]),
        ("mill -", [["mill"]]),
        ("or mill or", [["mill"]]),
        ('"or" mill', [["or"], ["mill"]]),
        ('foo"bar', [["foo"], ["bar"]]),
        ("al shifa", [["shifa"]]),
        ("mi\x00ll", [["mill"]]),
        ("– mill –roof", [["mill"], ["-roof"]]),
        ("", []),
        ("%", []),
    ],
)
def test_read_groups(typed: str, expected: list[list[str]]) -> None:
    assert terms(typed) == expected


def test_read_unclosed_quote_is_told() -> None:
    assert syntax.read('mill "roof night').notices == [Notice.UNBALANCED]
    assert terms('mill "roof night') == [["mill"], ["roof"], ["night"]]


@pytest.mark.parametrize("typed", ["word " * 3_000, "x" * 10_000, " ".join(f"w{n}" for n in range(40))])
def test_read_long_query_is_cut_and_told(typed: str) -> None:
    found = syntax.read(typed)

    assert found.notices == [Notice.CUT]
    assert 0 < len(found.groups) <= syntax.MAX_TERMS


def test_read_names_what_has_no_words() -> None:
    assert syntax.read("mill %&!").unreadable == ["%&!"]


def test_runs_are_stretches_of_plain_words() -> None:
    assert syntax.read('kafr nobol -idlib mill or "deir zor" night').runs() == [
        "kafr nobol",
        "idlib",
        "mill",
        "deir zor",
        "night",
    ]
