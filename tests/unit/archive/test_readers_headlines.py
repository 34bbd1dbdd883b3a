import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.headlines import OPENING_LENGTH, find_dateline, find_title

BODY = "The old mill by the river was hit by three shells at noon, people who live there said, " + "and it burnt. " * 8


def test_find_title_repeated_line():
    text = f"Three shells hit the mill.\n\nThree shells hit the mill.\nNobody was inside\n3 min read\n{BODY}"

    assert find_title(text) == ("Three shells hit the mill.", "text")


def test_find_title_line_before_the_text():
    assert find_title(f"Three shells hit the old mill\n\n{BODY}") == ("Three shells hit the old mill", "text")


def test_find_title_with_a_standfirst_under_it():
    text = f"Three shells hit the old mill\nThe river bank has seen months of quiet until now\n\n{BODY}"

    assert find_title(text)[0] == "Three shells hit the old mill"


def test_find_title_after_the_phrases_of_a_site():
    phrases = "Read everything in one place.\nOur app\nStart reading\nThe Mill Times - UK\nWorld\nA. Writer"
    text = f"{phrases}\n\nThree shells hit the old mill\n\n{BODY}"

    assert find_title(text) == ("Three shells hit the old mill", "text")


@pytest.mark.parametrize(
    "line",
    [
        "By A. Writer in the old town",
        "14 March 2018, 10:05 GMT",
        "The mill after the shells fell on it [Agency]",
        "Sign up for our daily newsletter",
        "Share this article on other sites",
    ],
)
def test_find_title_passes_over(line):
    assert find_title(f"{line}\nThree shells hit the old mill\n\n{BODY}")[0] == "Three shells hit the old mill"


def test_find_title_question_and_arabic():
    assert find_title(f"Who shelled the old mill?\n\n{BODY}")[0] == "Who shelled the old mill?"
    assert find_title(
        "قذائف على الطاحونة القديمة\n\n" + "سقطت ثلاث قذائف على الطاحونة القديمة عند النهر ظهر اليوم. " * 4
    ) == (
        "قذائف على الطاحونة القديمة",
        "text",
    )


def test_find_title_short_headline_directly_before_the_text():
    assert find_title(f"Mill shelled\n\n{BODY}") == ("Mill shelled", "text")


def test_find_title_of_a_short_notice():
    assert find_title("Three shells hit the old mill\n\nNobody was inside it.")[0] == "Three shells hit the old mill"


def test_find_title_without_headline_is_opening_words_cut_between_words():
    title, how = find_title(BODY)

    assert how == "opening words"
    assert title.endswith("…")
    assert len(title) <= OPENING_LENGTH
    assert BODY.startswith(title[:-1] + " ")


def test_find_title_opening_words_of_a_short_text_are_whole():
    assert find_title("Nothing new. All is quiet.") == ("Nothing new. All is quiet.", "opening words")


def test_find_dateline_alone_on_one_of_the_first_lines():
    assert find_dateline(f"Three shells hit the mill\nA standfirst\n3 min read\n14 March, 2018\n{BODY}") == "2018-03-14"


@pytest.mark.parametrize(
    "text",
    [
        f"Three shells hit the mill\nThe mill on 14 March 2018 [Agency]\n{BODY}",
        f"Three shells hit the mill\n{BODY}\nIt was hit on 14 March 2018 too.",
        "line\n" * 13 + "14 March 2018",
    ],
)
def test_find_dateline_in_captions_sentences_and_far_down_is_none(text):
    assert find_dateline(text) == ""


@given(st.text())
def test_find_title_any_text_answers(text):
    title, how = find_title(text)
    assert how in ("text", "opening words")
    assert "\n" not in title
