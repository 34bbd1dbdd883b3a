import json
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from archive.marks import LONGEST_LINE, Mark, render_highlights, render_json, render_labels, render_passages, snippet

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</mark></div><!--",
    "&lt;b&gt; &amp;amp; &#x3C;",
    "' onmouseover='x",
    "]]><svg/onload=x>",
]
texts = st.text(
    alphabet=st.sampled_from(list("ab <>&\"'/=;#\n\téب\u064e\u0651\u200d😀👩🏽")),
    max_size=50,
) | st.sampled_from(HOSTILE)


@st.composite
def marked_texts(draw, **kinds):
    text = draw(texts.filter(bool))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=6))
    marks = [
        Mark(f"b{number}", start, end, draw(st.sampled_from(["", 'a "label" <i>'])))
        for number, (start, end) in enumerate(spans)
        if start < end
    ]
    return text, marks


class Page(HTMLParser):
    """What a browser would see: the text, the elements, and the text under each passage."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.stack, self.passages, self.ids = "", [], [], {}, []
        self.current = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        assert tag not in self.stack, "nested"
        assert len(attributes) == len(attrs)
        self.tags.append((tag, attributes))
        self.stack.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.current = (
            attributes["data-passages"].split()
            if "data-passages" in attributes
            else None or (self.current if tag in {"a", "span"} else [])
        )

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag
        if tag == "mark":
            self.current = []

    def handle_data(self, data):
        self.text += data
        if "mark" in self.stack:
            for passage in self.current:
                self.passages[passage] = self.passages.get(passage, "") + data


@given(marked_texts(), st.integers(1, 12))
def test_render_passages_keeps_the_text_exactly(marked, block):
    text, marks = marked

    page = Page(render_passages(text, marks, block=block))

    assert page.text == text
    assert not page.stack


@given(marked_texts(), st.integers(0, 12))
def test_render_passages_slices_join_to_the_passage(marked, block):
    text, marks = marked

    page = Page(render_passages(text, marks, block=block))

    assert page.passages == {mark.id: text[mark.start : mark.end] for mark in marks}
    assert sorted(page.ids) == sorted(f"p{mark.id}" for mark in marks)


@given(marked_texts())
def test_render_passages_writes_only_its_own_elements(marked):
    text, marks = marked

    page = Page(render_passages(text, marks, href="/passages/{id}/"))

    assert page.text == text
    assert {tag for tag, _ in page.tags} <= {"mark", "span", "a"}
    allowed = {"class", "data-passages", "aria-describedby", "id", "href", "tabindex"}
    assert all(set(attributes) <= allowed for _, attributes in page.tags)


def test_render_passages_without_passages_is_the_escaped_text():
    html = render_passages("a < b\n", [])

    assert html == "a &lt; b\n"
    assert isinstance(html, SafeString)


def test_render_passages_overlap():
    html = render_passages("abcdef", [Mark("x", 0, 4), Mark("y", 2, 6)])

    assert html == (
        '<span id="px" class="passage-start"></span><mark class="passage d1" data-passages="x">ab</mark>'
        '<span id="py" class="passage-start"></span><mark class="passage d2" data-passages="x y">cd</mark>'
        '<mark class="passage d1" data-passages="y">ef</mark>'
    )


LINE_END = '<span class="line-end">\n</span>'


def test_render_passages_in_blocks_of_whole_lines():
    html = render_passages("one\ntwo\n\nthree\nfour\nfive\n", [Mark("x", 5, 12)], block=4)

    assert html == (
        f'<div class="text-block">one{LINE_END}</div><div class="text-block">t'
        '<span id="px" class="passage-start"></span>'
        f'<mark class="passage d1" data-passages="x">wo{LINE_END}</mark></div>'
        f'<div class="text-block"><mark class="passage d1" data-passages="x">\nthr</mark>ee{LINE_END}</div>'
        f'<div class="text-block">four{LINE_END}</div><div class="text-block">five\n</div>'
    )


def test_render_passages_of_a_text_that_is_not_long_in_one_piece():
    assert render_passages("one\n" * 5, [], block=4) == "one\n" * 5


def blocks_of(text, block):
    return [Page(piece).text for piece in render_passages(text, [], block=block).split("</div>")[:-1]] or [text]


@given(texts, st.integers(1, 12))
def test_render_passages_blocks_end_with_their_line_unless_it_is_long(text, block):
    pieces = blocks_of(text, block)

    assert "".join(pieces) == text
    assert all(len(piece) >= block or block == 1 for piece in pieces[:-1] if piece.endswith("\n"))
    assert all(piece.endswith("\n") or 2 * block <= len(piece) for piece in pieces[:-1])
    assert all(len(piece) <= LONGEST_LINE * block for piece in pieces[:-1])


def test_render_passages_cuts_a_long_line_behind_a_sentence_or_else_a_word():
    assert blocks_of("Ab cd. " * 40, 10)[:2] == ["Ab cd. " * 5] * 2
    assert blocks_of("abcd efgh " * 40, 10)[:2] == ["abcd efgh " * 4] * 2
    assert blocks_of("a" * 400, 10)[:2] == ["a" * 40] * 2


def test_render_passages_depth_stops_at_three():
    html = render_passages("ab", [Mark(f"n{number}", 0, 2) for number in range(5)])

    assert 'class="passage d3"' in html


def test_render_passages_same_id_twice_is_one_mark():
    html = render_passages("abc", [Mark("x", 0, 2), Mark("x", 0, 2)])

    assert html.count("<mark") == html.count("<span") == 1


def test_render_passages_links_to_the_shortest_passage_and_tabs_once():
    html = render_passages("abcdef", [Mark("long", 0, 6), Mark("short", 2, 4)], href="/passages/{id}/?a=1&b=2")

    links = [attributes for tag, attributes in Page(html).tags if tag == "a"]
    assert [link["href"] for link in links] == [f"/passages/{id_}/?a=1&b=2" for id_ in ("long", "short", "long")]
    assert [link.get("tabindex") for link in links] == [None, None, "-1"]


def test_render_passages_no_link_without_visible_characters():
    assert "<a" not in render_passages("a \n b", [Mark("x", 1, 4)], href="/{id}")


@pytest.mark.parametrize("id_", [*HOSTILE[4:], 'x"y', "<x>"])
def test_render_passages_hostile_id_stays_in_its_attribute(id_):
    id_ = id_.replace(" ", "")

    page = Page(render_passages("abc", [Mark(id_, 0, 2)], href="/passages/{id}/"))

    assert page.ids == [f"p{id_}"]
    assert page.text == "abc"


@pytest.mark.parametrize(
    "mark", [Mark("x", -1, 2), Mark("x", 2, 2), Mark("x", 3, 1), Mark("x", 0, 4), Mark("x y", 0, 1), Mark("", 0, 1)]
)
def test_render_passages_refuses_a_wrong_mark(mark):
    with pytest.raises(ValueError, match=r"span of this text|id of a passage"):
        render_passages("abc", [mark])


def test_render_labels_match_their_marks():
    marks = [Mark("x", 0, 2, "Killed: <five>"), Mark("y", 1, 3)]

    labels = render_labels(marks)
    html = render_passages("abc", marks)

    assert labels == '<div hidden><span id="px-label">Killed: &lt;five&gt;</span></div>'
    assert html.count('aria-describedby="px-label"') == html.count("aria-describedby") == 1
    assert render_labels([Mark("y", 1, 3)]) == ""


def test_render_passages_with_a_thousand_overlapping_passages():
    text = "Words & <words> كلمات\n" * 5_000
    marks = [Mark(f"n{number}", number * 100, number * 100 + 250) for number in range(1_000)]

    page = Page(render_passages(text, marks))

    assert page.text == text
    assert page.passages["n7"] == text[700:950]


@given(texts, st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6))
def test_render_highlights_keeps_the_text_and_marks_only_the_spans(text, spans):
    page = Page(render_highlights(text, spans))

    assert page.text == text
    assert {tag for tag, _ in page.tags} <= {"mark"}


def test_render_highlights_overlapping_spans_are_one_mark():
    assert render_highlights("a<bcde", [(1, 3), (2, 4), (9, 12), (5, 5)]) == "a<mark>&lt;bc</mark>de"


def test_snippet_of_a_short_text_is_the_text():
    assert snippet("The <b>clinic</b>\nburned", [(7, 13)]) == "The &lt;b&gt;<mark>clinic</mark>&lt;/b&gt; burned"


def test_snippet_prefers_the_window_with_most_different_hits():
    text = "clinic clinic clinic " + "filler " * 40 + "a shell hit the clinic " + "filler " * 40
    spans = [(start, start + 6) for start in (0, 7, 14, text.index("clinic ", 30))] + [
        (text.index("shell"), text.index("shell") + 5)
    ]

    html = snippet(text, spans, width=60)

    assert "<mark>shell</mark> hit the <mark>clinic</mark>" in html
    assert html.startswith("…filler ")
    assert html.endswith(" filler…")


def test_snippet_without_hits_is_the_beginning():
    assert snippet("one two three four", [], width=10) == "one two…"


def test_snippet_of_a_hit_wider_than_the_window():
    assert snippet("x " + "y" * 50, [(2, 52)], width=10) == f"…<mark>{'y' * 10}</mark>…"


@given(texts, st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6), st.integers(1, 60))
def test_snippet_is_a_piece_of_the_text(text, spans, width):
    page = Page(snippet(text, spans, width))

    piece = page.text.removeprefix("…").removesuffix("…")
    assert piece in text.replace("\n", " ").replace("\t", " ")
    assert len(piece) <= width
    assert {tag for tag, _ in page.tags} <= {"mark"}


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "\u2028\u2029", '"};alert(1);//']
)
def test_render_json_cannot_leave_its_element(hostile: str) -> None:
    made = render_json({"title": hostile})

    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made) == {"title": hostile}


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_render_json_keeps_any_text(text: str) -> None:
    assert json.loads(render_json([text])) == [text]
    assert "<" not in render_json([text])
