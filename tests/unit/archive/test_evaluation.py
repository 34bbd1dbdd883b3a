"""The measurement of the reading of pages: its arithmetic, and that what is demanded holds."""

import pytest

from evaluate import pages


def test_f1_of_words():
    assert pages.f1("a b c d", "a b c d") == 1
    assert pages.f1("a b c d", "d c") == pytest.approx(2 / 3)
    assert pages.f1("a a", "a") == pytest.approx(2 / 3)
    assert pages.f1("a", "") == 0


@pytest.mark.shared
def test_pages_are_read_as_well_as_demanded():
    figures = pages.Figures([pages.read(page) for page in pages.pages()])

    assert figures.words >= pages.WORDS
    assert figures.titles >= pages.TITLES
    assert figures.days >= pages.DATES
    assert [one.page for one in figures.readings if one.flag] == ["005-unescape-html-entities"]  # of one word
