"""Citations in which two scripts meet: what runs in the other direction is set apart, in the page and when copied."""

import datetime

import pytest
from django.utils import translation

from archive.citing import STYLES, Reference
from archive.templatetags.pages import written_in
from archive.web import citations

ENGLISH = Reference(
    kind="article",
    key="bc123",
    title="Is a mill on fire?",
    publisher="Example Herald",
    url="https://herald.example/a",
    issued=datetime.date(2019, 11, 28),
)
ARABIC = Reference(
    kind="article",
    key="bc124",
    title="قذائف على مطحنة",
    publisher="صحيفة المثال",
    url="https://herald.example/b",
    issued=datetime.date(2019, 11, 28),
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("language", "reference"), [("ar", ENGLISH), ("en", ARABIC)])
def test_names_in_the_other_direction_are_set_apart(style: str, language: str, reference: Reference) -> None:
    with translation.override(language):
        said = citations.line(reference, style)

    assert f"\u2068{reference.title}" in said
    assert f"\u2068{reference.publisher}\u2069" in said
    assert said.count("\u2068") == said.count("\u2069") == 2


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("language", "reference"), [("ar", ARABIC), ("en", ENGLISH)])
def test_citation_in_one_script_has_no_invisible_characters(style: str, language: str, reference: Reference) -> None:
    with translation.override(language):
        assert "\u2068" not in citations.line(reference, style)


def test_no_stop_follows_a_question_mark_that_is_set_apart() -> None:
    with translation.override("ar"):
        assert "?\u2069." not in citations.line(ENGLISH, "APA")


def test_quotes_stand_between_the_marks_of_the_reader() -> None:
    with translation.override("ar"):
        assert citations.quoted("Shells hit a mill") == "«\u2068Shells hit a mill\u2069»"
    with translation.override("en"):
        assert citations.quoted("Shells hit a mill") == "“Shells hit a mill”"


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("First published.", "ar", "en"),
        ("First published.", "en", ""),
        ("الإصدار الأول.", "en", "ar"),
        ("الإصدار الأول.", "ar", ""),
        ("27–28", "ar", ""),
        ("", "ar", ""),
    ],
)
def test_language_of_a_note_is_told_where_it_is_not_the_pages(text: str, page: str, language: str) -> None:
    with translation.override(page):
        assert written_in(text) == language
