"""Pages that somebody made to do harm: text is text, nothing runs, nothing hangs, and the next page is read."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Record, Refusal
from archive.readers.building import Around
from archive.readers.html import bounded, record_of_page
from archive.readers.html.html_files import has_tags
from archive.readers.html.proposal import propose
from archive.readers.html.tree import UnreadablePageError
from archive.readers.page import Page
from tests.factories.web_pages import PARAGRAPHS, page

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
DEEP = "the page has more than 200 elements in one another"


def read(html):
    body = html.encode("utf-8", "surrogatepass")
    return record_of_page(Page(body=body, raw=body, media_type="text/html"), Around(file_name="a.html", shown="a.html"))


def test_nothing_of_a_page_is_run_or_taken_for_text():
    record = read(
        "<script>alert('ran')</script><base href='//evil.example/'>"
        "<meta http-equiv=refresh content='0;url=//evil.example'>"
        f"<style>p {{color: red}}</style>{TEXT}<form><input value=typed><textarea>typed too</textarea></form>"
        "<iframe srcdoc='framed'></iframe><img src=x onerror=alert(1) alt=pictured><template>templated</template>"
    )

    assert PARAGRAPHS[2] in record.text
    for word in ("ran", "color", "typed", "framed", "templated", "evil"):
        assert word not in record.text.split()
    assert record.url == ""


@pytest.mark.parametrize("html", ["<div>" * 60_000 + TEXT, "<b>" * 40_000 + TEXT, "<table><tr><td>" * 5_000 + TEXT])
def test_deep_nesting_is_refused(html):
    began = time.monotonic()

    assert read(html) == Refusal("a.html", DEEP)
    assert time.monotonic() - began < 20


def test_too_many_tags_are_refused():
    assert "more than 150,000 tags" in read("<i>" * 150_001).reason


def test_entities_are_not_multiplied():
    bomb = "<!DOCTYPE html [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;']>"

    assert len(read(f"{bomb}<body>{TEXT}<p>&c;&c;</p>").text) < 1_000


def test_direction_overrides_nul_and_unclosed_tags():
    record = read(f"<body>{TEXT}<p>It was \u202eton\u202c hit, a\0 witness said & <b>there<p>The end of it all.")

    assert "\0" not in record.text
    assert "\u202eton\u202c" in record.text  # part of what was published; pages show it isolated


def test_one_long_line_is_read():
    record = read("<p>" + "word " * 1_000_000 + "</p>")

    assert isinstance(record, Record)
    assert len(record.text) == 4_999_999


def test_page_that_takes_too_long_is_given_up_and_the_next_one_is_read():
    with pytest.raises(UnreadablePageError, match="longer than"):
        bounded.propose("<a href=x>one two three four five</a> " * 40_000, longest=0.5)

    assert bounded.propose(page())["stated"]["title"] == "Shells hit the old mill"


def test_process_that_ends_is_a_refusal_and_the_next_page_is_read():
    bounded.propose(page())
    bounded._helper.process.kill()
    bounded._helper.process.wait()

    assert bounded.propose(page())["text"]


def test_reply_is_that_of_the_pure_function():
    asked = propose(page())

    assert bounded.propose(page()) == {**asked, "captions": [list(span) for span in asked["captions"]]}


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "<figure><figcaption>",
        "</figcaption>",
        "<table><td>",
        "<br>",
        "<a href=/>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<",
        "&amp;",
        "&#x202e;",
        "\ue000",
        "\ue001",
        "\ue002",
        "\x00",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=12), st.sampled_from(PARAGRAPHS)), max_size=30).map("".join))
def test_any_page_is_read_or_refused_and_captions_are_within_the_text(html):
    try:
        found = propose(f"<body>{html}")
    except UnreadablePageError:
        return
    assert not set(found["text"]) & set("\ue000\ue001\ue002\0")
    end = 0
    for start, stop in found["captions"]:
        assert end <= start < stop <= len(found["text"])
        end = stop


def test_many_comments_before_a_text_cost_nothing():
    began = time.monotonic()

    assert not has_tags("<!---->" * 10_000 + "The mill.")
    assert not has_tags("<!--" * 10_000 + "The mill.")
    assert not has_tags("<?xml " * 10_000)
    assert time.monotonic() - began < 2
