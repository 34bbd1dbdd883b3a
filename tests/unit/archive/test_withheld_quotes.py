"""Quotes of which words are withheld: nothing in them tells how long these words are."""

import pytest

from archive.text.withheld import Masked, Withheld, one_sign, spans
from archive.withheld import copied_from, quoted

NAMES = ("Ann Oh", "Maximiliana Featherstonehaugh-Example")


@pytest.mark.parametrize("exact", ["it fell", "{} saw", "wrote {}"])
@pytest.mark.parametrize("before", ["", "b" * 40])
def test_quoted_context_reaches_as_far_whatever_is_withheld(before: str, exact: str) -> None:
    told = set()
    for name in NAMES:
        text = f"{before} {name} wrote that it fell. {name} saw. They wrote {name}. {'z' * 60}"
        sought = exact.format(name)
        start = text.index(sought)
        found = spans(text, [Withheld(name, "witness")])
        around = len(text[max(0, start - 32) : start]), 32
        told.add(quoted(text, found, start, start + len(sought), around))
    assert len(told) == 1
    assert not any(name in "".join(map(str, one)) for one in told for name in NAMES)


def test_masked_origin_is_the_way_back() -> None:
    text = "At Ann Oh, by Ann Oh."
    masked = Masked(text, spans(text, [Withheld("Ann Oh", "witness")]), one_sign)

    assert masked.text == "At █, by █."
    assert [masked.origin(masked.at(place)) for place in (0, 3, 9, 14, 20, 21)] == [0, 3, 9, 14, 20, 21]
    assert masked.origin(99) == len(text)


def test_copied_from_web_archives_is_not_told() -> None:
    words = [Withheld("Ann Oh", "witness")]
    archived = "https://web.archive.org/web/20311128120000/https://herald.example/a"

    assert copied_from(archived, words) == ""
    assert copied_from(archived, []) == archived
    assert copied_from("https://herald.example/a", words) == "https://herald.example/a"
    assert copied_from("https://herald.example/ann-oh", words) == ""
