import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.front_matter import split
from archive.readers.markdown_text import strip

PAIRS = [
    ("Plain words.", "Plain words."),
    ("# The mill", "The mill"),
    ("## The mill ##", "The mill"),
    ("#nospace", "#nospace"),
    ("The mill\n========", "The mill"),
    ("The mill\n---\nIt burnt.", "The mill\nIt burnt."),
    ("a\n\n* * *\n\nb", "a\n\nb"),
    ("a\n\n\n\n  \nb", "a\n\nb"),
    ("a\r\nb\r\n\r\nc", "a\nb\n\nc"),
    # links and images
    ('See [the video](https://a.example/x_(1).mp4 "title") now', "See the video now"),
    ("See [the video][1].\n\n[1]: https://a.example/", "See the video."),
    ("![alt words](a.png)", ""),
    ("a\n\n![x](y.png)\n*A caption*\n\nb", "a\n\nA caption\n\nb"),
    ("[![x](y.png)](https://a.example) rest", " rest"),
    ("<https://a.example/a_b_c>", "https://a.example/a_b_c"),
    ("[words](https://a.example/?place=the mill&x=(1) 2)", "words"),
    ("[not a link] (at all) and [this](neither is)", "[not a link] (at all) and [this](neither is)"),
    ("a[^1] b\n\n[^1]: The note.", "a[1] b\n\n[1] The note."),
    # emphasis
    ("**Bold**, *italic*, __bold__, _italic_, ~~gone~~", "Bold, italic, bold, italic, gone"),
    ("***both***", "both"),
    ("*over\ntwo lines*", "over\ntwo lines"),
    ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
    ("_المكان: الطاحونة _\n_الوقت: ظهرا._", "المكان: الطاحونة\nالوقت: ظهرا."),
    (r"\*not\* \~500 people, 3 \- 4", "*not* ~500 people, 3 - 4"),
    ("a\\\nb  \nc", "a\nb\nc"),
    # lists, quotations, code, tables
    ("* one\n+ two\n- three\n1. four\n  - five", "- one\n- two\n- three\n1. four\n  - five"),
    ("- [x] done", "- done"),
    ("> quoted\n> > twice", "quoted\ntwice"),
    ("`a_b_c` and ``x ` y``", "a_b_c and x ` y"),
    ("```python\n# no heading\n*x*\n```", "# no heading\n*x*"),
    ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b\n1 | 2"),
    # HTML
    ("a<br>b <span class=x>c</span> &amp; d &lt;e&gt;", "a\nb c & d <e>"),
    ("a <!-- hidden --> b", "a  b"),
    ("a\n\n<iframe src=x>\nno\n</iframe>\n\nb", "a\n\nb"),
    ("<script>alert(1)</script>", ""),
    ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
]


@pytest.mark.parametrize(("markdown", "text"), PAIRS)
def test_strip_pair(markdown, text):
    assert strip(markdown) == text


@given(st.text(alphabet="ab *_`~[]()!<>#|\\\n-&;:1\ue000\ue001", max_size=60))
def test_strip_any_text_is_deterministic_and_leaves_no_marks_of_its_own(text):
    assert strip(text) == strip(text)
    assert "\ue000" not in strip(text)


@pytest.mark.parametrize(
    "piece", ["[", "![", "[a](", "*", "**a", "_a", "`", "<a", "<script", "<!--", "- ", "> ", "|", "\\"]
)
def test_strip_long_hostile_text_is_quick(piece):
    before = time.process_time()

    strip(piece * 20_000)

    assert time.process_time() - before < 3


def test_split_front_matter():
    stated, body = split(
        '---\ntitle: "The \\"old\\" mill: shelled"\ndate: 2018-03-14T10:00:00Z\nlang: en\n---\nText.\n'
    )

    assert (stated["title"], stated["published"], stated["language"]) == (
        'The "old" mill: shelled',
        "2018-03-14T10:00:00Z",
        "en",
    )
    assert body == "Text.\n"


def test_split_front_matter_behind_a_byte_order_mark_with_crlf():
    assert split("\ufeff---\r\ntitle: Mill\r\n---\r\nText.")[1] == "Text."


def test_split_lists_and_comments():
    stated, _ = split(
        "---\nauthors:\n  - A. Writer\n  - B. Writer\ntags: [x, y]\nsource: The Mill Times # daily\n---\n"
    )

    assert stated["authors"] == ["A. Writer", "B. Writer"]
    assert stated["source"] == "The Mill Times"


def test_split_source_that_is_an_address_is_the_url():
    stated, _ = split("---\nsource: https://mill.example/a\nurl: /a/\n---\n")

    assert (stated["url"], stated["source"]) == ("https://mill.example/a", None)


def test_split_url_path_of_the_own_site_is_no_address():
    assert split("---\ntitle: x\nurl: /a/\n---\n")[0]["url"] is None


@pytest.mark.parametrize("document", ["Text", "---\nText\n---\nmore", "--- \n", "", "---\ntitle: never closed"])
def test_split_document_without_front_matter_is_whole(document):
    assert split(document) == ({}, document)
